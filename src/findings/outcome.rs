use super::finding::{Finding, Unknown};
use crate::discover::Skipped;
use crate::facts::{Confidence, Severity, Survey};

/// Everything one run has to say.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The apps that were looked at.
    pub surveys: Vec<Survey>,
    /// What was found, in order.
    pub findings: Vec<Finding>,
    /// What could not be told.
    pub unknowns: Vec<Unknown>,
    /// What was not read.
    pub skipped: Vec<Skipped>,
}

/// Counts for the last line of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Findings of severity error.
    pub error: usize,
    /// Findings of severity warning.
    pub warning: usize,
    /// Findings of severity info.
    pub info: usize,
    /// States that could not be told.
    pub unknown: usize,
    /// Files that were not read.
    pub skipped: usize,
}

/// What makes a run fail.
#[derive(Debug, Clone, Copy)]
pub struct Threshold {
    /// Findings at or above this count; `None`: none does.
    pub fail_on: Option<Severity>,
    /// Findings below this do not count.
    pub confidence: Confidence,
}

impl Outcome {
    /// The counts.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let of = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        Summary {
            error: of(Severity::Error),
            warning: of(Severity::Warning),
            info: of(Severity::Info),
            unknown: self.unknowns.len(),
            skipped: self.skipped.len(),
        }
    }

    /// Whether a finding counts against the run.
    #[must_use]
    pub fn fails(&self, threshold: Threshold) -> bool {
        let Some(fail_on) = threshold.fail_on else { return false };
        self.findings
            .iter()
            .any(|finding| finding.severity >= fail_on && finding.confidence >= threshold.confidence)
    }

    /// Puts everything into the fixed order: app, path, line, rule.
    pub fn sort(&mut self) {
        self.surveys.sort_by(|a, b| a.path.cmp(&b.path));
        self.findings.sort_by(|a, b| {
            (&a.app, &a.path, a.line(), &a.rule.id, &a.environment).cmp(&(
                &b.app,
                &b.path,
                b.line(),
                &b.rule.id,
                &b.environment,
            ))
        });
        self.skipped.sort();
        self.skipped.dedup();
    }
}
