//! `state`: where each app keeps its state, as a table or as JSON.

use serde::Serialize;

use super::escape::clean;
use super::matrix;
use super::sheets;
use super::wire::{self, WireState};
use crate::facts::{Locality, State, Survey, TrailStep};

#[derive(Serialize)]
struct App {
    path: String,
    stack: &'static str,
    framework_version: Option<String>,
    environments: Vec<Environment>,
}

#[derive(Serialize)]
struct Environment {
    name: String,
    sources: Vec<String>,
    replicas: Option<u32>,
    scale: Option<String>,
    sticky: Option<bool>,
    state: Vec<WireState>,
}

/// As JSON.
#[must_use]
pub fn json(surveys: &[Survey]) -> String {
    let apps = surveys
        .iter()
        .map(|survey| App {
            path: survey.path.clone(),
            stack: survey.stack,
            framework_version: survey.framework_version.clone(),
            environments: survey
                .environments
                .iter()
                .map(|judged| Environment {
                    name: judged.environment.name.to_string(),
                    sources: judged.environment.sources.iter().map(ToString::to_string).collect(),
                    replicas: judged.environment.replicas.count(),
                    scale: judged.environment.replicas.describe(),
                    sticky: judged.environment.sticky.as_ref().map(|sticky| sticky.on),
                    state: judged.states.iter().map(wire::state).collect(),
                })
                .collect(),
        })
        .collect();
    sheets::report(apps)
}

/// As tables.
#[must_use]
pub fn text(surveys: &[Survey], colour: bool) -> String {
    let mut text = String::new();
    for survey in surveys {
        let version =
            survey.framework_version.as_ref().map_or_else(String::new, |version| format!(" {version}"));
        if survey.environments.len() > 1 {
            text.push_str(&clean(&format!(
                "{} · {}{version} · every environment",
                survey.path, survey.stack
            )));
            text.push_str("\n\n");
            text.push_str(&matrix::table(&survey.environments));
            text.push('\n');
        }
        for judged in &survey.environments {
            let environment = &judged.environment;
            let head = format!(
                "{} · {}{version} · {} ({})",
                survey.path,
                survey.stack,
                environment.name,
                wire::how(environment)
            );
            text.push_str(&clean(&head));
            text.push_str("\n\n");
            text.push_str(&table(&judged.states, colour));
            text.push('\n');
        }
    }
    text
}

fn table(states: &[State], colour: bool) -> String {
    let heads = ["STATE", "KEPT IN", "LIVES", "DECIDED BY"];
    let rows: Vec<[String; 4]> = states.iter().map(row).collect();
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([heads[column].len()]).max().unwrap_or(0)
    };
    let widths = [width(0), width(1), width(2), 0];
    let mut text = String::new();
    let mut line = |cells: [&str; 4], paint: &dyn Fn(usize, String) -> String| {
        let mut joined = String::from("  ");
        for (column, cell) in cells.iter().enumerate() {
            let padding = widths[column].saturating_sub(cell.chars().count());
            joined.push_str(&paint(column, (*cell).to_owned()));
            if column < 3 {
                joined.push_str(&" ".repeat(padding + 2));
            }
        }
        text.push_str(joined.trim_end());
        text.push('\n');
    };
    line(heads, &|_, cell| if colour { format!("\u{1b}[1m{cell}\u{1b}[0m") } else { cell });
    for (row, state) in rows.iter().zip(states) {
        let paint = |column: usize, cell: String| match (colour && column == 2, state.locality) {
            (false, _) => cell,
            (true, Locality::Shared | Locality::Client) => format!("\u{1b}[32m{cell}\u{1b}[0m"),
            (true, Locality::Unknown) => format!("\u{1b}[33m{cell}\u{1b}[0m"),
            (true, Locality::None) => format!("\u{1b}[2m{cell}\u{1b}[0m"),
            (true, _) => format!("\u{1b}[31m{cell}\u{1b}[0m"),
        };
        line([&row[0], &row[1], &row[2], &row[3]], &paint);
    }
    text
}

fn row(state: &State) -> [String; 4] {
    let lives = match state.locality {
        Locality::Disk | Locality::Memory | Locality::Host => {
            format!("{} (one server)", state.locality.name())
        }
        locality => locality.name().to_owned(),
    };
    [
        state.concern.name().to_owned(),
        clean(&kept_in(state)).into_owned(),
        lives,
        clean(&decided_by(state)).into_owned(),
    ]
}

/// The store, and the service under it: `database → sqlite`.
fn kept_in(state: &State) -> String {
    let under = state.backing.as_deref().and_then(|id| id.split_once(':')).map(|(_, name)| name);
    match under {
        Some(name) if !state.store.ends_with(name) => format!("{} → {name}", state.store),
        _ => state.store.to_string(),
    }
}

/// The variable or setting that decides, and where.
fn decided_by(state: &State) -> String {
    let Some(place) = state.place.as_ref().filter(|place| !place.is_foreign()) else {
        let framework = state.trail.iter().any(|step| {
            step.place.is_none() || step.place.as_ref().is_some_and(crate::facts::Place::is_foreign)
        });
        return if framework {
            format!("{} (the framework's default)", state.key)
        } else {
            state.key.to_string()
        };
    };
    let here = |step: &&TrailStep| step.place.as_ref() == Some(place);
    let name = state.trail.iter().find(here).map_or(state.key.as_ref(), |step| step.note.text());
    format!("{name} ({}:{})", place.path(), place.start().line)
}
