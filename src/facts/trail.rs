use std::sync::Arc;

use super::Place;

/// What happened at one step of a trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A variable or key is given its value here.
    Set,
    /// A setting reads a variable here.
    Read,
    /// Nothing was set: this default applies.
    Default,
    /// Another source wins over an earlier one.
    Override,
    /// The value was frozen by a config cache.
    Frozen,
    /// The value is computed here from others.
    Built,
}

impl Step {
    /// The word used in every output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Read => "read",
            Self::Default => "default",
            Self::Override => "override",
            Self::Frozen => "frozen",
            Self::Built => "built",
        }
    }
}

/// What a step is about: names, never values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The variable of this name.
    Variable(Arc<str>),
    /// The setting of this key.
    Setting(Arc<str>),
    /// Any other words.
    Text(Arc<str>),
}

impl Note {
    /// The note in words.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Variable(text) | Self::Setting(text) | Self::Text(text) => text,
        }
    }
}

/// One step of a trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailStep {
    /// What happened.
    pub step: Step,
    /// Where; a framework default or a process variable has no place in the repository.
    pub place: Option<Place>,
    /// About what.
    pub note: Note,
}

/// How a value came about: a step and the trails that led to it. Cheap to clone, grows by sharing.
#[derive(Debug, Clone, Default)]
pub struct Trail(Option<Arc<Node>>);

#[derive(Debug)]
struct Node {
    step: TrailStep,
    before: Vec<Trail>,
}

impl Trail {
    /// A trail of nothing.
    #[must_use]
    pub const fn none() -> Self {
        Self(None)
    }

    /// A trail that begins here.
    #[must_use]
    pub fn start(step: TrailStep) -> Self {
        Self(Some(Arc::new(Node { step, before: Vec::new() })))
    }

    /// This trail and one step more.
    #[must_use]
    pub fn then(&self, step: TrailStep) -> Self {
        Self::join(std::slice::from_ref(self), step)
    }

    /// One step that several trails led to.
    #[must_use]
    pub fn join(before: &[Self], step: TrailStep) -> Self {
        let before = before.iter().filter(|trail| trail.0.is_some()).cloned().collect();
        Self(Some(Arc::new(Node { step, before })))
    }

    /// This trail, with another one before all of it: a condition that chose this value.
    #[must_use]
    pub fn preceded_by(&self, earlier: &Self) -> Self {
        match &self.0 {
            None => earlier.clone(),
            Some(_) if earlier.is_empty() => self.clone(),
            Some(node) => {
                let before = std::iter::once(earlier).chain(&node.before).cloned().collect();
                Self(Some(Arc::new(Node { step: node.step.clone(), before })))
            }
        }
    }

    /// Whether nothing is known of how the value came about.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The last step.
    #[must_use]
    pub fn last(&self) -> Option<&TrailStep> {
        self.0.as_ref().map(|node| &node.step)
    }

    /// Every step once, causes before effects.
    #[must_use]
    pub fn steps(&self) -> Vec<TrailStep> {
        let mut steps = Vec::new();
        self.collect(&mut steps, &mut Vec::new());
        steps
    }

    fn collect(&self, steps: &mut Vec<TrailStep>, seen: &mut Vec<*const Node>) {
        let Some(node) = &self.0 else { return };
        let identity = Arc::as_ptr(node);
        // A trail is shown to people: past this many steps it explains nothing, so it is cut.
        if seen.contains(&identity) || seen.len() > 200 {
            return;
        }
        seen.push(identity);
        for trail in &node.before {
            trail.collect(steps, seen);
        }
        if !steps.contains(&node.step) {
            steps.push(node.step.clone());
        }
    }
}

impl Drop for Node {
    // A long chain of steps must not overflow the stack when it is dropped.
    fn drop(&mut self) {
        let mut pending: Vec<Trail> = std::mem::take(&mut self.before);
        while let Some(trail) = pending.pop() {
            if let Some(node) = trail.0.and_then(|node| Arc::try_unwrap(node).ok()) {
                let mut node = node;
                pending.append(&mut node.before);
            }
        }
    }
}
