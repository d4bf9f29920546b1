//! What names in code mean. Data: `rules/rust/marks/*.toml`.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::facts::{Concern, Confidence, Locality, Severity};

/// What some names of a crate mean for the state of an app.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Its name.
    pub id: String,
    /// Types: named anywhere in code that runs.
    #[serde(default)]
    pub types: Vec<String>,
    /// Functions that are called or passed on.
    #[serde(default)]
    pub calls: Vec<String>,
    /// Attribute macros.
    #[serde(default)]
    pub attributes: Vec<String>,
    /// Methods that are called in a file that names the crate.
    #[serde(default)]
    pub methods: Vec<MethodOf>,
    /// Texts in the code, in any case.
    #[serde(default)]
    pub texts: Vec<String>,
    /// Parts of the names of functions and methods that are called.
    #[serde(default)]
    pub names: Vec<String>,
    /// A shape of code that [`super`] looks for itself, rather than names.
    #[serde(default)]
    pub shape: bool,
    /// Words of which one stands in the brackets of the attribute.
    #[serde(default)]
    pub with: Vec<String>,
    /// Words of which none stands in the brackets of the attribute.
    #[serde(default)]
    pub without: Vec<String>,
    /// Methods of which none is called in the same function.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Whether it counts only where a process starts: in a static, or in a function that is named like it.
    #[serde(default)]
    pub at_start: bool,
    /// How a text that is given to the function starts.
    #[serde(default)]
    pub text: Vec<String>,
    /// Whether an address decides between this and a shared one: SQLite or PostgreSQL behind one interface.
    #[serde(default)]
    pub by_url: bool,
    /// The kind of state.
    pub concern: Option<Concern>,
    /// Or the kind of observation.
    pub fact: Option<String>,
    /// Where the state lives.
    pub locality: Locality,
    /// What it is, for people.
    pub store: String,
    /// The most that a finding about it can weigh.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// The name of a suggestion.
    pub fix: Option<String>,
}

/// A method, of whatever type of a crate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodOf {
    /// The crate, by its name in code.
    pub of: String,
    /// The method.
    pub name: String,
}

#[derive(Debug, Deserialize, Default)]
struct File {
    #[serde(default)]
    mark: Vec<Mark>,
}

/// The marks, by what they are found by.
#[derive(Debug, Default)]
pub struct Marks {
    /// By the path of a type.
    pub types: HashMap<&'static str, Vec<&'static Mark>>,
    /// By the path of a function.
    pub calls: HashMap<&'static str, Vec<&'static Mark>>,
    /// By the path of an attribute.
    pub attributes: HashMap<&'static str, Vec<&'static Mark>>,
    /// By the name of a method.
    pub methods: HashMap<&'static str, Vec<(&'static str, &'static Mark)>>,
    /// Those with texts or parts of names.
    pub words: Vec<&'static Mark>,
    /// By their own names.
    pub ids: HashMap<&'static str, &'static Mark>,
}

fn files() -> &'static BTreeMap<String, File> {
    static DATA: OnceLock<BTreeMap<String, File>> = OnceLock::new();
    DATA.get_or_init(|| packed!("rust-marks.json").unwrap_or_default())
}

/// Every mark, in the order of the files.
pub fn all() -> impl Iterator<Item = &'static Mark> {
    files().values().flat_map(|file| &file.mark)
}

/// The index of all marks.
#[must_use]
pub fn marks() -> &'static Marks {
    static INDEX: OnceLock<Marks> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Marks::default();
        for mark in all() {
            index.ids.insert(&mark.id, mark);
            mark.types.iter().for_each(|path| index.types.entry(path).or_default().push(mark));
            mark.calls.iter().for_each(|path| index.calls.entry(path).or_default().push(mark));
            mark.attributes.iter().for_each(|path| index.attributes.entry(path).or_default().push(mark));
            for method in &mark.methods {
                index.methods.entry(&method.name).or_default().push((&method.of, mark));
            }
            if !mark.texts.is_empty() || !mark.names.is_empty() {
                index.words.push(mark);
            }
        }
        index
    })
}

impl Marks {
    /// Whether a path, or what it starts with, is in the table.
    #[must_use]
    pub fn knows(&self, path: &[String]) -> bool {
        let whole = path.join("::");
        self.calls.contains_key(whole.as_str())
            || self.attributes.contains_key(whole.as_str())
            || prefixes(&whole).any(|prefix| self.types.contains_key(prefix))
    }
}

/// A path, and what is left of it without its last names.
pub fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rsplit_once("::").map(|(before, _)| before))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_is_whole() {
        let read: Result<BTreeMap<String, File>, _> = packed!("rust-marks.json");
        let read = read.unwrap();
        let all: Vec<&Mark> = read.values().flat_map(|file| &file.mark).collect();
        assert!(all.len() > 100, "{}", all.len());
        let ids: BTreeSet<&str> = all.iter().map(|mark| mark.id.as_str()).collect();
        assert_eq!(ids.len(), all.len(), "two marks of one name");
        for mark in all {
            let named = [&mark.types, &mark.calls, &mark.attributes, &mark.texts, &mark.names];
            let found = named.iter().any(|list| !list.is_empty()) || !mark.methods.is_empty();
            assert_ne!(found, mark.shape, "{}: found by names or by a shape", mark.id);
            assert_ne!(mark.concern.is_some(), mark.fact.is_some(), "{}: a concern or a fact", mark.id);
            let paths = mark.types.iter().chain(&mark.calls).chain(&mark.attributes);
            for path in paths {
                assert!(path.contains("::") && !path.contains('-'), "{}: {path}", mark.id);
            }
        }
    }
}
