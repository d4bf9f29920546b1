//! Plain manifests of Kubernetes, and what every kind of manifest for it has in common.

mod claims;
mod commands;
mod env_file;
mod expand;
mod front;
mod groups;
pub(super) mod images;
pub(super) mod load;
pub(super) mod names;
mod notes;
pub(super) mod object;
pub(super) mod reading;
mod replicas;
mod services;
mod sources;
mod sticky;
#[cfg(test)]
pub(super) mod tests;
pub(super) mod tree;
mod variables;
mod volumes;
pub(super) mod workload;

use std::sync::Arc;

use super::{Deployment, Files, folder};
use crate::facts::Confidence;
use groups::Group;
use names::Named;
use object::{Object, Objects};
use workload::{Environment, deployments, pod};

const SOURCE: &str = "kubernetes";

/// What the plain manifests of a repository deploy.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let claimed = super::kustomize::claimed(files);
    let charts = super::helm::charts(files);
    let is_plain = |path: &&String| {
        load::is_yaml(path)
            && !claimed.contains(path.as_str())
            && !charts.iter().any(|chart| is_of_chart(path, chart))
    };
    let plain = files.paths().iter().filter(is_plain);
    let loaded = plain.map(|path| (path.clone(), load::objects(files, path))).collect();
    groups::of(loaded).into_values().flat_map(environments).collect()
}

/// Whether a path lies in a folder.
pub(super) fn is_inside(path: &str, outer: &str) -> bool {
    outer.is_empty() || path.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether a file belongs to the chart in a folder. One in the root of the repository is not all of it.
fn is_of_chart(path: &str, chart: &str) -> bool {
    let inside = is_inside(path, chart);
    let is_part = ["templates", "charts", "crds", "ci"].iter().any(|part| is_inside(path, part));
    inside && (!chart.is_empty() || is_part)
}

/// The environments of a group, each with what belongs to all of them.
fn environments(group: Group) -> Vec<Deployment> {
    let mut found = Vec::new();
    let elsewhere: Vec<(Arc<str>, Arc<str>)> =
        group.left_out.iter().map(|object| (object.kind.clone(), object.name.clone())).collect();
    for (name, own) in &group.environments {
        let is_replaced = |object: &&Object| {
            own.iter().any(|other| {
                other.kind == object.kind
                    && other.name == object.name
                    && other.may_share_namespace(object.namespace.as_ref())
            })
        };
        let common = group.common.iter().filter(|object| !is_replaced(object));
        let mut objects = Objects::new(own.iter().chain(common).cloned().collect());
        objects.elsewhere.clone_from(&elsewhere);
        found.extend(deployments(&objects, |workload| Some(environment(workload, name))));
    }
    // What is written beside a staging environment is what production runs.
    let has_production = group.environments.keys().any(|name| name.contains("production"));
    if !has_production && group.common.iter().any(|object| pod(object).is_some()) {
        let mut objects = Objects::new(group.common);
        objects.elsewhere = elsewhere;
        let others = group.environments.values().flatten();
        objects.elsewhere.extend(others.map(|object| (object.kind.clone(), object.name.clone())));
        let namespaces: Vec<(Arc<str>, Named)> = objects
            .all
            .iter()
            .filter_map(|object| object.namespace.clone())
            .map(|namespace| (namespace.clone(), names::phrase(&namespace)))
            .collect();
        found.extend(deployments(&objects, |workload| {
            let namespace = workload.namespace.as_ref();
            let named = namespace.and_then(|own| namespaces.iter().find(|(name, _)| name == own));
            match named {
                Some((_, Named::Deployed(name))) => Some(environment(workload, name)),
                Some((_, Named::Developer)) => None,
                _ => Some(environment(workload, SOURCE)),
            }
        }));
    }
    found
}

fn environment<'a>(workload: &Object, name: &'a str) -> Environment<'a> {
    let is_example = names::is_example(folder(&workload.path)) || names::is_example(&workload.path);
    let confidence = if is_example { Confidence::Low } else { Confidence::High };
    Environment { source: SOURCE, name, confidence, made: "*" }
}
