//! `check --format concise`: one line a finding.

use super::escape::clean;
use crate::findings::Outcome;

/// The whole report.
#[must_use]
pub fn render(outcome: &Outcome) -> String {
    let mut text = String::new();
    for finding in &outcome.findings {
        let place = finding.place.as_ref().map(crate::facts::Place::start);
        let at = place.map_or_else(String::new, |start| format!(":{}:{}", start.line, start.column));
        let line = format!(
            "{}{at}: {}[{}] {} (environment {}, {} confidence)",
            finding.path,
            finding.severity.name(),
            finding.rule.id,
            finding.message,
            finding.environment,
            finding.confidence.name(),
        );
        text.push_str(&clean(&line));
        text.push('\n');
    }
    for unknown in &outcome.unknowns {
        let line = format!(
            "{}: unknown[{}] {} (environment {})",
            unknown.place.as_ref().map_or(unknown.app.as_str(), |place| place.path()),
            unknown.setting,
            unknown.reason,
            unknown.environment
        );
        text.push_str(&clean(&line));
        text.push('\n');
    }
    for skipped in &outcome.skipped {
        text.push_str(&clean(&format!("{}: skipped: {}", skipped.path, skipped.reason)));
        text.push('\n');
    }
    text
}
