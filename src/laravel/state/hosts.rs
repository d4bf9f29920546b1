//! Hosts, sockets and urls: which of them only this server reaches.

use std::sync::Arc;

use super::resolver::{Lives, Resolver};
use crate::eval::{Kind, Value};
use crate::facts::{Locality, Reason};

/// Whether a host name means the machine itself.
pub fn is_loopback(host: &str) -> bool {
    let host = host.trim().trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    let host = host.rsplit_once("://").map_or(host.as_str(), |(_, rest)| rest);
    host == "localhost"
        || host == "::1"
        || host == "0.0.0.0"
        || host.ends_with(".localhost")
        || host.starts_with("127.")
}

/// Whether a host is a path of a unix socket.
pub fn is_socket(host: &str) -> bool {
    host.starts_with('/') || host.starts_with("unix:")
}

/// The host part of a url or of `host:port`, without user and password.
pub fn host_of(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if let Some(end) = host.strip_prefix('[').and_then(|inner| inner.find(']')) {
        return host.get(1..=end);
    }
    let host = host.split(',').next()?;
    Some(host.rsplit_once(':').map_or(host, |(host, _)| host)).filter(|host| !host.is_empty())
}

/// Where a host is. An empty host is unknown: the client falls back to something of its own.
pub fn locate(host: &str) -> Lives {
    if is_socket(host) {
        return Lives { detail: Some("a unix socket".into()), ..Lives::at(Locality::Host) };
    }
    let locality = if is_loopback(host) { Locality::Host } else { Locality::Shared };
    Lives { detail: Some(host.into()), ..Lives::at(locality) }
}

impl Resolver<'_> {
    /// Where the host under a key is; `fallback` applies when it is null.
    pub fn host(&self, key: &str, fallback: Option<&str>) -> Lives {
        let steps = self.trail(key);
        let value = self.get(key);
        let lives = match &value.kind {
            Kind::Array(_) => self.hosts_in(key, &value),
            Kind::Null => match fallback {
                Some(host) => locate(host),
                None => Lives::unknown(Reason::new(format!("{key} is not set"))),
            },
            Kind::Str(host) if host.trim().is_empty() => {
                Lives::unknown(Reason::new(format!("{key} is empty: it is to be set where the app runs")))
            }
            Kind::Str(host) => locate(host),
            Kind::Unknown(reason) => Lives::unknown(reason.clone()),
            _ => Lives::unknown(Reason::new(format!("{key} is no host name"))),
        };
        lives.by(key).after(steps)
    }

    /// Where the hosts of the list under `key` are: one on loopback decides, then one that is not known.
    fn hosts_in(&self, key: &str, value: &Value) -> Lives {
        let Kind::Array(hosts) = &value.kind else { return Lives::unknown(Reason::new("no hosts")) };
        let mut shared = None;
        let mut unknown = None;
        for (index, host) in hosts.iter() {
            let index = index.text();
            let (host, key) = match &host.kind {
                Kind::Array(parts) => (parts.get_text("host"), format!("{key}.{index}.host")),
                _ => (Some(host), format!("{key}.{index}")),
            };
            let lives = match host.map(|host| &host.kind) {
                Some(Kind::Str(host)) => locate(host),
                Some(Kind::Unknown(reason)) => Lives::unknown(reason.clone()),
                _ => continue,
            };
            let lives = lives.by(&key);
            match lives.locality {
                Some(Locality::Host) => return lives,
                Some(Locality::Shared) => shared = shared.or(Some(lives)),
                _ => unknown = unknown.or(Some(lives)),
            }
        }
        unknown.or(shared).unwrap_or_else(|| Lives::unknown(Reason::new("an empty list of hosts")))
    }

    /// Where an endpoint is that stands in for a cloud service; without one it is the cloud's own.
    pub fn endpoint(&self, base: &str) -> Lives {
        let key = format!("{base}.endpoint");
        match self.text(&key) {
            Ok(None) => Lives::at(Locality::Shared),
            Ok(Some(url)) if url.is_empty() => Lives::at(Locality::Shared),
            Ok(Some(url)) => match host_of(&url) {
                Some(host) => locate(host).by(&key).after(self.trail(&key)),
                None => Lives::unknown(Reason::new(format!("{key} is no url"))),
            },
            Err(reason) => Lives::unknown(reason),
        }
    }

    /// Where the memcached servers of a store are.
    pub fn servers(&self, base: &str) -> Lives {
        let key = format!("{base}.servers");
        let value = self.get(&key);
        let steps = match &value.kind {
            Kind::Array(servers) => (0..servers.len())
                .flat_map(|index| self.trail(&format!("{key}.{index}.host")))
                .collect::<Vec<_>>(),
            _ => self.trail(&key),
        };
        let lives = match value.kind {
            Kind::Array(_) => self.hosts_in(&key, &value),
            Kind::Unknown(reason) => Lives::unknown(reason),
            _ => Lives::unknown(Reason::new(format!("{key} is not set"))),
        };
        lives.after(steps)
    }
}

/// The kind of service a name stands for, as the id of a service: `database:mysql`.
pub fn service(kind: &str, name: &str) -> Arc<str> {
    format!("{kind}:{name}").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_by_any_name() {
        for host in ["localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]", "LOCALHOST", "tcp://127.0.0.1"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["db", "10.0.0.1", "localhost.example.com", "redis-127.internal", ""] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn hosts_of_urls() {
        let table = [
            ("redis://user:p@ss@cache.internal:6379/0", Some("cache.internal")),
            ("tcp://127.0.0.1:6379", Some("127.0.0.1")),
            ("http://[::1]:9000", Some("::1")),
            ("db.internal:3306", Some("db.internal")),
            ("sqlite:///tmp/x", None),
            ("", None),
        ];
        for (url, host) in table {
            assert_eq!(host_of(url), host, "{url}");
        }
    }
}
