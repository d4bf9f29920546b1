//! Tables of texts and what phpdotenv makes of them. Every row in `grammar` and `releases` was checked with the real
//! release on PHP 8.2.

mod convert;
mod errors;
mod grammar;
mod loading;
mod releases;
mod spans;
mod tokens;

use super::{Setting, Version, read};

/// The releases that stand for their major versions.
const MAJORS: [Version; 5] = [Version::V1, Version::V2, Version::V3, Version::V4, Version::V5];

/// What a text leaves, in the order of the file: `A=1` for a value, `A` for a variable that is cleared, `A?` for one that
/// is not known; `!` at the end when the reader gives up.
fn left(text: &str, version: Version) -> Vec<String> {
    let document = read(text, &version);
    let loaded = document.load(&|name| (name == "OUT").then(|| "side".to_owned()));
    let mut left: Vec<String> = loaded
        .variables
        .iter()
        .map(|variable| match &variable.setting {
            Setting::Value(value) => format!("{}={value}", variable.name),
            Setting::Cleared => variable.name.to_string(),
            Setting::Unknown(_) => format!("{}?", variable.name),
        })
        .collect();
    if document.error.is_some() {
        left.push("!".to_owned());
    }
    left
}

fn check(version: Version, rows: &[(&str, &[&str])]) {
    for (text, expected) in rows {
        assert_eq!(left(text, version), *expected, "{text:?} read by {version:?}");
    }
}
