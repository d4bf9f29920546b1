//! What can take the place of what was seen. Data: `rules/rust/suggestions.toml`.

use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::facts::{About, Applicability, Fix};

/// Lines of a manifest and of code that fit together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suggestion {
    id: String,
    title: String,
    cargo: Vec<String>,
    #[serde(default)]
    uses: Vec<String>,
    code: Vec<String>,
    /// With what it is built to prove it; nothing to show.
    #[serde(default, rename = "within")]
    _within: IgnoredAny,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    suggestion: Vec<Suggestion>,
}

fn all() -> &'static [Suggestion] {
    static DATA: OnceLock<Data> = OnceLock::new();
    &DATA.get_or_init(|| packed!("rust-suggestions.json").unwrap_or_default()).suggestion
}

/// The suggestion of a name.
pub fn find(id: &str) -> Option<&'static Suggestion> {
    all().iter().find(|one| one.id == id)
}

impl Suggestion {
    /// The suggestion as a fix, which changes code and so is shown only.
    pub fn fix(&self, about: About) -> Fix {
        let manifest = self.cargo.iter().map(|line| format!("Cargo.toml: {line}"));
        let uses = self.uses.iter().map(|path| format!("use {path};"));
        let lines: Vec<String> = manifest.chain(uses).chain(self.code.iter().cloned()).collect();
        Fix {
            about,
            title: self.title.clone(),
            applicability: Applicability::Display,
            place: None,
            why: vec!["it changes code".to_owned()],
            edits: Vec::new(),
            companions: Vec::<Arc<str>>::new(),
            by_hand: Some(lines.join("\n")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::source;

    #[test]
    fn every_mark_names_a_suggestion_that_is_there() {
        let read: Result<Data, _> = packed!("rust-suggestions.json");
        assert!(read.unwrap().suggestion.len() > 10);
        for mark in source::all_marks() {
            let fix = mark.fix.as_deref();
            assert!(fix.is_none_or(|id| find(id).is_some()), "{}: {fix:?}", mark.id);
        }
    }
}
