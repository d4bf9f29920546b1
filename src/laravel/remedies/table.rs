//! What can take the place of a setting's value. Data: `rules/laravel/remedies.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::laravel::version::Version;

/// What can take the place of the value of one setting.
#[derive(Debug, Deserialize)]
pub struct Remedy {
    /// The setting.
    pub setting: String,
    /// The map of the config whose entries the setting names; `None`: it names a driver.
    pub names: Option<String>,
    /// Entries that come before all others when the app has them.
    #[serde(default)]
    pub first: Vec<String>,
    /// Drivers, the best first.
    #[serde(default)]
    pub prefer: Vec<String>,
    /// The one value that helps, where there is no choice.
    pub value: Option<String>,
    /// The setting of the host behind that value.
    pub host: Option<String>,
    /// The setting of the url that wins over that host.
    pub url: Option<String>,
    /// What the config of a new app reads.
    pub variables: Vec<Since>,
    /// The table that the driver `database` needs.
    pub table: Option<NeededTable>,
}

/// A name within a period of versions.
#[derive(Debug, Deserialize)]
pub struct Since {
    name: String,
    since: Option<Version>,
    until: Option<Version>,
}

/// A table and how it is made.
#[derive(Debug, Deserialize)]
pub struct NeededTable {
    /// The setting that names it; without a dot, beside the driver.
    pub setting: String,
    /// Its name when nothing is set.
    pub default: String,
    make: Vec<Since>,
}

/// What a driver needs to be known to work.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Needs {
    /// A Redis client.
    #[serde(default)]
    pub client: bool,
    /// A PHP extension.
    pub extension: Option<String>,
    /// A Composer package.
    pub package: Option<String>,
    /// Options that must not be empty.
    #[serde(default)]
    pub settings: Vec<String>,
    /// Options that the app or its environment must set.
    #[serde(default)]
    pub given: Vec<String>,
    /// Options that its owner sets beside it.
    #[serde(default)]
    pub companions: Vec<String>,
    /// The table of the setting.
    #[serde(default)]
    pub table: bool,
    /// The port of its servers, to tell which of several is meant.
    pub port: Option<i64>,
    /// What is never proven by a repository.
    pub unproven: Option<String>,
}

#[derive(Debug, Deserialize, Default)]
struct Data {
    remedy: Vec<Remedy>,
    needs: BTreeMap<String, Needs>,
}

fn data() -> &'static Data {
    static DATA: OnceLock<Data> = OnceLock::new();
    DATA.get_or_init(|| packed!("laravel-remedies.json").unwrap_or_default())
}

/// The remedy of a setting.
pub fn of(setting: &str) -> Option<&'static Remedy> {
    data().remedy.iter().find(|remedy| remedy.setting == setting)
}

/// What a driver needs.
pub fn needs(driver: &str) -> &'static Needs {
    static NONE: OnceLock<Needs> = OnceLock::new();
    data().needs.get(driver).unwrap_or_else(|| NONE.get_or_init(Needs::default))
}

/// Whether some setting can have a driver of this name.
#[must_use]
pub fn knows_driver(name: &str) -> bool {
    data().remedy.iter().any(|remedy| remedy.prefer.iter().chain(&remedy.first).any(|driver| driver == name))
}

fn at(names: &[Since], version: Version) -> &str {
    let row = names.iter().find(|row| version.is_within(row.since, row.until));
    row.map_or("", |row| row.name.as_str())
}

impl Remedy {
    /// The variable that the config of a new app of this version reads for the setting.
    pub fn variable(&self, version: Version) -> &str {
        at(&self.variables, version)
    }
}

impl NeededTable {
    /// The artisan command that prepares the table.
    pub fn command(&self, version: Version) -> &str {
        at(&self.make, version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_whole() {
        let read: Result<Data, _> = packed!("laravel-remedies.json");
        let read = read.unwrap();
        let newest = Version::new(13, 0, 0);
        for remedy in &read.remedy {
            assert!(!remedy.variable(newest).is_empty(), "{}", remedy.setting);
            assert_eq!(remedy.value.is_some(), remedy.prefer.is_empty(), "{}", remedy.setting);
            if let Some(table) = &remedy.table {
                assert!(!table.command(newest).is_empty(), "{}", remedy.setting);
            }
            if remedy.prefer.iter().any(|driver| needs(driver).table) {
                assert!(remedy.table.is_some(), "{} can be in a table", remedy.setting);
            }
        }
        assert_eq!(of("cache.default").unwrap().variable(Version::new(10, 0, 0)), "CACHE_DRIVER");
    }
}
