//! `config`: effective settings.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::escape::clean;
use super::secrets::Secrets;
use super::sheets::{self, App};
use super::wire;
use crate::facts::{Environment, Note, Scalar, Setting};
use crate::text::{MASK, is_secret_key, is_secret_name, mask_urls};

/// The settings of one app in one environment.
#[derive(Debug)]
pub struct Sheet {
    /// The environment.
    pub environment: Environment,
    /// Its settings.
    pub settings: Vec<Setting>,
    /// The secrets that they may hold.
    pub secrets: Secrets,
}

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Secrets in the clear.
    pub show_secrets: bool,
    /// How each value came about.
    pub trail: bool,
}

#[derive(Serialize)]
struct WireSheet {
    name: String,
    sources: Vec<String>,
    settings: Map<String, Json>,
}

/// As JSON.
#[must_use]
pub fn json(apps: &[App<Sheet>], options: Options) -> String {
    let setting = |sheet: &Sheet, setting: &Setting| {
        (setting.key.clone(), wire_setting(setting, &sheet.secrets, options))
    };
    sheets::json(apps, |sheet| WireSheet {
        name: sheet.environment.name.to_string(),
        sources: sheet.environment.sources.iter().map(ToString::to_string).collect(),
        settings: sheet.settings.iter().map(|one| setting(sheet, one)).collect(),
    })
}

fn wire_setting(setting: &Setting, secrets: &Secrets, options: Options) -> Json {
    let mut object = Map::new();
    match &setting.value {
        Ok(scalar) => {
            let value = match scalar {
                _ if is_masked(setting, secrets, options) => json!(MASK),
                Scalar::Null => Json::Null,
                Scalar::Bool(truth) => json!(truth),
                Scalar::Int(number) => json!(number),
                Scalar::Float(number) if number.is_finite() => json!(number),
                // JSON has no such number.
                Scalar::Float(number) => json!(if number.is_nan() {
                    "NAN"
                } else if *number > 0.0 {
                    "INF"
                } else {
                    "-INF"
                }),
                Scalar::Str(text) if options.show_secrets => json!(text.as_ref()),
                Scalar::Str(text) => json!(mask_urls(text)),
                Scalar::EmptyArray => json!([]),
            };
            object.insert("value".to_owned(), value);
        }
        Err(reason) => {
            object.insert("unknown".to_owned(), json!(reason.text()));
        }
    }
    if options.trail {
        object.insert("trail".to_owned(), json!(wire::steps(&setting.trail.steps())));
    }
    Json::Object(object)
}

/// As lines: `key = value`, and with a trail the steps below.
#[must_use]
pub fn text(apps: &[App<Sheet>], options: Options) -> String {
    let mut text = String::new();
    for app in apps {
        for sheet in &app.sheets {
            text.push_str(&clean(&format!("{} · {}", app.path, sheet.environment.name)));
            text.push('\n');
            for setting in &sheet.settings {
                let value = match &setting.value {
                    Ok(_) if is_masked(setting, &sheet.secrets, options) => MASK.to_owned(),
                    Ok(scalar) => shown(scalar, options),
                    Err(reason) => format!("unknown: {}", reason.text()),
                };
                text.push_str(&clean(&format!("  {} = {value}", setting.key)));
                text.push('\n');
                if options.trail {
                    for step in setting.trail.steps() {
                        let place = step.place.as_ref().filter(|place| !place.is_foreign());
                        let at = place.map_or_else(String::new, |place| {
                            format!("{}:{}: ", place.path(), place.start().line)
                        });
                        text.push_str(&clean(&format!("      {at}{}", super::text::note(&step))));
                        text.push('\n');
                    }
                }
            }
        }
    }
    text
}

fn is_masked(setting: &Setting, secrets: &Secrets, options: Options) -> bool {
    let empty = matches!(&setting.value, Ok(Scalar::Null | Scalar::Bool(_) | Scalar::EmptyArray))
        || matches!(&setting.value, Ok(Scalar::Str(text)) if text.is_empty());
    let read_from_secret = || {
        setting
            .trail
            .steps()
            .iter()
            .any(|step| matches!(&step.note, Note::Variable(name) if is_secret_name(name)))
    };
    !options.show_secrets
        && !empty
        && (is_secret_key(&setting.key) || read_from_secret() || secrets.are_in(setting))
}

fn shown(scalar: &Scalar, options: Options) -> String {
    match scalar {
        Scalar::Null => "null".to_owned(),
        Scalar::Bool(truth) => truth.to_string(),
        Scalar::Int(number) => number.to_string(),
        Scalar::Float(number) => number.to_string(),
        Scalar::Str(text) if options.show_secrets => format!("{text:?}"),
        Scalar::Str(text) => format!("{:?}", mask_urls(text)),
        Scalar::EmptyArray => "[]".to_owned(),
    }
}
