use std::collections::BTreeMap;
use std::sync::Arc;

use super::Value;
use super::merge;
use crate::facts::{Reason, Trail};
use crate::text::Source;

/// The variables of one call, in a fixed order so that merging two scopes is deterministic.
pub type Scope = BTreeMap<Arc<str>, Value>;

/// One running function or file.
#[derive(Debug)]
pub struct Frame {
    /// The file it was written in.
    pub source: Arc<Source>,
    /// Its variables.
    pub scope: Scope,
    /// Values that it may have returned already, under a condition that we do not know.
    pub maybe_returned: Vec<(Value, Reason)>,
    /// How the conditions came about under which it runs just now.
    pub decided: Trail,
    /// The class it belongs to.
    pub class: Option<Arc<str>>,
}

impl Frame {
    /// A frame with no variables.
    pub fn new(source: &Arc<Source>, class: Option<Arc<str>>) -> Self {
        Self {
            source: Arc::clone(source),
            scope: Scope::new(),
            maybe_returned: Vec::new(),
            decided: Trail::none(),
            class,
        }
    }

    /// A literal that stands under a condition came about by the condition.
    pub fn under_condition(&self, mut value: Value) -> Value {
        if value.trail.is_empty() && !matches!(value.kind, crate::eval::Kind::Array(_)) {
            value.trail = self.decided.clone();
        }
        value
    }

    /// What the frame returns when its last word is `value`.
    pub fn conclude(&mut self, value: Value) -> Value {
        std::mem::take(&mut self.maybe_returned)
            .into_iter()
            .rev()
            .fold(value, |late, (early, reason)| merge::values(&early, &late, &reason))
    }
}

/// How a statement ends.
#[derive(Debug)]
pub enum Flow {
    /// Go on with the next statement.
    Next,
    /// The frame returns this.
    Return(Value),
    /// Leave this many loops.
    Break(u32),
    /// Go on with the next turn of the loop this many levels out.
    Continue(u32),
    /// Something was thrown or the program ended: nothing after this runs.
    Dead(Reason),
    /// A loop was left or not, and we do not know which.
    Murky(Reason),
}
