//! What the number of replicas and sticky sessions change about the weight of a state.

use crate::facts::{Concern, Environment, Severity, State};

/// Lowers what one replica, or a sticky session, makes less urgent. Nothing is hidden.
pub fn weigh(environment: &Environment, states: &mut [State]) {
    let sticky = environment.sticky.as_ref().is_some_and(|sticky| sticky.on);
    for state in states {
        if environment.replicas.is_one() {
            state.severity = state.severity.min(Severity::Info);
        } else if sticky && state.concern == Concern::Session {
            state.severity = state.severity.min(Severity::Warning);
        }
    }
}
