use std::sync::Arc;

use super::Confidence;

/// A place where an app runs, as the repository shows it.
#[derive(Debug, Clone)]
pub struct Environment {
    /// Its name: `production`, `.env`, `as documented`.
    pub name: Arc<str>,
    /// On what ground it is judged.
    pub basis: Basis,
    /// The files its variables come from, as they are shown, the strongest first.
    pub sources: Vec<Arc<str>>,
    /// How many replicas run, when something says so.
    pub replicas: Option<u32>,
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
}

impl Basis {
    /// The most that a conclusion from such an environment can be worth.
    #[must_use]
    pub const fn cap(self) -> Confidence {
        match self {
            Self::Asked | Self::Production => Confidence::High,
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
        }
    }
}
