//! The files of code that hold one of some literals.

mod needles;
mod php;
mod rust;
mod walk;

use std::path::Path;
use std::sync::Arc;

use ignore::DirEntry;

use super::tree::{Skipped, Tree};
use crate::text::Source;
pub use needles::Needles;

/// Which files a search looks into, and which of them it gives out.
trait Language: Send + Sync {
    /// Whether a folder, with its path relative to where the search began, is looked into.
    fn may_hold_code(&self, entry: &DirEntry, relative: &str) -> bool;
    /// Whether a file is read.
    fn is_source(&self, entry: &DirEntry) -> bool;
    /// Whether a file that was read is given out.
    fn is_wanted(&self, path: &Path, bytes: &[u8], hit: bool) -> bool;
}

/// A file of code that a search gave out.
#[derive(Debug)]
pub struct SourceFile {
    /// Its path, relative to where the search began.
    pub relative: String,
    /// Its text.
    pub source: Arc<Source>,
    /// Whether it holds one of the literals.
    pub hit: bool,
}

/// What a search found.
#[derive(Debug, Default)]
pub struct Hits {
    /// The files, in the order of their paths.
    pub files: Vec<SourceFile>,
    /// How many files were looked into.
    pub searched: usize,
    /// What could not be read, in the order of the paths.
    pub skipped: Vec<Skipped>,
}

impl Tree {
    /// Searches the PHP files of the app at this tree. Tests, dependencies, what the app makes itself, other apps below
    /// it and the folders of `except` (relative) are left out; `.gitignore` is followed, links are not.
    #[must_use]
    pub fn search(&self, needles: &Needles, except: &[&str]) -> Hits {
        let except = except.iter().map(|folder| (*folder).to_owned()).collect();
        walk::search(self, needles, php::Php { except })
    }

    /// Searches the Rust files below this tree. Tests and benches beside a manifest, dependencies and what Cargo builds
    /// are left out; files that name modules are given out whatever they hold.
    #[must_use]
    pub fn search_rust(&self, needles: &Needles) -> Hits {
        walk::search(self, needles, rust::Rust)
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::path::Path;

    use super::*;
    use crate::discover::tree::MAX_BYTES;

    fn write(folder: &Path, files: &[(&str, &str)]) {
        for (name, text) in files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    fn search(folder: &Path, literals: &[&str], except: &[&str]) -> Hits {
        Tree::open(folder).unwrap().search(&Needles::new(literals.iter().copied()), except)
    }

    fn names(hits: &Hits) -> Vec<&str> {
        hits.files.iter().map(|file| file.relative.as_str()).collect()
    }

    #[test]
    fn only_the_code_of_the_app_is_searched() {
        let folder = tempfile::tempdir().unwrap();
        let code = "<?php Storage::put('a', 'b');";
        write(
            folder.path(),
            &[
                ("artisan", code),
                ("app/B.php", code),
                ("app/A.php", code),
                ("app/C.php", "<?php storage::put('a', 'b');"),
                ("app/Models/Tests/A.php", code),
                ("app/Storage/A.php", code),
                ("app/Console/artisan", "a part of an app is never another app"),
                ("app/Console/A.php", code),
                ("modules/shop/storage/A.php", code),
                ("resources/views/a.blade.php", code),
                ("resources/views/b.blade.php", "@php Storage::put('a', 'b'); @endphp"),
                ("routes/web.php", code),
                ("notes.txt", code),
                (".gitignore", "/ignored.php\n"),
                ("ignored.php", code),
                // From here on: left out.
                ("vendor/a/A.php", code),
                ("modules/shop/vendor/A.php", code),
                ("modules/shop/Tests/A.php", code),
                ("node_modules/a/A.php", code),
                ("tests/A.php", code),
                ("storage/framework/views/a.php", code),
                ("bootstrap/cache/a.php", code),
                ("public/build/a.php", code),
                ("lang/en/a.php", code),
                ("config/a.php", code),
                ("apps/other/artisan", ""),
                ("apps/other/app/A.php", code),
            ],
        );
        let hits = search(folder.path(), &["Storage::"], &["config"]);
        let expected = [
            "app/A.php",
            "app/B.php",
            "app/Console/A.php",
            "app/Models/Tests/A.php",
            "app/Storage/A.php",
            "modules/shop/storage/A.php",
            "resources/views/a.blade.php",
            "routes/web.php",
        ];
        assert_eq!(names(&hits), expected);
        assert_eq!(hits.searched, expected.len() + 2);
        assert!(hits.files[0].source.path().ends_with("app/A.php"));
        assert_eq!(hits.files[0].source.text(), code);
    }

    #[test]
    fn what_is_not_read_is_said() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("a.php", "Storage::\0"), ("b.php", "none\0")]);
        let large = File::create(folder.path().join("c.php")).unwrap();
        large.set_len(MAX_BYTES + 1).unwrap();
        let hits = search(folder.path(), &["Storage::"], &[]);
        assert_eq!(names(&hits), [""; 0]);
        let said: Vec<_> = hits.skipped.iter().map(|one| one.reason.as_str()).collect();
        assert_eq!(said, ["a binary file (it holds zero bytes)", "larger than 8 MB: no file of code"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        write(outside.path(), &[("A.php", "Storage::"), ("sub/B.php", "Storage::")]);
        write(folder.path(), &[("C.php", "Storage::")]);
        std::os::unix::fs::symlink(outside.path().join("A.php"), folder.path().join("A.php")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("sub"), folder.path().join("sub")).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
        assert_eq!(names(&search(folder.path(), &["Storage::"], &[])), ["C.php"]);
    }

    #[test]
    fn a_large_tree_is_searched_as_a_small_one() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..1000 {
            let text = if number % 7 == 0 { "Storage::" } else { "none" };
            write(folder.path(), &[(&format!("app/{}/{number}.php", number % 10), text)]);
        }
        let hits = search(folder.path(), &["Storage::"], &[]);
        assert_eq!((hits.searched, hits.files.len()), (1000, 143));
        assert!(hits.files.is_sorted_by(|a, b| a.relative < b.relative));
    }

    #[test]
    fn rust_files_that_name_modules_are_given_out_too() {
        let folder = tempfile::tempdir().unwrap();
        write(
            folder.path(),
            &[
                ("Cargo.toml", ""),
                ("src/main.rs", "mod a;"),
                ("src/a.rs", "MemoryStore"),
                ("src/b.rs", "nothing"),
                ("src/tests/c.rs", "MemoryStore"),
                ("tests/d.rs", "MemoryStore"),
                ("target/e.rs", "MemoryStore"),
                ("vendor/x/src/lib.rs", "MemoryStore"),
            ],
        );
        let tree = Tree::open(folder.path()).unwrap();
        let hits = tree.search_rust(&Needles::new(["MemoryStore"]));
        assert_eq!(names(&hits), ["src/a.rs", "src/main.rs", "src/tests/c.rs"]);
        assert!(hits.files[0].hit && !hits.files[1].hit);
    }
}
