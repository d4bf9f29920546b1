//! What the names near a thing, and what is done with it, tell of its use.

use super::source::Found;
use crate::facts::{Concern, Severity};

/// Parts of names of what must not be forgotten between two requests.
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
    "lock",
    "quota",
    "queue",
    "job",
    "cart",
    "order",
    "message",
    "room",
    "user",
    "paste",
    "store",
];
/// Methods by which a cache forgets.
const FORGETS: &[&str] = &["time_to_live", "time_to_idle", "expire_after", "ttl", "time", "with_ttl"];

/// What tells two things of the same kind apart: each map of the process has an owner of its own.
pub fn told_apart_by(found: &Found) -> String {
    if found.mark.fact.as_deref() != Some("in-process-state") {
        return String::new();
    }
    name_of(found).unwrap_or_default()
}

/// What it is called in the code.
pub fn name_of(found: &Found) -> Option<String> {
    let context = &found.context;
    let field = || match (&context.structure, &context.field) {
        (Some(structure), Some(field)) => Some(format!("{structure}.{field}")),
        (None, Some(field)) => Some(field.clone()),
        (Some(structure), None) => Some(structure.clone()),
        (None, None) => None,
    };
    context.in_static.clone().or_else(field).or_else(|| context.function.clone())
}

/// The most that a thing weighs by its use, and why that is less than it could be.
pub fn severity(found: &Found) -> (Severity, Option<&'static str>) {
    let is_map = found.mark.fact.as_deref() == Some("in-process-state");
    let is_cache = found.mark.concern == Some(Concern::Cache);
    if !is_map && !is_cache {
        return (Severity::Error, None);
    }
    let is_precious = found.context.words.iter().any(|word| {
        let word = word.to_ascii_lowercase();
        PRECIOUS.iter().any(|part| word.contains(part))
    });
    let forgets = found.context.chain.iter().any(|method| FORGETS.contains(&method.as_str()));
    match (is_precious, is_cache, forgets) {
        (true, false, _) => (Severity::Error, None),
        (true, true, false) => (Severity::Warning, None),
        (_, true, true) => (Severity::Info, Some("what is old is forgotten after some time")),
        (false, true, false) => (Severity::Info, None),
        (false, false, _) => (Severity::Warning, None),
    }
}
