//! What is found in code.

use super::marks::Mark;
use crate::facts::Place;

/// A mark at a place in the code.
#[derive(Debug, Clone)]
pub struct Found {
    /// What it means.
    pub mark: &'static Mark,
    /// The one path that it was found by; for a shape what it is made of, in words.
    pub path: String,
    /// How sure it is that the code at this place makes or uses it.
    pub how: How,
    /// Where.
    pub place: Place,
    /// Its surroundings.
    pub context: Context,
}

/// How a thing is used, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Called, built or passed on, or a shape of code.
    Made,
    /// Only named as a type, or in a pattern.
    Named,
    /// Seen in tokens that could not be parsed, or as a method of an unknown type.
    Guessed,
}

/// The surroundings of what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// The module, as the names from the crate's root.
    pub module: String,
    /// The function around it.
    pub function: Option<String>,
    /// Whether that function answers requests.
    pub handler: bool,
    /// The static that it is in.
    pub in_static: Option<String>,
    /// The struct in whose definition it stands.
    pub structure: Option<String>,
    /// The field that it is the type or value of.
    pub field: Option<String>,
    /// Whether it stands in the signature of a function.
    pub in_signature: bool,
    /// What must hold for it to run.
    pub conditions: Vec<Condition>,
    /// Names near it: of variables, fields, functions, and of types of keys and values.
    pub words: Vec<String>,
    /// The methods that are called on it in the same chain.
    pub chain: Vec<String>,
    /// The other marks in the same function, by their names.
    pub neighbours: Vec<&'static str>,
    /// A text that is given to it: a path, an address.
    pub detail: Option<String>,
}

/// What must hold for code to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What kind of condition.
    pub kind: ConditionKind,
    /// The names and texts of what decides.
    pub words: Vec<String>,
}

/// A kind of condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConditionKind {
    /// A feature of the package; `not` when it must be off.
    Feature {
        /// Its name.
        name: String,
        /// Whether it must be off.
        not: bool,
    },
    /// Only a build for development.
    DebugOnly,
    /// A branch that an environment decides: its name, or a variable of it.
    EnvironmentArm,
    /// Another branch.
    Branch,
    /// Only when something is not given: the variable or setting, when its name can be told.
    Fallback(Option<String>),
}

/// What a scan has found.
#[derive(Debug, Default)]
pub struct Scanned {
    /// The marks, in the order of files and places.
    pub found: Vec<Found>,
    /// Files of which only the tokens were looked at, or nothing: path and reason.
    pub unparsed: Vec<(String, String)>,
}
