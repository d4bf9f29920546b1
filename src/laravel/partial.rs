//! An env file that the repository keeps for production, and that cannot be all of the environment.

use super::environments::LoadedEnvironment;
use crate::facts::{Basis, Confidence, Note, Observation, State, Step, TrailStep};

/// Whether the app gets more variables than the file has: without a key the framework does not start, so what has none
/// is completed where the app runs (`.env.production` beside the variables of a container).
#[must_use]
pub fn is_partial(loaded: &LoadedEnvironment) -> bool {
    let is_named = |path: &str| path.rsplit('/').next().is_some_and(|name| name.starts_with(".env."));
    loaded.environment.basis == Basis::Production
        && loaded.deployments.is_empty()
        && !loaded.files.is_empty()
        && loaded.files.iter().all(|file| is_named(file.source.path()))
        && !loaded.variables.contains_key("APP_KEY")
}

/// What follows from a variable that such a file does not set is little worth.
pub fn weigh(loaded: &LoadedEnvironment, states: &mut [State], observations: &mut [Observation]) {
    if !is_partial(loaded) {
        return;
    }
    let is_absent = |step: &TrailStep| step.step == Step::Default && matches!(step.note, Note::Variable(_));
    for state in states.iter_mut().filter(|state| state.trail.iter().any(is_absent)) {
        state.confidence = Confidence::Low;
    }
    for one in observations.iter_mut().filter(|one| one.trail.iter().any(is_absent)) {
        one.confidence = Confidence::Low;
    }
}
