//! Which deployments run an app, and which of them answers its requests.

use super::{Deployment, Role};

/// Whether a deployment runs the app in a folder, of all the folders with apps of the repository; `looks_like_it`: whether
/// something whose folder nothing tells may be this app.
#[must_use]
pub fn runs(
    deployment: &Deployment,
    app: &str,
    apps: &[String],
    looks_like_it: impl FnOnce() -> bool,
) -> bool {
    let alone = apps.len() <= 1;
    let described_in = deployment.place.source.path();
    match deployment.runs.folder.as_deref() {
        Some(folder) if folder == app => true,
        Some(folder) if is_below(app, folder) => alone || is_named(deployment, app),
        // Built from a part of the app: `docker/` with a Dockerfile that copies all of it.
        Some(folder) if is_below(folder, app) => {
            !apps.iter().any(|other| other != app && is_below(folder, other) && is_below(other, app))
        }
        Some(_) => false,
        None if !looks_like_it() => false,
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

/// The one of several that answers requests: sessions, uploads and caches are its matter.
#[must_use]
pub fn main_of<'a>(group: &[&'a Deployment]) -> Option<&'a Deployment> {
    let rank = |deployment: &Deployment| match deployment.runs.role {
        Role::Web => 0,
        Role::Unknown => 1,
        Role::Worker => 2,
        Role::Scheduler => 3,
        Role::Job => 4,
    };
    group.iter().min_by_key(|deployment| rank(deployment)).copied()
}
