//! The PHP files of an app that hold one of some literals: one pass over the bytes of each file, on every core.

use std::cell::RefCell;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder, WalkState};
use regex::bytes::Regex;

use super::apps::PARTS_OF_AN_APP;
use super::tree::{MAX_BYTES, Skipped, Tree, io_reason};
use crate::text::Source;

/// Folders that hold no code of the app, wherever they are.
const NEVER: &[&str] = &["vendor", "node_modules", "bower_components", "tests", ".git"];
/// Folders of an app, below its root, that hold no code: what it makes itself, and texts.
const NOT_CODE: &[&str] = &["storage", "bootstrap/cache", "public/build", "lang", "resources/lang"];

/// The literals that a search looks for. At least one of them stands in each file that can matter.
#[derive(Debug, Default)]
pub struct Needles {
    /// Any of these.
    any: Vec<Regex>,
    /// Or the first and the second.
    both: Option<(Regex, Regex)>,
}

/// The search for any of more literals than this is no longer a packed one (aho-corasick 1.1.5 `packed/api.rs`), and
/// two packed ones are faster.
const PACKED: usize = 60;

/// A PHP file that holds one of the literals.
#[derive(Debug)]
pub struct SourceFile {
    /// Its path in the app.
    pub relative: String,
    /// Its text.
    pub source: Arc<Source>,
    /// Whether it is a Blade template.
    pub blade: bool,
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

impl Needles {
    /// The search for any of these literals, in the case that they have.
    #[must_use]
    pub fn new<'a>(literals: impl IntoIterator<Item = &'a str>) -> Self {
        let shortest = shortest(literals);
        Self { any: shortest.chunks(PACKED).filter_map(alternation).collect(), both: None }
    }

    /// The same search, and for files that hold one of `first` and one of `second`.
    #[must_use]
    pub fn or_both<'a>(
        self,
        first: impl IntoIterator<Item = &'a str>,
        second: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Self { both: alternation(&shortest(first)).zip(alternation(&shortest(second))), ..self }
    }

    fn are_in(&self, bytes: &[u8]) -> bool {
        self.any.iter().any(|regex| regex.is_match(bytes))
            || self
                .both
                .as_ref()
                .is_some_and(|(first, second)| first.is_match(bytes) && second.is_match(bytes))
    }
}

/// The literals without those that hold a shorter one: they find no file that the shorter one does not.
fn shortest<'a>(literals: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut all: Vec<&str> = literals.into_iter().filter(|literal| !literal.is_empty()).collect();
    all.sort_unstable_by_key(|literal| (literal.len(), *literal));
    let mut shortest: Vec<&str> = Vec::new();
    for literal in all {
        if !shortest.iter().any(|short| literal.contains(short)) {
            shortest.push(literal);
        }
    }
    shortest
}

fn alternation(literals: &[&str]) -> Option<Regex> {
    let pattern: Vec<String> = literals.iter().copied().map(regex::escape).collect();
    if pattern.is_empty() { None } else { Regex::new(&pattern.join("|")).ok() }
}

impl Tree {
    /// Searches the PHP files of the app at this tree. Tests, dependencies, what the app makes itself, other apps below
    /// it and the folders of `except` (relative) are left out; `.gitignore` is followed, links are not.
    #[must_use]
    pub fn search(&self, needles: &Needles, except: &[&str]) -> Hits {
        let Some(root) = self.path("") else { return Hits::default() };
        let root = root.as_path();
        let found = Mutex::new(Hits::default());
        walker(root, except).run(|| {
            let worker = Worker { tree: self, root, needles, found: &found, seen: RefCell::default() };
            Box::new(move |entry| {
                worker.visit(entry);
                WalkState::Continue
            })
        });
        let mut hits = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        hits.files.sort_by(|a, b| a.relative.cmp(&b.relative));
        hits.skipped.sort();
        hits
    }
}

fn walker(root: &Path, except: &[&str]) -> ignore::WalkParallel {
    let base = root.to_owned();
    let except: Vec<String> = except.iter().map(|folder| (*folder).to_owned()).collect();
    WalkBuilder::new(root)
        .parents(false)
        .ignore(false)
        // What one machine ignores besides must not change what is found.
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .threads(std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 12)))
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            !is_folder || entry.depth() == 0 || may_hold_code(entry, &base, &except)
        })
        .build_parallel()
}

fn may_hold_code(entry: &DirEntry, root: &Path, except: &[String]) -> bool {
    let name = entry.file_name().to_string_lossy();
    if NEVER.contains(&name.as_ref()) {
        return false;
    }
    let relative = relative(entry.path(), root);
    // `app/Models/Tests` may be a class about tests of another kind.
    if name == "Tests" && !relative.starts_with("app/") {
        return false;
    }
    let left_out = NOT_CODE.contains(&relative.as_str()) || except.contains(&relative);
    // Another app of the repository is searched as itself.
    let first = relative.split('/').next().unwrap_or_default();
    !left_out && (PARTS_OF_AN_APP.contains(&first) || !entry.path().join("artisan").is_file())
}

