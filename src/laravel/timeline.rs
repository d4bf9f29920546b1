//! What changed between versions before an app's own code runs. Data: `rules/laravel/versions.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

use super::version::Version;

#[derive(Debug, Deserialize, Default)]
struct Tables {
    dotenv: Vec<Dotenv>,
    merge: Vec<Row<bool>>,
    base_readable: Vec<Row<String>>,
    nested_name: Vec<Row<String>>,
    file_order: Vec<Row<String>>,
    app_env_file: Vec<Row<bool>>,
}

#[derive(Debug, Deserialize)]
struct Dotenv {
    since: Option<Version>,
    until: Option<Version>,
    assume: String,
}

#[derive(Debug, Deserialize)]
struct Row<T> {
    since: Option<Version>,
    until: Option<Version>,
    value: T,
}

fn tables() -> &'static Tables {
    static DATA: OnceLock<Tables> = OnceLock::new();
    DATA.get_or_init(|| packed!("laravel-versions.json").unwrap_or_default())
}

fn value<T: Clone + Default>(rows: &[Row<T>], version: Version) -> T {
    let row = rows.iter().find(|row| version.is_within(row.since, row.until));
    row.map(|row| row.value.clone()).unwrap_or_default()
}

/// The newest phpdotenv that a Laravel version asks for.
#[must_use]
pub fn dotenv(version: Version) -> Option<&'static str> {
    let row = tables().dotenv.iter().find(|row| version.is_within(row.since, row.until));
    row.map(|row| row.assume.as_str())
}

/// Whether the framework's own config lies under the app's.
#[must_use]
pub fn merges(version: Version) -> bool {
    value(&tables().merge, version)
}

/// Whether the framework's files that the app lacks are readable while the app's config is loaded.
#[must_use]
pub fn base_comes_first(version: Version) -> bool {
    value(&tables().base_readable, version) == "before"
}

/// Whether `config/foo/bar.php` is `foo.bar` (else `bar`).
#[must_use]
pub fn nests_names(version: Version) -> bool {
    value(&tables().nested_name, version) == "dots"
}

/// Whether config files are read in an order that we know.
#[must_use]
pub fn orders_files(version: Version) -> bool {
    value(&tables().file_order, version) == "natural"
}

/// Whether an `APP_ENV` of the process picks `.env.{APP_ENV}`.
#[must_use]
pub fn picks_file_by_app_env(version: Version) -> bool {
    value(&tables().app_env_file, version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_follow_the_version() {
        let at = |major, minor, patch| Version::new(major, minor, patch);
        assert_eq!(dotenv(at(5, 5, 0)), Some("2.6.9"));
        assert_eq!(dotenv(at(13, 9999, 9999)), Some("5.6.4"));
        assert!(!merges(at(10, 9999, 9999)) && merges(at(11, 0, 0)));
        assert!(base_comes_first(at(12, 9999, 9999)) && !base_comes_first(at(12, 20, 0)));
        assert!(nests_names(at(8, 0, 0)) && picks_file_by_app_env(at(11, 0, 0)));
    }
}
