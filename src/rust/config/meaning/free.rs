//! Free schemas: what a key and a value say by themselves.

use std::sync::Arc;

use super::super::url::{Located, at_host, of_path, of_url};
use super::super::{Configured, Setting};
use super::Meaning;
use super::data::{Word, data};
use crate::facts::{Concern, Confidence, Locality, Note, Severity};

/// What a setting says; `None`: nothing of state.
pub(super) fn meaning(setting: &Setting, configured: &Configured) -> Option<Meaning> {
    let words = words(&setting.key);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.iter().any(|word| matches!(*word, "test" | "tests" | "example" | "log" | "logging")) {
        return None;
    }
    let value = setting.value.as_deref()?.trim();
    let about = data().word.iter().find(|row| row.word.iter().any(|word| words.contains(&word.as_str())));
    driver(setting, value, &words, about, configured)
        .or_else(|| url(setting, value, &words, about))
        .or_else(|| host(setting, value, &words, about))
}

/// The words of a key in lower case: `cache_type`, `cacheType` and `cache.type` hold the same ones.
fn words(key: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in key.chars() {
        if !c.is_alphanumeric() || (before.is_lowercase() && c.is_uppercase()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// `cache_type = "memory"`.
fn driver(
    setting: &Setting,
    value: &str,
    words: &[&str],
    about: Option<&Word>,
    configured: &Configured,
) -> Option<Meaning> {
    let drivers = &data().drivers;
    let names = |list: &[String]| list.iter().any(|known| known.eq_ignore_ascii_case(value));
    let about = about?;
    let (last, before) = words.split_last()?;
    // `session.store = "redis"` names a driver too.
    let names_driver = drivers.word.iter().any(|word| word == last)
        || matches!(*last, "store" | "storage") && !before.is_empty() && about.concern != Concern::Files;
    let subject = before.iter().rev().take(2).any(|word| about.word.iter().any(|known| known == word));
    if !names_driver || !subject {
        return None;
    }
    let locality = if names(&drivers.memory) {
        Locality::Memory
    } else if names(&drivers.disk) {
        Locality::Disk
    } else if names(&drivers.shared) {
        Locality::Shared
    } else {
        return None;
    };
    // What a database of this kind leads to is told by its own url.
    if about.concern == Concern::Database && locality == Locality::Shared {
        return None;
    }
    let store = format!("{} {value} ({})", about.concern.name(), setting.key);
    let mut meaning = state(setting, about.concern, about.severity, store);
    meaning.locality = locality;
    meaning.detail = path_beside(setting, configured).filter(|_| locality == Locality::Disk);
    Some(meaning)
}

/// The path, folder or root beside a driver.
fn path_beside(setting: &Setting, configured: &Configured) -> Option<Arc<str>> {
    let (table, _) = setting.key.rsplit_once('.')?;
    let beside = configured.settings.iter().find(|other| {
        other.key.rsplit_once('.').is_some_and(|(other, name)| {
            other == table && matches!(name, "path" | "dir" | "directory" | "folder" | "root")
        })
    });
    beside?.value.clone()
}

/// A value that is a url of a service or a path of a SQLite file.
fn url(setting: &Setting, value: &str, words: &[&str], about: Option<&Word>) -> Option<Meaning> {
    let is_path = || {
        let named = ["db", "database", "sqlite"].iter().any(|word| words.contains(word));
        of_path(value).filter(|_| named)
    };
    let located = of_url(value).or_else(is_path)?;
    let by_service = match located.service {
        "redis" => Concern::Redis,
        "memcached" | "memory" => Concern::Cache,
        "rabbitmq" | "nats" | "kafka" => Concern::Queue,
        "object storage" => Concern::Files,
        _ => Concern::Database,
    };
    // `redis.url` is of redis, and `cache.url = "redis://.."` of the cache.
    let about = about.filter(|about| about.concern != Concern::Database);
    let (concern, severity) =
        about.map_or((by_service, Severity::Error), |about| (about.concern, about.severity));
    Some(leads_to(setting, concern, severity, located))
}

/// `database.host = "127.0.0.1"`.
fn host(setting: &Setting, value: &str, words: &[&str], about: Option<&Word>) -> Option<Meaning> {
    let (last, _) = words.split_last()?;
    let about = about.filter(|_| matches!(*last, "host" | "hostname"))?;
    if !matches!(about.concern, Concern::Database | Concern::Redis | Concern::Cache | Concern::Queue) {
        return None;
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    let is_host = !value.is_empty() && value.chars().all(plain);
    is_host.then(|| leads_to(setting, about.concern, about.severity, at_host(about.concern.name(), value)))
}

fn leads_to(setting: &Setting, concern: Concern, severity: Severity, located: Located) -> Meaning {
    let mut meaning = state(setting, concern, severity, format!("{} of {}", located.service, setting.key));
    meaning.locality = located.locality;
    meaning.detail = located.detail;
    let by_variable = setting.trail.iter().any(|step| matches!(step.note, Note::Variable(_)));
    // A base says `localhost` for developers; where it is deployed, variables that are not seen here say the rest.
    if located.locality == Locality::Host && setting.profile.is_none() && !by_variable {
        meaning.confidence = Confidence::Low;
    }
    meaning
}

fn state(setting: &Setting, concern: Concern, severity: Severity, store: String) -> Meaning {
    Meaning {
        concern: Some(concern),
        fact: None,
        locality: Locality::Unknown,
        unknown: None,
        store: store.into(),
        detail: None,
        severity,
        confidence: setting.confidence.min(Confidence::High),
        trail: setting.trail.clone(),
        place: setting.place.clone(),
        key: Arc::clone(&setting.key),
    }
}

/// Whether the root or a logger of log4rs names the appender that a setting belongs to.
pub(super) fn is_named_by_a_logger(setting: &Setting, configured: &Configured) -> bool {
    let Some(name) = setting.key.strip_prefix("appenders.").and_then(|rest| rest.rsplit_once('.')) else {
        return true;
    };
    let here = setting.place.as_ref().map(|place| place.path());
    configured.settings.iter().any(|other| {
        let names = other.key.starts_with("root.appenders.")
            || other.key.starts_with("loggers.") && other.key.contains(".appenders.");
        names
            && other.place.as_ref().map(|place| place.path()) == here
            && other.value.as_deref().map(|value| value.replace('.', "\\.")) == Some(name.0.to_owned())
    })
}
