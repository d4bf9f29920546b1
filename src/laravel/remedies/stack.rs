//! A stack of log channels that a variable names: the channels on one server give way to a shared one, the others stay.

use std::sync::Arc;

use super::Situation;
use super::assess::reads;
use crate::facts::{Locality, State};
use crate::laravel::state::Resolver;

/// The new value of the variable behind a stack, when that variable is a list of names.
pub fn value(situation: Situation<'_>, state: &State, shared: &str) -> Option<Arc<str>> {
    let mut resolver = Resolver::new(situation.app, situation.configuration);
    let (variable, is_set) = reads(&resolver, &state.decided_by);
    let variable = variable.filter(|name| Some(name) == state.variable.as_ref())?;
    if !is_set {
        return Some(shared.into());
    }
    let list = situation.loaded.variables.get(&variable)?.value.clone()?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ',' | ' ');
    if !list.chars().all(plain) {
        return None;
    }
    let mut names: Vec<&str> = Vec::new();
    for name in list.split(',').map(str::trim) {
        let lives = resolver.channel(&name.into());
        let keeps =
            matches!(lives.locality, Some(Locality::Shared | Locality::Unknown)) && lives.fault.is_none();
        let name = if keeps { name } else { shared };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if !names.contains(&shared) {
        names.push(shared);
    }
    Some(names.join(",").into())
}
