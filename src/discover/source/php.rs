//! Which files of a Laravel app hold its code.

use std::path::Path;

use ignore::DirEntry;

use super::Language;
use crate::discover::apps::PARTS_OF_AN_APP;

/// Folders that hold no code of the app, wherever they are.
const NEVER: &[&str] = &["vendor", "node_modules", "bower_components", "tests", ".git"];
/// Folders of an app, below its root, that hold no code: what it makes itself, and texts.
const NOT_CODE: &[&str] = &["storage", "bootstrap/cache", "public/build", "lang", "resources/lang"];

/// PHP, and Blade templates with PHP in them.
pub(super) struct Php {
    /// Folders that are left out, relative to the app.
    pub except: Vec<String>,
}

impl Language for Php {
    fn may_hold_code(&self, entry: &DirEntry, relative: &str) -> bool {
        let name = entry.file_name().to_string_lossy();
        if NEVER.contains(&name.as_ref()) {
            return false;
        }
        // `app/Models/Tests` may be a class about tests of another kind.
        if name == "Tests" && !relative.starts_with("app/") {
            return false;
        }
        let left_out = NOT_CODE.contains(&relative) || self.except.iter().any(|folder| folder == relative);
        // Another app of the repository is searched as itself.
        let first = relative.split('/').next().unwrap_or_default();
        !left_out && (PARTS_OF_AN_APP.contains(&first) || !entry.path().join("artisan").is_file())
    }

    fn is_source(&self, entry: &DirEntry) -> bool {
        entry.path().extension().is_some_and(|extension| extension == "php") && !is_for_editors(entry)
    }

    /// What Blade itself runs is no PHP before it is compiled.
    fn is_wanted(&self, path: &Path, bytes: &[u8], hit: bool) -> bool {
        hit && (!is_blade(path) || has_open_tag(bytes))
    }
}

/// Files that barryvdh/laravel-ide-helper writes for editors: they name every method and are never run.
fn is_for_editors(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with("_ide_helper") || name == ".phpstorm.meta.php"
}

fn is_blade(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(".blade.php"))
}

fn has_open_tag(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|window| window == b"<?=" || window.eq_ignore_ascii_case(b"<?p"))
}
