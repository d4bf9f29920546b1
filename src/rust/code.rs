//! What the code of an app says: the marks in it, those of one thing together.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::app::App;
use super::cargo::{Package, Reached, State};
use super::config::of_url;
use super::seen::{Ground, Seen};
use super::source::{self, Code, Condition, ConditionKind, Found, How, Scanned, SourceText};
use super::{suggestions, usage};
use crate::discover::Skipped;
use crate::facts::{Confidence, Note, Severity, Step, TrailStep};

/// Places of one thing that are kept: a report names some of them and counts the rest.
const MAX_PLACES: usize = 40;

/// One found mark, with what its surroundings leave of it.
struct Weighed {
    found: Found,
    confidence: Confidence,
    unless: Option<Arc<str>>,
    note: Option<String>,
}

/// What is seen.
pub fn seen(app: &App) -> Vec<Seen> {
    let mut groups: BTreeMap<(usize, String), Vec<Weighed>> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    let all = app.workspace.packages.all();
    for skipped in app.unread_code() {
        app.skip(skipped);
    }
    for reached in &app.server.closure {
        let package = &all[reached.package];
        for found in &scan(app, package, reached).found {
            let Some(one) = weigh(found.clone(), reached) else { continue };
            let id = one.found.mark.id.as_str();
            let at = order.iter().position(|known| *known == id).unwrap_or_else(|| {
                order.push(id);
                order.len() - 1
            });
            groups.entry((at, usage::told_apart_by(&one.found))).or_default().push(one);
        }
    }
    groups.into_values().filter_map(together).collect()
}

/// The marks in the code of one package.
fn scan(app: &App, package: &Package, reached: &Reached) -> Rc<Scanned> {
    let crates = reached
        .dependencies
        .iter()
        .filter(|dependency| dependency.state != State::Off)
        .map(|dependency| (dependency.crate_name.clone(), dependency.package.clone()));
    let key = (reached.package, crates.collect());
    let scanned = app.workspace.scanned(key, |(_, crates)| scan_files(app, package, crates));
    for (path, reason) in &scanned.unparsed {
        app.skip(Skipped { path: path.clone(), reason: reason.clone() });
    }
    scanned
}

fn scan_files(app: &App, package: &Package, crates: &BTreeMap<String, String>) -> Scanned {
    if !app.files(package).any(|file| file.hit) {
        return Scanned::default();
    }
    let files: Vec<SourceText> = app
        .files(package)
        .filter_map(|file| {
            let relative = inside(&file.relative, package)?.to_owned();
            Some(SourceText { relative, source: Arc::clone(&file.source) })
        })
        .collect();
    let roots: Vec<String> = package
        .bins
        .iter()
        .map(|bin| &bin.path)
        .chain(package.library.iter().map(|library| &library.path))
        .filter_map(|path| Some(inside(path, package)?.to_owned()))
        .collect();
    let crate_name = package
        .library
        .as_ref()
        .map_or_else(|| package.name.replace('-', "_"), |library| library.name.clone());
    source::scan(&Code { crate_name: &crate_name, roots: &roots, files: &files, crates })
}

/// A path of the repository as one of the package.
fn inside<'a>(path: &'a str, package: &Package) -> Option<&'a str> {
    path.strip_prefix(package.folder.as_str()).map(|rest| rest.trim_start_matches('/'))
}

/// What the surroundings leave of a mark; `None`: nothing of it runs where the app is deployed.
fn weigh(found: Found, reached: &Reached) -> Option<Weighed> {
    let mut confidence = found.mark.confidence;
    let mut unless = None;
    let mut note = None;
    let mut at_most = |most: Confidence| confidence = confidence.min(most);
    match found.how {
        How::Made => {}
        How::Named => at_most(Confidence::Medium),
        How::Guessed => at_most(Confidence::Low),
    }
    if reached.state != State::On {
        at_most(Confidence::Low);
    }
    for condition in &found.context.conditions {
        match &condition.kind {
            ConditionKind::DebugOnly => return None,
            ConditionKind::Feature { name, not } => {
                let state = reached.features.iter().find(|(known, _)| known == name);
                let is_on = state.is_some_and(|(_, state)| *state == State::On);
                if is_on == *not {
                    at_most(Confidence::Low);
                    note =
                        Some(format!("only {} the feature `{name}`", if *not { "without" } else { "with" }));
                }
            }
            ConditionKind::EnvironmentArm => {
                at_most(Confidence::Medium);
                note = Some(format!("only where {} says so", words(condition)));
            }
            ConditionKind::Branch => at_most(Confidence::Medium),
            ConditionKind::Fallback(name) => {
                at_most(Confidence::Medium);
                let name = name.as_deref().unwrap_or("a value for it");
                note = Some(format!("only when {name} is not set"));
                unless = Some(format!(" unless {name} is set").into());
            }
        }
    }
    Some(Weighed { found, confidence, unless, note })
}

fn words(condition: &Condition) -> String {
    condition.words.first().map_or_else(|| "the environment".to_owned(), |word| format!("`{word}`"))
}

/// What of a text in the code may be shown: a path, or the place that an address names. Anything else may be a secret.
fn shown_detail(text: &str) -> Option<Arc<str>> {
    if text.contains("://") {
        return of_url(text)?.detail;
    }
    let is_plain = |c: char| c.is_alphanumeric() || "./_-{}:~".contains(c);
    (text.len() < 100 && text.chars().all(is_plain)).then(|| text.into())
}

/// One thing, with all its places.
fn together(mut all: Vec<Weighed>) -> Option<Seen> {
    // The surest place first: what only names a type explains less than what makes a value of it.
    all.sort_by_key(|one| (std::cmp::Reverse(one.confidence), one.found.how));
    let first = all.first()?;
    let mark = first.found.mark;
    let (severity, why) = usage::severity(&first.found);
    let detail = all.iter().find_map(|one| shown_detail(one.found.context.detail.as_deref()?));
    let steps = all.iter().take(MAX_PLACES).rev().map(|one| {
        let note = one.note.as_ref().map_or_else(String::new, |note| format!(", {note}"));
        let words = format!("`{}`{note}", one.found.path);
        TrailStep { step: Step::Built, place: Some(one.found.place.clone()), note: Note::Text(words.into()) }
    });
    let mut trail: Vec<TrailStep> = steps.collect();
    if let Some(why) = why {
        let note = Note::Text(why.into());
        trail.push(TrailStep { step: Step::Built, place: Some(first.found.place.clone()), note });
    }
    Some(Seen {
        ground: Ground::Code,
        concern: mark.concern,
        fact: mark.fact.as_deref().map(Into::into),
        key: first.found.path.as_str().into(),
        variable: None,
        store: mark.store.as_str().into(),
        suggestion: mark.fix.as_deref().and_then(suggestions::find),
        locality: mark.locality,
        detail,
        unknown: None,
        name: usage::name_of(&first.found).map(Into::into),
        unless: first.unless.clone(),
        by_url: mark.by_url,
        severity: severity.min(mark.severity).max(Severity::Info),
        confidence: first.confidence,
        trail,
        place: Some(first.found.place.clone()),
    })
}
