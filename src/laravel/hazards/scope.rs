//! What all looks share: whether a call counts in production, how much a finding weighs, words.

use std::sync::Arc;

use super::code::Code;
use crate::facts::{Severity, TrailStep};
use crate::laravel::source::{Argument, Found};

/// Whether a call runs only on developers' machines or in tests, by the conditions around it.
#[must_use]
pub fn only_in_development(found: &Found) -> bool {
    found.context.guards.iter().any(|guard| is_development(guard))
}

fn is_development(guard: &str) -> bool {
    let (negated, condition) = match guard.strip_prefix("not (").and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (true, inner),
        None => (false, guard),
    };
    let asks = ["environment(", "app.env", "APP_ENV", "config('app.debug')"]
        .iter()
        .any(|one| condition.contains(one));
    let production = condition.contains("isProduction()") || (asks && condition.contains("production"));
    let local = ["isLocal()", "runningUnitTests()"].iter().any(|one| condition.contains(one))
        || (asks
            && ["'local", "\"local", "'testing", "\"testing", "'dev"]
                .iter()
                .any(|one| condition.contains(one)))
        || condition.contains("config('app.debug')");
    // `! a || b` and the like say less than they seem to.
    if condition.contains("||") || condition.contains('!') {
        return false;
    }
    if negated { production && !local } else { local && !production }
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
    fn conditions_tell_where_code_runs() {
        for (guard, development) in [
            ("app()->environment('local')", true),
            ("App::environment(['local', 'testing'])", true),
            ("app()->environment(['local', 'production'])", false),
            ("app()->environment('production')", false),
            ("not (app()->environment('production'))", true),
            ("not (app()->isProduction())", true),
            ("not (app()->environment('local'))", false),
            ("app()->isLocal()", true),
            ("app()->isLocal() || config('x.on')", false),
            ("config('app.env') === 'local'", true),
            ("config('services.x.enabled')", false),
            ("$user->local", false),
        ] {
            assert_eq!(is_development(guard), development, "{guard}");
        }
    }

    #[test]
    fn lists_read_like_sentences() {
        let parts = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(listed(&parts(&["a", "b", "c"])), "a, b and c");
        assert_eq!(listed(&parts(&["a"])), "a");
        assert_eq!(count(1, "task"), "1 task");
        assert_eq!(count(2, "task"), "2 tasks");
    }
}
