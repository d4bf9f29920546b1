//! What all looks share: whether a call counts in production, how much a finding weighs, words.

use std::sync::Arc;

use super::code::Code;
use super::guarded;
use crate::facts::{Severity, TrailStep};
use crate::laravel::source::{Argument, Found};

/// Calls of one finding that are told before the settings, and at all.
const TOLD: (usize, usize) = (4, 60);

/// Whether a call runs only on developers' machines or in tests, by the conditions around it. The console is where
/// tasks, jobs and signals are at home.
#[must_use]
pub fn only_in_development(found: &Found) -> bool {
    let console = |guard: &str| guard.to_ascii_lowercase().contains("runninginconsole");
    found.context.guards.iter().any(|guard| !console(guard) && guarded::is_aside(guard))
}

/// The trail of a finding: some calls, the settings, the other calls.
#[must_use]
pub fn told(calls: &[TrailStep], settings: &[TrailStep]) -> Vec<TrailStep> {
    let (first, all) = TOLD;
    let mut trail = Vec::new();
    add(&mut trail, calls.get(..first).unwrap_or(calls));
    add(&mut trail, settings);
    add(&mut trail, calls.get(first..calls.len().min(all)).unwrap_or_default());
    trail
}

/// What a finding about code weighs: with exactly one replica it is good to know.
#[must_use]
pub fn weight(code: &Code<'_>, severity: Severity) -> Severity {
    if code.loaded.environment.replicas.is_one() { severity.min(Severity::Info) } else { severity }
}

/// `1 task`, `3 tasks`.
#[must_use]
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The text of an argument when the code itself writes it: a value from a variable may be a secret.
#[must_use]
pub fn literal(argument: &Argument) -> Option<&str> {
    let text = argument.text()?;
    let written = argument.place.source.slice(argument.place.span);
    (written.starts_with(['\'', '"']) && written.contains(text)).then_some(text)
}

/// Adds steps that are not there yet.
pub fn add(trail: &mut Vec<TrailStep>, more: &[TrailStep]) {
    for step in more {
        if !trail.contains(step) {
            trail.push(step.clone());
        }
    }
}

/// A word of a message.
#[must_use]
pub fn word(text: impl Into<Arc<str>>) -> Arc<str> {
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_like_sentences() {
        let parts = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(listed(&parts(&["a", "b", "c"])), "a, b and c");
        assert_eq!(listed(&parts(&["a"])), "a");
        assert_eq!(count(1, "task"), "1 task");
        assert_eq!(count(2, "task"), "2 tasks");
    }
}
