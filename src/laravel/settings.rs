//! The loaded configuration as settings: dot keys with values and trails.

use crate::eval::{Array, Key, Kind, Value, inherit};
use crate::facts::{Note, Reason, Scalar, Setting, Step, Trail, TrailStep};

/// Leaves that one app may have; a real app has a few thousand.
const MAX_SETTINGS: usize = 100_000;

/// Every leaf of a configuration, in the order of the files and keys.
#[must_use]
pub fn flatten(root: &Array) -> Vec<Setting> {
    let mut settings = Vec::new();
    for (key, value) in root.iter() {
        push(escape(key), value, &mut settings);
    }
    settings
}

/// The leaves at and below a dot key (as [`flatten`] writes it).
#[must_use]
pub fn below(root: &Array, key: &str) -> Vec<Setting> {
    let prefix = format!("{key}.");
    flatten(root)
        .into_iter()
        .filter(|setting| setting.key == key || setting.key.starts_with(&prefix))
        .collect()
}

/// How a value of the config came about. A literal has no trail of its own: it is set where it stands.
#[must_use]
pub fn trail_of(key: &str, value: &Value) -> Trail {
    match (&value.trail, &value.place) {
        (trail, Some(place)) if trail.is_empty() => {
            let note = Note::Setting(key.into());
            Trail::start(TrailStep { step: Step::Set, place: Some(place.clone()), note })
        }
        (trail, _) => trail.clone(),
    }
}

fn push(key: String, value: &Value, settings: &mut Vec<Setting>) {
    if settings.len() >= MAX_SETTINGS {
        return;
    }
    let scalar = match &value.kind {
        Kind::Array(array) => {
            if let Some(reason) = array.open() {
                leaf(&format!("{key}.*"), value, Err(reason.clone()), settings);
            } else if array.is_empty() {
                leaf(&key, value, Ok(Scalar::EmptyArray), settings);
            }
            for (part, entry) in array.iter() {
                push(format!("{key}.{}", escape(part)), &inherit(entry.clone(), value), settings);
            }
            return;
        }
        Kind::Null => Ok(Scalar::Null),
        Kind::Bool(truth) => Ok(Scalar::Bool(*truth)),
        Kind::Int(number) => Ok(Scalar::Int(*number)),
        Kind::Float(number) => Ok(Scalar::Float(*number)),
        Kind::Str(text) => Ok(Scalar::Str(text.clone())),
        Kind::Closure(_) => Err(Reason::new("a closure")),
        Kind::Object(_) => Err(Reason::new("an object")),
        Kind::Case(case) => match &case.value {
            Some(backing) => {
                return push(key, &Value { place: value.place.clone(), ..backing.clone() }, settings);
            }
            None => Err(Reason::new("a case of an enum")),
        },
        Kind::Unknown(reason) => Err(reason.clone()),
    };
    leaf(&key, value, scalar, settings);
}

fn leaf(key: &str, value: &Value, scalar: Result<Scalar, Reason>, settings: &mut Vec<Setting>) {
    settings.push(Setting {
        key: key.to_owned(),
        value: scalar,
        trail: trail_of(key, value),
        place: value.place.clone(),
    });
}

fn escape(key: &Key) -> String {
    key.text().replace('.', "\\.")
}
