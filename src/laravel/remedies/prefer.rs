use crate::facts::{Concern, Preference};

/// What is wanted for a concern: what was said for it, else what was said for all.
pub fn wanted(preferences: &[Preference], concern: Concern) -> Option<&Preference> {
    let of = |wanted: Option<Concern>| preferences.iter().rev().find(move |one| one.concern == wanted);
    of(Some(concern)).or_else(|| of(None))
}
