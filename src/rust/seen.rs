use std::sync::Arc;

use super::suggestions::Suggestion;
use crate::facts::{Concern, Confidence, Locality, Place, Reason, Severity, TrailStep};

/// Something that keeps state, or another fact, as the code, a setting or a manifest shows it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// What shows it.
    pub ground: Ground,
    /// What kind of state; `None` for a fact that is no state.
    pub concern: Option<Concern>,
    /// The fact, as rules name it, when that is no matter of a concern alone.
    pub fact: Option<Arc<str>>,
    /// What decides: a path in code, the key of a setting, a variable, a dependency.
    pub key: Arc<str>,
    /// The variable that decides.
    pub variable: Option<Arc<str>>,
    /// What it is kept in: `MemoryStore of tower-sessions`.
    pub store: Arc<str>,
    /// Where that lives.
    pub locality: Locality,
    /// Where in detail: a path, a host. Never a secret.
    pub detail: Option<Arc<str>>,
    /// Why the locality is unknown, when it is.
    pub unknown: Option<Reason>,
    /// Names near it: of the static, the field, the function.
    pub name: Option<Arc<str>>,
    /// What else would have to be so, in words: ` unless COOKIE_KEY is set`.
    pub unless: Option<Arc<str>>,
    /// Whether an address decides between this and a shared one: SQLite or PostgreSQL behind one type.
    pub by_url: bool,
    /// What can take its place.
    pub suggestion: Option<&'static Suggestion>,
    /// The most it weighs.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// How it came about; the last step is the place.
    pub trail: Vec<TrailStep>,
    /// The line that decides.
    pub place: Option<Place>,
}

/// What shows something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// A setting or a variable of the environment.
    Setting,
    /// The code.
    Code,
    /// A manifest of Cargo.
    Manifest,
}
