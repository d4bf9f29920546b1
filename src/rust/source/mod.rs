//! The code of a Rust app: what it names, resolved to the crate that it comes from.
//!
//! The code is parsed to an outline ([`crate::parse::rust`]); a name counts only when its path leads to a crate that the
//! package depends on, through imports, aliases and what is handed on. What the names mean is data:
//! `rules/rust/marks/*.toml`.
//!
//! Out of reach: types that only inference knows, macros of the app itself, what another package of the repository
//! hands on under its own name.

mod containers;
mod context;
mod found;
mod graph;
mod marks;
mod matching;
mod network;
mod resolve;
mod role;
mod shapes;
mod state;
mod tasks;
#[cfg(test)]
mod tests;
mod writes;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::parse::rust::{self, Outline};
use crate::text::Source;
pub use found::{Condition, ConditionKind, Context, Found, How, Scanned};
use graph::{Graph, Unit};
pub use marks::{Mark, MethodOf, all as all_marks};
pub use role::is_for_tests;
pub use shapes::library_of;

/// The code of one package.
#[derive(Debug, Clone, Copy)]
pub struct Code<'a> {
    /// The name of its own crate in code.
    pub crate_name: &'a str,
    /// Where its targets start: `src/main.rs`, `src/lib.rs`, `src/bin/x.rs`.
    pub roots: &'a [String],
    /// Its files: those that hold one of the [`needles`], and those that declare modules.
    pub files: &'a [SourceText],
    /// The crates that it may name: the name in code, and the name of the package.
    pub crates: &'a BTreeMap<String, String>,
}

/// A file of Rust.
#[derive(Debug, Clone)]
pub struct SourceText {
    /// Its path in the package.
    pub relative: String,
    /// Its text.
    pub source: Arc<Source>,
}

/// Scans the code of a package.
#[must_use]
pub fn scan(code: &Code<'_>) -> Scanned {
    let files: Vec<&SourceText> =
        code.files.iter().filter(|file| !role::is_for_tests(&file.relative)).collect();
    let mut scanned = Scanned::default();
    let mut units = Vec::new();
    for (file, outline) in files.iter().zip(outlines(&files)) {
        if let Some(reason) = &outline.refused {
            scanned.unparsed.push((file.source.path().to_string(), reason.clone()));
        }
        let (relative, source) = (file.relative.clone(), Arc::clone(&file.source));
        units.push(Unit { relative, source, outline, key: graph::Key::default() });
    }
    let graph = Graph::of(code.crate_name, code.roots, code.crates, units);
    let mut found = Vec::new();
    for file in 0..graph.files.len() {
        matching::of_file(&graph, file, &mut found);
        writes::of_file(&graph, file, &mut found);
        tasks::loops(&graph, file, &mut found);
        network::listeners(&graph, file, &mut found);
        network::logins(&graph, file, &mut found);
    }
    tasks::channels(&graph, &mut found);
    state::of_package(&graph, &mut found);
    scanned.found = settled(found);
    scanned
}

/// The outlines of some files, on every core.
fn outlines(files: &[&SourceText]) -> Vec<Outline> {
    let threads = thread::available_parallelism().map_or(2, NonZero::get).clamp(1, 12).min(files.len());
    let next = AtomicUsize::new(0);
    let done: Mutex<HashMap<usize, Outline>> = Mutex::default();
    let work = || {
        while let Some((index, file)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            files.get(index).map(|file| (index, file))
        } {
            let outline = rust::outline(file.source.text());
            done.lock().unwrap_or_else(PoisonError::into_inner).insert(index, outline);
        }
    };
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| rust::with_deep_stack(work));
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    // Without a thread to parse on, nothing of a file is known.
    let unread =
        || Outline { refused: Some("no stack to parse this file on".to_owned()), ..Outline::default() };
    (0..files.len()).map(|index| done.remove(&index).unwrap_or_else(unread)).collect()
}

/// What was found, in order, without what says the same twice.
fn settled(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|a, b| {
        let key =
            |one: &Found| (one.place.path().to_owned(), one.place.span.start, one.mark.id.as_str(), one.how);
        key(a).cmp(&key(b))
    });
    found.dedup_by(|a, b| {
        a.mark.id == b.mark.id && a.place.path() == b.place.path() && a.place.span.start == b.place.span.start
    });
    // Where a thing is made, its name in types says nothing more.
    let made: BTreeSet<&str> =
        found.iter().filter(|one| one.how == How::Made).map(|one| one.mark.id.as_str()).collect();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let kept: Vec<bool> = found
        .iter()
        .map(|one| {
            one.how != How::Named
                || !made.contains(one.mark.id.as_str())
                    // In signatures it says the same over and over.
                    && (!one.context.in_signature || told.insert(&one.mark.id))
        })
        .collect();
    let mut kept = kept.into_iter();
    found.retain(|_| kept.next().unwrap_or_default());
    neighbours(&mut found);
    found
}

fn neighbours(found: &mut [Found]) {
    let mut in_function: BTreeMap<(String, String), BTreeSet<&'static str>> = BTreeMap::new();
    let key = |one: &Found| {
        let function = one.context.function.clone()?;
        Some((one.place.path().to_owned(), function))
    };
    for one in found.iter() {
        if let Some(key) = key(one) {
            in_function.entry(key).or_default().insert(&one.mark.id);
        }
    }
    for one in found.iter_mut() {
        let all = key(one).and_then(|key| in_function.get(&key));
        one.context.neighbours = all.into_iter().flatten().copied().filter(|id| *id != one.mark.id).collect();
    }
}

/// The literals of which one stands in each file that can matter, where these crates (by their names in code) are all
/// that may be named. A crate that Cargo knows under another name must be
/// looked for by that name as well.
#[must_use]
pub fn needles(crates: &BTreeSet<String>) -> Vec<&'static str> {
    let named = shapes::handed_on(crates);
    let is_named = |path: &&String| path.split("::").next().is_some_and(|root| named.contains(root));
    let mut found: Vec<&'static str> = Vec::new();
    for mark in marks::all() {
        let paths = mark.types.iter().chain(&mark.calls).chain(&mark.attributes);
        found.extend(paths.filter(is_named).map(|path| telling(path)));
        let methods = mark.methods.iter().filter(|method| named.contains(method.of.as_str()));
        found.extend(methods.map(|method| method.name.as_str()));
        found.extend(mark.names.iter().map(String::as_str));
    }
    found.extend(shapes::shapes().literals.iter().map(String::as_str));
    found.sort_unstable();
    found.dedup();
    found
}

/// The name of a path that is the least common: the last, or the type before it, or else the crate.
fn telling(path: &'static str) -> &'static str {
    if path.ends_with("::generate") {
        return "::generate";
    }
    let is_long = |name: &str| name.len() > if name.starts_with(char::is_uppercase) { 4 } else { 5 };
    let is_common = |name: &str| shapes::shapes().common.iter().any(|common| common == name);
    let is_telling = |name: &&str| is_long(name) && !is_common(name);
    let known = path.rsplit("::").take(2).find(is_telling);
    known.or_else(|| path.split("::").next()).unwrap_or(path)
}
