//! Whether a candidate is known to work: a host that every replica reaches, a client, a package, a table.

use std::sync::Arc;

use super::Situation;
use super::candidates::Candidate;
use super::table::{self, Needs, Remedy};
use super::tables;
use crate::eval::Kind;
use crate::facts::{Locality, Note, Step};
use crate::laravel::state::Resolver;
use crate::laravel::version::Version;

/// What is missing before a candidate is known to work; nothing when it is.
#[derive(Debug, Default)]
pub struct Assessment {
    /// Where the state would live, when that is not known to be shared.
    pub place: Option<String>,
    /// What else, in words, each with what to do.
    pub missing: Vec<String>,
    /// Variables that are to be set beside it, and that nothing sets.
    pub companions: Vec<Arc<str>>,
    /// Whether the app keeps something else there already.
    pub in_use: bool,
    /// Whether something tells that another server is meant.
    pub mismatch: bool,
}

impl Assessment {
    /// How much is missing.
    pub fn gaps(&self) -> usize {
        self.missing.len() + usize::from(self.place.is_some())
    }

    fn lacks(&mut self, words: String) {
        if !self.missing.contains(&words) {
            self.missing.push(words);
        }
    }

    fn wants(&mut self, variable: &Arc<str>) {
        if !self.companions.contains(variable) {
            self.companions.push(Arc::clone(variable));
        }
    }
}

/// Assesses a candidate; `None` when the state would still be kept on one server, or nowhere.
pub fn assess(situation: Situation<'_>, remedy: &Remedy, candidate: &Candidate) -> Option<Assessment> {
    let mut found = Assessment { in_use: in_use(situation, candidate), ..Assessment::default() };
    let resolver = Resolver::new(situation.app, situation.configuration);
    match candidate.lives.locality {
        Some(Locality::Shared | Locality::Client) if !candidate.lives.partial => {}
        Some(Locality::Host) | Some(Locality::Unknown) | None if candidate.lives.fault.is_none() => {
            host(&resolver, candidate, remedy, &mut found);
        }
        _ => return None,
    }
    let needs = table::needs(&candidate.driver);
    options(&resolver, candidate, needs, &mut found);
    software(situation, &resolver, needs, &mut found);
    if needs.table {
        missing_table(situation, &resolver, remedy, candidate, &mut found);
    }
    if let Some(words) = &needs.unproven {
        found.lacks(words.clone());
    }
    let port = resolver.text(&format!("{}.port", candidate.base)).ok().flatten();
    let port = port.and_then(|port| port.parse::<i64>().ok());
    found.mismatch = matches!((needs.port, port), (Some(own), Some(port)) if own != port);
    Some(found)
}

/// The same for a candidate that nobody named: `backup`, `s3-legacy` may be there for something else.
pub fn assess_found(situation: Situation<'_>, remedy: &Remedy, candidate: &Candidate) -> Option<Assessment> {
    let mut found = assess(situation, remedy, candidate)?;
    if remedy.names.is_some()
        && candidate.value != candidate.driver
        && !remedy.first.iter().any(|first| **first == *candidate.value)
    {
        found.lacks(format!("whether `{}` is meant for this is not known", candidate.value));
    }
    Some(found)
}

/// The host is this server itself, or not known.
fn host(resolver: &Resolver<'_>, candidate: &Candidate, remedy: &Remedy, found: &mut Assessment) {
    let key = host_key(resolver, candidate, remedy);
    let (variable, is_set) = reads(resolver, &key);
    let detail = candidate.lives.detail.as_deref().unwrap_or("this server itself");
    let host = candidate.lives.locality == Some(Locality::Host);
    let place = match (variable, is_set) {
        (Some(variable), false) => {
            let without = if host { format!(" (without it: {detail})") } else { String::new() };
            found.wants(&variable);
            format!("no {variable} found{without}")
        }
        (Some(variable), true) if host => {
            format!("{variable} is {detail}, which each server resolves to itself")
        }
        (None, _) if host => format!("{key} is {detail}, which each server resolves to itself"),
        _ => candidate.lives.unknown.as_ref().map_or("not known", |reason| reason.text()).to_owned(),
    };
    found.place = Some(place);
}

/// The setting that says which host a candidate is on.
fn host_key(resolver: &Resolver<'_>, candidate: &Candidate, remedy: &Remedy) -> String {
    if let Some(host) = &remedy.host {
        return host.clone();
    }
    match candidate.lives.backing.as_deref().and_then(|backing| backing.split_once(':')) {
        Some(("redis", name)) => resolver.redis_key(name),
        Some(("database", name)) => format!("database.connections.{name}.host"),
        _ => match &candidate.lives.decided_by {
            Some(key) => key.to_string(),
            None => format!("{}.host", candidate.base),
        },
    }
}

/// The variable that a setting reads, and whether something sets it.
pub fn reads(resolver: &Resolver<'_>, key: &str) -> (Option<Arc<str>>, bool) {
    let trail = resolver.trail(key);
    let read = trail.iter().rev().find_map(|step| match (step.step, &step.note) {
        (Step::Read | Step::Default, Note::Variable(name)) => Some((Arc::clone(name), step.step)),
        _ => None,
    });
    let is_set = read.as_ref().is_some_and(|(_, step)| *step == Step::Read);
    (read.map(|(name, _)| name), is_set)
}

