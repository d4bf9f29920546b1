//! What is known of crates without reading them. Data: `rules/rust/crates.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::requirement;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Data {
    #[serde(rename = "crate")]
    crates: Vec<Crate>,
    framework: Vec<Row>,
    not_server: Vec<NotServer>,
}

/// A crate, or some of its versions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Crate {
    package: String,
    code: Option<String>,
    versions: Option<String>,
    #[serde(default)]
    pub(super) default: Vec<String>,
    #[serde(default)]
    pub(super) implies: BTreeMap<String, Vec<String>>,
}

/// A crate that serves.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub(super) package: String,
    #[serde(default)]
    pub(super) needs: Vec<String>,
    #[serde(default)]
    pub(super) weak: bool,
}

/// A crate whose programs are no servers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NotServer {
    package: String,
    why: String,
}

fn data() -> &'static Data {
    static DATA: OnceLock<Data> = OnceLock::new();
    DATA.get_or_init(|| packed!("rust-crates.json").unwrap_or_default())
}

/// The name in code of a package's crate, when its dependency is not renamed.
#[must_use]
pub fn crate_name(package: &str) -> String {
    let known = data().crates.iter().find(|row| row.package == package);
    known.and_then(|row| row.code.clone()).unwrap_or_else(|| package.replace('-', "_"))
}

/// What is known of a crate in a version, or in those that a requirement asks for.
pub(super) fn known(
    package: &str,
    version: Option<&str>,
    requirement: Option<&str>,
) -> Option<&'static Crate> {
    let mut rows = data().crates.iter().filter(|row| row.package == package).peekable();
    rows.peek()?;
    let version = version.map(str::to_owned).or_else(|| requirement::lowest(requirement?));
    rows.find(|row| match (&row.versions, &version) {
        (None, _) => true,
        (Some(versions), Some(version)) => requirement::allows(versions, version) == Some(true),
        (Some(_), None) => false,
    })
}

/// What is known of a crate that serves.
pub(super) fn framework(package: &str) -> Option<&'static Row> {
    data().framework.iter().find(|row| row.package == package)
}

/// Why a program with this crate is no server.
pub(super) fn not_server(package: &str) -> Option<&'static str> {
    data().not_server.iter().find(|row| row.package == package).map(|row| row.why.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_read_whole() {
        let read: Result<Data, _> = packed!("rust-crates.json");
        let read = read.unwrap();
        for row in &read.crates {
            let versions = row.versions.as_deref().unwrap_or("1");
            assert!(requirement::allows(versions, "1.0.0").is_some(), "{}", row.package);
        }
        assert!(read.framework.len() > 20 && !read.not_server.is_empty());
    }

    #[test]
    fn rows_hold_for_versions() {
        let defaults =
            |version, requirement| known("loco-rs", version, requirement).map(|row| row.default[0].as_str());
        assert_eq!(defaults(Some("0.16.4"), Some("1")), Some("auth_jwt"));
        assert_eq!(defaults(Some("1.2.0"), None), Some("auth"));
        assert_eq!(defaults(None, Some("0.16")), Some("auth_jwt"));
        assert_eq!(defaults(None, None), None);
        assert!(known("serde", Some("1.0.0"), None).is_none());
        assert_eq!(crate_name("rust-s3"), "s3");
        assert_eq!(crate_name("actix-web"), "actix_web");
    }
}
