//! Deployer: `deploy.php`, and hosts in YAML (`deploy.yaml`, `hosts.yml`).
//!
//! deployphp/deployer, docs/hosts.md, recipe/laravel.php, recipe/deploy/shared.php: a release is put on each host of a
//! stage; `shared_dirs` and `shared_files` are kept beside the releases on the disk of that host. recipe/laravel.php shares
//! `storage` and `.env`, so the variables are on the hosts.

mod hosts;
mod inventory;
mod php;
mod recipe;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::reading::{Document, MAX_PARTS, file_name};
use super::{Deployment, Files, Layer, Mount, Replicas, Role, Sharing, folder, join};
use crate::facts::{Place, Reason};
use hosts::Host;
use recipe::Recipe;

const SOURCE: &str = "deployer";

/// The stages that recipes of Deployer deploy to.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let mut found = Vec::new();
    for folder in folders(files).into_iter().take(MAX_PARTS) {
        let path = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let recipe = match files.read(&path("deploy.php")) {
            Some(source) if php::is_recipe(source.text()) => php::read(files, &source, &folder),
            _ => ["deploy.yaml", "deploy.yml"]
                .iter()
                .map(|name| path(name))
                .filter(|path| files.paths().contains(path))
                .find_map(|path| inventory::recipe(&Document::open(files, &path)?)),
        };
        if let Some(recipe) = recipe {
            found.extend(deployments(files, &recipe, &folder));
        }
    }
    found
}

/// The folders that have an app or a recipe: `deploy.php` is no name of a manifest, so it is asked for beside those.
fn folders(files: &Files<'_>) -> Vec<String> {
    let names = ["composer.json", "deploy.php", "deploy.yaml", "deploy.yml"];
    let own = files.paths().iter().filter(|path| names.contains(&file_name(path)));
    let mut folders: Vec<String> = own.map(|path| folder(path).to_owned()).chain([String::new()]).collect();
    folders.sort();
    folders.dedup();
    folders
}

fn deployments(files: &Files<'_>, recipe: &Recipe, folder: &str) -> Vec<Deployment> {
    let mut stages: BTreeMap<Arc<str>, Vec<&Host>> = BTreeMap::new();
    for host in &recipe.hosts {
        if let Some(environment) = host.environment() {
            stages.entry(environment).or_default().push(host);
        }
    }
    let all = stages.into_iter().take(MAX_PARTS);
    all.filter_map(|(environment, hosts)| deployment(files, recipe, folder, &environment, &hosts)).collect()
}

fn deployment(
    files: &Files<'_>,
    recipe: &Recipe,
    folder: &str,
    environment: &str,
    hosts: &[&Host],
) -> Option<Deployment> {
    let answers = |host: &&&Host| host.roles.iter().any(|role| ["app", "web", "www"].contains(&&**role));
    let has_roles = hosts.iter().any(|host| answers(&host));
    let hosts: Vec<&&Host> = hosts.iter().filter(|host| !has_roles || answers(host)).collect();
    let first = hosts.first()?;
    let mut deployment = Deployment::new(SOURCE, environment, "app", first.place.clone());
    if !deployment.files.contains(recipe.source.path()) {
        deployment.files.push(recipe.source.path().clone());
    }
    deployment.runs.role = Role::Web;
    deployment.runs.folder = Some(folder.into());
    deployment.replicas = replicas(recipe, &hosts, &first.place);
    deployment.layers.push(Layer {
        origin: format!("the hosts of {}", recipe.source.path()).into(),
        variables: Vec::new(),
        more: Some(Reason::at(
            "the variables are on the hosts, not in the repository",
            recipe.env_place(first),
        )),
    });
    if let Some((name, place)) = &recipe.env_upload {
        let stage = first.stage.as_deref().unwrap_or(environment);
        let name = name.replace("{{stage}}", stage).replace("{{labels.stage}}", stage);
        let path = join(folder, name.trim_start_matches("./"));
        if let Some(source) =
            path.filter(|path| files.paths().contains(path)).and_then(|path| files.read(&path))
        {
            deployment.env_file = Some((source.path().clone(), place.clone()));
        }
    }
    let root = first.deploy_path.as_ref().or(recipe.deploy_path.as_ref());
    let root = root.filter(|path| !path.contains("{{")).map(|path| path.trim_end_matches('/'));
    deployment.mounts.extend(recipe.shared_dirs.iter().map(|(dir, place)| shared(root, dir, place)));
    deployment.commands.clone_from(&recipe.commands);
    Some(deployment)
}

/// As many as there are hosts, when each of them is written out.
fn replicas(recipe: &Recipe, hosts: &[&&Host], place: &Place) -> Replicas {
    let counts = hosts.iter().map(|host| host.count);
    let known: u32 = counts.clone().map(|count| count.unwrap_or(1)).fold(0, u32::saturating_add);
    let all = !recipe.is_open && counts.clone().all(|count| count.is_some());
    Replicas { min: Some(known), max: all.then_some(known), place: Some(place.clone()) }
}

fn shared(root: Option<&str>, dir: &str, place: &Place) -> Mount {
    let dir = dir.trim_matches('/');
    let path = root.map_or_else(|| format!("current/{dir}"), |root| format!("{root}/current/{dir}"));
    let what = "directory that the releases on a host share".into();
    Mount { path: path.into(), what, sharing: Sharing::OneServer, place: place.clone() }
}
