use std::sync::Arc;

use crate::facts::{Fix, Locality};

/// What became of the fixes of one run.
#[derive(Debug, Default)]
pub struct Fixed {
    /// Each fix once, in the order of the findings.
    pub steps: Vec<FixStep>,
    /// Files that were written, or would be, with their backups.
    pub files: Vec<FixedFile>,
    /// Whether only a plan was made: nothing was written.
    pub dry: bool,
}

/// A fix and what became of it.
#[derive(Debug)]
pub struct FixStep {
    /// The rule whose finding it is for.
    pub rule: &'static str,
    /// The app's folder.
    pub app: String,
    /// The environment.
    pub environment: Arc<str>,
    /// The fix.
    pub fix: Fix,
    /// What became of it.
    pub progress: Progress,
}

/// What became of a fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// It is to be written.
    Planned(Effect),
    /// It was written and took effect.
    Applied(Effect),
    /// It is not known to work, and was not asked for.
    HeldBack,
    /// No edit can do it.
    ByHand,
    /// It was left out: why.
    Skipped(String),
    /// It was written, changed nothing that is in effect, and was taken back: why.
    Reverted(String),
}

/// Where a state lives after a fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Where.
    pub locality: Locality,
    /// What it is kept in.
    pub store: Arc<str>,
    /// What is still to be done before it is shared.
    pub open: Option<String>,
}

/// A file that a run edits.
#[derive(Debug)]
pub struct FixedFile {
    /// The path as it is shown.
    pub path: Arc<str>,
    /// Where a copy of the old text is.
    pub backup: Option<String>,
    /// The diff, with every value masked that no fix is about.
    pub diff: String,
}

impl Fixed {
    /// How many steps have come to such an end.
    #[must_use]
    pub fn count(&self, is: impl Fn(&Progress) -> bool) -> usize {
        self.steps.iter().filter(|step| is(&step.progress)).count()
    }
}
