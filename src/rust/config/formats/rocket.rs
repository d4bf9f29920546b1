//! `Rocket.toml`: tables are profiles; `default` is below, `global` above the one that is chosen, `ROCKET_*` above all
//! (rwf2/Rocket core/lib/src/config/config.rs `figment`, 0.5.1). Rocket 0.4 has `development`, `staging`, `production`
//! and `global` (core/lib/src/config, 0.4.11).

use std::sync::Arc;

use super::super::document::{self, Document};
use super::super::layers::Weight;
use super::super::stage::{self, Stage};
use super::super::{Format, Request, discover, overrides};
use super::{Found, Stack, names, table};
use crate::discover::Skipped;
use crate::facts::Confidence;

pub(super) fn read(request: &Request<'_>, skipped: &mut Vec<Skipped>) -> Vec<Found> {
    let path = request.text("ROCKET_CONFIG");
    let path = discover::named(request, path.as_deref().unwrap_or("Rocket.toml"));
    let document = path.and_then(|path| document::read(request, &path, skipped));
    let is_set = request.variables.keys().any(|name| name.starts_with("ROCKET_"));
    if document.is_none() && !is_set {
        return Vec::new();
    }
    let tables = document.as_ref().map(tables).unwrap_or_default();
    let old = is_old(&tables);
    let asked = names::selected(request, if old { &["ROCKET_ENV"] } else { &["ROCKET_PROFILE"] });
    // What is deployed is built for release.
    let built: Arc<str> = if old { "production".into() } else { "release".into() };
    let profiles: Vec<Arc<str>> = match asked {
        Some(asked) => vec![asked.to_ascii_lowercase().into()],
        None => {
            let mut deployed: Vec<Arc<str>> = tables
                .iter()
                .filter(|name| matches!(stage::of(name), Some(Stage::Deployed(_))))
                .cloned()
                .collect();
            if deployed.is_empty() {
                deployed.push(built);
            }
            deployed
        }
    };
    profiles.into_iter().map(|profile| stack(request, document.as_ref(), &profile, old)).collect()
}

fn stack(request: &Request<'_>, document: Option<&Document>, profile: &Arc<str>, old: bool) -> Found {
    let mut stack = Stack::default();
    let short = match (old, &**profile) {
        (true, "production") => Some("prod"),
        (true, "staging") => Some("stage"),
        (true, "development") => Some("dev"),
        _ => None,
    };
    let order = [(!old).then_some("default"), short, Some(&**profile), Some("global")];
    for name in order.into_iter().flatten() {
        let Some(document) = document else { continue };
        let is_own = name == &**profile || Some(name) == short;
        let weight = Weight {
            format: Format::Rocket,
            profile: is_own.then(|| Arc::clone(profile)),
            confidence: Confidence::High,
        };
        stack.add(document, &weight, |key| table(key, name));
    }
    overrides::rocket(request, &mut stack.layers);
    stack.found(Some(Arc::clone(profile)))
}

/// The names of the tables, in lower case: profiles have no case.
fn tables(document: &Document) -> Vec<Arc<str>> {
    let mut tables: Vec<Arc<str>> = Vec::new();
    for leaf in &document.leaves {
        let Some((name, _)) = leaf.key.split_once('.') else { continue };
        let name = name.to_ascii_lowercase();
        if !tables.iter().any(|known| **known == *name) {
            tables.push(name.into());
        }
    }
    tables
}

fn is_old(tables: &[Arc<str>]) -> bool {
    let has = |names: &[&str]| tables.iter().any(|table| names.contains(&&**table));
    has(&["development", "dev", "staging", "stage", "production", "prod"])
        && !has(&["default", "release", "debug"])
}
