use std::sync::Arc;

use super::Place;

/// How many of something run.
#[derive(Debug, Clone, Default)]
pub struct Replicas {
    /// At least so many; `None` when it is not known.
    pub min: Option<u32>,
    /// At most so many; `None` when it is not known or has no bound.
    pub max: Option<u32>,
    /// The line that says so.
    pub place: Option<Place>,
}

impl Replicas {
    /// Exactly so many.
    #[must_use]
    pub const fn exactly(count: u32, place: Place) -> Self {
        Self { min: Some(count), max: Some(count), place: Some(place) }
    }

    /// Whether it is certain that there is only one.
    #[must_use]
    pub const fn is_one(&self) -> bool {
        matches!(self.max, Some(0 | 1))
    }

    /// Whether more than one is possible by what is declared.
    #[must_use]
    pub const fn may_be_many(&self) -> bool {
        matches!(self.max, Some(max) if max > 1) || matches!(self.min, Some(min) if min > 1)
    }

    /// The number, when it is one.
    #[must_use]
    pub fn count(&self) -> Option<u32> {
        self.min.filter(|min| self.max == Some(*min))
    }

    /// In words: `3 replicas`, `2 to 10 replicas`; nothing when nothing is known.
    #[must_use]
    pub fn describe(&self) -> Option<String> {
        match (self.min, self.max) {
            (Some(min), Some(max)) if min == max => {
                Some(if min == 1 { "1 replica".to_owned() } else { format!("{min} replicas") })
            }
            // A bound that nobody reaches is none.
            (Some(min), Some(u32::MAX) | None) => Some(format!("{min} or more replicas")),
            (None, Some(u32::MAX)) => Some("any number of replicas".to_owned()),
            (Some(min), Some(max)) => Some(format!("{min} to {max} replicas")),
            (None, Some(max)) => Some(format!("up to {max} replicas")),
            (None, None) => None,
        }
    }
}

/// Whether a client stays with one replica.
#[derive(Debug, Clone)]
pub struct Sticky {
    /// Whether it does.
    pub on: bool,
    /// By what: `a cookie of the load balancer`, `the client's address`.
    pub by: Arc<str>,
    /// The line that says so.
    pub place: Place,
}
