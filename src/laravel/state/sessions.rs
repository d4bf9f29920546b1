//! Sessions.

use std::sync::Arc;

use super::resolver::{Lives, Resolver};
use crate::eval::Kind;
use crate::facts::Concern;

/// Adds the session, unless the app has none.
pub fn add(resolver: &mut Resolver<'_>) {
    let driver = resolver.get("session.driver");
    // Without a driver no session is started at all (StartSession::sessionConfigured).
    if matches!(driver.kind, Kind::Null) {
        return;
    }
    let name = driver.as_str().unwrap_or("unknown").to_owned();
    let lives = resolver.session();
    resolver.add(Concern::Session, "session.driver", &name, lives);
}

impl Resolver<'_> {
    /// Where sessions live.
    pub fn session(&mut self) -> Lives {
        let driver = self.get("session.driver");
        self.driver("session", "session", &driver)
    }

    /// The cache store under a session: `session.store`, else the store named like the driver
    /// (SessionManager::createCacheHandler). `session.connection` then replaces the store's redis connection.
    pub fn session_store(&mut self, driver: &str) -> Lives {
        let steps = self.trail("session.store");
        let store: Arc<str> = match self.get("session.store").kind {
            Kind::Str(store) if !store.is_empty() => store,
            Kind::Unknown(reason) => return Lives::unknown(reason),
            _ => driver.into(),
        };
        let is_redis = self.get(&format!("cache.stores.{store}.driver")).as_str() == Some("redis");
        if driver == "redis" && is_redis {
            return self.on_redis("session.connection").after(steps);
        }
        let lives = self.store(&store).after(steps);
        if store.as_ref() == driver { lives } else { lives.by("session.store") }
    }
}
