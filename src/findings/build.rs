use crate::facts::{About, Confidence, Fault, Fix, Judged, Locality, Observation, State, Survey};
use crate::rules::{Met, OfStack, Rule, Subject, matches};

use super::finding::{Dependent, Finding, Unknown};
use super::{fingerprint, scale};

/// The findings and the unknowns of an app, in the fixed order: path, line, rule.
#[must_use]
pub fn findings(survey: &Survey) -> (Vec<Finding>, Vec<Unknown>) {
    let mut findings = Vec::new();
    let mut unknowns = Vec::new();
    for judged in &survey.environments {
        for met in matches(judged, survey.stack) {
            if let Some(of_stack) = met.rule.of_stack(survey.stack) {
                findings.push(build(survey, judged, &met, of_stack));
            }
        }
        for state in judged.states.iter().filter(|state| is_unknown(state)) {
            unknowns.push(Unknown {
                app: survey.path.clone(),
                environment: judged.environment.name.clone(),
                setting: state.key.clone(),
                reason: state.unknown.as_ref().map_or("not known", |reason| reason.text()).to_owned(),
                place: state
                    .unknown
                    .as_ref()
                    .and_then(|reason| reason.place().cloned())
                    .or_else(|| state.place.clone()),
            });
        }
    }
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| {
            (finding.path.clone(), finding.line(), finding.rule.id.clone(), finding.environment.clone())
        };
        key(a).cmp(&key(b))
    });
    (findings, unknowns)
}

/// An undefined name is a finding already; everything else that cannot be followed is an outcome of its own.
fn is_unknown(state: &State) -> bool {
    state.locality == Locality::Unknown && state.fault.is_none()
}

fn build(survey: &Survey, judged: &Judged, met: &Met<'_>, of_stack: &'static OfStack) -> Finding {
    match &met.subject {
        Subject::State(state, dependents) => of_state(survey, judged, met.rule, of_stack, state, dependents),
        Subject::Observation(observation) => of_observation(survey, judged, met.rule, of_stack, observation),
    }
}

fn of_state(
    survey: &Survey,
    judged: &Judged,
    rule: &'static Rule,
    of_stack: &'static OfStack,
    state: &State,
    dependents: &[&State],
) -> Finding {
    let environment = judged.environment.name.clone();
    let mut message = of_stack.message.replace("{store}", &state.store).replace("{key}", &state.key);
    message = message.replace("{concern}", plain(state));
    message = message.replace("{where}", &state.whereabouts());
    if let Some(Fault::Undefined(what, name)) = &state.fault {
        message = message.replace("{what}", what).replace("{name}", name);
    }
    if let Some(too) = there_too(dependents) {
        message.push_str(&too);
    }
    message.push_str(&scale::words(&judged.environment, state));
    let help = of_stack.help_for.get(&state.concern).unwrap_or(&of_stack.help);
    Finding {
        rule,
        severity: rule.severity.min(state.severity),
        confidence: state.confidence,
        app: survey.path.clone(),
        message,
        symptom: scale::symptom(rule, of_stack, &judged.environment, state),
        path: state
            .place
            .as_ref()
            .map_or_else(|| fallback_path(survey, judged), |place| place.path().to_owned()),
        place: state.place.clone(),
        trail: state.trail.iter().cloned().chain(scale::steps(&judged.environment, state)).collect(),
        hangs_on: dependents
            .iter()
            .map(|state| Dependent {
                concern: state.concern,
                key: state.key.clone(),
                store: state.store.clone(),
                place: state.place.clone(),
            })
            .collect(),
        help: help
            .replace("{set}", &how_to_set(state))
            .replace("{store}", &state.store)
            .replace("{key}", &state.key),
        fixes: fixes_of(judged, std::iter::once(state).chain(dependents.iter().copied())),
        docs: of_stack.docs.clone(),
        fingerprint: fingerprint::of(&[&rule.id, &survey.path, &environment, &state.key, &state.store]),
        environment,
    }
}

fn of_observation(
    survey: &Survey,
    judged: &Judged,
    rule: &'static Rule,
    of_stack: &'static OfStack,
    observation: &Observation,
) -> Finding {
    let environment = judged.environment.name.clone();
    let fill = |text: &str| {
        observation
            .words
            .iter()
            .fold(text.to_owned(), |text, (name, word)| text.replace(&format!("{{{name}}}"), word))
    };
    let message = fill(&of_stack.message);
    let place = observation.place.clone();
    // What a broken file says is certain, whatever the environment is worth.
    let certain = rule.when.fact.as_deref() == Some("unreadable-config");
    let cap = judged.environment.basis.cap().min(judged.environment.confidence);
    let confidence = if certain { Confidence::High } else { cap.min(observation.confidence) };
    let words: Vec<&str> = observation.words.iter().map(|(_, word)| word.as_ref()).collect();
    let identity = [&[rule.id.as_str(), &survey.path, &environment], &words[..1.min(words.len())]].concat();
    Finding {
        rule,
        severity: rule.severity.min(observation.severity),
        confidence,
        app: survey.path.clone(),
        message,
        symptom: of_stack.symptom.as_deref().unwrap_or(&rule.symptom),
        path: place.as_ref().map_or_else(|| fallback_path(survey, judged), |place| place.path().to_owned()),
        place,
        trail: observation.trail.clone(),
        hangs_on: Vec::new(),
        help: fill(&of_stack.help),
        fixes: judged.fixes.iter().filter(|fix| is_about(fix, observation)).cloned().collect(),
        docs: of_stack.docs.clone(),
        fingerprint: fingerprint::of(&identity),
        environment,
    }
}

