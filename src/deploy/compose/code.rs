//! Code that is mounted from the machine, and the env file that comes with it.

use std::sync::Arc;

use super::tree::Tree;
use super::volumes::{self, Bind};
use crate::deploy::{Deployment, Files, Layer, folder as folder_of, join};
use crate::facts::Reason;

/// Folders in a container that code lies in.
const CODE: &[&str] = &[
    "/var/www",
    "/var/task",
    "/app",
    "/srv",
    "/code",
    "/application",
    "/usr/src",
    "/opt",
    "/home",
    "/workspace",
];
/// Folders of code in an app.
const PARTS: &[&str] = &["app", "bootstrap", "config", "resources", "routes", "src"];

/// What the machine's own env file may set: it comes with the code that is mounted from there.
pub(super) fn env_file_beside(files: &Files<'_>, service: &Tree, deployment: &Deployment) -> Option<Layer> {
    let binds = volumes::binds(service);
    let bind = binds.iter().find(|bind| relative(bind) == deployment.runs.folder)?;
    let path = join(deployment.runs.folder.as_deref()?, ".env")?;
    if deployment.env_file.is_some() || super::env_file::is_ours(files, &path) {
        return None;
    }
    let why = format!("the code is mounted from the machine, with its {path} that is not in the repository");
    Some(Layer {
        origin: path.into(),
        variables: Vec::new(),
        more: Some(Reason::at(why, bind.place.clone())),
    })
}

/// The folder of the repository whose code a bind mount puts into the container.
pub(super) fn folder(bind: &Bind, workdir: Option<&str>) -> Option<Arc<str>> {
    let target = bind.target.trim_end_matches('/');
    let is_code = workdir.is_some_and(|workdir| workdir.trim_end_matches('/') == target)
        || CODE.iter().any(|folder| target == *folder || target.strip_prefix(folder) == Some("/html"));
    // A file, or a folder deep in the app, is no code.
    relative(bind).filter(|_| is_code)
}

/// What is mounted, relative to the repository's root.
fn relative(bind: &Bind) -> Option<Arc<str>> {
    bind.source.starts_with('.').then(|| join("", &bind.source)).flatten().map(Into::into)
}

/// Whether a bind mount puts a folder of the code that is built over the one in the image: `./app:/var/www/html/app`.
pub(super) fn is_part(bind: &Bind, built_from: Option<&str>) -> bool {
    let Some(source) = relative(bind) else { return false };
    let name = source.rsplit('/').next().unwrap_or_default();
    let target = bind.target.trim_end_matches('/');
    let depth = target.split('/').filter(|part| !part.is_empty()).count();
    PARTS.contains(&name)
        && folder_of(&source) == built_from.unwrap_or_default()
        && depth > 1
        && target.ends_with(&format!("/{name}"))
}

/// A file of the machine that is mounted in the place of the app's env file.
pub(super) fn env_file_by_mount(files: &Files<'_>, service: &Tree, deployment: &mut Deployment) {
    let binds = volumes::binds(service);
    let Some(bind) = binds.iter().rev().find(|bind| bind.target.ends_with("/.env")) else { return };
    let path = bind.source.starts_with('.').then(|| join("", &bind.source)).flatten();
    let ours = path.filter(|path| super::env_file::is_ours(files, path) && files.read(path).is_some());
    deployment.env_file = ours.map(|path| (path.into(), bind.place.clone()));
}
