//! What can be done about state that is kept on one server: the best shared driver that this app can use, what it needs,
//! and the edit of the env file that brings it.

mod assess;
mod candidates;
mod dead;
mod edits;
mod maintenance;
mod prefer;
mod propose;
mod stack;
mod table;
mod tables;

use crate::facts::{Fix, Observation, Preference, State};
use crate::laravel::app::App;
use crate::laravel::environments::LoadedEnvironment;
use crate::laravel::load::Configuration;

pub use table::knows_driver;

/// Everything that a fix is computed from.
#[derive(Clone, Copy)]
pub struct Situation<'a> {
    /// The app.
    pub app: &'a App,
    /// Its configuration in the environment.
    pub configuration: &'a Configuration,
    /// The environment with its sources.
    pub loaded: &'a LoadedEnvironment,
    /// Where its state lives.
    pub states: &'a [State],
    /// What its owner wants.
    pub wanted: &'a [Preference],
}

/// The fixes of one environment: those of dead variables first, then those of states in their order.
#[must_use]
pub fn fixes(situation: Situation<'_>, observations: &[Observation]) -> Vec<Fix> {
    let renames = observations.iter().filter_map(|observation| dead::fix(situation, observation));
    let mut fixes: Vec<Fix> = renames.collect();
    // A state that a rename heals needs no fix of its own.
    let healed: Vec<_> =
        fixes.iter().filter(|fix| !fix.edits.is_empty()).map(|fix| fix.about.key().clone()).collect();
    let others = situation.states.iter().filter(|state| !healed.contains(&state.key));
    fixes.extend(others.filter_map(|state| propose::fix(situation, state)));
    fixes
}
