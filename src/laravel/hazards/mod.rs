//! Hazards that live in the app's code: calls paired with the store, disk or channel that is really in effect.

mod code;
mod disks;
mod effect;
mod env_outside_config;
mod folders;
mod guarded;
mod local_file_write;
mod local_lock;
mod local_memory_state;
mod local_passport_keys;
mod local_rate_limit;
mod local_search_index;
mod local_signal;
mod local_store_call;
mod local_upload;
mod native_session;
mod repeated_schedule;
mod scope;
mod stores;
#[cfg(test)]
mod tests;
mod untrusted_proxy;

pub use code::Code;

use crate::facts::{Confidence, Note, Observation, Severity, State, Step, TrailStep};

/// One rule's look at the code.
type Look = fn(&Code<'_>) -> Vec<Observation>;

/// Every look, in a fixed order.
const LOOKS: &[Look] = &[
    env_outside_config::look,
    local_file_write::look,
    local_lock::look,
    local_memory_state::look,
    local_passport_keys::look,
    local_rate_limit::look,
    local_search_index::look,
    local_signal::look,
    local_store_call::look,
    local_upload::look,
    native_session::look,
    repeated_schedule::look,
    untrusted_proxy::look,
];

/// What the code of an app does in one environment that breaks on several replicas.
pub fn observe(code: &Code<'_>) -> Vec<Observation> {
    LOOKS.iter().flat_map(|look| look(code)).collect()
}

/// The state of a default disk that nothing is seen to write to, by its place among the states.
pub fn idle_disk(code: &Code<'_>) -> Option<usize> {
    let at = code.states.iter().position(|state| &*state.key == "filesystems.default")?;
    let state = code.states.get(at).filter(|state| state.locality.is_local())?;
    let is_named = |other: &State| other.backing.is_some() && other.backing == state.service;
    let is_idle = !code.states.iter().any(is_named) && !disks::default_may_be_used(code);
    is_idle.then_some(at)
}

/// Such a disk is no error: packages may write to it, or nothing does.
pub fn weigh_idle(state: &mut State) {
    state.severity = state.severity.min(Severity::Warning);
    state.confidence = Confidence::Low;
    let note = Note::Text("nothing in the app's own code is seen to write to it".into());
    state.trail.push(TrailStep { step: Step::Built, place: None, note });
}
