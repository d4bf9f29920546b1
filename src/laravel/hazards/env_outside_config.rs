//! `env-outside-config`: variables of the env file that code reads while the configuration is cached.

use std::sync::Arc;

use super::code::{Code, call_step};
use super::effect::{Use, in_places, told};
use super::guarded;
use crate::deploy::Command;
use crate::facts::{Confidence, Observation, Severity};
use crate::laravel::deployed::artisan;
use crate::laravel::source::Found;
use crate::laravel::version::Version;

const IDS: &[&str] = &["env-call"];
/// Names that a message tells.
const TOLD: usize = 3;

/// Variables that are gone as soon as the configuration is cached.
pub fn look(code: &Code<'_>) -> Vec<Observation> {
    let Some(command) = caches(code) else { return Vec::new() };
    let uses: Vec<(Arc<str>, Use<'_>)> = code
        .of(IDS)
        .filter(|found| !found.context.guards.iter().any(|guard| guarded::is_aside(guard)))
        .filter_map(|found| Some((from_file(code, found)?, Use { found, sure: Confidence::High })))
        .collect();
    let Some((_, first)) = uses.first() else { return Vec::new() };
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in &uses {
        if !names.contains(&name.as_ref()) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(TOLD);
    let shown = names.iter().take(TOLD).copied().collect::<Vec<_>>().join(", ");
    let shown = if more > 0 { format!("{shown} and {more} more") } else { shown };
    let calls: Vec<Use<'_>> = uses.iter().map(|(_, one)| *one).collect();
    let words_of = command.words.iter().map(|word| word.as_deref().unwrap_or("..."));
    let command_words = words_of.collect::<Vec<_>>().join(" ");
    let words =
        vec![("variables", shown.into()), ("command", command_words.into()), ("places", in_places(&calls))];
    let cached =
        call_step(&command.place, "the configuration is cached here: the env file is not read any more");
    let mut trail = vec![cached];
    trail.extend(told(&calls, Vec::new(), &|found: &Found| {
        let name = found.target().and_then(|name| name.text()).unwrap_or_default();
        format!("{name} comes from the env file and is read here")
    }));
    let found =
        Observation::new("env-outside-config", words, Some(first.found.place.clone())).led_to_by(trail);
    // Whatever the number of replicas, it is as wrong on one.
    vec![Observation { severity: Severity::Warning, confidence: Confidence::High, ..found }]
}

/// The command that caches the configuration. `optimize` does so since 5.7 (Foundation/Console/OptimizeCommand.php).
fn caches<'a>(code: &Code<'a>) -> Option<&'a Command> {
    let optimizes = code.app.version_or_newest() >= Version::new(5, 7, 0);
    let is = |command: &&Command| match artisan(command) {
        Some("config:cache") => true,
        Some("optimize") => optimizes,
        _ => false,
    };
    code.loaded.deployments.iter().flat_map(|one| &one.commands).find(is)
}

/// The variable of a call, when only the env file sets it.
fn from_file(code: &Code<'_>, found: &Found) -> Option<Arc<str>> {
    let name = found.target()?.text()?;
    let (name, variable) = code.loaded.variables.get_key_value(name)?;
    let place = variable.place.as_ref()?;
    let in_file = |path: &str| code.loaded.files.iter().any(|file| file.source.path().as_ref() == path);
    (in_file(place.path()) && !code.loaded.strong.contains_key(name)).then(|| Arc::clone(name))
}
