//! Signals to queue workers that only the workers of one server get.

use std::sync::Arc;

use super::code::{Code, call_step};
use super::scope::{literal, only_in_development, told, weight, word};
use super::stores;
use crate::deploy::{Command, Deployment, Role, When};
use crate::facts::{Confidence, Observation, Place, Severity};
use crate::laravel::deployed::artisan;
use crate::laravel::drivers;
use crate::laravel::source::{FileRole, Found};

const SIGNALS: &[&str] = &["queue:restart", "queue:pause", "queue:resume"];

/// A signal that is given somewhere.
struct Signal {
    name: Arc<str>,
    place: Place,
    words: &'static str,
    severity: Severity,
    confidence: Confidence,
}

/// One finding for the app: all signals are in its default store.
pub fn look(code: &Code<'_>) -> Vec<Observation> {
    if !is_queue_used(code) {
        return Vec::new();
    }
    let calls = code.of(&["queue-restart"]).filter(|found| !only_in_development(found)).map(of_call);
    let signals: Vec<Signal> = calls.chain(of_deployments(code)).collect();
    let Some(first) = signals.first() else { return Vec::new() };
    // Queue/Console/RestartCommand.php and QueueManager.php write to the default store.
    let Some(store) = stores::default(code) else { return Vec::new() };
    let effect =
        if store.keeps_nothing { "reaches no worker" } else { "reaches only the workers of one server" };
    let words = vec![
        ("signal", Arc::clone(&first.name)),
        ("store", Arc::clone(&store.label)),
        ("place", Arc::clone(&store.place)),
        ("effect", word(effect)),
    ];
    let calls: Vec<_> = signals.iter().map(|signal| call_step(&signal.place, signal.words)).collect();
    let trail = told(&calls, &store.trail);
    let mut observation = Observation::new("local-signal", words, Some(first.place.clone())).led_to_by(trail);
    let severity = signals.iter().map(|signal| signal.severity).max().unwrap_or(Severity::Info);
    observation.severity = weight(code, severity);
    let confidence = signals.iter().map(|signal| signal.confidence).max().unwrap_or(Confidence::Low);
    observation.confidence = store.confidence.min(confidence);
    vec![observation]
}

/// Whether workers take jobs from a queue: the default connection keeps them, or horizon runs.
fn is_queue_used(code: &Code<'_>) -> bool {
    if code.app.composer.has("laravel/horizon") {
        return true;
    }
    let default = code.setting("queue.default");
    let Some(name) = default.as_str() else { return false };
    let driver = code.setting(&format!("queue.connections.{name}.driver"));
    let driver = driver.as_str().unwrap_or(name);
    drivers::of("queue").get(driver).is_some_and(|known| {
        // `deferred` and `background` jobs have no workers.
        !known.inline && !known.discards && !matches!(driver, "deferred" | "background")
    })
}

fn of_call(found: &Found) -> Signal {
    let asked = found.target().and_then(literal).and_then(|text| text.split_whitespace().next());
    let name = match asked {
        Some(name) if SIGNALS.contains(&name) => name.to_owned(),
        _ if found.on == Some("Queue") => format!("Queue::{}", found.name),
        _ => "queue:restart".to_owned(),
    };
    // A command may be run on every server by whoever deploys.
    let console = matches!(found.context.role, FileRole::Console | FileRole::Schedule);
    Signal {
        name: name.into(),
        place: found.place.clone(),
        words: "the signal is written to the cache here",
        severity: if console { Severity::Info } else { Severity::Warning },
        confidence: if console { Confidence::Medium } else { Confidence::High },
    }
}

/// Signals that a deployment gives on one machine, while workers run on others.
fn of_deployments<'c>(code: &'c Code<'_>) -> impl Iterator<Item = Signal> + 'c {
    let all = &code.loaded.deployments;
    let apart = |one: &Deployment| {
        one.runs.role != Role::Worker
            && !one.commands.iter().any(is_worker)
            && all.iter().any(|other| other.runs.role == Role::Worker)
    };
    all.iter().flat_map(move |one| one.commands.iter().map(move |command| (one, command))).filter_map(
        move |(one, command)| {
            let name = artisan(command).filter(|name| SIGNALS.contains(name))?;
            let (words, severity) = match command.when {
                // Deployer runs its tasks on every host.
                When::Release if one.source == "deployer" => return None,
                // Instances of Elastic Beanstalk go on with their workers; containers of others are replaced anyway.
                When::Release if one.source.contains("beanstalk") => {
                    ("one instance gives the signal here for each release", Severity::Warning)
                }
                When::Release => ("the signal is given here once for each release", Severity::Info),
                When::Start if apart(one) => {
                    ("the signal is given here, where no worker runs", Severity::Warning)
                }
                _ => return None,
            };
            let (name, place) = (name.into(), command.place.clone());
            Some(Signal { name, place, words, severity, confidence: Confidence::High })
        },
    )
}

fn is_worker(command: &Command) -> bool {
    matches!(artisan(command), Some("queue:work" | "queue:listen" | "horizon"))
}
