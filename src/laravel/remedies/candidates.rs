//! What a setting could name instead, followed to where the state would live then.

use std::sync::Arc;

use super::Situation;
use super::table::Remedy;
use crate::eval::{Kind, Value};
use crate::facts::Locality;
use crate::laravel::host::lookup;
use crate::laravel::state::{Lives, Resolver};

/// A value that a setting could have.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The value.
    pub value: Arc<str>,
    /// The driver behind it.
    pub driver: Arc<str>,
    /// The dot key of the driver's options.
    pub base: String,
    /// Where the state would live.
    pub lives: Lives,
}

/// The values that a setting can take in this app and that could be shared, in the table's order.
pub fn candidates(situation: Situation<'_>, remedy: &Remedy) -> Vec<Candidate> {
    if let Some(value) = &remedy.value {
        return vec![single(situation, remedy, value)];
    }
    let Some(map) = &remedy.names else {
        let drivers = remedy.prefer.iter();
        return drivers.filter_map(|driver| as_driver(situation, &remedy.setting, driver)).collect();
    };
    let mut entries = entries(situation, map);
    let rank = |name: &str, driver: &str| {
        let first = remedy.first.iter().position(|first| first == name);
        let own = name != driver;
        let preferred = remedy.prefer.iter().position(|preferred| preferred == driver);
        first.map(|index| (0, index, own)).or_else(|| preferred.map(|index| (1, index, own)))
    };
    entries.retain(|(name, driver)| rank(name, driver).is_some());
    entries.sort_by_key(|(name, driver)| rank(name, driver));
    entries.into_iter().map(|(name, driver)| as_entry(situation, map, name, driver)).collect()
}

/// The value of this name, whatever its place in the table; `None` when the app has no such entry or driver.
pub fn named(situation: Situation<'_>, remedy: &Remedy, name: &str) -> Option<Candidate> {
    let Some(map) = &remedy.names else {
        return as_driver(situation, &remedy.setting, name);
    };
    let entries = entries(situation, map);
    let entry = entries.iter().find(|(own, _)| own.as_ref() == name);
    let entry = entry.or_else(|| entries.iter().find(|(_, driver)| driver.as_ref() == name))?;
    Some(as_entry(situation, map, Arc::clone(&entry.0), Arc::clone(&entry.1)))
}

/// The entries of a map with their drivers.
fn entries(situation: Situation<'_>, map: &str) -> Vec<(Arc<str>, Arc<str>)> {
    let Some(Value { kind: Kind::Array(array), .. }) = lookup(&situation.configuration.root, map) else {
        return Vec::new();
    };
    let driver = |value: &Value| match &value.kind {
        Kind::Array(options) => options.get_text("driver").and_then(|driver| match &driver.kind {
            Kind::Str(name) => Some(Arc::clone(name)),
            _ => None,
        }),
        _ => None,
    };
    // A name that is a secret's value is not proposed: it would be told.
    let secret =
        |name: &str| situation.configuration.secrets.values().any(|secret| name.contains(secret.as_ref()));
    let named = array.iter().map(|(name, value)| (Arc::<str>::from(&*name.text()), value));
    named.filter(|(name, _)| !secret(name)).filter_map(|(name, value)| Some((name, driver(value)?))).collect()
}

fn as_entry(situation: Situation<'_>, map: &str, name: Arc<str>, driver: Arc<str>) -> Candidate {
    let mut resolver = Resolver::new(situation.app, situation.configuration);
    let lives = match map {
        "cache.stores" => resolver.store(&name),
        "filesystems.disks" => resolver.disk(&name),
        "logging.channels" => resolver.channel(&name),
        "queue.connections" => resolver.queue(&name),
        "broadcasting.connections" => resolver.broadcast(&name),
        _ => resolver.database(&name),
    };
    Candidate { base: format!("{map}.{name}"), value: name, driver, lives }
}

fn as_driver(situation: Situation<'_>, setting: &str, driver: &str) -> Option<Candidate> {
    let mut resolver = Resolver::new(situation.app, situation.configuration);
    let value = Value::str(driver);
    let (base, lives) = match setting {
        "session.driver" => {
            let store = format!("cache.stores.{driver}");
            (store, resolver.driver("session", "session", &value))
        }
        "queue.failed.driver" if driver.starts_with("database") => {
            ("queue.failed".to_owned(), resolver.on_database("queue.failed.database"))
        }
        "queue.failed.driver" => {
            ("queue.failed".to_owned(), resolver.driver("failed-jobs", "queue.failed", &value))
        }
        "app.maintenance.driver" if driver == "cache" => {
            let store = resolver.maintenance_store();
            let base = format!("cache.stores.{}", store.as_str()?);
            let behind = resolver.get(&format!("{base}.driver"));
            let lives = resolver.store_named(&store);
            return Some(Candidate { value: driver.into(), driver: behind.as_str()?.into(), base, lives });
        }
        _ => return None,
    };
    let known =
        !matches!(&lives.unknown, Some(reason) if reason.text().contains("of a package or of the app's own"));
    known.then(|| Candidate { value: driver.into(), driver: driver.into(), base, lives })
}

/// A switch, of which one value helps.
fn single(situation: Situation<'_>, remedy: &Remedy, value: &str) -> Candidate {
    let resolver = Resolver::new(situation.app, situation.configuration);
    let url =
        remedy.url.as_ref().is_some_and(|url| matches!(resolver.text(url), Ok(Some(url)) if !url.is_empty()));
    let key = if url { remedy.url.as_ref() } else { remedy.host.as_ref() };
    let lives = key.map_or_else(|| Lives::at(Locality::Shared), |key| resolver.host(key, Some("127.0.0.1")));
    Candidate { value: value.into(), driver: value.into(), base: String::new(), lives }
}
