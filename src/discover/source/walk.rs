//! The walk of a search: one pass over the bytes of each file, on every core where that pays.

use std::cell::RefCell;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::{Hits, Language, Needles, SourceFile};
use crate::discover::tree::{MAX_BYTES, Skipped, Tree, io_reason};
use crate::text::Source;

/// A tree of up to this many files is walked on one core: threads that start, and wait for work, cost more than it does.
const FEW: usize = 64;

/// Searches the files of a language at a tree.
pub(super) fn search<L: Language + 'static>(tree: &Tree, needles: &Needles, language: L) -> Hits {
    let Some(root) = tree.path("") else { return Hits::default() };
    let language = Arc::new(language);
    let found = Mutex::new(Hits::default());
    let worker = || Worker {
        tree,
        root: &root,
        needles,
        language: language.as_ref(),
        found: &found,
        seen: RefCell::default(),
    };
    let builder = builder(&root, &language);
    // They are listed first and read only when these are all: nothing is read twice.
    let mut walk = builder.build();
    let first: Vec<_> = walk.by_ref().take(FEW).collect();
    let is_small = walk.next().is_none();
    drop(walk);
    if is_small {
        let worker = worker();
        first.into_iter().for_each(|entry| worker.visit(entry));
    } else {
        builder.build_parallel().run(|| {
            let worker = worker();
            Box::new(move |entry| {
                worker.visit(entry);
                WalkState::Continue
            })
        });
    }
    let mut hits = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    hits.files.sort_by(|a, b| a.relative.cmp(&b.relative));
    hits.skipped.sort();
    hits
}

fn builder<L: Language + 'static>(root: &Path, language: &Arc<L>) -> WalkBuilder {
    let (base, language) = (root.to_owned(), Arc::clone(language));
    let mut builder = WalkBuilder::new(root);
    builder
        .parents(false)
        .ignore(false)
        // What one machine ignores besides must not change what is found.
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .threads(std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 12)))
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            !is_folder || entry.depth() == 0 || language.may_hold_code(entry, &relative(entry.path(), &base))
        });
    builder
}

fn relative(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// What one thread does. Its buffer is used again for each file and grows to the largest.
struct Worker<'a> {
    tree: &'a Tree,
    root: &'a Path,
    needles: &'a Needles,
    language: &'a dyn Language,
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
        if !entry.file_type().is_some_and(|kind| kind.is_file()) || !self.language.is_source(&entry) {
            return;
        }
        seen.hits.searched += 1;
        let relative = || relative(entry.path(), self.root);
        let skip = |reason: String| Skipped { path: self.tree.shown(&relative()), reason };
        if let Err(reason) = read(entry.path(), &mut seen.buffer) {
            return seen.hits.skipped.push(skip(reason));
        }
        let hit = self.needles.are_in(&seen.buffer);
        if !self.language.is_wanted(entry.path(), &seen.buffer, hit) {
            return;
        }
        if seen.buffer.contains(&0) {
            return seen.hits.skipped.push(skip("a binary file (it holds zero bytes)".to_owned()));
        }
        let relative = relative();
        let source = Arc::new(Source::from_bytes(&self.tree.shown(&relative), seen.buffer.clone()));
        seen.hits.files.push(SourceFile { relative, source, hit });
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
