//! What is wrong with how an app is deployed, beside where its state lives.

use std::sync::Arc;

use super::commands::{artisan, has_option, shown};
use super::{frozen, guards};
use crate::deploy::{Deployment, Role, Sharing, Value, When, main_of};
use crate::facts::{Note, Observation, Place, Severity, State, Step, TrailStep};
use crate::laravel::app::App;
use crate::laravel::environments::LoadedEnvironment;
use crate::laravel::load::Configuration;

/// Everything that is seen in one deployed environment.
pub fn observe(
    app: &App,
    configuration: &Configuration,
    loaded: &LoadedEnvironment,
    states: &[State],
) -> Vec<Observation> {
    let deployments: Vec<&Deployment> = loaded.deployments.iter().collect();
    let Some(main) = main_of(&deployments) else { return Vec::new() };
    let mut found = Vec::new();
    found.extend(frozen_config(configuration, main));
    found.extend(unshared_key(loaded, &deployments, main));
    found.extend(ephemeral_volumes(main, states));
    found.extend(deployments.iter().filter_map(|one| replica_migrate(one)));
    found.extend(overridden(configuration, loaded, states));
    found.extend(missing_health_check(app, main));
    found.extend(deployments.iter().flat_map(|one| unresolved(one)));
    found
}

fn step(step: Step, place: &Place, note: impl Into<Arc<str>>) -> TrailStep {
    TrailStep { step, place: Some(place.clone()), note: Note::Text(note.into()) }
}

