use std::sync::Arc;

use super::{Confidence, Replicas, Sticky};

/// A place where an app runs, as the repository shows it.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Its name: `production`, `.env`, `as documented`.
    pub name: Arc<str>,
    /// On what ground it is judged.
    pub basis: Basis,
    /// The files its variables come from, as they are shown, the strongest first.
    pub sources: Vec<Arc<str>>,
    /// How many replicas run, as far as something says so.
    pub replicas: Replicas,
    /// Whether a client stays with one replica, when something says so.
    pub sticky: Option<Sticky>,
    /// What describes it when that is no env file: `kubernetes`, `docker compose`.
    pub deployed_by: Option<&'static str>,
    /// The most that a conclusion is worth because of what describes it.
    pub confidence: Confidence,
}

/// On what ground an environment is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// It was named on the command line.
    Asked,
    /// The repository shows it to be production-like.
    Production,
    /// A developer's `.env`, judged as if it were deployed.
    AsIfDeployed,
    /// Only an example file, judged as documented.
    AsDocumented,
    /// No file of variables at all: the config's own defaults.
    Defaults,
    /// Nothing says where the app runs: what its code says, which is so wherever it runs.
    Code,
}

impl Default for Environment {
    fn default() -> Self {
        Self {
            name: "".into(),
            basis: Basis::Asked,
            sources: Vec::new(),
            replicas: Replicas::default(),
            sticky: None,
            deployed_by: None,
            confidence: Confidence::High,
        }
    }
}

impl Basis {
    /// The most that a conclusion from such an environment can be worth.
    #[must_use]
    pub const fn cap(self) -> Confidence {
        match self {
            Self::Asked | Self::Production | Self::Code => Confidence::High,
            Self::AsIfDeployed | Self::AsDocumented => Confidence::Medium,
            Self::Defaults => Confidence::Low,
        }
    }

    /// In words, for the line that says what was judged.
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Asked => "as asked",
            Self::Production => "production",
            Self::AsIfDeployed => "judged as if deployed",
            Self::AsDocumented => "as documented",
            Self::Defaults => "the config's own defaults",
            Self::Code => "wherever the code runs",
        }
    }
}
