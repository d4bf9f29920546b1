//! `env`: the variables of each environment.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::escape::clean;
use super::sheets::{self, App};
use super::wire;
use crate::facts::{Environment, Variable, Variables, VariablesError};
use crate::text::MASK;

/// The variables of one environment of an app.
#[derive(Debug)]
pub struct Sheet {
    /// The environment.
    pub environment: Environment,
    /// Its variables.
    pub variables: Variables,
    /// Why a file could not be used.
    pub errors: Vec<VariablesError>,
}

#[derive(Serialize)]
struct WireSheet {
    name: String,
    sources: Vec<String>,
    variables: Map<String, Json>,
    errors: Vec<WireError>,
}

#[derive(Serialize)]
struct WireError {
    path: String,
    line: u32,
    message: String,
}

/// As JSON. Values are masked unless they are asked for.
#[must_use]
pub fn json(apps: &[App<Sheet>], show_secrets: bool) -> String {
    sheets::json(apps, |sheet| wire_sheet(sheet, show_secrets))
}

fn wire_sheet(sheet: &Sheet, show_secrets: bool) -> WireSheet {
    let variables = sheet.variables.iter().map(|(name, variable)| {
        let trail = wire::steps(&variable.trail.steps());
        (name.to_string(), json!({ "value": value(variable, show_secrets), "trail": trail }))
    });
    WireSheet {
        name: sheet.environment.name.to_string(),
        sources: sheet.environment.sources.iter().map(ToString::to_string).collect(),
        variables: variables.collect(),
        errors: sheet
            .errors
            .iter()
            .map(|error| WireError {
                path: error.place.path().to_owned(),
                line: error.place.start().line,
                message: error.message.clone(),
            })
            .collect(),
    }
}

fn value(variable: &Variable, show_secrets: bool) -> Option<&str> {
    let value = variable.value.as_deref()?;
    Some(if show_secrets || value.is_empty() { value } else { MASK })
}

/// As lines: `NAME=value  file:line`.
#[must_use]
pub fn text(apps: &[App<Sheet>], show_secrets: bool) -> String {
    let mut text = String::new();
    for app in apps {
        for sheet in &app.sheets {
            text.push_str(&clean(&format!("{} · {}", app.path, sheet.environment.name)));
            text.push('\n');
            for (name, variable) in sheet.variables.iter() {
                let at = match &variable.place {
                    Some(place) => format!("{}:{}", place.path(), place.start().line),
                    None => {
                        variable.trail.last().map_or_else(String::new, |step| step.note.text().to_owned())
                    }
                };
                let shown = value(variable, show_secrets).unwrap_or("(kept elsewhere)");
                text.push_str(&clean(&format!("  {name}={shown}  {at}")));
                text.push('\n');
            }
            for error in &sheet.errors {
                let line = format!(
                    "  error: {}:{}: {}",
                    error.place.path(),
                    error.place.start().line,
                    error.message
                );
                text.push_str(&clean(&line));
                text.push('\n');
            }
        }
    }
    text
}
