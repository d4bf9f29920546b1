//! loco: `config/{environment}.local.yaml`, else `config/{environment}.yaml`; both are templates of Tera
//! (loco-rs/loco src/config.rs `from_folder`, src/environment.rs `resolve_from_env`, 0.16).

use std::sync::Arc;

use super::super::document::{self, Document};
use super::super::layers::Weight;
use super::super::{Format, Request, discover};
use super::{Found, Stack, names, whole};
use crate::discover::Skipped;

pub(super) fn read(request: &Request<'_>, skipped: &mut Vec<Skipped>) -> Vec<Found> {
    let given = request.text("LOCO_CONFIG_FOLDER");
    let folder = given.as_deref().unwrap_or("config");
    let Some((folder, files)) = discover::folder(request, folder, |name| name.ends_with(".yaml")) else {
        return Vec::new();
    };
    let asked = names::selected(request, &["LOCO_ENV", "RAILS_ENV", "NODE_ENV"]);
    let mut there: Vec<(Arc<str>, Document)> = Vec::new();
    for file in files {
        let Some(name) = file.strip_suffix(".yaml") else { continue };
        let (name, is_local) = name.strip_suffix(".local").map_or((name, false), |name| (name, true));
        let path = discover::join(&folder, &file);
        let Some(document) = document::read_template(request, &path, skipped).filter(is_config) else {
            continue;
        };
        match there.iter_mut().find(|(known, _)| **known == *name) {
            Some(known) if is_local => known.1 = document,
            Some(_) => {}
            None => there.push((name.into(), document)),
        }
    }
    let environments: Vec<Arc<str>> = there.iter().map(|(name, _)| Arc::clone(name)).collect();
    let mut found = Vec::new();
    for (name, confidence) in names::judged(&environments, asked.as_deref()) {
        let Some((_, document)) = there.iter().find(|(known, _)| *known == name) else { continue };
        let weight = Weight { format: Format::Loco, profile: Some(Arc::clone(&name)), confidence };
        let mut stack = Stack::default();
        stack.add(document, &weight, whole);
        found.push(stack.found(Some(name)));
    }
    found
}

/// Whether it is the config of an app: the template's `production.yaml` is empty, and `scheduler.yaml` lies beside it.
fn is_config(document: &Document) -> bool {
    let has = |table: &str| document.leaves.iter().any(|leaf| leaf.key.starts_with(table));
    has("server.") || has("logger.")
}
