use std::path::Path;

use ignore::WalkBuilder;

use super::tree::{Skipped, io_reason, show};

/// Folders below which no app of the repository lives.
const NEVER: &[&str] = &["vendor", "node_modules", "bower_components", "target", "storage"];
/// Folders of a Laravel app that hold no other app.
pub(super) const PARTS_OF_AN_APP: &[&str] =
    &["app", "bootstrap", "config", "database", "lang", "public", "resources", "routes", "tests"];
/// How deep below the given path an app is looked for.
const MAX_DEPTH: usize = 6;

/// The folders that may hold an app, in order, and what could not be looked at.
#[derive(Debug, Default)]
pub struct Candidates {
    /// Folders with a file that a Laravel app has at its root.
    pub folders: Vec<std::path::PathBuf>,
    /// Folders with a manifest of Cargo.
    pub cargo: Vec<std::path::PathBuf>,
    /// Folders that could not be read.
    pub skipped: Vec<Skipped>,
}

/// Whether a folder may be the root of an app: it has a `composer.json`, a `composer.lock` or an `artisan`.
fn may_be_app(folder: &Path) -> bool {
    ["composer.json", "artisan", "composer.lock"].iter().any(|name| folder.join(name).is_file())
}

/// Looks for the apps at and below a path. `.gitignore` is followed; links are not.
#[must_use]
pub fn find(path: &Path) -> Candidates {
    let mut candidates = Candidates::default();
    let walk = WalkBuilder::new(path)
        .max_depth(Some(MAX_DEPTH))
        .parents(false)
        .require_git(false)
        .filter_entry(|entry| {
            let Some(kind) = entry.file_type() else { return false };
            if !kind.is_dir() && entry.depth() > 0 {
                return false;
            }
            let name = entry.file_name().to_string_lossy();
            if entry.depth() == 0 {
                return true;
            }
            if NEVER.contains(&name.as_ref()) {
                return false;
            }
            !(PARTS_OF_AN_APP.contains(&name.as_ref())
                && entry.path().parent().is_some_and(|parent| parent.join("artisan").is_file()))
        })
        .sort_by_file_path(Path::cmp)
        .build();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) || entry.depth() == 0 => {
                if entry.path().join("Cargo.toml").is_file() {
                    candidates.cargo.push(entry.path().to_owned());
                }
                if may_be_app(entry.path()) {
                    candidates.folders.push(entry.into_path());
                }
            }
            Ok(_) => {}
            Err(error) => candidates.skipped.push(skipped_of(&error, path)),
        }
    }
    candidates
}

fn skipped_of(error: &ignore::Error, root: &Path) -> Skipped {
    let path = match error {
        ignore::Error::WithPath { path, .. } => path.as_path(),
        ignore::Error::WithDepth { err, .. } => match err.as_ref() {
            ignore::Error::WithPath { path, .. } => path.as_path(),
            _ => root,
        },
        _ => root,
    };
    let reason = error.io_error().map_or_else(|| "could not be looked at".to_owned(), io_reason);
    Skipped { path: show(path), reason }
}
