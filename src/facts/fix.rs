use std::sync::Arc;

use super::Concern;
use crate::text::Source;

/// Whether a fix may be applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// What the app shows says that it works.
    Safe,
    /// Something that it needs is not proven.
    Unsafe,
    /// An edit of the env file cannot do it: it is shown only.
    Display,
}

impl Applicability {
    /// The word used in every output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
            Self::Display => "display",
        }
    }
}

/// What can be done about a state that is kept on one server, or about a variable that nothing reads.
#[derive(Debug, Clone)]
pub struct Fix {
    /// What it is about.
    pub about: About,
    /// What it does: `set SESSION_DRIVER to redis`.
    pub title: String,
    /// Whether it may be applied.
    pub applicability: Applicability,
    /// Where the state would live, when that is not where every replica is known to reach it.
    pub place: Option<String>,
    /// Why else it is not safe, or why no edit can do it.
    pub why: Vec<String>,
    /// The edits of the env file; none for a fix that is shown only.
    pub edits: Vec<Edit>,
    /// Variables that the new value needs beside it and that nothing sets.
    pub companions: Vec<Arc<str>>,
    /// A line to write by hand, with its place: `config/session.php:21`.
    pub by_hand: Option<String>,
}

/// What a fix is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The state of this concern and key.
    State(Concern, Arc<str>),
    /// A variable that nothing reads, and the setting that its value was meant for.
    Variable(Arc<str>, Arc<str>),
    /// Something that was seen, by its fact and its first word.
    Fact(&'static str, Arc<str>),
}

impl Fix {
    /// Everything that keeps it from being safe; nothing for a safe fix.
    #[must_use]
    pub fn reasons(&self) -> Vec<String> {
        self.place.iter().chain(&self.why).cloned().collect()
    }
}

impl About {
    /// The setting whose value is to change.
    #[must_use]
    pub const fn key(&self) -> &Arc<str> {
        match self {
            Self::State(_, key) | Self::Variable(_, key) | Self::Fact(_, key) => key,
        }
    }
}

/// One change of an env file.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The file as it was read.
    pub source: Arc<Source>,
    /// The line, from 1, that is changed or added.
    pub line: u32,
    /// What is done.
    pub action: Action,
    /// The text of the value before, without quotes; `None` when there was none.
    pub old: Option<String>,
}

/// What an edit does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// A variable gets a value; one that is not there is added beside its kin.
    Set {
        /// Its name.
        variable: Arc<str>,
        /// The new value.
        value: Arc<str>,
        /// The variables it belongs to, the nearest first.
        kin: Vec<String>,
    },
    /// A variable gets another name.
    Rename {
        /// The name that nothing reads.
        old: Arc<str>,
        /// The name that is read.
        new: Arc<str>,
    },
}

impl Action {
    /// The variable that has a value afterwards.
    #[must_use]
    pub const fn variable(&self) -> &Arc<str> {
        match self {
            Self::Set { variable, .. } => variable,
            Self::Rename { new, .. } => new,
        }
    }
}
