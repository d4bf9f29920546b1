//! cot: `config/{name}.toml`; `prod.toml.example` is what its template gives (cot-rs/cot cot/src/config.rs,
//! cot-cli/src/project_template/config, 0.4).

use std::sync::Arc;

use super::super::document::{self, Document};
use super::super::layers::{Given, Weight};
use super::super::{Format, Request, Setting, discover};
use super::{Found, Stack, names, whole};
use crate::discover::Skipped;
use crate::facts::{Confidence, Note, Place, Step, TrailStep};
use crate::text::Span;

const EXAMPLE: &str = ".toml.example";
const STORE: &str = "middlewares.session.store.type";
const CACHE: &str = "cache.store.type";

pub(super) fn read(request: &Request<'_>, skipped: &mut Vec<Skipped>) -> Vec<Found> {
    let wanted = |name: &str| name.ends_with(".toml") || name.ends_with(EXAMPLE);
    let Some((folder, files)) = discover::folder(request, "config", wanted) else { return Vec::new() };
    let names = |suffix: &str| -> Vec<Arc<str>> {
        files.iter().filter_map(|file| file.strip_suffix(suffix)).map(Arc::from).collect()
    };
    let mut judged = names::judged(&names(".toml"), None);
    let mut suffix = ".toml";
    if judged.iter().all(|(_, confidence)| *confidence != Confidence::High) {
        // An example for production is nearer to it than what developers use.
        let examples = names::judged(&names(EXAMPLE), None);
        if !examples.is_empty() {
            judged = examples.into_iter().map(|(name, _)| (name, Confidence::Low)).collect();
            suffix = EXAMPLE;
        }
    }
    let mut found = Vec::new();
    for (name, confidence) in judged {
        let path = discover::join(&folder, &format!("{name}{suffix}"));
        let Some(document) = document::read(request, &path, skipped) else { continue };
        let weight = Weight { format: Format::Cot, profile: Some(Arc::clone(&name)), confidence };
        let mut stack = Stack::default();
        stack.add(&document, &weight, whole);
        defaults(&document, &weight, &mut stack);
        found.push(stack.found(Some(name)));
    }
    found
}

/// What cot takes where a table does not say it: both stores are in memory.
fn defaults(document: &Document, weight: &Weight, stack: &mut Stack) {
    for (key, table) in [(STORE, "middlewares."), (CACHE, "cache.")] {
        let beside = document.leaves.iter().find(|leaf| leaf.key.starts_with(table));
        let Some(beside) = beside.filter(|_| !stack.layers.has(key)) else { continue };
        let key: Arc<str> = key.into();
        let place = Some(Place::new(&document.source, Span::new(beside.span.start, beside.span.start)));
        let note = Note::Setting(Arc::clone(&key));
        let setting = Setting {
            key: Arc::clone(&key),
            value: Some("memory".into()),
            unknown: None,
            place: place.clone(),
            profile: weight.profile.clone(),
            format: weight.format,
            confidence: Confidence::Low,
            trail: vec![TrailStep { step: Step::Default, place, note }],
        };
        stack.layers.lay(vec![Given { replaces: key, setting }]);
    }
}
