//! `fix`: what was changed, what took effect, what is left to do.

use serde::Serialize;

use super::escape::clean;
use super::fixes::change;
use super::wire::{self, WireFix, pretty};
use crate::facts::Locality;
use crate::findings::{Effect, FixStep, Fixed, Outcome, Progress};

/// The whole report, in the order: done, not done, to do.
#[must_use]
pub fn text(fixed: &Fixed, remaining: &Outcome) -> String {
    let mut text = String::new();
    all_told(&mut text, fixed.steps.iter());
    for file in &fixed.files {
        if let Some(backup) = &file.backup {
            line(&mut text, &format!("backup: {} is as it was in {backup}", file.path));
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    for one in footer(fixed, remaining) {
        line(&mut text, &one);
    }
    text
}

/// The differences alone.
#[must_use]
pub fn diff(fixed: &Fixed) -> String {
    fixed.files.iter().map(|file| file.diff.as_str()).collect()
}

/// The plan, and the question whether to go on.
#[must_use]
pub fn question(steps: &[&FixStep]) -> String {
    let mut text = String::new();
    all_told(&mut text, steps.iter().copied());
    text.push_str("Write these changes? [y/N] ");
    text
}

fn line(text: &mut String, line: &str) {
    text.push_str(&clean(line));
    text.push('\n');
}

/// The steps one after the other; a reason that the step before had as well is not told again.
fn all_told<'a>(text: &mut String, steps: impl Iterator<Item = &'a FixStep>) {
    let mut last = None;
    for step in steps {
        let reason = match &step.progress {
            Progress::Skipped(reason) | Progress::Reverted(reason) => Some(reason),
            _ => None,
        };
        let told = told(step);
        let again = reason.is_some() && reason == last;
        told.iter().take(if again { 1 } else { told.len() }).for_each(|one| line(text, one));
        if again {
            line(text, "  for the same reason");
        }
        last = reason;
    }
}

/// One step: what and where, and below it what came of it.
fn told(step: &FixStep) -> Vec<String> {
    let fix = &step.fix;
    // A line to write by hand stands below, its place in front.
    let by_hand = fix.by_hand.as_deref().map(|line| line.split_once(": ").unwrap_or((line, "")));
    let at = match (fix.edits.first(), by_hand) {
        (Some(edit), _) => format!("{}:{} ", edit.source.path(), edit.line),
        (None, Some((place, _))) => format!("{place} "),
        (None, None) if step.app == "." => String::new(),
        (None, None) => format!("{} ", step.app),
    };
    let changes: Vec<String> = fix.edits.iter().map(change).collect();
    let what = if changes.is_empty() { fix.title.clone() } else { changes.join(", ") };
    let (word, below) = match &step.progress {
        Progress::Planned(effect) => ("to fix", outcome(step, effect, "then")),
        Progress::Applied(effect) => ("fixed", outcome(step, effect, "now")),
        Progress::HeldBack => ("held back", fix.reasons()),
        Progress::ByHand => {
            let line = by_hand.filter(|(_, line)| !line.is_empty()).map(|(_, line)| format!("write: {line}"));
            ("by hand", fix.reasons().into_iter().chain(line).collect())
        }
        Progress::Skipped(reason) => ("skipped", vec![reason.clone()]),
        Progress::Reverted(reason) => ("taken back", vec![reason.clone()]),
    };
    let first = format!("{word}: {at}{what} ({})", step.rule);
    std::iter::once(first).chain(below.into_iter().map(|reason| format!("  {reason}"))).collect()
}

/// Where the state lives after a fix, and what its owner still has to do.
fn outcome(step: &FixStep, effect: &Effect, when: &str) -> Vec<String> {
    let place = match effect.locality {
        Locality::Shared | Locality::None => effect.locality.name(),
        Locality::Client => "kept by the client",
        _ => &effect.store,
    };
    let to_do: Vec<String> =
        to_do(step, effect).into_iter().map(|one| format!("still to do: {one}")).collect();
    // What still lacks something is not called shared.
    let place = if to_do.is_empty() { place } else { &effect.store };
    std::iter::once(format!("{when} {place}")).chain(to_do).collect()
}

/// What was not proven, and what keeps the state from being shared.
fn to_do(step: &FixStep, effect: &Effect) -> Vec<String> {
    effect.open.iter().chain(&step.fix.why).cloned().collect()
}

/// What came of it in numbers, and what would do more.
#[must_use]
pub fn footer(fixed: &Fixed, remaining: &Outcome) -> Vec<String> {
    let count = |is: fn(&Progress) -> bool| fixed.count(is);
    let applied = count(|progress| matches!(progress, Progress::Applied(_)));
    let planned = count(|progress| matches!(progress, Progress::Planned(_)));
    let held = count(|progress| matches!(progress, Progress::HeldBack));
    let by_hand = count(|progress| matches!(progress, Progress::ByHand));
    let skipped = count(|progress| matches!(progress, Progress::Skipped(_)));
    let reverted = count(|progress| matches!(progress, Progress::Reverted(_)));
    let mut lines = Vec::new();
    let mut parts = vec![match (fixed.dry, applied) {
        (true, _) => format!("Would fix {planned}"),
        (false, 0) => "Nothing was changed".to_owned(),
        (false, applied) => format!("Fixed {applied}"),
    }];
    for (count, what) in [
        (held, "held back as not proven to work (--unsafe applies them)"),
        (by_hand, "to do by hand"),
        (skipped, "skipped"),
        (reverted, "taken back"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    lines.push(format!("{}.", parts.join(", ")));
    if applied > 0 {
        lines.push("Where the config is cached, run `php artisan config:cache` again.".to_owned());
    }
    for skipped in &remaining.skipped {
        lines.push(format!("not read: {}: {}", skipped.path, skipped.reason));
    }
    lines.push(left(remaining));
    lines
}

fn left(remaining: &Outcome) -> String {
    if remaining.surveys.is_empty() {
        return "Nothing was checked.".to_owned();
    }
    let summary = remaining.summary();
    let counts = [
        (summary.error, "error", "errors"),
        (summary.warning, "warning", "warnings"),
        (summary.info, "info", "infos"),
        (summary.unknown, "unknown", "unknown"),
    ];
    let parts: Vec<String> = counts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    if parts.is_empty() {
        return "Nothing is left to report.".to_owned();
    }
    format!("What remains: {} (unstick check shows it).", parts.join(", "))
}

#[derive(Serialize)]
struct Report {
    version: u32,
    tool: wire::WireTool,
    dry: bool,
    steps: Vec<WireStep>,
    files: Vec<WireFile>,
    skipped: Vec<WireSkipped>,
    remaining: WireRemaining,
}

#[derive(Serialize)]
struct WireStep {
    rule: &'static str,
    app: String,
    environment: String,
    progress: &'static str,
    reason: Option<String>,
    store: Option<String>,
    locality: Option<&'static str>,
    still_to_do: Vec<String>,
    fix: WireFix,
}

#[derive(Serialize)]
struct WireFile {
    path: String,
    backup: Option<String>,
    diff: String,
}

#[derive(Serialize)]
struct WireSkipped {
    path: String,
    reason: String,
}

#[derive(Serialize)]
struct WireRemaining {
    error: usize,
    warning: usize,
    info: usize,
    unknown: usize,
}

/// For programs.
#[must_use]
pub fn json(fixed: &Fixed, remaining: &Outcome) -> String {
    let summary = remaining.summary();
    pretty(&Report {
        version: 1,
        tool: wire::TOOL,
        dry: fixed.dry,
        steps: fixed.steps.iter().map(wire_step).collect(),
        files: fixed
            .files
            .iter()
            .map(|file| WireFile {
                path: file.path.to_string(),
                backup: file.backup.clone(),
                diff: file.diff.clone(),
            })
            .collect(),
        skipped: remaining
            .skipped
            .iter()
            .map(|skipped| WireSkipped { path: skipped.path.clone(), reason: skipped.reason.clone() })
            .collect(),
        remaining: WireRemaining {
            error: summary.error,
            warning: summary.warning,
            info: summary.info,
            unknown: summary.unknown,
        },
    })
}

fn wire_step(step: &FixStep) -> WireStep {
    let (progress, reason, effect) = match &step.progress {
        Progress::Planned(effect) => ("planned", None, Some(effect)),
        Progress::Applied(effect) => ("applied", None, Some(effect)),
        Progress::HeldBack => ("held-back", None, None),
        Progress::ByHand => ("by-hand", None, None),
        Progress::Skipped(reason) => ("skipped", Some(reason.clone()), None),
        Progress::Reverted(reason) => ("reverted", Some(reason.clone()), None),
    };
    WireStep {
        rule: step.rule,
        app: step.app.clone(),
        environment: step.environment.to_string(),
        progress,
        reason,
        store: effect.map(|effect| effect.store.to_string()),
        locality: effect.map(|effect| effect.locality.name()),
        still_to_do: effect.map(|effect| to_do(step, effect)).unwrap_or_default(),
        fix: wire::fix(&step.fix),
    }
}
