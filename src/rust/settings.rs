//! What config files and variables say, in one environment.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::app::App;
use super::config::{self, Configured, Meaning, Request};
use super::environments::Loaded;
use super::seen::{Ground, Seen};
use crate::deploy::env_files;
use crate::facts::{Basis, Locality, Place, Scalar, Setting, Severity, Trail};

/// What is seen.
pub fn seen(app: &App, loaded: &Loaded) -> Vec<Seen> {
    let mut meanings = config::of_variables(&loaded.variables);
    if let Some(configured) = configured(app, loaded) {
        for skipped in &configured.skipped {
            app.skip(skipped.clone());
        }
        let mut of_files = config::meanings(&configured);
        // What developers run with tells little of what is deployed.
        if is_for_developers(&configured.profile) {
            of_files.iter_mut().for_each(|one| one.severity = Severity::Info);
        }
        meanings.extend(of_files);
    }
    // A variable that a setting reads is told once, with the setting.
    let mut all: Vec<Seen> = Vec::new();
    for one in meanings.into_iter().map(of_meaning) {
        let known = all.iter().position(|other| {
            other.concern == one.concern && other.place.is_some() && other.place == one.place
        });
        match known {
            Some(at) if one.trail.len() > all[at].trail.len() => all[at] = one,
            Some(_) => {}
            None => all.push(one),
        }
    }
    all.iter_mut().filter(|one| one.locality == Locality::Host).for_each(|one| lower(one, loaded));
    all
}

/// Lowers an address of the own machine that is not written for where the app is deployed: Rust apps come with
/// addresses for a developer's machine, and what deploys them sets others.
fn lower(one: &mut Seen, loaded: &Loaded) {
    let environment = &loaded.environment;
    let is_deployed = |place: &Place| {
        let path = place.path();
        let name = path.rsplit('/').next().unwrap_or(path);
        name.split(|c: char| !c.is_ascii_alphanumeric()).any(env_files::is_production_like)
            || (matches!(environment.basis, Basis::Production | Basis::Asked)
                && environment.sources.iter().any(|source| source.as_ref() == path))
    };
    if one.place.as_ref().is_some_and(|place| !is_deployed(place)) {
        one.severity = Severity::Info;
    }
}

/// The settings of an app's config files, as they are in an environment.
#[must_use]
pub fn settings(app: &App, loaded: &Loaded) -> Vec<Setting> {
    let Some(configured) = configured(app, loaded) else { return Vec::new() };
    for skipped in &configured.skipped {
        app.skip(skipped.clone());
    }
    let setting = |one: config::Setting| Setting {
        key: one.key.to_string(),
        value: match (one.value, one.unknown) {
            (_, Some(reason)) => Err(reason),
            (Some(text), None) => Ok(Scalar::Str(text)),
            (None, None) => Ok(Scalar::Null),
        },
        trail: one.trail.into_iter().fold(Trail::none(), |trail, step| trail.then(step)),
        place: one.place,
    };
    configured.settings.into_iter().map(setting).collect()
}

/// What the config files hold for an environment.
fn configured(app: &App, loaded: &Loaded) -> Option<Configured> {
    let crates: BTreeSet<String> = app
        .server
        .closure
        .iter()
        .flat_map(|reached| &reached.dependencies)
        .map(|dependency| dependency.package.clone())
        .collect();
    let package = app.package();
    let request = Request {
        tree: app.workspace.repository.tree(),
        folder: &package.folder,
        package: &package.name,
        crates: &crates,
        variables: &loaded.variables,
        prefixes: &[],
    };
    of_environment(config::read(&request), loaded)
}

/// Whether a profile is one of developers or of tests.
fn is_for_developers(profile: &str) -> bool {
    env_files::is_developers(profile) || env_files::is_never(profile) || profile == "debug"
}

/// The settings of an environment: those of the profile with its name, else those of production.
fn of_environment(all: Vec<Configured>, loaded: &Loaded) -> Option<Configured> {
    const PRODUCTION: &[&str] = &["production", "release", "prod"];
    let name = loaded.environment.name.as_ref();
    let is_named = |one: &Configured| one.profile.as_ref() == name;
    let is_production = |one: &Configured| PRODUCTION.contains(&one.profile.as_ref());
    let at = all.iter().position(is_named).or_else(|| all.iter().position(is_production)).unwrap_or(0);
    all.into_iter().nth(at)
}

fn of_meaning(meaning: Meaning) -> Seen {
    let is_variable = !meaning.key.contains('.') && meaning.key.chars().all(|c| !c.is_ascii_lowercase());
    Seen {
        ground: Ground::Setting,
        concern: meaning.concern,
        fact: meaning.fact.map(|fact| fact.name().into()),
        variable: is_variable.then(|| Arc::clone(&meaning.key)),
        key: meaning.key,
        store: meaning.store,
        locality: meaning.locality,
        detail: meaning.detail,
        unknown: meaning.unknown,
        name: None,
        unless: None,
        suggestion: None,
        by_url: false,
        severity: meaning.severity,
        confidence: meaning.confidence,
        trail: meaning.trail,
        place: meaning.place,
    }
}
