//! What was seen, put together: of several signs for one thing the strongest counts.

use std::sync::Arc;

use super::seen::{Ground, Seen};
use crate::facts::{
    About, Concern, Confidence, Fix, Locality, Note, Observation, Severity, State, Step, TrailStep,
};

/// The states of an app, what else was seen, and what can be done.
pub fn combine(seen: &[Seen]) -> Combined {
    let mut combined = Combined::default();
    for concern in Concern::ALL {
        let of: Vec<&Seen> = seen.iter().filter(|one| one.concern == Some(*concern)).collect();
        for one in weighed(*concern, &of) {
            match fact_of(&one) {
                Some(fact) => combined.observe(fact, &one),
                None => {
                    let about = || About::State(*concern, Arc::clone(&one.key));
                    let local = one.suggestion.filter(|_| one.locality.is_local());
                    combined.fixes.extend(local.map(|suggestion| suggestion.fix(about())));
                }
            }
            combined.states.push(state(*concern, one));
        }
    }
    let is_told_to_finish = seen.iter().any(|one| one.fact.as_deref() == Some("graceful-shutdown"));
    for one in seen.iter().filter(|one| one.concern.is_none()) {
        if is_told_to_finish && one.fact.as_deref() == Some("no-graceful-shutdown") {
            continue;
        }
        if let Some(fact) = fact_of(one) {
            combined.observe(fact, one);
        }
    }
    combined
}

/// What was concluded.
#[derive(Debug, Default)]
pub struct Combined {
    /// Where state lives.
    pub states: Vec<State>,
    /// What else was seen.
    pub observations: Vec<Observation>,
    /// What can be done about it.
    pub fixes: Vec<Fix>,
}

impl Combined {
    fn observe(&mut self, fact: &'static str, one: &Seen) {
        let about = About::Fact(fact, Arc::clone(&one.key));
        self.fixes.extend(one.suggestion.map(|suggestion| suggestion.fix(about)));
        self.observations.push(observation(fact, one));
    }
}

/// The facts that rules name, of what is kept on one server.
fn fact_of(one: &Seen) -> Option<&'static str> {
    const KNOWN: &[&str] = &[
        "in-process-state",
        "local-lock",
        "local-oauth-state",
        "local-rate-limit",
        "local-search-index",
        "loopback-bind",
        "no-graceful-shutdown",
        "repeated-schedule",
        "replica-migrate",
        "unshared-key",
    ];
    let by_concern = match one.concern {
        Some(Concern::Lock) => Some("local-lock"),
        Some(Concern::RateLimit) => Some("local-rate-limit"),
        Some(Concern::Search) => Some("local-search-index"),
        Some(Concern::Schedule) => Some("repeated-schedule"),
        Some(Concern::Key) => Some("unshared-key"),
        _ => None,
    };
    let named = one.fact.as_deref().and_then(|fact| KNOWN.iter().copied().find(|known| *known == fact));
    named.or(by_concern).filter(|_| one.concern.is_none() || one.locality.is_local())
}

/// What of the signs for one concern counts, with the weight that the others leave it.
fn weighed(concern: Concern, of: &[&Seen]) -> Vec<Seen> {
    let is_told = of.iter().any(|one| one.ground == Ground::Setting && one.locality != Locality::Unknown);
    let in_code = of.iter().any(|one| one.ground == Ground::Code);
    let shared = of.iter().find(|one| one.ground == Ground::Code && one.locality == Locality::Shared);
    let mut kept: Vec<Seen> = Vec::new();
    for one in of {
        let decided_elsewhere = match one.ground {
            Ground::Setting => false,
            // The address decides, and it is known.
            Ground::Code => is_told && one.by_url,
            Ground::Manifest => is_told || in_code,
        };
        let known = kept.iter().any(|other| other.locality == one.locality && other.store == one.store);
        if decided_elsewhere || (known && !one.locality.is_local()) {
            continue;
        }
        let mut one = (*one).clone();
        if let Some(shared) = shared.filter(|_| replaces(concern) && one.ground == Ground::Code) {
            beside(&mut one, shared);
        }
        kept.push(one);
    }
    kept
}

/// Whether a shared store of this concern is used in the place of a local one, and not beside it.
const fn replaces(concern: Concern) -> bool {
    !matches!(concern, Concern::Cache | Concern::RateLimit | Concern::Lock | Concern::Log | Concern::Key)
}

/// Lowers what is local where the same code knows a shared store: which of them runs cannot be told.
fn beside(one: &mut Seen, shared: &Seen) {
    if !one.locality.is_local() {
        return;
    }
    // Each process passes on to its own clients what the others tell it.
    let most = if one.concern == Some(Concern::Broadcast) { Severity::Info } else { Severity::Warning };
    one.severity = one.severity.min(most);
    one.confidence = one.confidence.min(Confidence::Medium);
    let words = format!("{} is used too: which of them runs is not told by the code", shared.store);
    let note = Note::Text(words.into());
    one.trail.insert(0, TrailStep { step: Step::Set, place: shared.place.clone(), note });
}

fn state(concern: Concern, one: Seen) -> State {
    State {
        concern,
        decided_by: Arc::clone(&one.key),
        key: one.key,
        variable: one.variable,
        store: one.store,
        locality: one.locality,
        unknown: one.unknown,
        fault: None,
        service: None,
        backing: None,
        detail: one.detail,
        severity: one.severity,
        confidence: one.confidence,
        trail: one.trail,
        place: one.place,
    }
}

fn observation(fact: &'static str, one: &Seen) -> Observation {
    let words = vec![
        ("key", Arc::clone(&one.key)),
        ("what", Arc::clone(&one.store)),
        ("name", one.name.clone().unwrap_or_else(|| Arc::clone(&one.key))),
        ("unless", one.unless.clone().unwrap_or_default()),
        ("command", Arc::clone(&one.key)),
    ];
    let seen = Observation::new(fact, words, one.place.clone()).led_to_by(one.trail.clone());
    Observation { severity: one.severity, confidence: one.confidence, ..seen }
}
