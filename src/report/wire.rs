//! The shapes of the JSON contract, version 1.

use serde::Serialize;

use super::escape::is_unsafe;
use crate::facts::{Action, Edit, Environment, Fix, Place, State, Survey, TrailStep};

/// One step of a trail.
#[derive(Serialize)]
pub struct WireStep {
    step: &'static str,
    path: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
    note: String,
}

/// Where something is.
#[derive(Serialize, Default)]
pub struct WirePlace {
    pub line: Option<u32>,
    pub column: Option<u32>,
    pub end_line: Option<u32>,
    pub end_column: Option<u32>,
}

/// An environment as every report shows it.
#[derive(Serialize)]
pub struct WireEnvironment {
    pub name: String,
    pub basis: &'static str,
    pub sources: Vec<String>,
    pub replicas: Option<u32>,
    pub scale: Option<String>,
    pub sticky: Option<bool>,
}

/// An app and its environments.
#[derive(Serialize)]
pub struct WireApp {
    pub path: String,
    pub stack: &'static str,
    pub framework_version: Option<String>,
    pub environments: Vec<WireEnvironment>,
}

/// The program itself.
#[derive(Serialize)]
pub struct WireTool {
    pub name: &'static str,
    pub version: &'static str,
}

/// A state as `state` shows it.
#[derive(Serialize)]
pub struct WireState {
    concern: &'static str,
    key: String,
    store: String,
    locality: &'static str,
    confidence: &'static str,
    detail: Option<String>,
    unknown: Option<String>,
    trail: Vec<WireStep>,
}

/// A fix.
#[derive(Serialize)]
pub struct WireFix {
    title: String,
    applicability: &'static str,
    why: String,
    edits: Vec<WireEdit>,
    companions: Vec<String>,
    by_hand: Option<String>,
}

/// One change of an env file. The text of a value that may be a secret is not told.
#[derive(Serialize)]
struct WireEdit {
    path: String,
    line: u32,
    action: &'static str,
    variable: String,
    old: Option<String>,
    new: String,
}

pub const TOOL: WireTool = WireTool { name: "unstick", version: env!("CARGO_PKG_VERSION") };

pub fn steps(trail: &[TrailStep]) -> Vec<WireStep> {
    trail.iter().map(step).collect()
}

fn step(step: &TrailStep) -> WireStep {
    let place = step.place.as_ref().filter(|place| !place.is_foreign());
    let start = place.map(Place::start);
    WireStep {
        step: step.step.name(),
        path: place.map(|place| place.path().to_owned()),
        line: start.map(|start| start.line),
        column: start.map(|start| start.column),
        note: crate::report::text::note(step),
    }
}

pub fn place(place: Option<&Place>) -> WirePlace {
    let Some(place) = place.filter(|place| !place.is_foreign()) else { return WirePlace::default() };
    let (start, end) = (place.start(), place.end());
    WirePlace {
        line: Some(start.line),
        column: Some(start.column),
        end_line: Some(end.line),
        end_column: Some(end.column),
    }
}

pub fn environment(environment: &Environment) -> WireEnvironment {
    WireEnvironment {
        name: environment.name.to_string(),
        basis: environment.basis.describe(),
        sources: environment.sources.iter().map(ToString::to_string).collect(),
        replicas: environment.replicas.count(),
        scale: environment.replicas.describe(),
        sticky: environment.sticky.as_ref().map(|sticky| sticky.on),
    }
}

/// On what ground an environment is judged, with how many replicas, in words.
pub fn how(environment: &Environment) -> String {
    let mut how =
        environment.deployed_by.map_or_else(|| environment.basis.describe().to_owned(), str::to_owned);
    if environment.confidence == crate::facts::Confidence::Low {
        how.push_str(", low confidence");
    }
    if let Some(scale) = environment.replicas.describe() {
        how.push_str(&format!(", {scale}"));
    }
    if environment.sticky.as_ref().is_some_and(|sticky| sticky.on) {
        how.push_str(", sticky sessions");
    }
    how
}

pub fn app(survey: &Survey) -> WireApp {
    WireApp {
        path: survey.path.clone(),
        stack: survey.stack,
        framework_version: survey.framework_version.clone(),
        environments: survey.environments.iter().map(|judged| environment(&judged.environment)).collect(),
    }
}

pub fn state(state: &State) -> WireState {
    WireState {
        concern: state.concern.name(),
        key: state.key.to_string(),
        store: state.store.to_string(),
        locality: state.locality.name(),
        confidence: state.confidence.name(),
        detail: state.detail.as_ref().map(ToString::to_string),
        unknown: state.unknown.as_ref().map(|reason| reason.text().to_owned()),
        trail: steps(&state.trail),
    }
}

pub fn fix(fix: &Fix) -> WireFix {
    WireFix {
        title: fix.title.clone(),
        applicability: fix.applicability.name(),
        why: fix.reasons().join("; "),
        edits: fix.edits.iter().map(edit).collect(),
        companions: fix.companions.iter().map(ToString::to_string).collect(),
        by_hand: fix.by_hand.clone(),
    }
}

fn edit(edit: &Edit) -> WireEdit {
    let (action, variable, new) = match &edit.action {
        Action::Set { variable, value, .. } => ("set", variable, value),
        Action::Rename { old, new } => ("rename", old, new),
    };
    WireEdit {
        path: edit.source.path().to_string(),
        line: edit.line,
        action,
        variable: variable.to_string(),
        old: edit.old.clone(),
        new: new.to_string(),
    }
}

/// Pretty JSON with a newline at its end.
pub fn pretty(value: &impl Serialize) -> String {
    // Every shape here has text keys and finite numbers, so it always serialises.
    escaped(serde_json::to_string_pretty(value).unwrap_or_default()) + "\n"
}

/// The same JSON with everything escaped that a terminal would act on: JSON itself escapes ASCII's control characters.
/// Such a character only stands inside a text, as the writer puts nothing but line feeds between them.
fn escaped(json: String) -> String {
    let acts = |c: char| c != '\n' && is_unsafe(c);
    if !json.contains(acts) {
        return json;
    }
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if acts(c) { safe.push_str(&format!("\\u{:04x}", u32::from(c))) } else { safe.push(c) }
    }
    safe
}
