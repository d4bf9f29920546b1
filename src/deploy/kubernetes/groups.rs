//! Which plain manifests belong together: the folders of one deployment, and the environments in them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::names::{self, Named};
use super::object::Object;
use super::workload::pod;
use crate::deploy::folder;

/// Names of folders that hold the manifests of one deployment, with all folders in them.
const HOLDERS: &[&str] = &[
    "k8s",
    "kube",
    "kubernetes",
    "manifests",
    "deploy",
    "deployment",
    "deployments",
    "infra",
    "infrastructure",
    "ops",
    ".k8s",
    ".kube",
    ".kubernetes",
    ".deploy",
    "openshift",
    "gke",
    "eks",
    "aks",
    "k3s",
];

/// Manifests that are applied together.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// What belongs to no environment in particular.
    pub common: Vec<Object>,
    /// What belongs to one.
    pub environments: BTreeMap<Arc<str>, Vec<Object>>,
    /// What belongs to a developer's environment or one for tests: it is not judged.
    pub left_out: Vec<Object>,
}

/// Files with their objects, by the folder of the deployment they belong to.
pub(super) fn of(files: Vec<(String, Vec<Object>)>) -> BTreeMap<String, Group> {
    let folders: BTreeSet<String> = files
        .iter()
        .filter(|(_, objects)| !objects.is_empty())
        .map(|(path, _)| outside_environments(folder(path)))
        .collect();
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for (path, objects) in files.into_iter().filter(|(_, objects)| !objects.is_empty()) {
        let group = groups.entry(root(&path, &folders)).or_default();
        match environment(&path, &objects) {
            Named::Deployed(name) => group.environments.entry(name).or_default().extend(objects),
            Named::Developer => group.left_out.extend(objects),
            Named::Nothing => group.common.extend(objects),
        }
    }
    groups
}

/// What the path of a file says about its environment. The name of a file counts only when it holds what differs between
/// environments: an issuer of certificates is often called `staging`.
fn environment(path: &str, objects: &[Object]) -> Named {
    let by_folder = names::folders(folder(path));
    let differs = objects.iter().any(|object| {
        pod(object).is_some()
            || matches!(&*object.kind, "ConfigMap" | "Secret" | "Ingress" | "HorizontalPodAutoscaler")
    });
    match names::file(path) {
        Named::Nothing => by_folder,
        _ if !differs => by_folder,
        by_name => {
            if by_folder == Named::Developer {
                by_folder
            } else {
                by_name
            }
        }
    }
}

/// A folder without the parts that name an environment, and without what lies in those.
fn outside_environments(folder: &str) -> String {
    let parts = folder.split('/').take_while(|part| names::phrase(part) == Named::Nothing);
    parts.collect::<Vec<_>>().join("/")
}

/// The folder of the deployment that a file belongs to: the outermost with a telling name, or the outermost that has
/// manifests itself.
fn root(path: &str, folders: &BTreeSet<String>) -> String {
    let folder = outside_environments(folder(path));
    let mut at = String::new();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        if folders.contains(&at) {
            return at;
        }
        if !at.is_empty() {
            at.push('/');
        }
        at.push_str(part);
        if HOLDERS.contains(&part.to_ascii_lowercase().as_str()) {
            return at;
        }
    }
    at
}
