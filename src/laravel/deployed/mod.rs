//! The app as the repository deploys it: which deployments run it, with which variables, and what the infrastructure says
//! about its state.

mod commands;
mod frozen;
mod matching;
mod observe;
mod rewrites;
mod scale;
mod variables;
mod volumes;

use super::app::App;
use super::bootstrap::Layout;
use super::environments::{LoadedEnvironment, Selection};
use crate::deploy::{Deployment, Role};
use crate::facts::Confidence;

pub use commands::{artisan, has_option};
pub use observe::observe;
pub use rewrites::rewrite;
pub use scale::weigh;
pub use volumes::place;

/// The environments in which the repository deploys an app: first those that are judged, then those that are only
/// judged when they are named, such as a developer's.
pub fn environments(
    app: &App,
    layout: &Layout,
    selection: &Selection,
) -> (Vec<LoadedEnvironment>, Vec<LoadedEnvironment>) {
    let Some(repository) = &app.repository else { return Default::default() };
    let mut groups: Vec<Vec<&Deployment>> = Vec::new();
    for deployment in matching::of_app(app, repository) {
        let same = |group: &&mut Vec<&Deployment>| {
            group.first().is_some_and(|first| {
                first.source == deployment.source && first.environment == deployment.environment
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
    let mut loaded: Vec<LoadedEnvironment> = Vec::new();
    for group in groups {
        let name = name_of(&group, &loaded);
        loaded.push(variables::load(app, layout, &group, &name, selection));
    }
    // An image alone says less than what runs it.
    let is_image = |one: &LoadedEnvironment| one.environment.deployed_by == Some("docker");
    let is_run = loaded.iter().any(|one| !is_image(one) && is_judged(one));
    loaded.into_iter().partition(|one| is_judged(one) && !(is_run && is_image(one)))
}

/// Every deployment of the repository that runs an app, whichever environment it is of.
pub fn of_app(app: &App) -> Vec<&Deployment> {
    app.repository.as_deref().map(|repository| matching::of_app(app, repository)).unwrap_or_default()
}

fn is_judged(loaded: &LoadedEnvironment) -> bool {
    loaded.environment.confidence > Confidence::Low && says_something(loaded)
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
    !loaded.files.is_empty()
        || loaded.variables.iter().any(|(name, variable)| variable.value.is_some() && decides(name))
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
    if taken(&told_apart) { format!("{name} ({}, {})", first.source, first.place.path()) } else { told_apart }
}

/// The one of several that answers requests: sessions, uploads and caches are its matter.
fn main_of<'a>(group: &[&'a Deployment]) -> Option<&'a Deployment> {
    let rank = |deployment: &Deployment| match deployment.runs.role {
        Role::Web => 0,
        Role::Unknown => 1,
        Role::Worker => 2,
        Role::Scheduler => 3,
        Role::Job => 4,
    };
    group.iter().min_by_key(|deployment| rank(deployment)).copied()
}
