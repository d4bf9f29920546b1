//! Cache stores: the default one, and those that the rate limiter and others name.

use std::sync::Arc;

use super::resolver::{Lives, Resolver, extend, names};
use crate::eval::{Kind, Value};
use crate::facts::{Concern, Fault, Reason};

/// Adds the default cache store and what hangs on a store of its own.
pub fn add(resolver: &mut Resolver<'_>) {
    let default = resolver.get("cache.default");
    if matches!(default.kind, Kind::Null) && !resolver.has("cache") {
        return;
    }
    let name = default.as_str().unwrap_or("unknown").to_owned();
    let lives = resolver.store_named(&default);
    let store = resolver.store_label(&name);
    resolver.add(Concern::Cache, "cache.default", &store, lives);
    if resolver.text("cache.limiter").is_ok_and(|limiter| limiter.is_some()) {
        let limiter = resolver.get("cache.limiter");
        let label = resolver.store_label(limiter.as_str().unwrap_or("unknown"));
        let lives = resolver.store_named(&limiter);
        resolver.add(Concern::RateLimit, "cache.limiter", &label, lives);
    }
}

impl Resolver<'_> {
    /// A store with its driver, when the two differ: `shop (redis)`.
    fn store_label(&self, name: &str) -> String {
        match self.get(&format!("cache.stores.{name}.driver")).as_str() {
            Some(driver) if driver != name => format!("{name} ({driver})"),
            _ => name.to_owned(),
        }
    }

    /// Where the cache store named by a value lives.
    pub fn store_named(&mut self, named: &Value) -> Lives {
        match &named.kind {
            Kind::Str(name) => self.store(&Arc::clone(name)),
            Kind::Unknown(reason) => Lives::unknown(reason.clone()),
            // Laravel 8 and later use the driver `null` when nothing is named (CacheManager::getDefaultDriver).
            _ => Lives { fault: Some(Fault::Discards), ..Lives::at(crate::facts::Locality::None) },
        }
    }

    /// Where a cache store lives.
    pub fn store(&mut self, name: &Arc<str>) -> Lives {
        let base = format!("cache.stores.{name}");
        let entry = self.get(&base);
        match &entry.kind {
            Kind::Unknown(reason) => return Lives::unknown(reason.clone()),
            // `null` needs no entry (CacheManager::getConfig).
            Kind::Null if name.as_ref() == "null" => return self.driver("cache", &base, &Value::str("null")),
            Kind::Null => return Lives::undefined("cache store", name),
            _ => {}
        }
        let key = format!("{base}.driver");
        let steps = self.trail(&key);
        let driver = self.get(&key);
        self.driver("cache", &base, &driver).through(&key).after(steps)
    }

    /// The first of several stores decides: the others are asked only when it fails.
    pub fn first_store(&mut self, base: &str) -> Lives {
        let key = format!("{base}.stores");
        let mut steps = self.trail(&key);
        match names(&self.get(&key)) {
            Ok(stores) => match stores.first() {
                Some(first) => {
                    extend(&mut steps, self.trail(&format!("{key}.0")));
                    self.store(first).after(steps)
                }
                None => Lives::unknown(Reason::new(format!("{key} is empty"))),
            },
            Err(reason) => Lives::unknown(reason),
        }
    }
}