/// The fixes of some states.
fn fixes_of<'a>(judged: &Judged, states: impl Iterator<Item = &'a State>) -> Vec<Fix> {
    let states: Vec<&State> = states.collect();
    let is_of = |fix: &Fix, state: &State| match &fix.about {
        About::State(concern, key) => *concern == state.concern && *key == state.key,
        About::Variable(_, key) => *key == state.key,
        About::Fact(..) => false,
    };
    judged.fixes.iter().filter(|fix| states.iter().any(|state| is_of(fix, state))).cloned().collect()
}

/// Whether a fix is about an observation, or the variable of one.
fn is_about(fix: &Fix, observation: &Observation) -> bool {
    match &fix.about {
        About::Variable(name, _) => {
            observation.words.iter().any(|(word, text)| *word == "variable" && text == name)
        }
        About::Fact(fact, key) => {
            *fact == observation.fact && observation.words.first().is_some_and(|(_, text)| text == key)
        }
        About::State(..) => false,
    }
}

/// What this app's owner changes: the variable that the config reads, else the line of the config.
fn how_to_set(state: &State) -> String {
    let in_config = state.place.as_ref().filter(|place| !place.is_foreign());
    match (&state.variable, in_config) {
        (Some(variable), _) => format!("Set {variable}"),
        (None, Some(place)) => format!("Change `{}` in {}:{}", state.key, place.path(), place.start().line),
        (None, None) => format!("Set `{}`", state.key),
    }
}

/// Where a finding points that comes from the framework alone: the file in which it would be set.
fn fallback_path(survey: &Survey, judged: &Judged) -> String {
    let own =
        judged.environment.sources.iter().find(|source| !source.starts_with('-') && source.contains('.'));
    let manifest = if survey.stack == "rust" { "Cargo.toml" } else { "composer.json" };
    own.map_or_else(|| join(&survey.path, manifest), ToString::to_string)
}

fn join(folder: &str, name: &str) -> String {
    if folder == "." { name.to_owned() } else { format!("{folder}/{name}") }
}

/// A state as a person would name it.
fn plain(state: &State) -> &'static str {
    use crate::facts::Concern::{
        Broadcast, Cache, Database, FailedJobs, Files, JobBatches, Key, Lock, Log, Maintenance, Queue,
        RateLimit, Redis, Schedule, Search, Session,
    };
    match state.concern {
        Session => "sessions",
        Cache => "the cache",
        Lock => "locks",
        RateLimit => "rate limits",
        Files => "files",
        Log => "the log",
        Queue => "the queue",
        FailedJobs => "failed jobs",
        JobBatches => "job batches",
        Schedule => "the schedule",
        Broadcast => "broadcasts",
        Maintenance => "maintenance mode",
        Key => "the key",
        Database => "the database",
        Redis => "redis",
        Search => "the search index",
    }
}

/// What else is kept in the same place.
fn there_too(dependents: &[&State]) -> Option<String> {
    let (files, others): (Vec<&State>, Vec<&State>) =
        dependents.iter().partition(|state| state.concern == crate::facts::Concern::Files);
    if let [first, ..] = files.as_slice() {
        let more = if files.len() > 1 { " and others" } else { "" };
        return Some(format!("; `{}`{more} names it too", first.key));
    }
    let names: Vec<&str> = others.iter().map(|state| plain(state)).collect();
    (!names.is_empty()).then(|| format!("; {} there too", listed(&names)))
}

/// `a, b and c are`, `a is`.
fn listed(names: &[&str]) -> String {
    let mut unique: Vec<&str> = Vec::new();
    for name in names {
        if !unique.contains(name) {
            unique.push(name);
        }
    }
    match unique.as_slice() {
        [] => String::new(),
        [only]
            if matches!(
                *only,
                "sessions" | "locks" | "rate limits" | "files" | "failed jobs" | "job batches" | "broadcasts"
            ) =>
        {
            format!("{only} are")
        }
        [only] => format!("{only} is"),
        [first @ .., last] => format!("{} and {last} are", first.join(", ")),
    }
}
