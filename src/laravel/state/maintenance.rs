//! Maintenance mode.

use super::resolver::{Lives, Resolver};
use crate::eval::{Kind, Value};
use crate::facts::{Concern, Locality, Reason};
use crate::laravel::version::Version;

/// Adds maintenance mode. Before Laravel 9 it is always a file and nothing can be set
/// (laravel/framework v9.0.0 Foundation/MaintenanceModeManager.php).
pub fn add(resolver: &mut Resolver<'_>) {
    if resolver.app.version_or_newest() < Version::new(9, 0, 0) {
        return;
    }
    let key = "app.maintenance.driver";
    let driver = resolver.get(key);
    let driver = match driver.kind {
        Kind::Null => Value::str("file"),
        _ => driver,
    };
    let name = driver.as_str().unwrap_or("unknown").to_owned();
    let lives = match name.as_str() {
        "file" => Lives { detail: Some("storage/framework/down".into()), ..Lives::at(Locality::Disk) },
        "cache" => {
            let steps = resolver.trail("app.maintenance.store");
            let store = resolver.maintenance_store();
            let decider =
                if resolver.has("app.maintenance.store") { "app.maintenance.store" } else { "cache.default" };
            resolver.store_named(&store).by(decider).after(steps)
        }
        "unknown" => {
            Lives::unknown(driver.reason().cloned().unwrap_or_else(|| Reason::new("no driver is named")))
        }
        _ => resolver.driver("maintenance", "app.maintenance", &driver),
    };
    resolver.add(Concern::Maintenance, key, &name, lives);
}

impl Resolver<'_> {
    /// The cache store that the driver `cache` keeps maintenance mode in.
    pub fn maintenance_store(&self) -> Value {
        let store = self.get("app.maintenance.store");
        match store.kind {
            Kind::Null => self.get("cache.default"),
            _ => store,
        }
    }
}
