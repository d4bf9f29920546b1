//! What a word in the name of a file or profile says about where it is used.

use std::sync::Arc;

/// What a word says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stage {
    /// It holds for all: `default`, `base`.
    Base,
    /// One that is deployed for people, by the name it goes by.
    Deployed(Arc<str>),
    /// For developers or tests, by the name it goes by.
    Developers(Arc<str>),
}

const BASE: &[&str] = &["default", "defaults", "base", "common", "shared", "global", "main"];

const DEPLOYED: &[&str] = &[
    "production",
    "prod",
    "prd",
    "live",
    "release",
    "staging",
    "stage",
    "stg",
    "preproduction",
    "preprod",
    "acceptance",
    "uat",
    "qa",
];

const DEVELOPERS: &[&str] = &[
    "dev",
    "devel",
    "develop",
    "development",
    "developer",
    "debug",
    "local",
    "localhost",
    "test",
    "tests",
    "testing",
    "ci",
    "e2e",
    "bench",
    "benchmark",
    "preview",
    "review",
    "docs",
];

/// What a single word says; `None`: nothing.
pub(super) fn of(word: &str) -> Option<Stage> {
    let word = word.to_ascii_lowercase();
    let word = word.as_str();
    if BASE.contains(&word) {
        Some(Stage::Base)
    } else if DEPLOYED.contains(&word) {
        Some(Stage::Deployed(word.into()))
    } else if DEVELOPERS.contains(&word) {
        Some(Stage::Developers(word.into()))
    } else {
        None
    }
}

/// What the first telling word of a name says.
pub(super) fn within(name: &str) -> Option<Stage> {
    name.split(|c: char| !c.is_ascii_alphanumeric()).find_map(of)
}
