use std::borrow::Cow;
use std::sync::Arc;

use super::Place;

/// Why a value cannot be known, and where that began. Never holds a value that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(Arc<Inner>);

#[derive(Debug, PartialEq, Eq)]
struct Inner {
    text: Cow<'static, str>,
    place: Option<Place>,
}

impl Reason {
    /// A reason in words, without a place yet.
    #[must_use]
    pub fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Self(Arc::new(Inner { text: text.into(), place: None }))
    }

    /// A reason at a place.
    #[must_use]
    pub fn at(text: impl Into<Cow<'static, str>>, place: Place) -> Self {
        Self(Arc::new(Inner { text: text.into(), place: Some(place) }))
    }

    /// The same reason, at `place` unless it already has one.
    #[must_use]
    pub fn or_at(self, place: impl FnOnce() -> Place) -> Self {
        if self.0.place.is_some() { self } else { Self::at(self.0.text.clone(), place()) }
    }

    /// The words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// Where it began.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.0.place.as_ref()
    }
}
