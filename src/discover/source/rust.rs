//! Which files below a folder hold the code of Cargo packages.

use std::path::Path;

use ignore::DirEntry;

use super::Language;

/// Folders that hold no code of what is deployed, wherever they are.
const NEVER: &[&str] = &["target", "node_modules", ".git", ".cargo"];
/// Folders beside a manifest that hold no code of what is deployed.
const NEVER_BESIDE_A_MANIFEST: &[&str] = &["tests", "benches", "vendor"];
/// Files that say which other files are modules, and whether of tests only: wanted whatever they hold.
const ROOTS: &[&str] = &["main.rs", "lib.rs", "mod.rs"];

/// Rust.
pub(super) struct Rust;

impl Language for Rust {
    fn may_hold_code(&self, entry: &DirEntry, _: &str) -> bool {
        let name = entry.file_name().to_string_lossy();
        let beside = || entry.path().parent().is_some_and(|folder| folder.join("Cargo.toml").is_file());
        let is_left_out =
            NEVER.contains(&name.as_ref()) || (NEVER_BESIDE_A_MANIFEST.contains(&name.as_ref()) && beside());
        !is_left_out
    }

    fn is_source(&self, entry: &DirEntry) -> bool {
        entry.path().extension().is_some_and(|extension| extension == "rs")
    }

    fn is_wanted(&self, path: &Path, _: &[u8], hit: bool) -> bool {
        hit || path.file_name().is_some_and(|name| ROOTS.contains(&name.to_string_lossy().as_ref()))
    }
}
