//! Urls and paths of databases, caches and brokers: where what they name lives. Never gives a user or a password.

use std::sync::Arc;

use crate::facts::Locality;

/// Where a url leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// Where that lives.
    pub locality: Locality,
    /// What it is: `sqlite`, `postgres`, `redis`.
    pub service: &'static str,
    /// The host, or the path of a file.
    pub detail: Option<Arc<str>>,
}

/// What a scheme names.
#[derive(Clone, Copy)]
enum Kind {
    /// A file of this service, or `:memory:`.
    File(&'static str),
    /// A service on a host.
    Service(&'static str),
    /// A service of a cloud.
    Cloud(&'static str),
    Memory(&'static str),
}

const SCHEMES: &[(&[&str], Kind)] = &[
    (&["sqlite", "sqlite3"], Kind::File("sqlite")),
    (&["duckdb"], Kind::File("duckdb")),
    (&["rocksdb", "surrealkv", "sled", "redb"], Kind::File("embedded database")),
    (&["mem", "memory"], Kind::Memory("memory")),
    (&["postgres", "postgresql", "cockroachdb"], Kind::Service("postgres")),
    (&["mysql", "mariadb"], Kind::Service("mysql")),
    (&["mssql", "sqlserver"], Kind::Service("mssql")),
    (&["mongodb", "mongodb+srv"], Kind::Service("mongodb")),
    (&["clickhouse"], Kind::Service("clickhouse")),
    (&["libsql"], Kind::Service("libsql")),
    (
        &[
            "redis",
            "rediss",
            "redis+tls",
            "valkey",
            "valkeys",
            "redis-sentinel",
            "redis+sentinel",
            "redis-cluster",
            "rediss-cluster",
        ],
        Kind::Service("redis"),
    ),
    (&["redis+unix"], Kind::Service("redis")),
    (&["memcache", "memcached"], Kind::Service("memcached")),
    (&["amqp", "amqps"], Kind::Service("rabbitmq")),
    (&["nats", "tls+nats"], Kind::Service("nats")),
    (&["kafka"], Kind::Service("kafka")),
    (&["s3", "gs", "gcs", "az", "azblob", "abfs"], Kind::Cloud("object storage")),
];

/// Where a url of a database, a cache, a broker or a bucket leads; `None` for all else and for what cannot be known.
#[must_use]
pub fn of_url(url: &str) -> Option<Located> {
    let url = url.trim();
    if url == ":memory:" {
        return Some(memory("sqlite"));
    }
    let Some((scheme, rest)) = url.split_once(':') else { return dsn(url) };
    let scheme = scheme.to_ascii_lowercase();
    if scheme == "file" {
        return file_uri(rest);
    }
    let Some((_, kind)) = SCHEMES.iter().find(|(schemes, _)| schemes.contains(&scheme.as_str())) else {
        return dsn(url);
    };
    match kind {
        Kind::Memory(service) => rest.starts_with("//").then(|| memory(service)),
        Kind::File(service) => Some(file(service, rest)),
        Kind::Cloud(service) => Some(Located { locality: Locality::Shared, service, detail: None })
            .filter(|_| rest.starts_with("//")),
        Kind::Service(service) => {
            let socket = scheme == "redis+unix";
            if socket { Some(unix_socket(service)) } else { on_host(service, rest.strip_prefix("//")?) }
        }
    }
}

/// A value that is a url, or a path of a SQLite file without a scheme.
pub(super) fn of_url_or_path(value: &str) -> Option<Located> {
    of_url(value).or_else(|| of_path(value))
}

/// A path that is one of a SQLite file by its end.
pub(super) fn of_path(value: &str) -> Option<Located> {
    let path = value.trim().split('?').next().unwrap_or_default();
    let is_file = [".sqlite", ".sqlite3", ".db", ".db3"].iter().any(|end| path.ends_with(end));
    let plain = !path.contains(['@', ' ', '\n']) && !path.contains("://");
    (is_file && plain).then(|| file("sqlite", value.trim()))
}

fn memory(service: &'static str) -> Located {
    Located { locality: Locality::Memory, service, detail: None }
}

fn unix_socket(service: &'static str) -> Located {
    Located { locality: Locality::Host, service, detail: Some("a unix socket".into()) }
}

/// `sqlite://data.db?mode=rwc`, `sqlite::memory:`.
fn file(service: &'static str, rest: &str) -> Located {
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    if path == ":memory:" || query.split('&').any(|pair| pair == "mode=memory") || path.is_empty() {
        return memory(service);
    }
    Located { locality: Locality::Disk, service, detail: Some(path.into()) }
}

/// `file:data.db?cache=shared`: SQLite's own form. A plain `file://` is anything.
fn file_uri(rest: &str) -> Option<Located> {
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let is_database = of_path(path).is_some()
        || path.trim_start_matches('/') == ":memory:"
        || query.split('&').any(|pair| pair.starts_with("mode=") || pair.starts_with("cache="));
    is_database.then(|| file("sqlite", rest))
}

/// `user:password@host:port/name?query`.
fn on_host(service: &'static str, rest: &str) -> Option<Located> {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end)?;
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    // A `/` in a password that is not encoded makes the user look like the host.
    if path.contains('@') {
        return None;
    }
    let given =
        query.split('&').find_map(|pair| pair.strip_prefix("host=").or_else(|| pair.strip_prefix("socket=")));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.split(',').next().unwrap_or_default();
    let (host, port) = match host.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((host, port)) => (host, port.strip_prefix(':').unwrap_or(port)),
        None => host.rsplit_once(':').unwrap_or((host, "")),
    };
    let host = match (host, given) {
        (_, Some(given)) if given.starts_with(['/', '%']) => given,
        ("", Some(given)) => given,
        (host, _) => host,
    };
    if host.is_empty() || host.starts_with('/') || host.to_ascii_lowercase().starts_with("%2f") {
        return Some(unix_socket(service));
    }
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    // `${DB_HOST}` is filled in by someone else.
    let is_host = host.chars().all(plain) && port.bytes().all(|byte| byte.is_ascii_digit());
    is_host.then(|| at_host(service, host))
}

/// A service on a host.
pub(super) fn at_host(service: &'static str, host: &str) -> Located {
    let locality = if is_loopback(host) { Locality::Host } else { Locality::Shared };
    Located { locality, service, detail: Some(host.into()) }
}

/// Whether a host name means the machine itself.
fn is_loopback(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    matches!(host.as_str(), "localhost" | "::1" | "0.0.0.0")
        || host.starts_with("127.")
        || host.ends_with(".localhost")
}

/// `host=localhost user=app dbname=app`: libpq's own form.
fn dsn(text: &str) -> Option<Located> {
    let get =
        |name: &str| text.split_whitespace().find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let is_dsn = get("dbname").is_some() || (get("host").is_some() && get("user").is_some());
    let host = get("host").filter(|_| is_dsn)?.trim_matches(['\'', '"']);
    if host.starts_with('/') {
        return Some(unix_socket("postgres"));
    }
    on_host("postgres", host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(located: Option<Located>) -> String {
        located.map_or_else(String::new, |located| {
            format!(
                "{} {} {}",
                located.service,
                located.locality.name(),
                located.detail.as_deref().unwrap_or("-")
            )
        })
    }

    #[test]
    fn urls_lead_somewhere() {
        for (url, expected) in [
            ("sqlite://db.sqlite?mode=rwc", "sqlite disk db.sqlite"),
            ("sqlite:///data/users.db", "sqlite disk /data/users.db"),
            ("sqlite:todos.db", "sqlite disk todos.db"),
            ("SQLITE::memory:", "sqlite memory -"),
            ("sqlite://:memory:", "sqlite memory -"),
            ("sqlite://?mode=memory", "sqlite memory -"),
            (":memory:", "sqlite memory -"),
            ("file:rusqlite?mode=memory&cache=shared", "sqlite memory -"),
            ("file:data.db", "sqlite disk data.db"),
            ("file:///etc/app.toml", ""),
            ("postgres://u:p@db.internal:5432/app", "postgres shared db.internal"),
            ("postgresql://u:p%2Fss@127.0.0.1/app", "postgres host 127.0.0.1"),
            ("postgres://u:p/ss@db/app", ""),
            ("postgres://u:p@ss@db/app", "postgres shared db"),
            ("postgres://u:pass", ""),
            ("postgres:///app", "postgres host a unix socket"),
            ("postgres://%2Fvar%2Frun/app", "postgres host a unix socket"),
            ("postgres://u@localhost/app?host=/var/run/postgresql", "postgres host a unix socket"),
            ("postgres:///app?host=db", "postgres shared db"),
            ("postgres://u:p@${DB_HOST}/app", ""),
            ("postgres://u:p@[::1]:5432/app", "postgres host ::1"),
            ("mysql://root@localhost/app", "mysql host localhost"),
            ("mongodb://a:1,b:2/app", "mongodb shared a"),
            ("mongodb+srv://u:p@c.mongodb.net/app", "mongodb shared c.mongodb.net"),
            ("redis://:p@cache:6379/0", "redis shared cache"),
            ("redis://127.0.0.1", "redis host 127.0.0.1"),
            ("redis+unix:///run/redis.sock", "redis host a unix socket"),
            ("amqp://guest:guest@localhost:5672/%2f", "rabbitmq host localhost"),
            ("s3://bucket/path", "object storage shared -"),
            ("mem://", "memory memory -"),
            ("memory:", ""),
            ("host=localhost user=app password=x dbname=app", "postgres host localhost"),
            ("host=/run user=app", "postgres host a unix socket"),
            ("https://u:p@example.com", ""),
            ("postgres", ""),
            ("", ""),
            ("é:é", ""),
            ("redis://é:é@é", "redis shared é"),
        ] {
            assert_eq!(shown(of_url(url)), expected, "{url}");
        }
    }

    #[test]
    fn paths_of_sqlite_files_need_no_scheme() {
        for (value, expected) in [
            ("db/db.sqlite", "sqlite disk db/db.sqlite"),
            ("app.db?mode=rwc", "sqlite disk app.db"),
            ("mysql://u:p@localhost/x", "mysql host localhost"),
            ("https://example.db", ""),
            ("u:p@host.db", ""),
            ("app", ""),
        ] {
            assert_eq!(shown(of_url_or_path(value)), expected, "{value}");
        }
    }
}
