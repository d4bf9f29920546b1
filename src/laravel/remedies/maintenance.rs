//! Maintenance mode: the driver `cache`, with a store that every replica reaches.

use std::sync::Arc;

use super::assess::{Assessment, assess, reads};
use super::candidates::{Candidate, candidates};
use super::propose::{best, finished, in_config, nothing, shown};
use super::table::{self, Remedy};
use super::{Situation, edits};
use crate::facts::{About, Edit, Fix, State};
use crate::laravel::state::Resolver;

const STORE: &str = "app.maintenance.store";

/// The fix of maintenance mode that is a file.
pub fn fix(situation: Situation<'_>, state: &State, about: About, remedy: &Remedy) -> Fix {
    let Some(candidate) = candidates(situation, remedy).into_iter().next() else {
        return nothing(about, &state.decided_by, remedy);
    };
    let Some(variable) = &state.variable else {
        return in_config(situation, state, about, remedy, &candidate.value);
    };
    let own = own_store(situation, remedy, &candidate);
    let other = other_store(situation);
    let (found, store) = match (own, other) {
        (Some(own), Some((other, edit))) if other.gaps() < own.gaps() => (other, Some(edit)),
        (Some(own), _) => (own, None),
        (None, Some((other, edit))) => (other, Some(edit)),
        (None, None) => return nothing(about, &state.decided_by, remedy),
    };
    let title = format!("set {variable} to {}", candidate.value);
    let driver = edits::set(situation, variable, &candidate.value, &state.decided_by);
    let edits: Result<Vec<Edit>, String> = std::iter::once(driver).chain(store).collect();
    match edits {
        Ok(edits) => finished(situation, about, title, edits, found),
        Err(why) => shown(about, title, why, None),
    }
}

/// The store it would use as it is. One that hangs on something that is reported itself is fine once that is.
fn own_store(situation: Situation<'_>, remedy: &Remedy, candidate: &Candidate) -> Option<Assessment> {
    if let Some(found) = assess(situation, remedy, candidate) {
        return Some(found);
    }
    let cause = situation.states.iter().find(|state| {
        state.service.is_some() && state.service == candidate.lives.backing && state.locality.is_local()
    })?;
    let place = format!("its store is in {}, which is kept on one server itself", cause.store);
    Some(Assessment { place: Some(place), ..Assessment::default() })
}

/// Another store, where the config reads a variable for it.
fn other_store(situation: Situation<'_>) -> Option<(Assessment, Result<Edit, String>)> {
    let (found, candidate) = best(situation, table::of(STORE)?)?;
    let resolver = Resolver::new(situation.app, situation.configuration);
    let (variable, _) = reads(&resolver, STORE);
    let same = resolver.get(STORE).as_str() == Some(&*candidate.value);
    let variable: Arc<str> = variable.filter(|_| !same)?;
    Some((found, edits::set(situation, &variable, &candidate.value, STORE)))
}
