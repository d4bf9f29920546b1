//! The rows of `rules/rust/config.toml`.

use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::super::{Configured, Setting, flatten};
use super::Fact;
use crate::facts::{Concern, Confidence, Locality, Severity};

/// All of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Data {
    pub row: Vec<Row>,
    pub word: Vec<Word>,
    pub drivers: Drivers,
    pub variable: Vec<Named>,
}

/// What a key of one reader says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    #[serde(default)]
    pub formats: Vec<String>,
    pub key: Vec<String>,
    #[serde(default)]
    pub value: Vec<String>,
    pub unless: Option<Unless>,
    /// It says nothing of state.
    #[serde(default)]
    pub nothing: bool,
    pub concern: Option<Concern>,
    pub fact: Option<Fact>,
    pub locality: Option<Locality>,
    #[serde(default)]
    pub url: bool,
    pub follow: Option<String>,
    #[serde(default)]
    store: String,
    detail: Option<String>,
    path: Option<String>,
    #[serde(default = "info")]
    pub severity: Severity,
    pub confidence: Option<Confidence>,
}

const fn info() -> Severity {
    Severity::Info
}

/// Another key whose value makes a row moot.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unless {
    key: String,
    value: Vec<String>,
}

/// What a word in a key speaks of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Word {
    pub word: Vec<String>,
    pub concern: Concern,
    pub severity: Severity,
}

/// Drivers by where they keep things.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Drivers {
    pub word: Vec<String>,
    pub memory: Vec<String>,
    pub disk: Vec<String>,
    pub shared: Vec<String>,
}

/// A variable by its name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    pub name: Vec<String>,
    pub concern: Concern,
    pub severity: Severity,
}

/// The data.
pub(super) fn data() -> &'static Data {
    static DATA: OnceLock<Data> = OnceLock::new();
    DATA.get_or_init(|| {
        let nothing = Drivers { word: Vec::new(), memory: Vec::new(), disk: Vec::new(), shared: Vec::new() };
        packed!("rust-config.json").unwrap_or(Data {
            row: Vec::new(),
            word: Vec::new(),
            drivers: nothing,
            variable: Vec::new(),
        })
    })
}

fn is_among(values: &[String], value: Option<&str>) -> bool {
    value.is_some_and(|value| values.iter().any(|known| known.eq_ignore_ascii_case(value)))
}

impl Row {
    /// Whether it is about a setting whose key is this one in lower case.
    pub(super) fn is_about(&self, setting: &Setting, key: &str) -> bool {
        let format = setting.format.name();
        (self.formats.is_empty() || self.formats.iter().any(|name| name == format))
            && (self.value.is_empty() || is_among(&self.value, setting.value.as_deref()))
            && self.stars(key).is_some()
    }

    /// Whether another setting makes it moot.
    pub(super) fn is_moot(&self, configured: &Configured) -> bool {
        let decided = |unless: &Unless| {
            let other = configured.get(&unless.key).and_then(|setting| setting.value.as_deref());
            is_among(&unless.value, other)
        };
        self.unless.as_ref().is_some_and(decided)
    }

    /// What stands for the whole parts `*` of its key.
    fn stars<'k>(&self, key: &'k str) -> Option<Vec<&'k str>> {
        self.key.iter().find_map(|pattern| parts(pattern, key))
    }

    /// What it is, for people.
    pub(super) fn store(&self, setting: &Setting, key: &str) -> String {
        // The key as it is written: names have a case.
        let stars = self.stars(key).unwrap_or_default();
        let first = stars.first().and_then(|part| {
            let start = (part.as_ptr() as usize).checked_sub(key.as_ptr() as usize)?;
            setting.key.get(start..start + part.len())
        });
        let value = setting.value.as_deref().filter(|_| !self.value.is_empty());
        self.store
            .replace("{1}", &first.unwrap_or_default().replace("\\.", "."))
            .replace("{key}", &setting.key)
            .replace("{value}", value.unwrap_or_default())
    }

    /// The path that stands beside a setting.
    pub(super) fn path_beside(&self, setting: &Setting, configured: &Configured) -> Option<Arc<str>> {
        let name = self.detail.as_ref()?;
        let table = setting.key.rsplit_once('.').map_or("", |(table, _)| table);
        let beside = configured
            .settings
            .iter()
            .filter(|other| other.format == setting.format)
            .find(|other| other.key.rsplit_once('.') == Some((table, name.as_str())));
        match beside {
            Some(other) => other.value.clone(),
            None => self.path.as_deref().map(Arc::from),
        }
    }
}

/// Whether a pattern of parts fits a dot key: what stands for its parts `*`.
fn parts<'k>(pattern: &str, key: &'k str) -> Option<Vec<&'k str>> {
    fn fit<'k>(pattern: &[&str], key: &[&'k str], stars: &mut Vec<&'k str>) -> bool {
        match (pattern.split_first(), key.split_first()) {
            (None, None) => true,
            (Some((&"**", rest)), _) => {
                (0..=key.len()).any(|at| key.get(at..).is_some_and(|after| fit(rest, after, stars)))
            }
            (Some((first, rest)), Some((part, after))) => {
                let before = stars.len();
                if *first == "*" {
                    stars.push(part);
                }
                let fits = glob(first, part).is_some() && fit(rest, after, stars);
                if !fits {
                    stars.truncate(before);
                }
                fits
            }
            _ => false,
        }
    }
    let mut stars = Vec::new();
    let pattern: Vec<&str> = pattern.split('.').collect();
    let key = flatten::parts(key);
    fit(&pattern, &key, &mut stars).then_some(stars)
}

/// Whether a pattern with at most one `*` fits a text.
pub(super) fn glob(pattern: &str, text: &str) -> Option<()> {
    let fits = match pattern.split_once('*') {
        None => pattern == text,
        Some(("", "")) => true,
        Some((start, end)) => {
            let longer = text.len() > start.len() + end.len();
            longer && text.starts_with(start) && text.ends_with(end)
        }
    };
    fits.then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_read_and_every_row_says_one_thing() {
        let read: Result<Data, _> = packed!("rust-config.json");
        for row in read.unwrap().row {
            let says =
                [row.nothing, row.url, row.follow.is_some(), row.locality.is_some(), row.fact.is_some()];
            assert_eq!(says.iter().filter(|said| **said).count(), 1, "{row:?}");
            assert_eq!(row.nothing, row.concern.is_none() && row.fact.is_none(), "{row:?}");
            assert_eq!(row.nothing, row.store.is_empty(), "{row:?}");
        }
    }

    #[test]
    fn patterns_fit_keys() {
        for (pattern, key, expected) in [
            ("a.b", "a.b", Some(vec![])),
            ("a.b", "a.b.c", None),
            ("a.*.url", "a.x.url", Some(vec!["x"])),
            ("a.**", "a.b.c", Some(vec![])),
            ("**", "a", Some(vec![])),
            ("**.*_type", "a.b_type", Some(vec![])),
            ("**.*_type", "b_type", Some(vec![])),
            ("**.*_type", "_type", None),
            ("*", "é", Some(vec!["é"])),
        ] {
            assert_eq!(parts(pattern, key), expected, "{pattern} {key}");
        }
    }
}
