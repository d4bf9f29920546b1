use std::collections::{BTreeMap, BTreeSet};
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
    /// The class it was written in: `self`.
    pub class: Option<Arc<str>>,
    /// The class it was called on: `static`.
    pub called: Option<Arc<str>>,
    /// Variables that something else may change at any time, through a reference.
    pub shared: BTreeSet<Arc<str>>,
    /// Why there may be variables that we do not see.
    pub open: Option<Reason>,
}

impl Frame {
    /// A frame with no variables.
    pub fn new(source: &Arc<Source>, class: Option<Arc<str>>) -> Self {
        Self {
            source: Arc::clone(source),
            scope: Scope::new(),
            maybe_returned: Vec::new(),
            decided: Trail::none(),
            called: class.clone(),
            class,
            shared: BTreeSet::new(),
            open: None,
        }
    }

    /// A literal that stands under a condition came about by the condition.
    pub fn under_condition(&self, mut value: Value) -> Value {
        if value.trail.is_empty() && !matches!(value.kind, crate::eval::Kind::Array(_)) {
            value.trail = self.decided.clone();
        }
        value
    }

    /// Sets a variable. One that is shared by reference stays unknown.
    pub fn set(&mut self, name: &Arc<str>, value: Value) {
        let value = if self.shared.contains(name) { Value::unknown(shared_reason()) } else { value };
        self.scope.insert(Arc::clone(name), value);
    }

    /// From here on, something else may change this variable.
    pub fn share(&mut self, name: &Arc<str>) {
        self.shared.insert(Arc::clone(name));
        self.scope.insert(Arc::clone(name), Value::unknown(shared_reason()));
    }

    /// Any variable may have been changed, and there may be new ones.
    pub fn forget_all(&mut self, reason: &Reason) {
        for value in self.scope.values_mut() {
            *value = Value::unknown(reason.clone());
        }
        self.open = Some(reason.clone());
    }

    /// What the frame returns when its last word is `value`.
    pub fn conclude(&mut self, value: Value) -> Value {
        std::mem::take(&mut self.maybe_returned)
            .into_iter()
            .rev()
            .fold(value, |late, (early, reason)| merge::values(&early, &late, &reason))
    }
}

fn shared_reason() -> Reason {
    Reason::new("a variable that something else changes through a reference")
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
