//! `check --format json`.

use serde::Serialize;

use super::wire::{self, WireApp, WirePlace, WireStep, WireTool, pretty};
use crate::facts::Place;
use crate::findings::{Dependent, Finding, Outcome};

#[derive(Serialize)]
struct Report {
    version: u32,
    tool: WireTool,
    apps: Vec<WireApp>,
    findings: Vec<WireFinding>,
    unknown: Vec<WireUnknown>,
    skipped: Vec<WireSkipped>,
    summary: WireSummary,
}

#[derive(Serialize)]
struct WireFinding {
    rule: &'static str,
    severity: &'static str,
    confidence: &'static str,
    app: String,
    environment: String,
    message: String,
    symptom: &'static str,
    path: String,
    #[serde(flatten)]
    place: WirePlace,
    trail: Vec<WireStep>,
    hangs_on: Vec<WireDependent>,
    help: String,
    fixes: Vec<wire::WireFix>,
    docs: String,
    fingerprint: String,
}

#[derive(Serialize)]
struct WireDependent {
    concern: &'static str,
    key: String,
    store: String,
    path: Option<String>,
    line: Option<u32>,
}

#[derive(Serialize)]
struct WireUnknown {
    app: String,
    environment: String,
    setting: String,
    reason: String,
    path: Option<String>,
    line: Option<u32>,
}

#[derive(Serialize)]
struct WireSkipped {
    path: String,
    reason: String,
}

#[derive(Serialize)]
struct WireSummary {
    error: usize,
    warning: usize,
    info: usize,
    suppressed: usize,
    baselined: usize,
    unknown: usize,
    skipped: usize,
}

/// The whole report.
#[must_use]
pub fn render(outcome: &Outcome) -> String {
    let summary = outcome.summary();
    pretty(&Report {
        version: 1,
        tool: wire::TOOL,
        apps: outcome.surveys.iter().map(wire::app).collect(),
        findings: outcome.findings.iter().map(finding).collect(),
        unknown: outcome
            .unknowns
            .iter()
            .map(|unknown| {
                let place = unknown.place.as_ref().filter(|place| !place.is_foreign());
                WireUnknown {
                    app: unknown.app.clone(),
                    environment: unknown.environment.to_string(),
                    setting: unknown.setting.to_string(),
                    reason: unknown.reason.clone(),
                    path: place.map(|place| place.path().to_owned()),
                    line: place.map(|place| place.start().line),
                }
            })
            .collect(),
        skipped: outcome
            .skipped
            .iter()
            .map(|skipped| WireSkipped { path: skipped.path.clone(), reason: skipped.reason.clone() })
            .collect(),
        summary: WireSummary {
            error: summary.error,
            warning: summary.warning,
            info: summary.info,
            suppressed: 0,
            baselined: 0,
            unknown: summary.unknown,
            skipped: summary.skipped,
        },
    })
}

fn finding(finding: &Finding) -> WireFinding {
    WireFinding {
        rule: &finding.rule.id,
        severity: finding.severity.name(),
        confidence: finding.confidence.name(),
        app: finding.app.clone(),
        environment: finding.environment.to_string(),
        message: finding.message.clone(),
        symptom: finding.symptom.trim(),
        path: finding.path.clone(),
        place: wire::place(finding.place.as_ref()),
        trail: wire::steps(&finding.trail),
        hangs_on: finding
            .hangs_on
            .iter()
            .map(|dependent| WireDependent {
                concern: dependent.concern.name(),
                key: dependent.key.to_string(),
                store: dependent.store.to_string(),
                path: own(dependent).map(|place| place.path().to_owned()),
                line: own(dependent).map(|place| place.start().line),
            })
            .collect(),
        help: finding.help.trim().to_owned(),
        fixes: finding.fixes.iter().map(wire::fix).collect(),
        docs: finding.docs.clone(),
        fingerprint: finding.fingerprint.clone(),
    }
}

/// The place of a dependent, when it is in the repository.
fn own(dependent: &Dependent) -> Option<&Place> {
    dependent.place.as_ref().filter(|place| !place.is_foreign())
}