fn relative(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// Files that barryvdh/laravel-ide-helper writes for editors: they name every method and are never run.
fn is_for_editors(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with("_ide_helper") || name == ".phpstorm.meta.php"
}

/// What one thread does. Its buffer is used again for each file and grows to the largest.
struct Worker<'a> {
    tree: &'a Tree,
    root: &'a Path,
    needles: &'a Needles,
    found: &'a Mutex<Hits>,
    seen: RefCell<Seen<'a>>,
}

/// What a thread has so far; it is handed over when the thread ends.
#[derive(Default)]
struct Seen<'a> {
    buffer: Vec<u8>,
    hits: Hits,
    into: Option<&'a Mutex<Hits>>,
}

impl Worker<'_> {
    fn visit(&self, entry: Result<DirEntry, ignore::Error>) {
        let mut seen = self.seen.borrow_mut();
        let seen = &mut *seen;
        seen.into = Some(self.found);
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return seen.hits.skipped.push(self.skipped_of(&error)),
        };
        if !entry.file_type().is_some_and(|kind| kind.is_file())
            || entry.path().extension().is_none_or(|extension| extension != "php")
            || is_for_editors(&entry)
        {
            return;
        }
        seen.hits.searched += 1;
        let relative = || relative(entry.path(), self.root);
        match read(entry.path(), &mut seen.buffer) {
            Ok(()) if !self.needles.are_in(&seen.buffer) => {}
            // What Blade itself runs is no PHP before it is compiled.
            Ok(()) if is_blade(entry.path()) && !has_open_tag(&seen.buffer) => {}
            Ok(()) if seen.buffer.contains(&0) => {
                let reason = "a binary file (it holds zero bytes)".to_owned();
                seen.hits.skipped.push(Skipped { path: self.tree.shown(&relative()), reason });
            }
            Ok(()) => {
                let relative = relative();
                let shown = self.tree.shown(&relative);
                let source = Arc::new(Source::from_bytes(&shown, seen.buffer.clone()));
                let blade = is_blade(entry.path());
                seen.hits.files.push(SourceFile { relative, source, blade });
            }
            Err(reason) => seen.hits.skipped.push(Skipped { path: self.tree.shown(&relative()), reason }),
        }
    }

    fn skipped_of(&self, error: &ignore::Error) -> Skipped {
        let path = match error {
            ignore::Error::WithPath { path, .. } => path.as_path(),
            ignore::Error::WithDepth { err, .. } => match err.as_ref() {
                ignore::Error::WithPath { path, .. } => path.as_path(),
                _ => self.root,
            },
            _ => self.root,
        };
        let reason = error.io_error().map_or_else(|| "could not be looked at".to_owned(), io_reason);
        Skipped { path: self.tree.shown(&relative(path, self.root)), reason }
    }
}

impl Drop for Seen<'_> {
    fn drop(&mut self) {
        let Some(into) = self.into else { return };
        let mut all = into.lock().unwrap_or_else(PoisonError::into_inner);
        all.files.append(&mut self.hits.files);
        all.skipped.append(&mut self.hits.skipped);
        all.searched += self.hits.searched;
    }
}

fn is_blade(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(".blade.php"))
}

fn has_open_tag(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|window| window == b"<?=" || window.eq_ignore_ascii_case(b"<?p"))
}

/// Reads a file into a buffer, whose old bytes are dropped and never zeroed. The file is not asked for its size: the
/// bound holds for what is read, and a small file costs two reads.
fn read(path: &Path, buffer: &mut Vec<u8>) -> Result<(), String> {
    buffer.clear();
    let file = File::open(path).map_err(|error| io_reason(&error))?;
    file.take(MAX_BYTES + 1).read_to_end(buffer).map_err(|error| io_reason(&error))?;
    if buffer.len() as u64 > MAX_BYTES {
        return Err(format!("larger than {} MB: no file of code", MAX_BYTES >> 20));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

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
        assert!(hits.files[6].blade && !hits.files[5].blade);
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
    fn literals_are_plain_text_and_none_is_lost() {
        let needles = Needles::new(["a.b", "$_SESSION", "ab", "xaby"]);
        for (text, found) in [("a.b", true), ("axb", false), ("$_SESSION", true), ("-ab-", true), ("", false)]
        {
            assert_eq!(needles.are_in(text.as_bytes()), found, "{text}");
        }
        assert!(!Needles::new([]).are_in(b"anything"));
        let many: Vec<String> = (100..400).map(|number| format!("<{number}>")).collect();
        let needles = Needles::new(many.iter().map(String::as_str));
        assert!(many.iter().all(|one| needles.are_in(format!("..{one}..").as_bytes())));
        assert!(!needles.are_in(b"<99> <400>"));
    }

    #[test]
    fn two_literals_of_which_both_must_be_there() {
        let needles = Needles::new(["x"]).or_both(["_path("], ["->save(", "->saveAs("]);
        for (text, found) in [
            ("a_path(b)", false),
            ("->save(a_path(b))", true),
            ("->saveAs( a_path(", true),
            ("->save(", false),
            ("x", true),
        ] {
            assert_eq!(needles.are_in(text.as_bytes()), found, "{text}");
        }
    }
}