fn options(resolver: &Resolver<'_>, candidate: &Candidate, needs: &Needs, found: &mut Assessment) {
    let base = &candidate.base;
    for (option, given) in
        needs.settings.iter().map(|key| (key, false)).chain(needs.given.iter().map(|key| (key, true)))
    {
        let key = format!("{base}.{option}");
        let (variable, is_set) = reads(resolver, &key);
        let value = resolver.get(&key);
        let empty = match &value.kind {
            Kind::Null => true,
            Kind::Str(text) => text.trim().is_empty(),
            _ => false,
        };
        match (variable, is_set) {
            (Some(variable), false) if empty || given => {
                found.lacks(format!("no {variable} found"));
                found.wants(&variable);
            }
            (Some(variable), true) if empty => found.lacks(format!("{variable} is empty")),
            (None, _) if empty => found.lacks(format!("{key} is not set")),
            _ => {
                if let Kind::Unknown(reason) = &value.kind {
                    found.lacks(format!("{key} could not be told: {}", reason.text()));
                }
            }
        }
    }
    for option in &needs.companions {
        if let (Some(variable), false) = reads(resolver, &format!("{base}.{option}")) {
            found.wants(&variable);
        }
    }
}

fn software(situation: Situation<'_>, resolver: &Resolver<'_>, needs: &Needs, found: &mut Assessment) {
    if found.in_use {
        return;
    }
    let composer = &situation.app.composer;
    if needs.client {
        client(situation, resolver, found);
    }
    if let Some(extension) = &needs.extension
        && !composer.has(&format!("ext-{extension}"))
    {
        found.lacks(format!(
            "nothing shows that PHP has the extension {extension}: require ext-{extension} in composer.json"
        ));
    }
    if let Some(package) = &needs.package
        && !composer.has(package)
    {
        let file = if composer.has_lock { "composer.lock" } else { "composer.json" };
        found.lacks(format!("{package} is not in {file}: composer require {package}"));
    }
}

/// The Redis client that the app names (RedisServiceProvider: `phpredis` from 6.0 on, before `predis`).
fn client(situation: Situation<'_>, resolver: &Resolver<'_>, found: &mut Assessment) {
    let composer = &situation.app.composer;
    let key = "database.redis.client";
    let default =
        if situation.app.version_or_newest() < Version::new(6, 0, 0) { "predis" } else { "phpredis" };
    let client = resolver.text(key).ok().flatten().unwrap_or_else(|| default.into());
    let (variable, is_set) = reads(resolver, key);
    match client.as_ref() {
        "predis" if composer.has("predis/predis") => {}
        "predis" => {
            let file = if composer.has_lock { "composer.lock" } else { "composer.json" };
            found.lacks(format!("predis/predis is not in {file}: composer require predis/predis"));
        }
        _ => {
            // A client that the app or its environment names is meant; a default of the framework is not.
            let written = resolver.get(key).place.is_some_and(|place| !place.is_foreign());
            let declared = is_set || (variable.is_none() && written);
            if !declared && !composer.has("ext-redis") {
                found.lacks(
                    "nothing shows that PHP has the extension redis: require ext-redis in composer.json, or \
                     composer require predis/predis and set REDIS_CLIENT=predis"
                        .to_owned(),
                );
            }
        }
    }
}

fn missing_table(
    situation: Situation<'_>,
    resolver: &Resolver<'_>,
    remedy: &Remedy,
    candidate: &Candidate,
    found: &mut Assessment,
) {
    let Some(needed) = &remedy.table else { return };
    let key = if needed.setting.contains('.') {
        needed.setting.clone()
    } else {
        format!("{}.{}", candidate.base, needed.setting)
    };
    let name = match resolver.text(&key) {
        Ok(Some(name)) if !name.is_empty() => name,
        Ok(_) => needed.default.as_str().into(),
        Err(reason) => return found.lacks(format!("{key} could not be told: {}", reason.text())),
    };
    if !tables::is_made(situation.app, &name) {
        let command = needed.command(situation.app.version_or_newest());
        found.lacks(format!("no migration makes the table {name}: php artisan {command}"));
    }
}

/// Whether something else of the app is kept by the same driver already, where every server reaches it.
fn in_use(situation: Situation<'_>, candidate: &Candidate) -> bool {
    let driver = candidate.driver.as_ref();
    situation.states.iter().any(|state| {
        let kind = state.backing.as_deref().and_then(|backing| backing.split_once(':')).map(|(kind, _)| kind);
        let same = match kind {
            Some("disk") | None => {
                let named = state.store.strip_prefix("disk ").unwrap_or(&state.store);
                named == driver || named.ends_with(&format!("({driver})"))
            }
            Some(kind) => kind == driver,
        };
        state.locality == Locality::Shared && state.fault.is_none() && same
    })
}
