//! What the disks, stores, channels and folders that code names come to in the end, and how findings tell it.

use std::sync::Arc;

use super::code::{Code, call_step};
use super::scope;
use crate::facts::{Concern, Confidence, Fault, Note, Observation, Severity, State, Step, TrailStep};
use crate::laravel::deployed;
use crate::laravel::source::Found;
use crate::laravel::state::Lives;

/// A call and how sure it is that replicas run it so.
#[derive(Clone, Copy)]
pub struct Use<'a> {
    /// The call.
    pub found: &'a Found,
    /// How sure.
    pub sure: Confidence,
}

impl Code<'_> {
    /// The state of something that only code names, when each server keeps its own: `key` is the setting that decides.
    pub fn kept_here(&self, concern: Concern, key: &str, label: &str, lives: Lives) -> Option<State> {
        let mut resolver = self.resolver();
        resolver.add(concern, key, label, lives);
        let mut states = resolver.finish();
        deployed::rewrite(self.app, self.loaded, &mut states);
        crate::deploy::place(&self.loaded.deployments, &mut states);
        states.pop().filter(|state| {
            state.locality.is_local() && !matches!(state.fault, Some(Fault::Undefined(..) | Fault::Discards))
        })
    }

    /// A finding that weighs at most so much; with one replica it is only good to know.
    pub fn weighed(&self, observation: Observation, severity: Severity, sure: Confidence) -> Observation {
        Observation { severity: scope::weight(self, severity), confidence: sure, ..observation }
    }
}

/// `, in 14 places`
pub fn in_places(uses: &[Use<'_>]) -> Arc<str> {
    if uses.len() > 1 { format!(", in {} places", uses.len()).into() } else { "".into() }
}

/// How sure the surest of some calls is.
pub fn surest(uses: &[Use<'_>]) -> Confidence {
    uses.iter().map(|one| one.sure).max().unwrap_or(Confidence::Low)
}

/// The calls of a finding, and between them how the thing that they use came to be where it is.
pub fn told(uses: &[Use<'_>], settings: Vec<TrailStep>, words: &dyn Fn(&Found) -> String) -> Vec<TrailStep> {
    let calls: Vec<TrailStep> =
        uses.iter().map(|one| call_step(&one.found.place, words(one.found))).collect();
    let settings: Vec<TrailStep> = settings.into_iter().map(shown).collect();
    scope::told(&calls, &settings)
}

/// A driver that is written into the config is what the call is paired with: its step is told in words, for a report
/// leaves out the bare ones.
fn shown(step: TrailStep) -> TrailStep {
    match &step.note {
        Note::Setting(key) if step.step == Step::Set && key.ends_with(".driver") => {
            TrailStep { note: Note::Text(format!("`{key}` is set here").into()), ..step }
        }
        _ => step,
    }
}

/// Groups by a key, in the order in which each is first met.
pub fn grouped<'a, K: PartialEq>(uses: impl Iterator<Item = (K, Use<'a>)>) -> Vec<(K, Vec<Use<'a>>)> {
    let mut groups: Vec<(K, Vec<Use<'a>>)> = Vec::new();
    for (key, one) in uses {
        match groups.iter_mut().find(|(other, _)| *other == key) {
            Some((_, group)) => group.push(one),
            None => groups.push((key, vec![one])),
        }
    }
    groups
}
