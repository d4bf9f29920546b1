//! What the number of replicas and sticky sessions say about a state that is kept on one server.

use crate::facts::{Concern, Environment, Note, Place, State, Step, TrailStep};
use crate::rules::{OfStack, Rule};

/// The end of the sentence.
pub fn words(environment: &Environment, state: &State) -> String {
    let mut words = String::new();
    if !state.locality.is_local() {
        return words;
    }
    let at = |place: Option<&Place>| {
        place.map_or_else(String::new, |place| format!(" ({}:{})", place.path(), place.start().line))
    };
    let replicas = &environment.replicas;
    let place = at(replicas.place.as_ref());
    match replicas.describe() {
        Some(_) if replicas.is_one() => {
            words.push_str(&format!("; one replica runs{place}: fine today, it breaks when there are more"));
        }
        Some(count) if replicas.may_be_many() => words.push_str(&format!("; {count} run{place}")),
        _ => {}
    }
    if let Some(sticky) = sticky(environment, state) {
        let place = at(Some(&sticky.place));
        words.push_str(&format!(
            "; a client stays with one replica by {}{place}, until that one dies, is scaled in or deployed",
            sticky.by
        ));
    }
    words
}

/// What users see of a rule that a state meets.
pub fn symptom(
    rule: &'static Rule,
    of_stack: &'static OfStack,
    environment: &Environment,
    state: &State,
) -> &'static str {
    let bound = rule.symptom_if_sticky.as_deref().filter(|_| sticky(environment, state).is_some());
    bound.or(of_stack.symptom.as_deref()).unwrap_or(&rule.symptom)
}

/// The lines of the manifests that say so.
pub fn steps(environment: &Environment, state: &State) -> Vec<TrailStep> {
    let mut steps = Vec::new();
    if !state.locality.is_local() {
        return steps;
    }
    let mut add = |place: &Place, note: String| {
        steps.push(TrailStep { step: Step::Set, place: Some(place.clone()), note: Note::Text(note.into()) });
    };
    if let (Some(count), Some(place)) = (environment.replicas.describe(), &environment.replicas.place) {
        add(place, format!("{count} run"));
    }
    if let Some(sticky) = sticky(environment, state) {
        add(&sticky.place, format!("a client stays with one replica by {}", sticky.by));
    }
    steps
}

fn sticky<'a>(environment: &'a Environment, state: &State) -> Option<&'a crate::facts::Sticky> {
    environment.sticky.as_ref().filter(|sticky| sticky.on && state.concern == Concern::Session)
}
