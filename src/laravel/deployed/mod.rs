//! The app as the repository deploys it: which deployments run it, with which variables, and what the infrastructure says
//! about its state.

mod commands;
mod front;
mod frozen;
mod guards;
mod matching;
mod observe;
mod rewrites;
mod variables;

use super::app::App;
use super::bootstrap::Layout;
use super::environments::LoadedEnvironment;
use crate::deploy::{Deployment, Given, Value, main_of};
use crate::facts::{Confidence, Selection, Variables};

pub use commands::{artisan, has_option};
pub use front::put_behind;
pub use observe::observe;
pub use rewrites::rewrite;

/// The environments in which a repository deploys an app.
#[derive(Default)]
pub struct Deployed {
    /// Those that are judged.
    pub judged: Vec<LoadedEnvironment>,
    /// Those that are only judged when they are named, such as a developer's.
    pub others: Vec<LoadedEnvironment>,
    /// Proxies before them.
    pub fronts: Vec<Deployment>,
}

/// The environments in which the repository deploys an app.
pub fn environments(app: &App, layout: &Layout, selection: &Selection) -> Deployed {
    let Some(repository) = &app.repository else { return Deployed::default() };
    let mut groups: Vec<Vec<&Deployment>> = Vec::new();
    let mut fronts = Vec::new();
    for deployment in matching::of_app(app, repository) {
        if front::is_front(deployment) {
            fronts.extend((deployment.confidence > Confidence::Low).then(|| deployment.clone()));
            continue;
        }
        let same = |group: &&mut Vec<&Deployment>| {
            group.first().is_some_and(|first| {
                first.source == deployment.source
                    && first.environment == deployment.environment
                    && project_of(first) == project_of(deployment)
            })
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(deployment),
            None => groups.push(vec![deployment]),
        }
    }
    for failure in repository.skipped() {
        app.skip(failure.clone());
    }
    // A developer's set-up does not take the name of one that is judged.
    let is_low =
        |group: &Vec<&Deployment>| main_of(group).is_none_or(|main| main.confidence == Confidence::Low);
    groups.sort_by_key(is_low);
    let mut loaded: Vec<LoadedEnvironment> = Vec::new();
    for group in groups {
        let name = name_of(&group, &loaded);
        loaded.push(variables::load(app, layout, &group, &name, selection));
    }
    // An image alone says less than what runs it.
    let is_image = |one: &LoadedEnvironment| one.environment.deployed_by == Some("docker");
    let is_run = loaded.iter().any(|one| !is_image(one) && is_judged(one));
    let (judged, others) = loaded.into_iter().partition(|one| is_judged(one) && !(is_run && is_image(one)));
    Deployed { judged, others, fronts }
}

/// What belongs together within an environment. Two compose files that are not put together are two ways to run the
/// app: with one database or another.
fn project_of(deployment: &Deployment) -> Option<&str> {
    let is_project = deployment.source == "docker compose";
    deployment.files.first().map(AsRef::as_ref).filter(|_| is_project)
}

/// Every deployment of the repository that runs an app, whichever environment it is of.
pub fn of_app(app: &App) -> Vec<&Deployment> {
    app.repository.as_deref().map(|repository| matching::of_app(app, repository)).unwrap_or_default()
}

fn is_judged(loaded: &LoadedEnvironment) -> bool {
    // What an image is given where it runs is not seen here: alone it tells only what is put into it.
    let tells = loaded.environment.deployed_by != Some("docker") || places_state(loaded);
    loaded.environment.confidence > Confidence::Low && says_something(loaded) && tells
}

/// Whether something that is deployed says where sessions, the cache, jobs, files or data are.
fn places_state(loaded: &LoadedEnvironment) -> bool {
    const NAMES: &[&str] = &[
        "SESSION_DRIVER",
        "CACHE_DRIVER",
        "CACHE_STORE",
        "QUEUE_CONNECTION",
        "DB_CONNECTION",
        "FILESYSTEM_DISK",
        "FILESYSTEM_DRIVER",
    ];
    let is_known = |name: &&str| loaded.variables.get(*name).is_some_and(|found| found.value.is_some());
    !loaded.files.is_empty() || NAMES.iter().any(is_known)
}

/// Whether manifests say more than that something runs.
fn says_something(loaded: &LoadedEnvironment) -> bool {
    loaded.deployments.iter().any(|one| {
        one.layers.iter().any(|layer| !layer.variables.is_empty())
            || one.replicas.place.is_some()
            || one.env_file.is_some()
            || !one.mounts.is_empty()
    })
}

/// What compose sets over an env file that is made from a template beside it: `.env.docker`, which is copied to the
/// `.env` that `env_file` names and the repository does not have.
pub fn over_template(deployed: &[LoadedEnvironment], selection: &Selection) -> Option<Variables> {
    let is_one = |one: &&LoadedEnvironment| {
        one.environment.deployed_by == Some("docker compose") && one.strong.more.is_some()
    };
    let environment = deployed.iter().find(is_one)?;
    let main = main_of(&environment.deployments.iter().collect::<Vec<_>>())?;
    let own = main.layers.first().filter(|layer| layer.more.is_none())?;
    let mut strong = selection.process_variables();
    crate::deploy::take(&mut strong, own);
    Some(strong)
}

/// Whether the manifests of an environment decide about state: then neither a developer's file nor an example is
/// worth a look.
pub fn is_telling(loaded: &LoadedEnvironment) -> bool {
    let decides = |name: &str| {
        ["_DRIVER", "_STORE", "_CONNECTION", "_DISK", "LOG_CHANNEL", "_URL"]
            .iter()
            .any(|end| name.ends_with(end))
            && name != "APP_URL"
            && name != "ASSET_URL"
    };
    // What a platform's own settings may replace tells, too: no file of the repository is in effect there.
    let is_given = |given: &Given| matches!(given.value, Value::Known(_)) && decides(&given.name);
    let given = loaded.deployments.iter().flat_map(|one| &one.layers).flat_map(|layer| &layer.variables);
    !loaded.files.is_empty()
        || loaded.variables.iter().any(|(name, variable)| variable.value.is_some() && decides(name))
        || given.into_iter().any(is_given)
}

/// The name of an environment; one that two sources describe is told apart by them.
fn name_of(group: &[&Deployment], loaded: &[LoadedEnvironment]) -> String {
    let Some(first) = group.first() else { return String::new() };
    let name = first.environment.to_string();
    let taken = |name: &str| loaded.iter().any(|other| other.environment.name.as_ref() == name);
    if !taken(&name) {
        return name;
    }
    let told_apart = format!("{name} ({})", first.source);
    let same_source = loaded.iter().any(|other| {
        other.environment.name.as_ref() == name && other.environment.deployed_by == Some(first.source)
    });
    if same_source || taken(&told_apart) { format!("{name} ({})", first.place.path()) } else { told_apart }
}
