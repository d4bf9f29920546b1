//! Kustomizations: bases, overlays, patches and generators, put together to objects of Kubernetes.

mod build;
mod file;
mod generate;
mod json_patch;
mod merge;
mod patches;
mod rename;
mod replacements;
#[cfg(test)]
mod tests;
mod transform;

use std::collections::BTreeSet;

use super::kubernetes::names::{self, Named};
use super::kubernetes::object::Objects;
use super::kubernetes::workload::{Environment, deployments};
use super::{Deployment, Files, folder};
use crate::facts::Confidence;
use build::Builder;
use file::Kustomization;

const SOURCE: &str = "kustomize";

/// What the kustomizations of a repository deploy: each that no other one uses is an environment.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let all = file::all(files);
    let used: BTreeSet<String> =
        all.iter().flat_map(|one| one.folders().into_iter().map(|(path, _)| path)).collect();
    let mut builder = Builder::new(files);
    let mut found = Vec::new();
    for top in all.iter().filter(|one| !used.contains(&one.folder) && !one.is_component()) {
        let Some(name) = name(&top.folder) else { continue };
        let built = builder.build(&top.folder);
        let mut objects = Objects::new(built.objects);
        objects.unseen = built.unseen;
        let confidence = confidence(&top.folder);
        let select = |_: &_| Some(Environment { source: SOURCE, name: &name, confidence, made: "*" });
        let mut own = deployments(&objects, select);
        let shown = top.source.path();
        for deployment in &mut own {
            if !deployment.files.contains(shown) {
                deployment.files.insert(0, shown.clone());
            }
        }
        if let Some(first) = own.first_mut() {
            first.problems.extend(built.problems);
        }
        found.extend(own);
    }
    found
}

/// The files that kustomizations use, and those beside them: they are no plain manifests.
pub(super) fn claimed(files: &Files<'_>) -> BTreeSet<String> {
    let all = file::all(files);
    let folders: BTreeSet<&str> = all.iter().map(|one| &*one.folder).collect();
    let beside = files.paths().iter().filter(|path| folders.contains(folder(path))).cloned();
    all.iter().flat_map(Kustomization::files).chain(beside).collect()
}

/// The name of an environment by its folder; `None` for a developer's or one for tests.
fn name(folder: &str) -> Option<String> {
    match names::folders(folder) {
        Named::Deployed(name) => Some(name.to_string()),
        Named::Developer => None,
        Named::Nothing => {
            let mut parts = folder.rsplit('/');
            let last = parts.next().unwrap_or_default();
            let is_one_of_many = parts.next().is_some_and(|parent| {
                matches!(parent, "overlays" | "environments" | "envs" | "env" | "clusters" | "stages")
            });
            Some(if is_one_of_many { last.to_owned() } else { SOURCE.to_owned() })
        }
    }
}

fn confidence(folder: &str) -> Confidence {
    if names::is_example(folder) {
        return Confidence::Low;
    }
    // A base is made to be completed, maybe somewhere else.
    if folder.rsplit('/').next() == Some("base") { Confidence::Medium } else { Confidence::High }
}
