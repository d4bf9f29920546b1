//! `untrusted-proxy`: no proxy is trusted, so what a load balancer says of the client is not believed.

mod front;
mod kernel;
mod names;
mod proxies;
mod slim;
mod trust;

use super::Code;
use crate::facts::{Confidence, Observation, Severity};
use front::Front;

/// At most one finding for an app: one answer holds for all of its requests.
pub fn look(code: &Code<'_>) -> Vec<Observation> {
    untrusted(code).into_iter().collect()
}

fn untrusted(code: &Code<'_>) -> Option<Observation> {
    let missing = trust::missing(code)?;
    let front = Front::of(code)?;
    let mut trail = missing.trail;
    let forced = code.of(&["force-https"]).next();
    trail.extend(forced.map(|call| {
        super::code::call_step(
            &call.place,
            "links are https all the same, but the client's address is not seen",
        )
    }));
    trail.extend(front.steps());
    let words = vec![("where", missing.file), ("front", front.words().into()), ("fix", missing.fix)];
    let mut observation = Observation::new("untrusted-proxy", words, Some(missing.place)).led_to_by(trail);
    observation.confidence = if front.is_known { Confidence::High } else { Confidence::Medium };
    observation.confidence = observation.confidence.min(missing.confidence);
    // Behind a balancer one replica sees the wrong client, too.
    let alone = front.place.is_none() && code.loaded.environment.replicas.is_one();
    if forced.is_some() || front.is_healed || alone {
        observation.severity = Severity::Info;
    }
    Some(observation)
}
