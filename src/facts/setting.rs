use std::sync::Arc;

use super::{Place, Reason, Trail};

/// A scalar of a configuration.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// Null.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// Text.
    Str(Arc<str>),
    /// An array without entries.
    EmptyArray,
}

/// One leaf of the configuration: a dot key and its effective value.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The key: `session.driver`. A dot inside a part is written `\.`.
    pub key: String,
    /// The value, or why it cannot be known.
    pub value: Result<Scalar, Reason>,
    /// How it came about.
    pub trail: Trail,
    /// Where it stands in the app's config.
    pub place: Option<Place>,
}
