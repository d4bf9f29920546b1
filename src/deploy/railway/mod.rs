//! Railway: `railway.toml` or `railway.json`, and `nixpacks.toml`.
//!
//! docs.railway.com/config-as-code/reference: the file describes one service, wins over the dashboard, and
//! `environments.<name>` in it wins over the rest of it. Variables and volumes are kept in Railway alone; a service with a
//! volume cannot have replicas. nixpacks.com/docs/configuration/file: `[variables]` are set in the image, so those of
//! Railway win. Other platforms (Coolify, Dokploy) build with Nixpacks too.

mod nixpacks;
mod service;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::reading::{Document, MAX_PARTS, Stage, file_name, named, within};
use super::{Deployment, Files, folder};
use crate::facts::Confidence;
use crate::parse::node::Node;
use service::Settings;

const SOURCE: &str = "railway";

/// The services that are described, one for each folder and environment.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let own = |path: &&String| matches!(file_name(path), "railway.toml" | "railway.json" | "nixpacks.toml");
    let folders: BTreeSet<&str> = files.paths().iter().filter(own).map(|path| folder(path)).collect();
    let deployed = folders.into_iter().filter(|folder| within(folder) != Some(Stage::Developers));
    deployed.take(MAX_PARTS).flat_map(|folder| read_one(files, folder)).collect()
}

fn read_one(files: &Files<'_>, folder: &str) -> Vec<Deployment> {
    let path = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let open = |name: &str| {
        let path = path(name);
        files.paths().contains(&path).then(|| Document::open(files, &path)).flatten()
    };
    let nixpacks = open("nixpacks.toml");
    // docs.railway.com: `railway.toml` is looked for first.
    let Some(railway) = open("railway.toml").or_else(|| open("railway.json")) else {
        let alone = nixpacks.iter().map(|nixpacks| {
            let mut deployment = nixpacks.deployment("nixpacks", "nixpacks", "web", nixpacks.root.span);
            deployment.confidence = Confidence::Medium;
            deployment.runs.folder = Some(folder.into());
            nixpacks::put_into(nixpacks, &mut deployment);
            deployment
        });
        return alone.collect();
    };
    let mut found: Vec<Deployment> = environments(&railway)
        .into_iter()
        .map(|(name, own)| Settings { document: &railway, own, folder }.deployment(&name))
        .collect();
    for deployment in &mut found {
        if let Some(nixpacks) = nixpacks.as_ref().filter(|_| deployment.runs.dockerfile.is_none()) {
            nixpacks::put_into(nixpacks, deployment);
        }
    }
    found
}

/// The environments that are deployed for people, with what the file says of each alone.
fn environments(document: &Document) -> Vec<(Arc<str>, Option<&Node>)> {
    let entries = document.root.get("environments").map(Node::entries).unwrap_or_default();
    let mut found: Vec<(Arc<str>, Option<&Node>)> = entries
        .iter()
        .take(MAX_PARTS)
        .filter_map(|(key, node)| match named(key.as_str()?) {
            Stage::Deployed(name) => Some((name, Some(node))),
            Stage::Developers => None,
        })
        .collect();
    if found.iter().all(|(name, _)| &**name != "production") {
        let name = if entries.is_empty() { SOURCE } else { "production" };
        found.insert(0, (name.into(), None));
    }
    found
}
