use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Place, Trail};

/// One variable of an environment.
#[derive(Debug, Clone)]
pub struct Variable {
    /// Its raw value, before a framework converts it; `None`: it is there, but its value is kept elsewhere.
    pub value: Option<Arc<str>>,
    /// How it came about.
    pub trail: Trail,
    /// The line that sets it.
    pub place: Option<Place>,
}

/// The variables of an environment by name.
pub type Variables = BTreeMap<Arc<str>, Variable>;

/// Why a file of variables could not be used.
#[derive(Debug, Clone)]
pub struct VariablesError {
    /// In words, without values.
    pub message: String,
    /// Where.
    pub place: Place,
}
