//! Render: the blueprint `render.yaml`.
//!
//! render.com/docs/blueprint-spec: `services`, `envVarGroups`, and the same within `projects[].environments[]`. A disk
//! pins a service to one instance (render.com/docs/disks); `scaling` wins over `numInstances` (render.com/docs/scaling).
//! Without either the number is what the dashboard says: not known. Of a cron job at most one run is active
//! (render.com/docs/cronjobs).

mod service;
#[cfg(test)]
mod tests;
mod variables;

use std::sync::Arc;

use super::reading::{Document, MAX_PARTS, Stage, file_name, named, within};
use super::{Deployment, Files};
use crate::parse::node::Node;
use variables::Groups;

const SOURCE: &str = "render";

/// The services of blueprints.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let blueprints = files.paths().iter().filter(|path| is_blueprint(path));
    blueprints.take(MAX_PARTS).flat_map(|path| read_one(files, path)).collect()
}

/// `render.yaml`, or one for another environment: `render.staging.yaml`.
fn is_blueprint(path: &str) -> bool {
    let name = file_name(path);
    let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"));
    let is_one = stem.is_some_and(|stem| stem == "render" || stem.starts_with("render."));
    is_one && within(path) != Some(Stage::Developers)
}

fn read_one(files: &Files<'_>, path: &str) -> Vec<Deployment> {
    let Some(document) = Document::open(files, path) else { return Vec::new() };
    let mut found = Vec::new();
    let root = &document.root;
    let by_path = match within(path) {
        Some(Stage::Deployed(name)) => Some(name),
        _ => None,
    };
    let groups = Groups::default().and(root);
    found.extend(services(&document, root, by_path.as_ref(), &groups));
    if let Some(ungrouped) = root.get("ungrouped") {
        found.extend(services(&document, ungrouped, by_path.as_ref(), &groups.clone().and(ungrouped)));
    }
    for project in root.get("projects").map(Node::items).unwrap_or_default() {
        let groups = groups.clone().and(project);
        for environment in project.get("environments").map(Node::items).unwrap_or_default() {
            let name = environment.get("name").and_then(Node::as_str).unwrap_or(SOURCE);
            if let Stage::Deployed(name) = named(name) {
                let groups = groups.clone().and(environment);
                found.extend(services(&document, environment, Some(&name), &groups));
            }
        }
    }
    found.truncate(MAX_PARTS);
    found
}

fn services(
    document: &Document,
    scope: &Node,
    environment: Option<&Arc<str>>,
    groups: &Groups<'_>,
) -> Vec<Deployment> {
    let services = scope.get("services").map(Node::items).unwrap_or_default();
    services
        .iter()
        .take(MAX_PARTS)
        .filter_map(|service| service::read(document, service, environment, groups))
        .collect()
}
