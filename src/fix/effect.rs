//! Whether a fix took effect: the state that it is about, before and after.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::facts::{Applicability, Concern, Fault, Judged, Locality, State, Step};
use crate::findings::{Effect, FixStep};

/// Where everything lived before, by environment.
#[derive(Debug)]
pub struct Before(BTreeMap<Arc<str>, Vec<Lived>>);

#[derive(Debug, PartialEq, Eq)]
struct Lived {
    concern: Concern,
    key: Arc<str>,
    what: What,
}

/// All that shows that a value has changed.
type What = (Arc<str>, Locality, Option<Arc<str>>, Option<Arc<str>>);

impl Before {
    /// Where the states of some environments live.
    pub fn of(environments: &[Judged]) -> Self {
        let lived =
            |state: &State| Lived { concern: state.concern, key: Arc::clone(&state.key), what: what(state) };
        let of = |judged: &Judged| {
            (Arc::clone(&judged.environment.name), judged.states.iter().map(lived).collect())
        };
        Self(environments.iter().map(of).collect())
    }
}

fn what(state: &State) -> What {
    (Arc::clone(&state.store), state.locality, state.detail.clone(), state.backing.clone())
}

/// No effect that is known yet.
pub fn none() -> Effect {
    Effect { locality: Locality::Unknown, store: "".into(), open: None }
}

/// What a step has brought about.
///
/// # Errors
/// When what is in effect did not change: why, with what wins.
pub fn of(before: &Before, after: &[Judged], step: &FixStep) -> Result<Effect, String> {
    let key = step.fix.about.key();
    let judged = after.iter().find(|judged| judged.environment.name == step.environment);
    let states = judged.map(|judged| judged.states.as_slice()).unwrap_or_default();
    let Some(state) = states.iter().find(|state| state.key == *key) else {
        return Err(format!("`{key}` could no longer be told"));
    };
    let lived = before.0.get(&step.environment);
    let was = lived
        .and_then(|lived| lived.iter().find(|lived| lived.concern == state.concern && lived.key == *key));
    if was.is_some_and(|was| was.what == what(state)) {
        return Err(format!("`{key}` would not change: {}", wins(state)));
    }
    if !helps(state, states, step.fix.applicability) {
        return Err(format!("`{key}` would be kept on one server all the same: {}", wins(state)));
    }
    Ok(Effect { locality: state.locality, store: Arc::clone(&state.store), open: open(state, states) })
}

/// Whether a state is where a fix wants it, as far as the fix claims to know.
fn helps(state: &State, states: &[State], claim: Applicability) -> bool {
    if claim == Applicability::Safe {
        return !state.locality.is_local() && state.unknown.is_none() && state.fault.is_none();
    }
    // Its host may still have to be set, or what it is kept in may hang on another fix.
    let on_a_service = states.iter().any(|other| other.service.is_some() && other.service == state.backing);
    let found = !matches!(state.fault, Some(Fault::Undefined(..)));
    found && (on_a_service || !matches!(state.locality, Locality::Disk | Locality::Memory))
}

/// The step of the trail that decides after all.
fn wins(state: &State) -> String {
    let last = state.trail.iter().rev().find(|step| step.step != Step::Read);
    match last {
        Some(step) => {
            let place = step.place.as_ref();
            let at = place
                .map_or_else(String::new, |place| format!(" at {}:{}", place.path(), place.start().line));
            format!("{}{at} decides", step.note.text())
        }
        None => "something else decides".to_owned(),
    }
}

/// What keeps it from being shared still.
fn open(state: &State, states: &[State]) -> Option<String> {
    if let Some(reason) = &state.unknown {
        return Some(reason.text().to_owned());
    }
    if !state.locality.is_local() {
        return None;
    }
    let cause = states.iter().find(|other| other.service.is_some() && other.service == state.backing);
    let detail = state.detail.as_deref().unwrap_or("each server itself");
    Some(match cause.and_then(|cause| cause.variable.as_ref()) {
        Some(variable) => format!("{variable} is {detail}"),
        None => format!("it is on {detail}"),
    })
}
