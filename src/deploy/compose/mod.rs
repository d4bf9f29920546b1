//! docker compose: its files to deployments, one for each service that runs an app.
//!
//! The Compose Specification (compose-spec/compose-spec, 05-services.md) and compose-spec/compose-go (v2.9).

mod code;
mod env_file;
mod groups;
mod labels;
mod layers;
mod load;
mod merge;
mod scope;
mod service;
#[cfg(test)]
mod tests;
mod tree;
mod volumes;
mod words;

use super::image::is_match;
use super::{Deployment, Files};
use crate::parse::yaml;
use service::Reader;

const SOURCE: &str = "docker compose";

/// The deployments of the compose files of a repository.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let mut found = Vec::new();
    for group in groups::groups(files, &|path| is_whole(files, path)) {
        let paths: Vec<&str> = group.paths.iter().map(String::as_str).collect();
        let Some(project) = load::project(files, &paths) else { continue };
        let environment = group.environment.as_deref().unwrap_or(SOURCE);
        let reader = Reader { files, project: &project, environment, confidence: group.confidence };
        let mut own: Vec<Deployment> =
            project.services.iter().filter_map(|entry| reader.deployment(entry)).collect();
        service::only_one_is_web(&mut own);
        found.extend(own);
    }
    found
}

/// The Dockerfiles that compose files build, those of developers too.
#[must_use]
pub fn dockerfiles(files: &Files<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for path in files.paths() {
        let name = path.rsplit('/').next().unwrap_or_default();
        if name.contains("compose") && (name.ends_with(".yml") || name.ends_with(".yaml")) {
            let Some(project) = load::project(files, &[path]) else { continue };
            let built = project.services.iter().filter_map(|entry| service::built(&entry.value));
            found.extend(built.map(|built| built.dockerfile.to_string()));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Whether each service of a file says what it runs: the file may be used without another one below it.
fn is_whole(files: &Files<'_>, path: &str) -> bool {
    let Some(source) = files.read(path) else { return false };
    let document = yaml::read(source.text()).documents.into_iter().next();
    let services = document.as_ref().and_then(|document| document.get("services"));
    let services = services.map(|services| services.entries()).unwrap_or_default();
    let says = |key: &str, service: &crate::parse::node::Node| service.get(key).is_some();
    let mut all = services.iter().map(|(_, service)| service);
    !services.is_empty()
        && all.all(|service| ["image", "build", "extends"].iter().any(|key| says(key, service)))
}
