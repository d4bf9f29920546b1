//! Files that are no part of what serves, by their paths.

/// Whether a file is for tests, benchmarks or the build.
#[must_use]
pub fn is_for_tests(relative: &str) -> bool {
    const FOLDERS: &[&str] = &["tests", "benches", "test", "mocks", "testing", "fixtures"];
    let name = relative.rsplit('/').next().unwrap_or(relative);
    let stem = name.trim_end_matches(".rs");
    let mut folders = relative.split('/').rev().skip(1);
    folders.any(|folder| FOLDERS.contains(&folder))
        || relative.starts_with("examples/")
        || name == "build.rs"
        || crate::parse::rust::is_test_module(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_tell_what_is_for_tests() {
        for (path, expected) in [
            ("src/main.rs", false),
            ("src/latest.rs", false),
            ("src/contest/mod.rs", false),
            ("src/tests.rs", true),
            ("src/a/test_helpers.rs", true),
            ("src/a/b_test.rs", true),
            ("src/tests/a.rs", true),
            ("tests/a.rs", true),
            ("benches/a.rs", true),
            ("examples/a.rs", true),
            ("build.rs", true),
            ("src/file_hosting/mock.rs", true),
            ("src/attestation.rs", false),
        ] {
            assert_eq!(is_for_tests(path), expected, "{path}");
        }
    }
}
