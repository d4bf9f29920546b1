use std::sync::Arc;

use crate::facts::{Concern, Confidence, Fix, Place, Severity, TrailStep};
use crate::rules::Rule;

/// A rule met in an app and environment.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How much is lost.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// The app's folder.
    pub app: String,
    /// The environment's name.
    pub environment: Arc<str>,
    /// One sentence: what is so.
    pub message: String,
    /// What users see.
    pub symptom: &'static str,
    /// The file to look at.
    pub path: String,
    /// The place in it; `None` when the finding is about the file as a whole.
    pub place: Option<Place>,
    /// How it came about.
    pub trail: Vec<TrailStep>,
    /// What else hangs on the same cause.
    pub hangs_on: Vec<Dependent>,
    /// What to do.
    pub help: String,
    /// What can be done, each on its own.
    pub fixes: Vec<Fix>,
    /// A page of documentation.
    pub docs: String,
    /// The same for the same finding, wherever its lines move.
    pub fingerprint: String,
}

/// A state that hangs on the cause of a finding.
#[derive(Debug, Clone)]
pub struct Dependent {
    /// What kind.
    pub concern: Concern,
    /// The setting that decides it.
    pub key: Arc<str>,
    /// What it is kept in.
    pub store: Arc<str>,
    /// The line that decides.
    pub place: Option<Place>,
}

/// A state that could not be followed to its end.
#[derive(Debug, Clone)]
pub struct Unknown {
    /// The app's folder.
    pub app: String,
    /// The environment's name.
    pub environment: Arc<str>,
    /// The setting that decides it.
    pub setting: Arc<str>,
    /// Why it is not known.
    pub reason: String,
    /// Where that began.
    pub place: Option<Place>,
}

impl Finding {
    /// The line, from 1, when there is one.
    #[must_use]
    pub fn line(&self) -> Option<u32> {
        self.place.as_ref().map(|place| place.start().line)
    }
}
