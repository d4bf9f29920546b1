//! The fix of one state.

use std::sync::Arc;

use super::assess::{Assessment, assess, assess_found};
use super::candidates::{Candidate, candidates, named};
use super::prefer::wanted;
use super::table::{self, Remedy};
use super::{Situation, edits, maintenance, stack};
use crate::facts::{About, Applicability, Basis, Concern, Edit, Fault, Fix, State};
use crate::laravel::host::lookup;
use crate::laravel::state::Resolver;

/// The fix of a state, when something about it is to be fixed.
pub fn fix(situation: Situation<'_>, state: &State) -> Option<Fix> {
    let trouble =
        state.locality.is_local() || matches!(state.fault, Some(Fault::Undefined(..) | Fault::Discards));
    let steered = wanted(situation.wanted, state.concern);
    if !trouble || (hangs_on_a_cause(situation, state) && steered.is_none()) {
        return None;
    }
    let about = About::State(state.concern, Arc::clone(&state.key));
    let Some((setting, remedy)) = remedy_of(state) else {
        return (!hangs_on_a_cause(situation, state)).then(|| by_hand(about, state));
    };
    if setting == "app.maintenance.driver" {
        return Some(maintenance::fix(situation, state, about, remedy));
    }
    if let Some(preference) = steered.filter(|preference| preference.concern.is_some())
        && named(situation, remedy, &preference.to).is_none()
    {
        let title = format!("keep {} in {}", state.concern.name(), preference.to);
        let why = format!("the app has nothing of that name that `{setting}` could be");
        return Some(shown(about, title, why, None));
    }
    let choice = match steered {
        Some(preference) => named(situation, remedy, &preference.to).and_then(|candidate| {
            let is_named = preference.to == candidate.value;
            let assess = if is_named { assess } else { assess_found };
            Some((assess(situation, remedy, &candidate)?, candidate))
        }),
        None => None,
    };
    // What is wanted and cannot be is not forced. A state that hangs on another one is then healed with that.
    let choice = match choice {
        None if hangs_on_a_cause(situation, state) => return None,
        None => best(situation, remedy),
        some => some,
    };
    let Some((assessment, candidate)) = choice else {
        return Some(nothing(about, setting, remedy));
    };
    Some(put(situation, state, about, setting, remedy, assessment, &candidate))
}

/// The candidate that is known to work, that the app uses elsewhere, that lacks least: in this order.
pub fn best(situation: Situation<'_>, remedy: &Remedy) -> Option<(Assessment, Candidate)> {
    let assessed = candidates(situation, remedy)
        .into_iter()
        .filter_map(|candidate| Some((assess_found(situation, remedy, &candidate)?, candidate)));
    // What few apps have is not proposed for one gap less.
    let usual = |candidate: &Candidate| {
        let mut named = remedy.prefer.iter().take(2).chain(&remedy.first);
        named.any(|name| *name == *candidate.driver || *name == *candidate.value)
    };
    assessed.min_by_key(|(found, candidate)| {
        (found.gaps() > 0, found.mismatch, !found.in_use, !usual(candidate), found.gaps())
    })
}

fn hangs_on_a_cause(situation: Situation<'_>, state: &State) -> bool {
    let Some(backing) = &state.backing else { return false };
    situation.states.iter().any(|other| other.service.as_ref() == Some(backing))
}

/// The setting that is to change, and what it could be.
fn remedy_of(state: &State) -> Option<(&str, &'static Remedy)> {
    let decider = state.decided_by.as_ref();
    if let Some(remedy) = table::of(decider) {
        return Some((decider, remedy));
    }
    let same_kind = match state.concern {
        Concern::Log if decider.ends_with(".channels") => "logging.default",
        Concern::Files if !decider.starts_with("filesystems.") => "filesystems.default",
        _ => return None,
    };
    table::of(same_kind).map(|remedy| (decider, remedy))
}

fn put(
    situation: Situation<'_>,
    state: &State,
    about: About,
    setting: &str,
    remedy: &Remedy,
    assessment: Assessment,
    candidate: &Candidate,
) -> Fix {
    let mut value = Arc::clone(&candidate.value);
    if state.concern == Concern::Log && setting.ends_with(".channels") {
        match stack::value(situation, state, &candidate.value) {
            Some(list) => value = list,
            None => return by_hand(about, state),
        }
    }
    let Some(variable) = &state.variable else {
        return in_config(situation, state, about, remedy, &value);
    };
    if !is_named_by(situation, variable, setting) {
        let title = format!("set {variable} so that `{setting}` is {value}");
        let why = format!(
            "`{setting}` is made from {variable} in the config, and which value does that is not known"
        );
        let at = state.place.as_ref().filter(|place| !place.is_foreign());
        return shown(about, title, why, at.map(|place| format!("{}:{}", place.path(), place.start().line)));
    }
    let title = format!("set {variable} to {value}");
    match edits::set(situation, variable, &value, setting) {
        Ok(edit) => finished(situation, about, title, vec![edit], assessment),
        Err(why) => shown(about, title, why, None),
    }
}

