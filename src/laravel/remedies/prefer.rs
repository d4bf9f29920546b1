use std::sync::Arc;

use crate::facts::Concern;

/// What the owner of an app wants a state to be kept in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    /// For this concern only; `None`: wherever it can be.
    pub concern: Option<Concern>,
    /// A driver, or the name of a store, disk, channel or connection of the app.
    pub to: Arc<str>,
}

/// What is wanted for a concern: what was said for it, else what was said for all.
pub fn wanted(preferences: &[Preference], concern: Concern) -> Option<&Preference> {
    let of = |wanted: Option<Concern>| preferences.iter().rev().find(move |one| one.concern == wanted);
    of(Some(concern)).or_else(|| of(None))
}
