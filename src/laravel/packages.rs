//! Static methods of the framework and its first-party packages that configs call.

use std::sync::OnceLock;

use serde::Deserialize;

use super::host::{LaravelHost, lookup};
use super::version::{NEWEST, Version};
use crate::eval::functions;
use crate::eval::{Array, Key, Kind, Value};

#[derive(Debug, Deserialize, Default)]
struct Providers {
    provider: Vec<Row>,
}

#[derive(Debug, Deserialize, Default)]
struct Aliases {
    alias: Vec<Row>,
}

/// A class of a default list. Data: `rules/laravel/providers.toml`, `rules/laravel/aliases.toml`.
#[derive(Debug, Deserialize)]
struct Row {
    name: Option<String>,
    class: String,
    since: Option<Version>,
    until: Option<Version>,
}

fn providers() -> &'static [Row] {
    static DATA: OnceLock<Providers> = OnceLock::new();
    &DATA.get_or_init(|| packed!("laravel-providers.json").unwrap_or_default()).provider
}

fn aliases() -> &'static [Row] {
    static DATA: OnceLock<Aliases> = OnceLock::new();
    &DATA.get_or_init(|| packed!("laravel-aliases.json").unwrap_or_default()).alias
}

/// The result of a static method; `None` when it is not one of these.
pub fn static_call(host: &LaravelHost<'_>, class: &str, method: &str) -> Option<Value> {
    let version = host.app.version_or_newest();
    match (class, method) {
        ("Illuminate\\Support\\ServiceProvider", "defaultProviders") if version >= Version::new(10, 8, 0) => {
            let in_version = |version: Version| -> Vec<&str> {
                let rows = providers().iter().filter(|row| version.is_within(row.since, row.until));
                rows.map(|row| row.class.as_str()).collect()
            };
            let classes = in_version(version);
            // A provider more moves all that follow. No rule needs the list, so it is only told where every release
            // of the major that may be deployed has the same.
            if classes != in_version(Version::new(version.major, NEWEST, NEWEST)) {
                let reason = "Laravel's default providers changed within this major version";
                return Some(Value::unknown(crate::facts::Reason::new(reason)));
            }
            Some(Value::array(Array::list(classes.into_iter().map(Value::str))))
        }
        ("Illuminate\\Support\\Facades\\Facade", "defaultAliases") if version.major >= 9 => {
            let mut aliases = Array::new();
            for row in self::aliases().iter().filter(|row| version.is_within(row.since, row.until)) {
                if let Some(name) = &row.name {
                    aliases.insert(Key::from_text(name), Value::str(row.class.as_str()));
                }
            }
            Some(Value::array(aliases))
        }
        ("Laravel\\Sanctum\\Sanctum", "currentApplicationUrlWithPort") => {
            Some(application_url_with_port(host))
        }
        // laravel/sanctum 4.1.1 src/Sanctum.php: a mark that each request replaces by its own host.
        ("Laravel\\Sanctum\\Sanctum", "currentRequestHost") => {
            Some(Value::unknown(crate::facts::Reason::new("it depends on the request")))
        }
        _ => None,
    }
}

/// `,host:port` of `app.url` (laravel/sanctum src/Sanctum.php, 2.14.2 to 4.0.1).
fn application_url_with_port(host: &LaravelHost<'_>) -> Value {
    let url = lookup(&host.repository.borrow(), "app.url").unwrap_or_else(Value::null);
    let text = match &url.kind {
        Kind::Null | Kind::Bool(false) => return Value::str(""),
        Kind::Str(text) if text.is_empty() || text.as_ref() == "0" => return Value::str(""),
        Kind::Str(_) => url.clone(),
        Kind::Unknown(reason) => return Value::unknown(reason.clone()),
        _ => return Value::unknown(crate::facts::Reason::new("an app.url that is no text")),
    };
    let part = |name: &str| {
        let parts = functions::find("parse_url")?.call(std::slice::from_ref(&text)).ok()?;
        let part = Value::new(parts).as_array()?.get_text(name)?.clone();
        match part.kind {
            Kind::Str(text) => Some(text.to_string()),
            Kind::Int(number) if number != 0 => Some(number.to_string()),
            _ => None,
        }
    };
    let port = part("port").map_or_else(String::new, |port| format!(":{port}"));
    Value::str(format!(",{}{port}", part("host").unwrap_or_default())).with_trail(url.trail)
}