/// Whether the value of a variable is what a setting names, and not something that the name is made from. Of a variable
/// that is not set this is not known.
fn is_named_by(situation: Situation<'_>, variable: &str, setting: &str) -> bool {
    let value = situation.loaded.variables.get(variable).and_then(|variable| variable.value.clone());
    let named = Resolver::new(situation.app, situation.configuration).get(setting);
    match (value, named.as_str()) {
        (Some(value), Some(named)) => value.trim().eq_ignore_ascii_case(named.trim()),
        _ => true,
    }
}

/// A fix with its edits, as safe as what was assessed.
pub fn finished(
    situation: Situation<'_>,
    about: About,
    title: String,
    edits: Vec<Edit>,
    found: Assessment,
) -> Fix {
    let mut applicability = if found.gaps() == 0 { Applicability::Safe } else { Applicability::Unsafe };
    let mut why = found.missing;
    if situation.loaded.environment.basis == Basis::AsDocumented {
        let path = edits.first().map_or(".env.example", |edit| edit.source.path());
        why.push(format!("{path} is an example and only edited when it is named: --env-file {path}"));
        applicability = Applicability::Display;
    }
    Fix {
        about,
        title,
        applicability,
        place: found.place,
        why,
        edits,
        companions: found.companions,
        by_hand: None,
    }
}

/// The app has nothing that the setting could name.
pub fn nothing(about: About, setting: &str, remedy: &Remedy) -> Fix {
    let (title, why) = match &remedy.names {
        Some(map) => (
            format!("add a shared entry to `{map}` and name it in `{setting}`"),
            format!("no entry of `{map}` is shared, or it is not known to be"),
        ),
        None => (
            format!("give `{setting}` a driver that every replica reaches"),
            "no driver that it can have is shared here".to_owned(),
        ),
    };
    shown(about, title, why, None)
}

/// The value is written into the config: the line to write there.
pub fn in_config(
    situation: Situation<'_>,
    state: &State,
    about: About,
    remedy: &Remedy,
    value: &Arc<str>,
) -> Fix {
    // Of another setting of the same kind only its place is known.
    if *state.decided_by != *remedy.setting {
        return by_hand(about, state);
    }
    let variable = remedy.variable(situation.app.version_or_newest());
    let place = state.place.as_ref().filter(|place| !place.is_foreign());
    let own = lookup(&situation.configuration.root, &state.decided_by)
        .is_some_and(|value| value.place.is_some_and(|place| !place.is_foreign()));
    let (at, why) = match place {
        Some(place) if own => {
            let at = format!("{}:{}", place.path(), place.start().line);
            let why = format!("`{}` is written into {at}, and no variable changes it", state.decided_by);
            (at, why)
        }
        _ => {
            let file = place.map_or("the config", |place| place.path());
            let why = format!("`{}` is not in {file}, and no variable is read for it", state.decided_by);
            (file.to_owned(), why)
        }
    };
    let line = format!("{at}: {}", config_line(&state.decided_by, own, variable, value));
    shown(about, format!("let `{}` read {variable}", state.decided_by), why, Some(line))
}

/// The entry to write: beside the others when the array around it is there, else with that array.
fn config_line(key: &str, own: bool, variable: &str, value: &str) -> String {
    let mut parts: Vec<&str> = key.split('.').skip(1).collect();
    let last = parts.pop().unwrap_or(key);
    let entry = format!("'{last}' => env('{variable}', '{value}')");
    if own {
        return format!("{entry},");
    }
    let around = parts.iter().rev().fold(entry, |inner, part| format!("'{part}' => [{inner}]"));
    format!("{around},")
}

/// What only a person can decide: a host, a path, a setting that we know no other value of.
fn by_hand(about: About, state: &State) -> Fix {
    let url = if state.decided_by.ends_with("url") { "a url with a host" } else { "a host" };
    let (title, why) = match (&state.variable, &state.detail) {
        (Some(variable), Some(detail)) if state.locality == crate::facts::Locality::Host => (
            format!("set {variable} to {url} that every replica reaches"),
            format!("{detail} is each server itself, and which host is meant is not in the repository"),
        ),
        (Some(variable), _) => (
            format!("set {variable} to something that every replica reaches"),
            "what that could be is not in the repository".to_owned(),
        ),
        (None, _) => (
            format!("change `{}`", state.decided_by),
            "its value is written into the config, and no variable changes it".to_owned(),
        ),
    };
    let at = state.place.as_ref().filter(|place| !place.is_foreign());
    shown(about, title, why, at.map(|place| format!("{}:{}", place.path(), place.start().line)))
}

/// A fix that is shown only.
pub fn shown(about: About, title: String, why: String, by_hand: Option<String>) -> Fix {
    Fix {
        about,
        title,
        applicability: Applicability::Display,
        place: None,
        why: vec![why],
        edits: Vec::new(),
        companions: Vec::new(),
        by_hand,
    }
}
