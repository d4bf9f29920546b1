//! Hazards that live in the app's code: calls paired with the store, disk or channel that is really in effect.

mod code;
mod untrusted_proxy;

pub use code::Code;

use crate::facts::Observation;

/// One rule's look at the code.
type Look = fn(&Code<'_>) -> Vec<Observation>;

/// Every look, in a fixed order.
const LOOKS: &[Look] = &[untrusted_proxy::look];

/// What the code of an app does in one environment that breaks on several replicas.
pub fn observe(code: &Code<'_>) -> Vec<Observation> {
    LOOKS.iter().flat_map(|look| look(code)).collect()
}
