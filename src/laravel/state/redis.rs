//! Redis connections that other state hangs on.

use std::sync::Arc;

use super::hosts::{host_of, is_socket, locate, service};
use super::resolver::{Lives, Resolver, extend};
use crate::eval::Kind;
use crate::facts::{Concern, Locality, Reason};

/// Adds every redis connection that something hangs on.
pub fn add(resolver: &mut Resolver<'_>) {
    let used: Vec<Arc<str>> = resolver.used.keys().filter(|id| id.starts_with("redis:")).cloned().collect();
    for id in used {
        let Some(name) = id.strip_prefix("redis:") else { continue };
        let lives = Lives { decided_by: None, ..connection(resolver, name) };
        let key = deciding_key(resolver, name);
        resolver.add(Concern::Redis, &key, name, lives);
        if let Some(state) = resolver.last() {
            state.service = Some(id);
        }
    }
}

/// The key whose value says where a connection goes.
fn deciding_key(resolver: &Resolver<'_>, name: &str) -> String {
    let base = format!("database.redis.{name}");
    let set = |key: &str| matches!(resolver.text(key), Ok(Some(text)) if !text.is_empty());
    let url = format!("{base}.url");
    match (set(&url), uses_path(resolver, &base)) {
        (true, _) => url,
        (false, true) => format!("{base}.path"),
        (false, false) => format!("{base}.host"),
    }
}

/// Whether a connection goes to the socket at its `path`: only predis does, and only for the scheme `unix`
/// (predis/predis src/Connection/StreamConnection.php v1.1.10, v2.2.2; phpredis is given the host alone).
fn uses_path(resolver: &Resolver<'_>, base: &str) -> bool {
    let is_unix = matches!(resolver.text(&format!("{base}.scheme")), Ok(Some(scheme)) if &*scheme == "unix");
    is_unix && matches!(resolver.text(&format!("{base}.path")), Ok(Some(path)) if is_socket(&path))
}

impl Resolver<'_> {
    /// The setting that says where a redis connection goes.
    pub fn redis_key(&self, name: &str) -> String {
        deciding_key(self, name)
    }

    /// Hangs something on the redis connection that a key names.
    pub fn on_redis(&mut self, connection_key: &str) -> Lives {
        let steps = self.trail(connection_key);
        let name = match self.get(connection_key).kind {
            Kind::Str(name) if !name.is_empty() => name,
            Kind::Unknown(reason) => return Lives::unknown(reason),
            _ => "default".into(),
        };
        let id = service("redis", &name);
        extend(self.used.entry(Arc::clone(&id)).or_default(), steps.clone());
        let lives = connection(self, &name);
        Lives { backing: Some(id), decided_by: None, ..lives }.after(steps)
    }
}

/// Where a redis connection goes (laravel/framework src/Illuminate/Redis/RedisManager.php and Connectors, v5.5.50 to v13.26.1).
fn connection(resolver: &Resolver<'_>, name: &str) -> Lives {
    let base = format!("database.redis.{name}");
    match resolver.get(&base).kind {
        Kind::Array(_) => {}
        Kind::Unknown(reason) => return Lives::unknown(reason),
        _ => return cluster(resolver, name),
    }
    let url_key = format!("{base}.url");
    match resolver.text(&url_key) {
        Err(reason) => return Lives::unknown(reason),
        Ok(Some(url)) if !url.is_empty() => {
            let steps = resolver.trail(&url_key);
            if is_socket(&url) {
                return Lives { detail: Some("a unix socket".into()), ..Lives::at(Locality::Host) }
                    .after(steps);
            }
            return match host_of(&url) {
                Some(host) => locate(host).after(steps),
                None => Lives::unknown(Reason::new(format!("{url_key} is no url"))).after(steps),
            };
        }
        Ok(_) => {}
    }
    let path_key = format!("{base}.path");
    if let (Ok(Some(path)), Err(reason)) =
        (resolver.text(&path_key), resolver.text(&format!("{base}.scheme")))
        && is_socket(&path)
    {
        return Lives::unknown(reason).after(resolver.trail(&path_key));
    }
    if uses_path(resolver, &base) {
        let lives = Lives { detail: Some("a unix socket".into()), ..Lives::at(Locality::Host) };
        return lives.after(resolver.trail(&path_key));
    }
    resolver.host(&format!("{base}.host"), Some("127.0.0.1"))
}

/// A name under `clusters` is a list of hosts.
fn cluster(resolver: &Resolver<'_>, name: &str) -> Lives {
    let key = format!("database.redis.clusters.{name}");
    if matches!(resolver.get(&key).kind, Kind::Null) {
        return Lives::undefined("redis connection", &name.into());
    }
    resolver.host(&key, None)
}
