//! The calls in an app's code that mean something for the place of its data, resolved as far as code tells.
//!
//! As fast as a search: each file is read once and searched for literals, and only those that hit are parsed. As exact as
//! a parser: shapes are matched on the syntax tree, with imports, constants and simple variables followed. Data:
//! `rules/laravel/calls.toml`.
//!
//! Out of reach: objects that are injected by their type, methods and classes named by a value, the directives of Blade
//! templates, attributes, and names in another case than the documented one in a file without any other literal.

mod arguments;
mod chain;
mod default_disk;
mod file;
mod found;
mod guards;
mod host;
mod matching;
mod role;
mod scope;
mod shapes;
#[cfg(test)]
mod tests;
mod units;
mod writes;

use std::num::NonZero;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::app::App;
use super::bootstrap::Layout;
use super::host::LaravelHost;
use crate::discover::{Needles, Skipped, SourceFile};
use crate::eval::{Evaluator, Value};
use crate::facts::Place;
use crate::parse::php;
use file::{Written, WrittenArg, WrittenCall};
pub use found::{Argument, Call, Context, FileRole, Found};
use host::SourceHost;

/// What is in effect in one environment. `None`: it is not set, so the default of the code applies; a value that is not
/// known is [`Value::unknown`].
pub struct Settings<'a> {
    /// The setting of a key: `filesystems.default`.
    pub config: &'a dyn Fn(&str) -> Option<Value>,
    /// The variable of a name, as `env()` gives it.
    pub env: &'a dyn Fn(&str) -> Option<Value>,
}

/// The calls of an app before any environment is looked at. One for all environments of an app: it is the costly part.
#[derive(Debug, Default)]
pub struct Calls {
    written: Vec<Written>,
    /// How many files were searched.
    pub searched: usize,
    /// How many of them were parsed.
    pub parsed: usize,
    /// Files that were not read, and why.
    pub skipped: Vec<Skipped>,
    /// Whether code may use the default disk in a way that the calls do not show.
    pub default_disk: bool,
}

/// The calls of an app in one environment.
#[derive(Debug, Default)]
pub struct Scan {
    /// What was found, in the order of files and places.
    pub found: Vec<Found>,
    /// Files that were not read, and why.
    pub skipped: Vec<Skipped>,
}

/// Scans the code of an app. For several environments, keep [`Calls`] and resolve it for each.
#[must_use]
pub fn scan(app: &App, settings: &Settings<'_>) -> Scan {
    let calls = Calls::of(app);
    Scan { found: calls.resolve(app, settings), skipped: calls.skipped }
}

/// The literals of which one stands in each file that is parsed.
#[must_use]
pub fn literals() -> Vec<&'static str> {
    let mut literals: Vec<&str> =
        shapes::shapes().all.iter().flat_map(|shape| &shape.literals).map(String::as_str).collect();
    literals.sort_unstable();
    literals.dedup();
    literals
}

fn needles() -> &'static Needles {
    static NEEDLES: OnceLock<Needles> = OnceLock::new();
    NEEDLES.get_or_init(|| {
        let all = shapes::shapes().all;
        let alone = all.iter().filter(|shape| shape.besides.is_empty()).flat_map(|shape| &shape.literals);
        let paired = || all.iter().filter(|shape| !shape.besides.is_empty());
        let first = paired().flat_map(|shape| &shape.literals).map(String::as_str);
        let second = paired().flat_map(|shape| &shape.besides).map(String::as_str);
        Needles::new(alone.map(String::as_str)).or_both(first, second)
    })
}

impl Calls {
    /// Reads the code of an app. Its config folder is left out: that is evaluated whole.
    #[must_use]
    pub fn of(app: &App) -> Self {
        let config = Layout::of(app).config;
        let hits = app.tree.search(needles(), &[&config]);
        let mut calls = Self {
            searched: hits.searched,
            parsed: hits.files.len(),
            default_disk: !hits.skipped.is_empty() || hits.files.iter().any(default_disk::may_be_used),
            skipped: hits.skipped,
            written: Vec::new(),
        };
        for (file, read) in hits.files.iter().zip(read_all(&hits.files)) {
            match read {
                Ok(mut written) => calls.written.append(&mut written),
                Err(reason) => {
                    calls.default_disk |= default_disk::may_write(file.source.text());
                    calls.skipped.push(Skipped { path: file.source.path().to_string(), reason });
                }
            }
        }
        calls.skipped.sort();
        calls
    }

    /// The calls with their arguments as they are in one environment.
    #[must_use]
    pub fn resolve(&self, app: &App, settings: &Settings<'_>) -> Vec<Found> {
        let bare = LaravelHost::bare(app);
        let host = SourceHost { app: &bare, settings };
        self.written.iter().map(|written| resolved(written, &host)).collect()
    }
}

/// So many files are parsed sooner than threads for them start.
const FEW: usize = 6;

/// The calls of each file, in the order of the files; a reason for one that cannot be read. On every core.
fn read_all(files: &[SourceFile]) -> Vec<Result<Vec<Written>, String>> {
    if files.len() <= FEW {
        return files.iter().map(read).collect();
    }
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((index, file)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            files.get(index).map(|file| (index, file))
        } {
            done.push((index, read(file)));
        }
        done
    };
    let mut all: Vec<Option<_>> = files.iter().map(|_| None).collect();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..cores.min(files.len()).min(12))
            .filter_map(|_| {
                let thread = thread::Builder::new().name("parse".to_owned());
                thread.spawn_scoped(scope, || php::with_deep_stack(work)).ok()
            })
            .collect();
        for done in threads.into_iter().filter_map(|thread| thread.join().ok()).flatten() {
            for (index, read) in done {
                if let Some(slot) = all.get_mut(index) {
                    *slot = Some(read);
                }
            }
        }
    });
    let unread = || Err("no thread to parse this file on".to_owned());
    all.into_iter().map(|read| read.unwrap_or_else(unread)).collect()
}

fn read(hit: &SourceFile) -> Result<Vec<Written>, String> {
    let parsed = php::parse(hit.source.text());
    match parsed.errors.first() {
        Some(error) => {
            let line = hit.source.position(error.span.start).line;
            Err(format!("a syntax error in line {line}: {}", error.message))
        }
        None => Ok(file::calls(hit, &parsed, shapes::shapes())),
    }
}

fn resolved(written: &Written, host: &SourceHost<'_>) -> Found {
    // Each call has the evaluator's whole bounds for itself: one that is costly must not take them from the others.
    let evaluator = Evaluator::new(host);
    let args = |args: &[WrittenArg]| -> Vec<Argument> {
        args.iter().map(|arg| arguments::resolve(&evaluator, &written.source, arg)).collect()
    };
    let calls = |calls: &[WrittenCall]| -> Vec<Call> {
        let call = |call: &WrittenCall| Call { method: call.method.clone(), arguments: args(&call.args) };
        calls.iter().map(call).collect()
    };
    let context = &written.context;
    Found {
        id: &written.shape.id,
        on: written.on,
        place: Place::new(&written.source, written.span),
        name: written.name.clone(),
        arguments: args(&written.args),
        target: written.shape.target,
        before: calls(&written.before),
        chain: calls(&written.chain),
        context: Context {
            file: context.file.clone(),
            role: context.role,
            class: context.class.clone(),
            method: context.method.clone(),
            deleted_in_function: context.deleted_in_function,
            guards: context.guards.clone(),
            within: written.within.iter().map(|chain| calls(chain)).collect(),
        },
    }
}
