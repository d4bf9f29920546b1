//! Which deployments run an app.

use crate::deploy::{Deployment, Repository, Value, runs};
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
    repository
        .deployments()
        .iter()
        .filter(|deployment| {
            let looks = || looks_like_it(deployment, &app.composer.name);
            runs(deployment, &app.folder, &apps, looks)
        })
        .collect()
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
