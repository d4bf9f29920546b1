//! What is wrong beside the state: files that cannot be parsed, variables that nothing reads.

use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::app::App;
use super::environments::LoadedEnvironment;
use super::host::lookup;
use super::load::Configuration;
use crate::facts::{Locality, Note, Observation, Severity, State, Step, TrailStep};

/// A variable that was renamed between two skeletons. Data: `rules/laravel/env-names.toml`.
#[derive(Debug, Deserialize)]
struct Rename {
    old: String,
    new: String,
    setting: String,
    since: String,
}

#[derive(Debug, Deserialize, Default)]
struct Names {
    rename: Vec<Rename>,
}

fn renames() -> &'static [Rename] {
    static DATA: OnceLock<Names> = OnceLock::new();
    &DATA.get_or_init(|| packed!("laravel-env-names.json").unwrap_or_default()).rename
}

/// Files from which nothing is concluded.
pub fn unreadable(configuration: &Configuration, loaded: &LoadedEnvironment) -> Vec<Observation> {
    let config =
        configuration.unreadable.iter().map(|file| (&file.place, file.message.as_str(), "config file"));
    let env = loaded.errors.iter().map(|error| (&error.place, error.message.as_str(), "env file"));
    config
        .chain(env)
        .map(|(place, message, what)| {
            Observation::new(
                "unreadable-config",
                vec![
                    ("file", Arc::clone(place.source.path())),
                    ("what", what.into()),
                    ("problem", message.into()),
                ],
                Some(place.clone()),
            )
            .led_to_by(Vec::new())
        })
        .collect()
}

/// Variables that are set while the setting they once decided falls to a local default.
pub fn dead_variables(
    app: &App,
    configuration: &Configuration,
    loaded: &LoadedEnvironment,
    states: &[State],
) -> Vec<Observation> {
    let mut found = Vec::new();
    for rename in renames() {
        let Some(variable) = loaded.variables.get(rename.old.as_str()) else { continue };
        let value = variable.value.as_deref().unwrap_or_default();
        if value.is_empty()
            || configuration.read.contains(rename.old.as_str())
            || !configuration.read.contains(rename.new.as_str())
            || loaded.variables.contains_key(rename.new.as_str())
        {
            continue;
        }
        let Some(state) = states.iter().find(|state| decides(&rename.setting, state)) else { continue };
        let harmful = match state.locality {
            Locality::Disk | Locality::Memory | Locality::Host => true,
            Locality::None => !matches!(value, "null" | "log" | "array" | "sync"),
            _ => false,
        };
        if !harmful || mentioned_in_code(app, &rename.old) {
            continue;
        }
        let mut trail = variable.trail.steps();
        let note = Note::Text(format!("{} is read instead, and it is not set", rename.new).into());
        let fallen = state.trail.iter().find(|step| {
            step.step == Step::Default && step.note == Note::Variable(rename.new.as_str().into())
        });
        trail.extend(fallen.map(|step| TrailStep { note, ..step.clone() }));
        // It says what is so without it: nothing is lost.
        let same =
            lookup(&configuration.root, &rename.setting).is_some_and(|now| now.as_str() == Some(value));
        let severity = if same { Severity::Info } else { Severity::Error };
        let dead = Observation {
            severity,
            ..Observation::new(
                "dead-variable",
                vec![
                    ("variable", rename.old.as_str().into()),
                    ("replacement", rename.new.as_str().into()),
                    ("setting", Arc::clone(&state.key)),
                    ("store", Arc::clone(&state.store)),
                    ("since", rename.since.as_str().into()),
                ],
                variable.place.clone(),
            )
        };
        found.push(dead.led_to_by(trail));
    }
    found
}

/// Whether the setting of a rename is the one behind a state; `*` stands for any name.
fn decides(setting: &str, state: &State) -> bool {
    match setting.split_once(".*.") {
        Some(("database.connections", "url")) => state.key.as_ref() == "database.default",
        Some(_) => false,
        None => state.key.as_ref() == setting,
    }
}

/// Whether the app's own code names the variable, so that it cannot be called dead.
fn mentioned_in_code(app: &App, name: &str) -> bool {
    ["app", "bootstrap", "routes", "src"].iter().any(|folder| app.tree.mentions(folder, name))
}
