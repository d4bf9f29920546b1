//! DigitalOcean App Platform: the app spec, `.do/app.yaml` or `.do/deploy.template.yaml`.
//!
//! docs.digitalocean.com/products/app-platform/reference/app-spec: a spec states everything of an app, its variables too;
//! those of a component win over those of the app. Components have no volumes; their disk is gone with each instance.

mod component;
#[cfg(test)]
mod tests;
mod variables;

use std::sync::Arc;

use super::reading::{Document, MAX_PARTS, Stage, file_name, within};
use super::{Deployment, Files, folder};
use crate::facts::Confidence;
use crate::parse::node::Node;
use component::{Component, KINDS};

const SOURCE: &str = "digitalocean";

/// The components of app specs.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let specs = files.paths().iter().filter(|path| is_spec(path));
    specs.take(MAX_PARTS).flat_map(|path| read_one(files, path)).collect()
}

fn is_spec(path: &str) -> bool {
    let is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
    is_yaml && file_name(folder(path)) == ".do" && within(file_name(path)) != Some(Stage::Developers)
}

fn read_one(files: &Files<'_>, path: &str) -> Vec<Deployment> {
    let Some(document) = Document::open(files, path) else { return Vec::new() };
    // A template for the button "Deploy to DigitalOcean" holds the spec in a key of its own.
    let template = document.root.get("spec");
    let spec = template.unwrap_or(&document.root);
    let name = spec.get("name").and_then(Node::as_str).unwrap_or_default();
    let environment: Arc<str> = match within(file_name(path)).or_else(|| within(name)) {
        Some(Stage::Deployed(name)) => name,
        Some(Stage::Developers) => return Vec::new(),
        None => SOURCE.into(),
    };
    let shared = variables::of(&document, spec, "envs of the app");
    let root = folder(folder(path));
    let mut found = Vec::new();
    for kind in KINDS {
        for node in spec.get(kind.key).map(Node::items).unwrap_or_default().iter().take(MAX_PARTS) {
            let component = Component { document: &document, node, kind, root };
            found.extend(component.deployment(&environment, shared.as_ref()));
        }
    }
    if template.is_some() {
        found.iter_mut().for_each(|deployment| deployment.confidence = Confidence::Medium);
    }
    found
}