/// Variables that are set where the image runs, while its configuration was cached when it was built.
fn frozen_config(configuration: &Configuration, main: &Deployment) -> Option<Observation> {
    let command = frozen::at(main)?;
    let read = main
        .layers
        .iter()
        .flat_map(|layer| &layer.variables)
        .filter(|given| !frozen::is_built_in(main, command, given))
        .filter(|given| configuration.read.contains(&given.name) && !matches!(given.value, Value::Unset));
    let lost: Vec<_> = read.collect();
    let first = lost.first()?;
    let mut names: Vec<&str> = lost.iter().take(3).map(|given| given.name.as_ref()).collect();
    let more = lost.len().saturating_sub(names.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    names.dedup();
    Some(
        Observation::new(
            "frozen-config",
            vec![
                ("command", shown(command)),
                ("variables", format!("{}{more}", names.join(", ")).into()),
                ("service", Arc::clone(&main.service)),
            ],
            Some(command.place.clone()),
        )
        .led_to_by(vec![
            step(Step::Frozen, &command.place, "the configuration is cached here, while the image is built"),
            step(
                Step::Set,
                &first.place,
                format!("{} is set here, where the image runs, and does nothing", first.name),
            ),
        ]),
    )
}

/// An app key that each replica or image makes for itself.
fn unshared_key(loaded: &LoadedEnvironment, all: &[&Deployment], main: &Deployment) -> Option<Observation> {
    let key = loaded.variables.get("APP_KEY");
    let empty = match key {
        Some(variable) => variable.unknown.is_none() && variable.value.as_deref().is_some_and(str::is_empty),
        None => loaded.variables.more.is_none(),
    };
    let replicated = |one: &&&Deployment| !matches!(one.runs.role, Role::Job);
    let command = all.iter().filter(replicated).flat_map(|one| &one.commands).find(|command| {
        matches!(command.when, When::Start | When::Build)
            && artisan(command) == Some("key:generate")
            && !has_option(command, "--show")
    })?;
    if !empty {
        return None;
    }
    let when = if command.when == When::Build { "while the image is built" } else { "when a replica starts" };
    let mut trail = vec![step(Step::Built, &command.place, format!("a key is generated here, {when}"))];
    if let Some(place) = key.and_then(|variable| variable.place.as_ref()) {
        trail.insert(0, step(Step::Set, place, "APP_KEY is empty here"));
    }
    Some(
        Observation::new(
            "unshared-key",
            vec![("when", when.into()), ("service", Arc::clone(&main.service))],
            Some(command.place.clone()),
        )
        .led_to_by(trail),
    )
}

/// State on a volume that the replicas do not share.
fn ephemeral_volumes(main: &Deployment, states: &[State]) -> Vec<Observation> {
    let mut found: Vec<Observation> = Vec::new();
    for state in states.iter().filter(|state| state.locality == crate::facts::Locality::Disk) {
        let Some(mount) = state.detail.as_deref().and_then(|path| crate::deploy::under(main, path)) else {
            continue;
        };
        let reach = match mount.sharing {
            Sharing::OneServer => "only the replicas on one machine see",
            Sharing::OneReplica => "only one replica sees",
            Sharing::Shared | Sharing::Unknown(_) => continue,
        };
        if found.iter().any(|other| other.place.as_ref() == Some(&mount.place)) {
            continue;
        }
        let seen = Observation {
            // One replica finds all of it again.
            severity: if main.replicas.is_one() { Severity::Info } else { Severity::Error },
            ..Observation::new(
                "ephemeral-volume",
                vec![
                    ("volume", Arc::clone(&mount.what)),
                    ("path", Arc::clone(&mount.path)),
                    ("reach", reach.into()),
                    ("state", state.concern.name().into()),
                ],
                Some(mount.place.clone()),
            )
        };
        found.push(seen.led_to_by(state.trail.clone()));
    }
    found
}

/// Migrations that every replica runs when it starts.
fn replica_migrate(deployment: &Deployment) -> Option<Observation> {
    if deployment.replicas.is_one() || deployment.runs.role == Role::Job {
        return None;
    }
    let command = deployment.commands.iter().find(|command| {
        command.when == When::Start
            && artisan(command).is_some_and(|name| name == "migrate")
            && !has_option(command, "--isolated")
            && !has_option(command, "--pretend")
            && command.guard.as_deref().is_none_or(|guard| guards::holds(guard, deployment))
    })?;
    Some(
        Observation::new(
            "replica-migrate",
            vec![("command", shown(command)), ("service", Arc::clone(&deployment.service))],
            Some(command.place.clone()),
        )
        .led_to_by(vec![step(
            Step::Built,
            &command.place,
            "each replica runs the migrations here when it starts",
        )]),
    )
}

/// Values of the env file that decide about state and that a manifest sets otherwise.
fn overridden(
    configuration: &Configuration,
    loaded: &LoadedEnvironment,
    states: &[State],
) -> Vec<Observation> {
    let mut found = Vec::new();
    let Some(file) = loaded.files.first() else { return found };
    let own = file.document.load(&|_| None);
    for variable in &own.variables {
        let decides = states.iter().any(|state| state.variable.as_ref() == Some(&variable.name));
        let Some(now) = loaded.variables.get(&variable.name) else { continue };
        let from_file = now.place.as_ref().is_some_and(|place| place.path() == file.source.path().as_ref());
        let crate::parse::dotenv::Setting::Value(written) = &variable.setting else { continue };
        let same = now.unknown.is_some() || now.value.is_none() || now.value.as_ref() == Some(written);
        if !decides || from_file || same || !configuration.read.contains(&variable.name) {
            continue;
        }
        let Some(entry) = file.document.effective().get(variable.entry) else { continue };
        let place = Place::new(&file.source, entry.line_span);
        let winner = now.place.as_ref().map_or_else(
            || now.trail.last().map_or_else(String::new, |step| step.note.text().to_owned()),
            |place| format!("{}:{}", place.path(), place.start().line),
        );
        found.push(
            Observation::new(
                "overridden-variable",
                vec![("variable", Arc::clone(&variable.name)), ("winner", winner.into())],
                Some(place),
            )
            .led_to_by(now.trail.steps()),
        );
    }
    found
}

/// Platforms that ask each replica themselves, or that keep no replica that could be asked.
const ASKS_ITSELF: &[&str] = &["vapor", "bref", "heroku", "platform.sh", "app engine"];

/// A load balancer that is given no route to ask.
fn missing_health_check(app: &App, main: &Deployment) -> Option<Observation> {
    // Nothing to be said while nothing says that there is more than one replica.
    let is_asked = main.health.is_some() || ASKS_ITSELF.contains(&main.source);
    let balanced = main.balanced.as_ref().filter(|_| !is_asked && main.replicas.may_be_many())?;
    // Laravel 11 and later answer at `/up` when bootstrap/app.php says so: then there is something to name.
    let bootstrap = app.tree.read("bootstrap/app.php").ok().flatten();
    let route = bootstrap.is_some_and(|text| text.text().contains("health:"));
    let hint = if route {
        "the app answers at the route that `health:` names in bootstrap/app.php"
    } else {
        "the app has no health route yet"
    };
    Some(
        Observation::new(
            "missing-health-check",
            vec![("service", Arc::clone(&main.service)), ("hint", hint.into())],
            Some(balanced.clone()),
        )
        .led_to_by(vec![step(Step::Set, balanced, "requests are spread over the replicas here")]),
    )
}

/// References to something that no manifest defines.
fn unresolved(deployment: &Deployment) -> Vec<Observation> {
    let of = |problem: &crate::deploy::Problem| {
        Observation::new(
            "unresolved-reference",
            vec![("problem", Arc::clone(&problem.message)), ("service", Arc::clone(&deployment.service))],
            Some(problem.place.clone()),
        )
        .led_to_by(Vec::new())
    };
    deployment.problems.iter().map(of).collect()
}
