//! What dependencies say by themselves. Data: `rules/rust/evidence.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

use super::app::App;
use super::cargo::{Dependency, State};
use super::seen::{Ground, Seen};
use crate::facts::{Concern, Confidence, Locality, Note, Severity, Step, TrailStep};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    dependency: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    package: String,
    #[serde(default)]
    features: Vec<String>,
    concern: Concern,
    locality: Locality,
    store: String,
    confidence: Confidence,
    #[serde(default)]
    unless: Vec<String>,
}

fn data() -> &'static Data {
    static DATA: OnceLock<Data> = OnceLock::new();
    DATA.get_or_init(|| packed!("rust-evidence.json").unwrap_or_default())
}

/// What the dependencies of a program say.
pub fn of(app: &App) -> Vec<Seen> {
    data().dependency.iter().filter_map(|row| seen(app, row)).collect()
}

fn seen(app: &App, row: &Row) -> Option<Seen> {
    if row.unless.iter().any(|other| is_there(app, other)) {
        return None;
    }
    let all = || app.server.dependencies_on(&row.package).map(|(_, dependency)| dependency);
    let (dependency, state) = all().find_map(|dependency| Some((dependency, part(dependency, row)?)))?;
    // Two of them in one build: that both are compiled in tells nothing of which is used.
    let confidence = if state == State::On { row.confidence } else { Confidence::Low };
    let words = match feature(dependency, row) {
        Some(feature) => format!("`{}` with the feature `{feature}` is compiled in", row.package),
        None => format!("`{}` is compiled in", row.package),
    };
    let step = |place, words: String| TrailStep {
        step: Step::Set,
        place: Some(place),
        note: Note::Text(words.into()),
    };
    let defined = dependency.defined.clone().map(|place| step(place, "defined for the workspace".to_owned()));
    Some(Seen {
        ground: Ground::Manifest,
        concern: Some(row.concern),
        fact: None,
        key: row.package.as_str().into(),
        variable: None,
        store: row.store.as_str().into(),
        locality: row.locality,
        detail: None,
        unknown: None,
        name: None,
        unless: None,
        suggestion: None,
        by_url: true,
        severity: Severity::Error,
        confidence,
        trail: defined.into_iter().chain([step(dependency.place.clone(), words)]).collect(),
        place: Some(dependency.place.clone()),
    })
}

/// Whether the part of a dependency that a row is about is in the program.
fn part(dependency: &Dependency, row: &Row) -> Option<State> {
    let wanted = row.features.iter().map(|name| dependency.feature(name));
    let feature = if row.features.is_empty() { State::On } else { wanted.min().unwrap_or(State::Off) };
    let state = dependency.state.max(feature);
    (state != State::Off).then_some(state)
}

/// The feature that is meant, for people.
fn feature<'a>(dependency: &Dependency, row: &'a Row) -> Option<&'a str> {
    let is_there = |name: &&String| dependency.feature(name) != State::Off;
    row.features.iter().find(is_there).map(String::as_str)
}

/// Whether a crate, or a feature of one, may be in the program.
fn is_there(app: &App, name: &str) -> bool {
    let (package, feature) =
        name.split_once('/').map_or((name, None), |(package, feature)| (package, Some(feature)));
    app.server.dependencies_on(package).any(|(_, dependency)| {
        dependency.state != State::Off
            && feature.is_none_or(|feature| dependency.feature(feature) != State::Off)
    })
}
