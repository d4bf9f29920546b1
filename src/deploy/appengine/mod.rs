//! Google App Engine: `app.yaml` of a PHP runtime.
//!
//! cloud.google.com/appengine/docs (standard and flexible, reference/app-yaml, how-instances-are-managed): automatic
//! scaling is the default and starts instances by the load; a flexible app has at most 20 unless it says otherwise. An
//! instance's disk is its own and is gone with it; in the standard environment only `/tmp` can be written to.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::reading::{Document, MAX_PARTS, Stage, count, file_name, map, role_of, scripts, within};
use super::{Deployment, Files, Layer, Replicas, Role, Sticky, When, folder};
use crate::parse::node::Node;

const SOURCE: &str = "app engine";

/// The services of `app.yaml` and its like.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let manifests = files.paths().iter().filter(|path| is_manifest(path));
    manifests.take(MAX_PARTS).filter_map(|path| read_one(files, path)).collect()
}

/// `app.yaml`, or one that is named when it is deployed: `app.production.yaml`, `worker-app.yaml`.
fn is_manifest(path: &str) -> bool {
    let name = file_name(path);
    let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")).unwrap_or_default();
    let is_one = stem.split(['.', '-', '_']).any(|part| part == "app");
    is_one && within(path) != Some(Stage::Developers) && file_name(folder(path)) != ".do"
}

fn read_one(files: &Files<'_>, path: &str) -> Option<Deployment> {
    let source = files.read(path)?;
    // Many tools have a file of this name.
    if !source.text().contains("runtime:") {
        return None;
    }
    let document = Document::open(files, path)?;
    let runtime = document.root.get("runtime")?;
    let is_flexible = document.root.get("env").and_then(Node::as_str) == Some("flex");
    let name = runtime.as_str()?;
    let runs_php = name.starts_with("php") || (name == "custom" && is_flexible);
    if !runs_php {
        return None;
    }
    let service = document.root.get("service").or_else(|| document.root.get("module"));
    let title = service.and_then(Node::as_str).unwrap_or("default");
    let environment: Arc<str> = match within(path).or_else(|| within(title)) {
        Some(Stage::Deployed(name)) => name,
        Some(Stage::Developers) => return None,
        None => SOURCE.into(),
    };
    let mut deployment = document.deployment(SOURCE, &environment, title, service.unwrap_or(runtime).span);
    deployment.layers.push(Layer {
        origin: format!("{} env_variables", document.source.path()).into(),
        variables: document.root.get("env_variables").map(|node| map(&document, node)).unwrap_or_default(),
        more: None,
    });
    deployment.runs.folder = Some(folder(path).into());
    deployment.commands =
        document.root.get("entrypoint").map(|node| scripts(&document, node, When::Start)).unwrap_or_default();
    deployment.runs.role = role_of(&deployment.commands).unwrap_or(Role::Web);
    deployment.balanced = Some(document.place(runtime));
    deployment.health = ["readiness_check", "liveness_check", "health_check"]
        .iter()
        .find_map(|key| document.root.get(key))
        .map(|check| document.place(check.get("path").unwrap_or(check)));
    deployment.replicas = replicas(&document, runtime, is_flexible);
    deployment.sticky = document.root.path(&["network", "session_affinity"]).and_then(|node| {
        let by = "a cookie of the load balancer".into();
        Some(Sticky { on: node.as_bool()?, by, place: document.place(node) })
    });
    Some(deployment)
}

fn replicas(document: &Document, runtime: &Node, is_flexible: bool) -> Replicas {
    let at = |path: &[&str]| document.root.path(path);
    if let Some(node) = at(&["manual_scaling", "instances"]) {
        return count(Some(node))
            .map_or_else(Replicas::default, |number| Replicas::exactly(number, document.place(node)));
    }
    if let Some(node) = at(&["basic_scaling", "max_instances"]) {
        return Replicas { min: None, max: count(Some(node)), place: Some(document.place(node)) };
    }
    let (min, max) = if is_flexible {
        (at(&["automatic_scaling", "min_num_instances"]), at(&["automatic_scaling", "max_num_instances"]))
    } else {
        (at(&["automatic_scaling", "min_instances"]), at(&["automatic_scaling", "max_instances"]))
    };
    let declared = count(max);
    let default = if is_flexible { 20 } else { u32::MAX };
    let place = max.filter(|_| declared.is_some()).or(min).unwrap_or(runtime);
    Replicas {
        min: count(min).filter(|&min| min > 0),
        max: Some(declared.unwrap_or(default)),
        place: Some(document.place(place)),
    }
}
