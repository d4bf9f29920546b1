//! The variables that a deployment gives to what it runs, each layer over the next.

use std::sync::Arc;

use super::{Given, Layer, Value};
use crate::facts::{Note, Reason, Step, Trail, TrailStep, Variable, Variables};

/// Adds what a layer sets, below what is there already.
pub fn take(variables: &mut Variables, layer: &Layer) {
    for given in &layer.variables {
        let set = TrailStep {
            step: Step::Set,
            place: Some(given.place.clone()),
            note: Note::Variable(Arc::clone(&given.name)),
        };
        let trail = trail_of(given, set);
        if let Some(stronger) = variables.get_mut(&given.name) {
            let own = stronger.trail.last().map(|step| TrailStep { step: Step::Override, ..step.clone() });
            stronger.trail = own.map_or_else(|| trail.clone(), |own| trail.then(own));
            continue;
        }
        // A stronger source that is not seen may set it otherwise.
        let hidden = variables.more.clone();
        let variable = match (&given.value, hidden) {
            (Value::Unset, _) => continue,
            (Value::Unknown(reason), _) => Variable {
                value: None,
                unknown: Some(reason.clone()),
                trail,
                place: Some(given.place.clone()),
            },
            (Value::Known(_), Some(reason)) => {
                Variable { value: None, unknown: Some(reason), trail, place: Some(given.place.clone()) }
            }
            (Value::Known(text), None) => Variable {
                value: Some(Arc::clone(text)),
                unknown: None,
                trail,
                place: Some(given.place.clone()),
            },
        };
        variables.insert(Arc::clone(&given.name), variable);
    }
    if let Some(reason) = &layer.more {
        let words = format!("it may be set where we cannot see it: {}", reason.text());
        let reason = reason
            .place()
            .map_or_else(|| Reason::new(words.clone()), |place| Reason::at(words.clone(), place.clone()));
        variables.more.get_or_insert(reason);
    }
}

fn trail_of(given: &Given, set: TrailStep) -> Trail {
    let before = given.before.iter().fold(Trail::none(), |trail, step| trail.then(step.clone()));
    before.then(set)
}
