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

use crate::facts::Observation;

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
