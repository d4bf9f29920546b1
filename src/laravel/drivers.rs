//! What each driver means for the place of its data. Data: `rules/laravel/drivers/`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::facts::Locality;

/// What is known of one driver.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Driver {
    /// Where its data lives, when the driver alone decides.
    pub locality: Option<Locality>,
    /// What to follow to find out.
    pub follow: Option<Follow>,
    /// Why it cannot be known.
    pub unknown: Option<String>,
    /// The key beside the driver that holds the path of its data.
    pub path: Option<String>,
    /// Whether what is written to it is thrown away.
    #[serde(default)]
    pub discards: bool,
    /// Whether it takes only a part of what is written to it.
    #[serde(default)]
    pub partial: bool,
    /// Whether jobs run at once and are not kept.
    #[serde(default)]
    pub inline: bool,
}

/// What decides the place of a driver's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Follow {
    /// A database connection.
    Database,
    /// A redis connection.
    Redis,
    /// A cache store.
    Store,
    /// The first of several cache stores.
    Stores,
    /// The first of several queue connections.
    Connections,
    /// The session.
    Session,
    /// Another disk.
    Disk,
    /// The `primary` disk.
    Primary,
    /// Several log channels.
    Channels,
    /// A Monolog handler.
    Handler,
    /// The `host` beside the driver.
    Host,
    /// A list of `hosts`.
    Hosts,
    /// A list of memcached `servers`.
    Servers,
    /// An `endpoint` that stands in for a cloud service.
    Endpoint,
    /// Reverb's own scaling setting.
    Reverb,
}

/// The drivers of a concern by name.
pub type Drivers = BTreeMap<String, Driver>;

/// The drivers of a concern; empty when there are none.
pub fn of(concern: &str) -> &'static Drivers {
    static TABLES: OnceLock<BTreeMap<String, Drivers>> = OnceLock::new();
    static NONE: Drivers = BTreeMap::new();
    let tables = TABLES.get_or_init(|| packed!("drivers.json").unwrap_or_default());
    tables.get(concern).unwrap_or(&NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_driver_says_one_thing() {
        let read: Result<BTreeMap<String, Drivers>, _> = packed!("drivers.json");
        read.unwrap();
        for concern in [
            "session",
            "cache",
            "files",
            "log",
            "queue",
            "failed-jobs",
            "broadcast",
            "maintenance",
            "database",
        ] {
            assert!(!of(concern).is_empty(), "{concern}");
            for (name, driver) in of(concern) {
                let says = [driver.locality.is_some(), driver.follow.is_some(), driver.unknown.is_some()];
                assert_eq!(says.iter().filter(|said| **said).count(), 1, "{concern} {name}");
            }
        }
    }
}
