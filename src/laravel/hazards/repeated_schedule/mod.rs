//! Scheduled tasks that each server runs.

mod events;
mod runner;

use std::sync::Arc;

use super::code::{Code, call_step};
use super::scope::{count, listed, told, weight, word};
use super::stores::{self, Apart};
use crate::facts::{Confidence, Note, Observation, Severity, Step, TrailStep};
use crate::laravel::env_value::value_of;
use crate::laravel::version::Version;
use events::{Event, Guard};
use runner::Runner;

/// One finding for each file that declares tasks.
pub fn look(code: &Code<'_>) -> Vec<Observation> {
    let events = events::of(code);
    if events.is_empty() {
        return Vec::new();
    }
    let runner = runner::of(code);
    if runner == Runner::Once {
        return Vec::new();
    }
    let store = lock_store(code);
    let mut files: Vec<Vec<Event<'_>>> = Vec::new();
    for event in events {
        match files.last_mut() {
            Some(file)
                if file.first().is_some_and(|one| one.found.context.file == event.found.context.file) =>
            {
                file.push(event);
            }
            _ => files.push(vec![event]),
        }
    }
    let observed = files.iter().flat_map(|file| {
        [repeated(code, file, &runner, store.as_ref()), unnamed(code, file)].into_iter().flatten()
    });
    observed.collect()
}

/// Tasks without `onOneServer`, and those whose lock other servers do not see.
fn repeated(
    code: &Code<'_>,
    file: &[Event<'_>],
    runner: &Runner,
    store: Option<&Apart>,
) -> Option<Observation> {
    let free: Vec<&Event<'_>> = file.iter().filter(|event| event.guard == Guard::None).collect();
    let apart: Vec<&Event<'_>> =
        file.iter().filter(|event| store.is_some() && event.guard == Guard::OneServer).collect();
    let met = file
        .iter()
        .filter(|event| event.guard == Guard::None || (store.is_some() && event.guard == Guard::OneServer));
    let met: Vec<&Event<'_>> = met.collect();
    let first = met.first()?;
    let mut problems = Vec::new();
    if !free.is_empty() {
        let has = if free.len() == 1 { "has" } else { "have" };
        problems.push(format!("{} {has} no `onOneServer`", count(free.len(), "task")));
    }
    if let Some(store) = store.filter(|_| !apart.is_empty()) {
        let of = count(apart.len(), "task");
        problems.push(if store.is_null() {
            format!("`onOneServer` in the store `{}` lets no server run {of}", store.label)
        } else {
            format!("the lock of `onOneServer` of {of} is in the store `{}`, {}", store.label, store.place)
        });
    }
    let effect = match runner {
        Runner::EachReplica(_) => "each replica runs the same scheduled tasks",
        _ if free.is_empty() && store.is_some_and(Apart::is_null) => "scheduled tasks run nowhere",
        _ => "each server that runs the scheduler runs the same tasks",
    };
    let words = vec![
        ("file", Arc::clone(&first.found.context.file)),
        ("problem", word(listed(&problems))),
        ("effect", word(effect)),
        ("remedy", word(remedy(code, !free.is_empty(), !apart.is_empty()))),
    ];
    let call = |event: &&Event<'_>| {
        let words = if event.guard == Guard::None { "without `onOneServer`" } else { "with `onOneServer`" };
        call_step(&event.found.place, format!("{} {words}", name(event)))
    };
    let calls: Vec<TrailStep> = met.iter().map(call).collect();
    let mut settings = Vec::new();
    if let Runner::EachReplica(step) = runner {
        settings.push(step.clone());
    }
    if let Some(store) = store.filter(|_| !apart.is_empty()) {
        settings.extend_from_slice(&store.trail);
    }
    let trail = told(&calls, &settings);
    let severity = match runner {
        _ if met.iter().all(|event| event.housekeeping) => Severity::Info,
        Runner::EachReplica(_) => Severity::Error,
        _ => Severity::Warning,
    };
    let known = if matches!(runner, Runner::EachReplica(_)) { Confidence::High } else { Confidence::Medium };
    let mut observation =
        Observation::new("repeated-schedule", words, Some(first.found.place.clone())).led_to_by(trail);
    observation.severity = weight(code, severity);
    observation.confidence = match store {
        Some(store) if free.is_empty() => known.min(store.confidence),
        _ => known,
    };
    Some(observation)
}

