//! Bref: PHP on AWS Lambda by the Serverless Framework, `serverless.yml`.
//!
//! brefphp/bref, docs: functions of a runtime `php-*` (or with a layer of Bref's) by the plugin `./vendor/bref/bref`. Many
//! instances of a function run at once, up to its `reservedConcurrency`; each has a disk of its own that is gone with it,
//! and only `/tmp` of it can be written to. What the package bref/laravel-bridge changes in the app is not told here: the
//! last layer, `Bref`, marks where it would.

mod functions;
mod stages;
#[cfg(test)]
mod tests;
mod variables;

use super::reading::{Document, MAX_PARTS, Stage, file_name, within};
use super::{Deployment, Files, folder};
use crate::parse::node::Node;

const SOURCE: &str = "bref";

/// The functions of each `serverless.yml` that uses Bref, for each stage.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let manifests = files.paths().iter().filter(|path| is_manifest(path));
    manifests.take(MAX_PARTS).flat_map(|path| read_one(files, path)).collect()
}

fn is_manifest(path: &str) -> bool {
    let name = file_name(path);
    let stem = name.strip_suffix(".yml").or_else(|| name.strip_suffix(".yaml"));
    let is_one = stem.is_some_and(|stem| stem == "serverless" || stem.starts_with("serverless."));
    is_one && within(path) != Some(Stage::Developers)
}

fn read_one(files: &Files<'_>, path: &str) -> Vec<Deployment> {
    let Some(document) = Document::open(files, path) else { return Vec::new() };
    if !uses_bref(&document.root) {
        return Vec::new();
    }
    let by_path = match within(file_name(path)) {
        Some(Stage::Deployed(name)) => Some(name),
        _ => None,
    };
    let mut found = Vec::new();
    for stage in stages::of(&document) {
        let environment = by_path.clone().unwrap_or_else(|| stage.environment.clone());
        let scope = variables::Scope::new(&document, stage.name.as_deref());
        found.extend(functions::read(&scope, &environment, folder(path)));
    }
    found.truncate(MAX_PARTS);
    found
}

fn uses_bref(root: &Node) -> bool {
    let plugins = root.get("plugins").map(|plugins| plugins.get("modules").unwrap_or(plugins).items());
    let is_bref = |plugin: &Node| plugin.as_str().is_some_and(|name| name.contains("bref"));
    plugins.unwrap_or_default().iter().any(is_bref)
        || root.get("provider").is_some_and(functions::runs_php)
        || functions::all(root).any(|(_, function)| functions::runs_php(function))
}
