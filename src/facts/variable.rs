use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::{Place, Reason, Trail};

/// One variable of an environment.
#[derive(Debug, Clone)]
pub struct Variable {
    /// Its raw value, before a framework converts it; `None`: it is there, but its value is kept elsewhere.
    pub value: Option<Arc<str>>,
    /// Why its value is not known, when something says why.
    pub unknown: Option<Reason>,
    /// How it came about.
    pub trail: Trail,
    /// The line that sets it.
    pub place: Option<Place>,
}

/// The variables of an environment by name.
#[derive(Debug, Clone, Default)]
pub struct Variables {
    set: BTreeMap<Arc<str>, Variable>,
    /// Why there may be more of them than are known here; `None`: these are all.
    pub more: Option<Reason>,
}

impl Variables {
    /// No variables.
    #[must_use]
    pub const fn new() -> Self {
        Self { set: BTreeMap::new(), more: None }
    }
}

impl Deref for Variables {
    type Target = BTreeMap<Arc<str>, Variable>;

    fn deref(&self) -> &Self::Target {
        &self.set
    }
}

impl DerefMut for Variables {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.set
    }
}

/// Why a file of variables could not be used.
#[derive(Debug, Clone)]
pub struct VariablesError {
    /// In words, without values.
    pub message: String,
    /// Where.
    pub place: Place,
}
