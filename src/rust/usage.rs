//! What the names near a thing, and what is done with it, tell of its use.

use super::source::Found;
use crate::facts::{Concern, Severity};

/// Beginnings of words in names of what must not be forgotten between two requests.
const PRECIOUS: &[&str] = &[
    "session",
    "token",
    "otp",
    "nonce",
    "csrf",
    "idempot",
    "attempt",
    "captcha",
    "challenge",
    "verification",
    "verifier",
    "pending",
    "password",
    "secret",
    "login",
    "invite",
    "quota",
    "job",
    "cart",
];
/// Words in names of what people save; a copy of it may be kept as well.
const SAVED: &[&str] = &["lock", "queue", "order", "message", "room", "user", "paste"];
/// Beginnings of words in names of the parts of a program, which each process has for itself.
const PARTS: &[&str] = &["listener", "handler", "hook", "plugin", "dispatch"];
/// Beginnings of words in names of what can be had again.
const COPIES: &[&str] = &["cach", "memoiz"];
/// Types that are around each of these.
const AROUND: &[&str] = &["RwLock", "LazyLock", "OnceLock", "ReentrantLock"];
/// Methods by which a cache forgets.
const FORGETS: &[&str] = &["time_to_live", "time_to_idle", "expire_after", "ttl", "time", "with_ttl"];
/// Methods by which a file is opened to be read.
const READS: &[&str] = &["read_only", "immutable"];

/// What tells two things of the same kind apart: each map of the process has an owner of its own.
pub fn told_apart_by(found: &Found) -> String {
    if is_map(found) { name_of(found).unwrap_or_default() } else { String::new() }
}

/// What it is called in the code.
pub fn name_of(found: &Found) -> Option<String> {
    let context = &found.context;
    let field = || match (&context.structure, &context.field) {
        // The field of a tuple has no name.
        (Some(structure), Some(field)) if field.is_empty() => Some(structure.clone()),
        (Some(structure), Some(field)) => Some(format!("{structure}.{field}")),
        (None, Some(field)) => Some(field.clone()),
        (Some(structure), None) => Some(structure.clone()),
        (None, None) => None,
    };
    // A function that a map is given to is no name of the map.
    let function = || context.function.clone().filter(|_| !is_map(found));
    context.in_static.clone().or_else(field).or_else(function)
}

fn is_map(found: &Found) -> bool {
    found.mark.fact.as_deref() == Some("in-process-state")
}

/// The most that a thing weighs by its use, and why that is less than it could be.
pub fn severity(found: &Found) -> (Severity, Option<&'static str>) {
    let does = |methods: &[&str]| found.context.chain.iter().any(|method| methods.contains(&method.as_str()));
    match found.mark.concern {
        _ if is_map(found) => of_map(found),
        Some(Concern::Cache) if does(FORGETS) => {
            (Severity::Info, Some("what is old is forgotten after some time"))
        }
        Some(Concern::Cache) if is_named(found, PRECIOUS) || is_saved(found) => (Severity::Warning, None),
        Some(Concern::Cache) => (Severity::Info, None),
        Some(Concern::Files | Concern::Database)
            if is_named(found, COPIES) || begins(&found.context.module, COPIES) =>
        {
            (Severity::Info, Some("by its name it holds copies, which each replica can make again"))
        }
        Some(Concern::Database) if does(READS) => (Severity::Info, Some("it is only read")),
        _ => (Severity::Error, None),
    }
}

fn of_map(found: &Found) -> (Severity, Option<&'static str>) {
    if is_named(found, PRECIOUS) {
        (Severity::Error, None)
    } else if is_named(found, COPIES) {
        (Severity::Info, Some("by its name it holds copies, which each replica can make again"))
    } else if is_saved(found) {
        (Severity::Error, None)
    } else if is_named(found, PARTS) && !is_named(found, &["sender"]) {
        (Severity::Info, Some("by its name it holds parts of the program, which each process has"))
    } else {
        (Severity::Info, Some("no name near it tells that something is lost with it"))
    }
}

/// Whether a word of the names near it begins like one of these.
fn is_named(found: &Found, beginnings: &[&str]) -> bool {
    names(found).any(|name| begins(name, beginnings))
}

/// Whether one of the names near it is of what people save: one of the words, or its plural.
fn is_saved(found: &Found) -> bool {
    let is_one = |word: &String| SAVED.contains(&word.strip_suffix('s').unwrap_or(word));
    names(found).any(|name| words(name).iter().any(is_one))
}

/// The names near it.
fn names(found: &Found) -> impl Iterator<Item = &String> {
    let context = &found.context;
    let own = [&context.in_static, &context.structure, &context.field, &context.function];
    context.words.iter().chain(own.into_iter().flatten()).filter(|name| !AROUND.contains(&name.as_str()))
}

/// Whether a word of a name begins like one of these.
fn begins(name: &str, beginnings: &[&str]) -> bool {
    words(name).iter().any(|word| beginnings.iter().any(|beginning| word.starts_with(beginning)))
}

/// The words of a name: of `RateLimits`, `rate_limits` and `RATE_LIMITS` those are `rate` and `limits`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for letter in name.chars() {
        let starts = before.is_none_or(|before| {
            !before.is_alphanumeric() || (letter.is_uppercase() && !before.is_uppercase())
        });
        before = Some(letter);
        if !letter.is_alphanumeric() {
            continue;
        }
        match words.last_mut().filter(|_| !starts) {
            Some(word) => word.extend(letter.to_lowercase()),
            None => words.push(letter.to_lowercase().collect()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_of_names() {
        for (name, expected) in [
            ("RwLock", vec!["rw", "lock"]),
            ("RATE_LIMITS", vec!["rate", "limits"]),
            ("user_ids", vec!["user", "ids"]),
            ("Blocker", vec!["blocker"]),
            ("WSUsers", vec!["wsusers"]),
            ("_été2", vec!["été2"]),
            ("", vec![]),
        ] {
            assert_eq!(words(name), expected, "{name}");
        }
    }
}
