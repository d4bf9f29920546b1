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
use crate::deploy::{self, Deployment, Given, Value, main_of};
use crate::facts::{Confidence, Environment, Selection, Variables};

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
    let (fronts, runs): (Vec<&Deployment>, Vec<&Deployment>) =
        matching::of_app(app, repository).into_iter().partition(|deployment| front::is_front(deployment));
    let fronts = fronts.into_iter().filter(|front| front.confidence > Confidence::Low).cloned().collect();
    for failure in repository.skipped() {
        app.skip(failure.clone());
    }
    let mut loaded: Vec<LoadedEnvironment> = Vec::new();
    for group in deploy::grouped(runs) {
        let known: Vec<&Environment> = loaded.iter().map(|one| &one.environment).collect();
        let name = deploy::name_of(&group, &known);
        loaded.push(variables::load(app, layout, &group, &name, selection));
    }
    // An image alone says less than what runs it.
    let is_image = |one: &LoadedEnvironment| one.environment.deployed_by == Some("docker");
    let is_run = loaded.iter().any(|one| !is_image(one) && is_judged(one));
    let (judged, others) = loaded.into_iter().partition(|one| is_judged(one) && !(is_run && is_image(one)));
    Deployed { judged, others, fronts }
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
