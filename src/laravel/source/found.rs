//! What a scan of an app's code gives.

use std::sync::Arc;

use crate::eval::Value;
use crate::facts::{Place, Reason};

/// A call that means something, with all that is known of it.
#[derive(Debug, Clone)]
pub struct Found {
    /// What it means: an id of `rules/laravel/calls.toml`.
    pub id: &'static str,
    /// What the chain starts at: `Storage`, `Schedule`; `None` for anything.
    pub on: Option<&'static str>,
    /// The call: from the start of its chain to its end. For a class, its first line.
    pub place: Place,
    /// The method or function, as written; for a class, the interface, parent or trait.
    pub name: Arc<str>,
    /// Its arguments.
    pub arguments: Vec<Argument>,
    /// Which of them names the path, disk, store or channel.
    pub target: Option<usize>,
    /// The calls before it in its chain: `disk('local')` of `Storage::disk('local')->put(..)`.
    pub before: Vec<Call>,
    /// The calls after it in its chain, and those on the variable that keeps the result.
    pub chain: Vec<Call>,
    /// Where it stands.
    pub context: Context,
}

/// One call of a chain.
#[derive(Debug, Clone)]
pub struct Call {
    /// The method or function, as written.
    pub method: Arc<str>,
    /// Its arguments.
    pub arguments: Vec<Argument>,
}

/// An argument of a call, as far as it is known.
#[derive(Debug, Clone)]
pub struct Argument {
    /// `name:`
    pub name: Option<Arc<str>>,
    /// What it can be: one value, or one for each branch that is known.
    pub values: Vec<Value>,
    /// How the text of each branch starts, known to its end or not. A path in the app starts with `{base}`, one in the
    /// folder for temporary files with `{temp}`.
    pub starts: Vec<Arc<str>>,
    /// Why it can be something else too; `None` when `values` are all.
    pub unknown: Option<Reason>,
    /// Where it is written.
    pub place: Place,
}

/// Where a call stands.
#[derive(Debug, Clone)]
pub struct Context {
    /// The file, relative to the app.
    pub file: Arc<str>,
    /// What runs it.
    pub role: FileRole,
    /// The class around it.
    pub class: Option<Arc<str>>,
    /// The method or function around it.
    pub method: Option<Arc<str>>,
    /// Whether the same function deletes a file too, or sends one as its answer.
    pub deleted_in_function: bool,
    /// The conditions around it, the outermost first, as written; `not (..)` where it stands in the other branch.
    pub guards: Vec<Arc<str>>,
    /// The chains whose closure it stands in, the innermost first: `Schedule::daily()->group(fn () => ..)`.
    pub within: Vec<Vec<Call>>,
}

/// What runs a file or class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileRole {
    /// A controller, form request or resource.
    Http,
    /// A console command.
    Console,
    /// A job, or anything else that is queued.
    Job,
    /// A service provider.
    Provider,
    /// A Livewire component.
    Livewire,
    /// A middleware.
    Middleware,
    /// Where scheduled tasks are declared.
    Schedule,
    /// Routes, and `bootstrap/app.php`.
    Route,
    /// A database migration.
    Migration,
    /// A seeder.
    Seeder,
    /// A model factory.
    Factory,
    /// A Blade template. Only its `<?php` blocks are read.
    Blade,
    /// A config file besides those of the app itself.
    Config,
    /// A test.
    Test,
    /// Anything else: it runs wherever it is called.
    Other,
}

impl Found {
    /// The argument that names the path, disk, store or channel.
    #[must_use]
    pub fn target(&self) -> Option<&Argument> {
        let named = |argument: &&Argument| argument.name.is_none();
        self.arguments.get(self.target?).filter(named)
    }

    /// The first argument of a call before it, by the method's name.
    #[must_use]
    pub fn before(&self, methods: &[&str]) -> Option<&Call> {
        self.before
            .iter()
            .rev()
            .find(|call| methods.iter().any(|name| call.method.eq_ignore_ascii_case(name)))
    }

    /// Whether a method is called later in the chain.
    #[must_use]
    pub fn later(&self, method: &str) -> bool {
        self.chain.iter().any(|call| call.method.eq_ignore_ascii_case(method))
    }
}

impl Argument {
    /// The one text that it is.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self.values.as_slice() {
            [only] if self.unknown.is_none() => only.as_str(),
            _ => None,
        }
    }
}
