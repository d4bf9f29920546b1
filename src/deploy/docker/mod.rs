//! Dockerfiles that no other manifest builds: what they build is deployed somehow.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::image::{self, Build};
use super::reading::{Stage, carries_no_code, is_web_server, role_of, within};
use super::{Command, Deployment, Files, Mount, Role, Sharing, When, compose, folder};
use crate::facts::Confidence;
use crate::parse::dockerfile;

const SOURCE: &str = "docker";
/// How many Dockerfiles are read.
const MAX_FILES: usize = 100;
/// Words of paths of Dockerfiles that are not for production.
const NOT_DEPLOYED: &[&str] = &[
    "devcontainer",
    "sail",
    "ddev",
    "lando",
    "laradock",
    "example",
    "examples",
    "base",
    "tools",
    "gitpod",
    "uffizzi",
    "codespaces",
];

/// A deployment for each Dockerfile that may be production's.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let candidates: Vec<&str> =
        files.paths().iter().map(String::as_str).filter(|path| is_dockerfile(path)).take(MAX_FILES).collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    let built = compose::dockerfiles(files);
    let mut found: Vec<Deployment> = candidates
        .into_iter()
        .filter(|path| !built.iter().any(|other| other == path))
        .filter_map(|path| deployment(files, path))
        .collect();
    // Beside one that says it is production's, one that says nothing is a developer's or a part of it.
    let in_production: Vec<Arc<str>> = found
        .iter()
        .filter(|deployment| &*deployment.environment != SOURCE_NAME)
        .filter_map(|deployment| deployment.runs.folder.clone())
        .collect();
    found.retain(|deployment| {
        &*deployment.environment != SOURCE_NAME
            || !in_production.iter().any(|folder| deployment.runs.folder.as_ref() == Some(folder))
    });
    found
}

/// The name of an environment that no name says.
const SOURCE_NAME: &str = "Dockerfile";

fn is_dockerfile(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let is_one = |word: &str| {
        name == word || name.starts_with(&format!("{word}.")) || name.starts_with(&format!("{word}-"))
    };
    let ends = name.ends_with(".dockerfile") || name.ends_with("-dockerfile");
    (is_one("dockerfile") || is_one("containerfile") || ends)
        && !name.ends_with(".dockerignore")
        && !name.ends_with(".md")
}

fn deployment(files: &Files<'_>, path: &str) -> Option<Deployment> {
    let words = path.to_ascii_lowercase();
    let mut words = words.split(|c: char| !c.is_ascii_alphanumeric());
    if words.any(|word| NOT_DEPLOYED.contains(&word)) {
        return None;
    }
    let environment: Arc<str> = match within(path) {
        Some(Stage::Developers) => return None,
        Some(Stage::Deployed(name)) => name,
        None => SOURCE_NAME.into(),
    };
    let source = files.read(path)?;
    let (stage, environment) = stage(source.text(), environment)?;
    let context = context(files, path, source.text());
    let build = Build { context, dockerfile: path, stage: stage.as_deref(), args: &[] };
    let image = image::read(files, &build)?;
    let base = image.base.as_deref();
    if base.is_some_and(|base| carries_no_code(base) || is_web_server(base)) {
        return None;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut deployment = Deployment::new(SOURCE, &environment, name, image.place.clone());
    deployment.confidence = Confidence::Medium;
    deployment.runs.folder = Some(context.into());
    deployment.runs.dockerfile = Some(path.into());
    deployment.runs.stage = stage;
    let serves = image.exposes.is_some() || base.is_some_and(serves);
    deployment.runs.role = role(&image.commands, serves);
    deployment.mounts = image
        .volumes
        .into_iter()
        .map(|(path, place)| Mount {
            path,
            what: "a volume without a name".into(),
            sharing: Sharing::OneReplica,
            place,
        })
        .collect();
    deployment.layers = vec![image.layer];
    deployment.env_file = image.env_file;
    deployment.health = image.health;
    deployment.commands = image.commands;
    Some(deployment)
}

/// The stage that production runs, and its environment: the one that says so, else the last when it is not a
/// developer's. `None` when only developers run it.
fn stage(text: &str, environment: Arc<str>) -> Option<(Option<Arc<str>>, Arc<str>)> {
    let file = dockerfile::read(text);
    let names: Vec<Option<&str>> =
        file.stages.iter().map(|stage| stage.name.as_ref().and_then(|name| name.as_literal())).collect();
    let last = *names.last()?;
    let by_name = |name: &str| within(name);
    let last_stage = last.and_then(by_name);
    if !matches!(last_stage, Some(Stage::Developers)) {
        return Some((None, environment));
    }
    // The last one is a developer's: production's has a name.
    names.iter().flatten().find_map(|name| match by_name(name) {
        Some(Stage::Deployed(environment)) => Some((Some(Arc::from(*name)), environment)),
        _ => None,
    })
}

/// The folder that an image is built from: the root when the Dockerfile copies what lies there, else its own.
fn context<'p>(files: &Files<'_>, path: &'p str, text: &str) -> &'p str {
    let own = folder(path);
    if own.is_empty() {
        return "";
    }
    let copies = |line: &str| {
        let mut words = line.split_whitespace();
        let is_copy = words
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("copy") || word.eq_ignore_ascii_case("add"));
        let first = words.find(|word| !word.starts_with("--"));
        first
            .filter(|_| is_copy && !line.contains("--from"))
            .map(|path| path.trim_start_matches("./").to_owned())
    };
    let sources: Vec<String> = text.lines().filter_map(|line| copies(line.trim())).collect();
    let there = |folder: &str, source: &String| {
        let path = super::join(folder, source).unwrap_or_default();
        files.paths().iter().any(|known| *known == path || known.starts_with(&format!("{path}/")))
    };
    let names_itself = sources.iter().any(|source| source.starts_with(own));
    let fits_own = sources.iter().any(|source| !source.is_empty() && source != "." && there(own, source));
    let has_app =
        files.read(&format!("{own}/artisan")).is_some() || files.read(&format!("{own}/Cargo.toml")).is_some();
    if names_itself || !(fits_own || has_app) { "" } else { own }
}

/// What an image is for when nothing but itself says so: an app that also migrates or has a crontab still answers.
fn role(commands: &[Command], serves: bool) -> Role {
    let starts = commands.iter().filter(|command| command.when == When::Start);
    match role_of(starts) {
        Some(Role::Web) => Role::Web,
        _ if serves => Role::Web,
        Some(Role::Job) | None => Role::Unknown,
        Some(other) => other,
    }
}

/// Whether what a base image starts answers requests.
fn serves(base: &str) -> bool {
    ["frankenphp", "apache", "fpm", "php-nginx", "nginx-php"].iter().any(|part| base.contains(part))
}
