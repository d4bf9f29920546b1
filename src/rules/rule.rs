use std::collections::BTreeMap;

use serde::Deserialize;

use crate::facts::{Concern, Locality, Severity};

/// A rule, as its file says it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its id, which is the name of its file: `local-session`.
    pub id: String,
    /// What must not be so, as a sentence.
    pub title: String,
    /// How much is lost when it is met.
    pub severity: Severity,
    /// What users see.
    pub symptom: String,
    /// What users see where a client stays with one replica.
    pub symptom_if_sticky: Option<String>,
    /// Other words people use for the symptom, for `explain --symptom`.
    #[serde(default)]
    pub also_seen_as: Vec<String>,
    /// Why it is so, in a few paragraphs.
    pub why: String,
    /// When it is met.
    pub when: When,
    /// What it means for Laravel apps.
    pub laravel: Option<OfStack>,
    /// What it means for Rust apps.
    pub rust: Option<OfStack>,
}

/// The condition of a rule. Every part that is given must hold.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The state is of one of these concerns.
    #[serde(default)]
    pub concern: Vec<Concern>,
    /// It lives in one of these places.
    #[serde(default)]
    pub locality: Vec<Locality>,
    /// It has this fault. Without this key, a state with a fault does not meet the rule.
    pub fault: Option<Fault>,
    /// Instead of a state: something the stack has seen.
    pub fact: Option<String>,
}

/// The faults a rule can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// A name that is not defined.
    Undefined,
    /// A driver that throws away what is written.
    Discards,
}

/// What a rule says to the owner of an app of one stack.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfStack {
    /// What users see, where that is another thing than the rule says for all.
    pub symptom: Option<String>,
    /// The state is of one of these concerns only, of those that the rule names for all.
    #[serde(default)]
    pub concern: Vec<Concern>,
    /// The sentence of a finding, with `{store}`, `{key}`, `{where}`, `{name}` and so on.
    pub message: String,
    /// What to do, for every concern that has no text of its own.
    pub help: String,
    /// What to do, by concern.
    #[serde(default)]
    pub help_for: BTreeMap<Concern, String>,
    /// The page of the framework's documentation.
    pub docs: String,
}

/// An app that meets the rule, and the same app put right: `[[example]]` of a rule's file, run as a test.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// `laravel` or `rust`.
    pub stack: String,
    /// The version of the framework.
    pub version: String,
    /// Files of the app that meets the rule, by path.
    pub bad: BTreeMap<String, String>,
    /// Files of the app that does not.
    pub good: BTreeMap<String, String>,
}

impl Rule {
    /// What the rule says to a stack.
    #[must_use]
    pub fn of_stack(&self, stack: &str) -> Option<&OfStack> {
        match stack {
            "laravel" => self.laravel.as_ref(),
            "rust" => self.rust.as_ref(),
            _ => None,
        }
    }

    /// The stacks that the rule speaks of, by their names for people, and what it says to each.
    pub fn stacks(&self) -> impl Iterator<Item = (&'static str, &OfStack)> {
        [("Laravel", &self.laravel), ("Rust", &self.rust)]
            .into_iter()
            .filter_map(|(name, of_stack)| Some((name, of_stack.as_ref()?)))
    }
}