/// Closures with `onOneServer` and without a name.
fn unnamed(code: &Code<'_>, file: &[Event<'_>]) -> Option<Observation> {
    let met: Vec<&Event<'_>> = file.iter().filter(|event| event.guard == Guard::Unnamed).collect();
    let first = met.first()?;
    let has = if met.len() == 1 { "has" } else { "have" };
    let words = vec![
        ("file", word(format!("{} names", first.found.context.file))),
        (
            "problem",
            word(format!("{} with `onOneServer` {has} no name before it", count(met.len(), "closure"))),
        ),
        ("effect", word("the scheduler stops with a LogicException")),
        ("remedy", word("Put `->name('...')` before `->onOneServer()`.")),
    ];
    let step =
        |event: &&Event<'_>| call_step(&event.found.place, "a closure with `onOneServer` and without a name");
    let mut observation = Observation::new("repeated-schedule", words, Some(first.found.place.clone()))
        .led_to_by(met.iter().map(step).collect());
    observation.severity = weight(code, Severity::Warning);
    Some(observation)
}

fn name(event: &Event<'_>) -> String {
    match events::command(event.found) {
        Some(name) => format!("`{name}`"),
        None => match event.found.name.to_ascii_lowercase().as_str() {
            "call" => "a closure".to_owned(),
            "job" => "a job".to_owned(),
            "exec" => "a shell command".to_owned(),
            _ => "a command".to_owned(),
        },
    }
}

fn remedy(code: &Code<'_>, free: bool, apart: bool) -> String {
    if code.app.version_or_newest() < Version::new(5, 6, 0) {
        return "Run the scheduler on exactly one server.".to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    if free {
        parts.push("Add `->onOneServer()` to each task, for closures after `->name('...')`.");
    }
    if apart {
        parts.push("Let the scheduler keep its locks in a store that every server reaches.");
    } else {
        parts.push("Its lock must be in a store that every server reaches.");
    }
    parts.push("Or run the scheduler in exactly one replica of its own.");
    parts.join(" ")
}

/// The store of the scheduler's locks, when other servers do not see it.
fn lock_store(code: &Code<'_>) -> Option<Apart> {
    let version = code.app.version_or_newest();
    // Schedule::useCache() of the code wins (Console/Scheduling/Schedule.php since v5.6.0).
    if let Some(found) = code.of(&["schedule-store"]).last() {
        let name = found.target()?.text()?;
        let mut store = stores::named(code, name)?;
        store.trail.insert(0, call_step(&found.place, "the scheduler is given a store of its own"));
        return Some(store);
    }
    // Foundation/Console/Kernel.php: since v8.20.0 the setting, whose mere presence hides the variables.
    if version >= Version::new(8, 20, 0) && code.resolver().has("cache.schedule_store") {
        return stores::by_setting(code, "cache.schedule_store");
    }
    let variables: &[&str] = match version {
        version if version >= Version::new(11, 0, 0) => &["SCHEDULE_CACHE_DRIVER", "SCHEDULE_CACHE_STORE"],
        version if version >= Version::new(5, 8, 17) => &["SCHEDULE_CACHE_DRIVER"],
        _ => &[],
    };
    for name in variables {
        if let Some(value) = value_of(code.app, &code.loaded.variables, name) {
            let variable = code.loaded.variables.get(*name);
            let mut steps = variable.map(|variable| variable.trail.steps()).unwrap_or_default();
            steps.push(TrailStep {
                step: Step::Read,
                place: None,
                note: Note::Text(format!("the scheduler reads {name} while it runs").into()),
            });
            return stores::by_value(code, &value, steps);
        }
    }
    stores::default(code)
}
