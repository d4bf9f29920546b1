use super::catalogue::all;
use super::rule::{Fault as FaultName, Rule, When};
use crate::facts::{Fault, Judged, Locality, Observation, State};

/// A rule that is met, and by what.
#[derive(Debug)]
pub struct Met<'a> {
    /// The rule.
    pub rule: &'static Rule,
    /// What meets it.
    pub subject: Subject<'a>,
}

/// What meets a rule.
#[derive(Debug)]
pub enum Subject<'a> {
    /// A state, and the states that hang on it.
    State(&'a State, Vec<&'a State>),
    /// Something seen beside the state.
    Observation(&'a Observation),
}

/// The rules that are met in one environment of an app of `stack`.
#[must_use]
pub fn matches<'a>(judged: &'a Judged, stack: &str) -> Vec<Met<'a>> {
    let rules = || all().iter().filter(|rule| rule.of_stack(stack).is_some());
    let mut met = Vec::new();
    for state in judged.states.iter().filter(|state| !hangs_on_a_reported_cause(state, &judged.states)) {
        for rule in rules().filter(|rule| meets(&rule.when, state) && is_meant(rule, stack, state)) {
            let dependents = match &state.service {
                Some(id) => judged.states.iter().filter(|other| other.backing.as_ref() == Some(id)).collect(),
                None => Vec::new(),
            };
            met.push(Met { rule, subject: Subject::State(state, dependents) });
        }
    }
    for observation in &judged.observations {
        for rule in rules().filter(|rule| rule.when.fact.as_deref() == Some(observation.fact)) {
            met.push(Met { rule, subject: Subject::Observation(observation) });
        }
    }
    met
}

/// One cause, one finding: a state whose trouble comes from a service is told with that service.
fn hangs_on_a_reported_cause(state: &State, states: &[State]) -> bool {
    let Some(backing) = &state.backing else { return false };
    states.iter().any(|other| other.service.as_ref() == Some(backing))
}

/// Whether the rule speaks of this concern to this stack.
fn is_meant(rule: &Rule, stack: &str, state: &State) -> bool {
    let concerns = rule.of_stack(stack).map_or(&[][..], |of_stack| &of_stack.concern);
    concerns.is_empty() || concerns.contains(&state.concern)
}

fn meets(when: &When, state: &State) -> bool {
    if when.fact.is_some() {
        return false;
    }
    let fault = matches!(
        (&state.fault, when.fault),
        (None, None)
            | (Some(Fault::Undefined(..)), Some(FaultName::Undefined))
            | (Some(Fault::Discards), Some(FaultName::Discards))
    );
    fault
        && (when.concern.is_empty() || when.concern.contains(&state.concern))
        && (when.locality.is_empty() || when.locality.contains(&state.locality))
        && (when.fault.is_some() || state.locality != Locality::Unknown)
}
