use std::sync::Arc;

use super::{Confidence, Environment, Fix, Place, Severity, State, TrailStep};
use crate::discover::Skipped;

/// What is known of one app: the same for every stack.
#[derive(Debug)]
pub struct Survey {
    /// The app's folder as it is shown.
    pub path: String,
    /// The kind of app: `laravel`.
    pub stack: &'static str,
    /// The version of its framework, as exactly as the repository shows it.
    pub framework_version: Option<String>,
    /// Each environment that is judged.
    pub environments: Vec<Judged>,
    /// What was not read.
    pub skipped: Vec<Skipped>,
}

/// One environment of an app with everything that is concluded about it.
#[derive(Debug)]
pub struct Judged {
    /// The environment.
    pub environment: Environment,
    /// Where the app's state lives.
    pub states: Vec<State>,
    /// What was seen beside the state.
    pub observations: Vec<Observation>,
    /// What can be done about it.
    pub fixes: Vec<Fix>,
}

/// Something a stack has seen that is no state: a variable that nothing reads, a file that cannot be parsed.
#[derive(Debug, Clone)]
pub struct Observation {
    /// What kind, as rules name it: `dead-variable`.
    pub fact: &'static str,
    /// The words of its message: name and text.
    pub words: Vec<(&'static str, Arc<str>)>,
    /// Where.
    pub place: Option<Place>,
    /// How it came about.
    pub trail: Vec<TrailStep>,
    /// The most that a finding about it can weigh.
    pub severity: Severity,
    /// How sure it is, whatever the environment is worth.
    pub confidence: Confidence,
}

impl Observation {
    /// Something seen at a place, with the words of its message.
    #[must_use]
    pub fn new(fact: &'static str, words: Vec<(&'static str, Arc<str>)>, place: Option<Place>) -> Self {
        let (severity, confidence) = (Severity::Error, Confidence::High);
        Self { fact, words, place, trail: Vec::new(), severity, confidence }
    }

    /// The same with the steps that led to it.
    #[must_use]
    pub fn led_to_by(self, trail: Vec<TrailStep>) -> Self {
        Self { trail, ..self }
    }
}
