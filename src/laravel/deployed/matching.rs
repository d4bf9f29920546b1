//! Which deployments run an app.

use crate::deploy::{Deployment, Repository, Value};
use crate::laravel::app::App;

/// Variables that only an app of this framework is given.
const TELLING: &[&str] = &[
    "APP_KEY",
    "APP_ENV",
    "APP_URL",
    "APP_DEBUG",
    "DB_CONNECTION",
    "SESSION_DRIVER",
    "CACHE_DRIVER",
    "CACHE_STORE",
    "QUEUE_CONNECTION",
    "LOG_CHANNEL",
    "FILESYSTEM_DISK",
];

/// The deployments of a repository that run an app of it.
pub fn of_app<'a>(app: &App, repository: &'a Repository) -> Vec<&'a Deployment> {
    let apps = repository.apps();
    let alone = apps.len() <= 1;
    repository
        .deployments()
        .iter()
        .filter(|deployment| runs(deployment, &app.folder, alone, &apps, &app.composer.name))
        .collect()
}

fn runs(deployment: &Deployment, app: &str, alone: bool, apps: &[String], package: &str) -> bool {
    let described_in = deployment.place.source.path();
    match deployment.runs.folder.as_deref() {
        Some(folder) if folder == app => true,
        Some(folder) if is_below(app, folder) => alone || is_named(deployment, app),
        // Built from a part of the app: `docker/` with a Dockerfile that copies all of it.
        Some(folder) if is_below(folder, app) => {
            !apps.iter().any(|other| other != app && is_below(folder, other) && is_below(other, app))
        }
        Some(_) => false,
        None if !looks_like_it(deployment, package) => false,
        None if alone => true,
        None => is_named(deployment, app) || (!app.is_empty() && described_in.contains(&format!("{app}/"))),
    }
}

/// Whether a folder is another one or lies below it.
fn is_below(folder: &str, above: &str) -> bool {
    above.is_empty()
        || folder == above
        || folder.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether the name of what runs tells which of several apps it is.
fn is_named(deployment: &Deployment, app: &str) -> bool {
    let name = app.rsplit('/').next().unwrap_or(app);
    if name.is_empty() {
        return false;
    }
    let image = deployment.runs.image.as_deref().unwrap_or_default();
    let mut words =
        deployment.service.split(['/', '-', '_', '.']).chain(image.split(['/', ':', '-', '_', '.']));
    words.any(|word| word == name)
        || image.rsplit('/').next() == Some(name)
        || deployment.service.as_ref() == name
}

/// Whether something that runs is an app of this framework, by what it is given and what it runs.
fn looks_like_it(deployment: &Deployment, package: &str) -> bool {
    let set = |name: &str| {
        deployment
            .layers
            .iter()
            .flat_map(|layer| &layer.variables)
            .any(|given| given.name.as_ref() == name && !matches!(given.value, Value::Unset))
    };
    let artisan = deployment
        .commands
        .iter()
        .any(|command| command.words.iter().flatten().any(|word| word.ends_with("artisan")));
    let image = deployment.runs.image.as_deref().unwrap_or_default();
    let own = package.rsplit('/').next().filter(|name| !name.is_empty() && *name != "laravel");
    let words =
        || deployment.service.split(['/', '-', '_', '.']).chain(image.split(['/', '-', '_', '.', ':']));
    let is_named = words().any(|word| word == "laravel" || word == "php")
        || own.is_some_and(|own| image.rsplit('/').next() == Some(own) || deployment.service.as_ref() == own);
    artisan || is_named || TELLING.iter().any(|name| set(name)) || !needs_telling(deployment.source)
}

/// Whether a source describes things that are no app of this framework, too.
fn needs_telling(source: &str) -> bool {
    !matches!(
        source,
        "vapor"
            | "elastic beanstalk"
            | "php-fpm"
            | "fly"
            | "heroku"
            | "platform.sh"
            | "bref"
            | "nginx"
            | "haproxy"
    )
}
