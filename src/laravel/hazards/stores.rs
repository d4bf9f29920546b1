//! Cache stores that each server has for itself, as the app is deployed.

use std::sync::Arc;

use super::code::Code;
use super::scope::add;
use crate::eval::{Kind, Value};
use crate::facts::{Concern, Confidence, Locality, State, TrailStep};
use crate::laravel::version::Version;

/// A cache store that other servers do not see, or that keeps nothing.
#[derive(Debug, Clone)]
pub struct Apart {
    /// Its name, with its driver where the two differ: `shop (file)`.
    pub label: Arc<str>,
    /// Its driver, when one is named.
    pub driver: Arc<str>,
    /// Where it keeps its data, in words: `on the disk of each server (storage/framework/cache/data)`.
    pub place: Arc<str>,
    /// Whether it keeps nothing past the process.
    pub keeps_nothing: bool,
    /// How it came to be this store, and that place.
    pub trail: Vec<TrailStep>,
    /// How sure that is.
    pub confidence: Confidence,
}

impl Apart {
    /// Whether its driver has locks: with one that has none, `lock()` fails on the first server already.
    /// (laravel/framework src/Illuminate/Cache/*Store.php: `array` since v6.3.0, `database` since v7.26.0, `file` and
    /// `null` since v8.15.0, `apc` never; laravel/octane src/Cache/OctaneStore.php 2.3.6 never.)
    #[must_use]
    pub fn has_locks(&self, version: Version) -> bool {
        let since = match &*self.driver {
            "file" | "null" => Version::new(8, 15, 0),
            "database" => Version::new(7, 26, 0),
            "array" => Version::new(6, 3, 0),
            "apc" | "octane" => return false,
            _ => return true,
        };
        version >= since
    }

    /// Whether it takes every write and keeps none: the driver `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        &*self.driver == "null"
    }
}

/// The default store, unless every server reaches it or nothing tells.
pub fn default(code: &Code<'_>) -> Option<Apart> {
    let state = code.state(Concern::Cache)?;
    let name = code.setting("cache.default").as_str().map_or_else(|| "null".into(), Arc::<str>::from);
    apart(code, &name, state)
}

/// The store of a name, unless every server reaches it or nothing tells.
pub fn named(code: &Code<'_>, name: &str) -> Option<Apart> {
    if code.setting("cache.default").as_str() == Some(name) {
        return default(code);
    }
    let lives = code.store(Some(name));
    let key = format!("cache.stores.{name}.driver");
    let driver = code.setting(&key);
    let label = match driver.as_str() {
        Some(driver) if driver != name => format!("{name} ({driver})"),
        _ => name.to_owned(),
    };
    let mut resolver = code.resolver();
    resolver.add(Concern::Cache, &key, &label, lives);
    let mut states = resolver.finish();
    // A volume that every replica mounts holds its files, too.
    crate::deploy::place(&code.loaded.deployments, &mut states);
    apart(code, name, states.last()?)
}

/// The store that a setting names; without a name the default one.
pub fn by_setting(code: &Code<'_>, key: &str) -> Option<Apart> {
    let value = code.setting(key);
    let steps = code.resolver().trail(key);
    by_value(code, &value, steps)
}

/// The store that a value names; without a name the default one. `steps`: how the value came about.
pub fn by_value(code: &Code<'_>, value: &Value, steps: Vec<TrailStep>) -> Option<Apart> {
    let name = match &value.kind {
        Kind::Str(name) if !name.is_empty() => name,
        Kind::Unknown(_) => return None,
        _ => return default(code),
    };
    let mut apart = named(code, name)?;
    let later = std::mem::replace(&mut apart.trail, steps);
    add(&mut apart.trail, &later);
    Some(apart)
}

fn apart(code: &Code<'_>, name: &str, state: &State) -> Option<Apart> {
    // What is on the loopback of each server is told with that service.
    if !matches!(state.locality, Locality::Disk | Locality::Memory | Locality::None) {
        return None;
    }
    let driver = code.setting(&format!("cache.stores.{name}.driver"));
    Some(Apart {
        label: Arc::clone(&state.store),
        driver: driver.as_str().unwrap_or(name).into(),
        place: state.whereabouts().into(),
        keeps_nothing: state.locality == Locality::None,
        trail: state.trail.clone(),
        confidence: state.confidence,
    })
}
