//! Database connections: the default one and those that other state hangs on.

use std::sync::Arc;

use super::hosts::{host_of, locate, service};
use super::resolver::{Lives, Resolver, extend};
use crate::eval::{Kind, Value};
use crate::facts::{Concern, Locality, Reason, Severity, TrailStep};

/// Schemes of a database url and the drivers they name
/// (laravel/framework src/Illuminate/Support/ConfigurationUrlParser.php, v5.8.38 to v13.26.1).
const SCHEMES: &[(&str, &str)] = &[
    ("mssql", "sqlsrv"),
    ("mysql2", "mysql"),
    ("postgres", "pgsql"),
    ("postgresql", "pgsql"),
    ("sqlite3", "sqlite"),
];

/// Adds the default connection and every other one that something hangs on.
pub fn add(resolver: &mut Resolver<'_>) {
    let default = resolver.get("database.default");
    match &default.kind {
        Kind::Str(name) => {
            resolver.used.entry(service("database", name)).or_default();
        }
        Kind::Null => {}
        _ => {
            let reason = default.reason().cloned().unwrap_or_else(|| Reason::new("no connection is named"));
            resolver.add(Concern::Database, "database.default", "unknown", Lives::unknown(reason));
        }
    }
    let default = default.as_str().map(Arc::<str>::from);
    let mut used: Vec<(Arc<str>, Vec<TrailStep>)> =
        resolver.used.iter().map(|(id, trail)| (Arc::clone(id), trail.clone())).collect();
    used.retain(|(id, _)| id.starts_with("database:"));
    used.sort_by_key(|(id, _)| {
        Some(id.as_ref()) != default.as_deref().map(|name| format!("database:{name}")).as_deref()
    });
    for (id, led_here) in used {
        let Some(name) = id.strip_prefix("database:") else { continue };
        let lives = connection(resolver, name);
        let is_default = default.as_deref() == Some(name);
        let key = if is_default {
            "database.default".to_owned()
        } else {
            format!("database.connections.{name}.driver")
        };
        let lives = if is_default { lives } else { lives.after(led_here) };
        let store = match &lives.detail {
            Some(detail) if lives.locality == Some(Locality::Disk) => format!("{name} ({detail})"),
            _ => name.to_owned(),
        };
        resolver.add(Concern::Database, &key, &store, lives);
        let severity =
            if is_default { Severity::Error } else { resolver.weight_on(&id).unwrap_or(Severity::Error) };
        if let Some(state) = resolver.last() {
            state.severity = severity;
            state.service = Some(id);
        }
    }
}

impl Resolver<'_> {
    /// Where a database connection keeps its data.
    pub fn database(&mut self, name: &str) -> Lives {
        connection(self, name)
    }

    /// Hangs something on the database connection that a key names (null: the default one).
    pub fn on_database(&mut self, connection_key: &str) -> Lives {
        let named = self.get(connection_key);
        let mut steps = self.trail(connection_key);
        let name = match named.kind {
            Kind::Str(name) if !name.is_empty() => name,
            Kind::Unknown(reason) => return Lives::unknown(reason),
            _ => {
                extend(&mut steps, self.trail("database.default"));
                match self.get("database.default").kind {
                    Kind::Str(name) => name,
                    Kind::Unknown(reason) => return Lives::unknown(reason),
                    _ => return Lives::unknown(Reason::new("no default database connection is named")),
                }
            }
        };
        let id = service("database", &name);
        extend(self.used.entry(Arc::clone(&id)).or_default(), steps.clone());
        let lives = connection(self, &name);
        // What decides about the connection is told with the connection.
        Lives { backing: Some(id), decided_by: None, ..lives }.after(steps)
    }
}

/// Where a connection keeps its data.
fn connection(resolver: &mut Resolver<'_>, name: &str) -> Lives {
    let base = format!("database.connections.{name}");
    let entry = resolver.get(&base);
    if name.is_empty() {
        return Lives::unknown(Reason::new(
            "the name of the connection is empty: it is to be set where the app runs",
        ));
    }
    match &entry.kind {
        Kind::Null => return Lives::undefined("database connection", &name.into()),
        Kind::Unknown(reason) => return Lives::unknown(reason.clone()),
        _ => {}
    }
    let url_key = format!("{base}.url");
    let mut steps = resolver.trail(&format!("{base}.driver"));
    let mut driver = resolver.get(&format!("{base}.driver"));
    match resolver.text(&url_key) {
        Err(reason) => return Lives::unknown(reason).after(steps),
        Ok(Some(url)) if !url.is_empty() => {
            extend(&mut steps, resolver.trail(&url_key));
            return by_url(resolver, &base, &url, &driver).by(&url_key).after(steps);
        }
        Ok(_) => {}
    }
    if driver.as_str() == Some("sqlite") {
        return sqlite(resolver, &base).after(steps);
    }
    if !crate::laravel::drivers::of("database").contains_key(driver.as_str().unwrap_or_default()) {
        driver.place = entry.place.clone().or(driver.place);
    }
    resolver.driver("database", &base, &driver).after(steps)
}

/// A url wins over the parts beside it: its scheme over the driver, its host over the host.
fn by_url(resolver: &mut Resolver<'_>, base: &str, url: &str, driver: &Value) -> Lives {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase()).unwrap_or_default();
    let known =
        SCHEMES.iter().find(|(alias, _)| *alias == scheme).map_or(scheme.as_str(), |(_, driver)| driver);
    if known == "sqlite" {
        // ConfigurationUrlParser takes one slash of the path away: four slashes make an absolute one.
        let path = url.split_once(':').map_or("", |(_, rest)| rest);
        let path = path.strip_prefix("///").unwrap_or(path);
        let path = path.split('?').next().unwrap_or(path);
        let memory = path == ":memory:";
        let locality = if memory { Locality::Memory } else { Locality::Disk };
        return Lives { detail: Some(path.into()), ..Lives::at(locality) };
    }
    match host_of(url) {
        Some(host) => locate(host),
        None => {
            let driver = Value { kind: driver.kind.clone(), ..Value::null() };
            resolver.driver("database", base, &driver)
        }
    }
}

fn sqlite(resolver: &Resolver<'_>, base: &str) -> Lives {
    let key = format!("{base}.database");
    let steps = resolver.trail(&key);
    match resolver.get(&key).as_str() {
        Some(":memory:") => {
            Lives { detail: Some(":memory:".into()), ..Lives::at(Locality::Memory) }.after(steps)
        }
        _ => Lives { detail: resolver.path_detail(&key), ..Lives::at(Locality::Disk) }.after(steps),
    }
}
