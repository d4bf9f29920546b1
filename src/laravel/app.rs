use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::composer::Composer;
use super::framework::{self, BaseFile};
use super::source::Calls;
use super::timeline;
use super::version::Version;
use crate::deploy::Repository;
use crate::discover::{Skipped, Tree};
use crate::eval::Script;
use crate::parse::{dotenv, php};

/// A Laravel app of the repository.
#[derive(Debug)]
pub struct App {
    /// Its files.
    pub tree: Tree,
    /// What Composer says about it.
    pub composer: Composer,
    /// The version of the framework; `None` when nothing tells.
    pub version: Option<Version>,
    /// The repository around it, with its manifests.
    pub repository: Option<Rc<Repository>>,
    /// Its folder in the repository; empty for the root.
    pub folder: String,
    /// What was not read so far.
    pub skipped: RefCell<Vec<Skipped>>,
    calls: OnceCell<Calls>,
    scripts: RefCell<BTreeMap<String, Option<Script>>>,
    bases: RefCell<BTreeMap<String, Option<Rc<BaseFile>>>>,
}

impl App {
    /// The Laravel app in a folder, if it is one.
    #[must_use]
    pub fn open(tree: Tree) -> Option<Self> {
        let mut skipped = Vec::new();
        let composer = Composer::read(&tree, &mut skipped);
        let framework = composer.has("laravel/framework");
        let skeleton = tree.is_file("artisan") && tree.is_file("bootstrap/app.php");
        let is_app =
            if framework { skeleton || tree.is_dir("config") || tree.is_file("artisan") } else { skeleton };
        if !is_app || composer.has("laravel/lumen-framework") {
            return None;
        }
        let version = composer.version("laravel/framework");
        let app = Self {
            tree,
            composer,
            version,
            repository: None,
            folder: String::new(),
            skipped: RefCell::new(skipped),
            calls: OnceCell::new(),
            scripts: RefCell::default(),
            bases: RefCell::default(),
        };
        Some(Self { version: app.version.or_else(|| app.version_by_structure()), ..app })
    }

    /// The same app in a folder of a repository.
    #[must_use]
    pub fn in_repository(self, repository: Rc<Repository>, folder: String) -> Self {
        Self { repository: Some(repository), folder, ..self }
    }

    /// The calls of its code that mean something, found once for all environments.
    #[must_use]
    pub fn calls(&self) -> &Calls {
        self.calls.get_or_init(|| {
            let calls = Calls::of(self);
            calls.skipped.iter().for_each(|skipped| self.skip(skipped.clone()));
            calls
        })
    }

    /// The version to go by when a fact needs one: the newest major when nothing tells.
    #[must_use]
    pub fn version_or_newest(&self) -> Version {
        self.version.unwrap_or(Version::new(13, super::version::NEWEST, super::version::NEWEST))
    }

    /// The phpdotenv that reads this app's env files: the locked one, else what its Laravel asks for.
    #[must_use]
    pub fn dotenv_version(&self) -> dotenv::Version {
        let locked = self.composer.locked.get("vlucas/phpdotenv").map(String::as_str);
        let asked = timeline::dotenv(self.version_or_newest());
        locked.or(asked).and_then(dotenv::Version::from_text).unwrap_or(dotenv::Version::V5)
    }

    /// The rules of this app's `env()`.
    #[must_use]
    pub fn env_rules(&self) -> dotenv::LaravelEnv {
        let version = self.version_or_newest();
        let part = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
        dotenv::LaravelEnv::new(part(version.major), part(version.minor), part(version.patch))
    }

    /// A PHP file of the app, parsed once. `None` when it is not there or could not be read (then it is in `skipped`).
    #[must_use]
    pub fn script(&self, relative: &str) -> Option<Script> {
        if let Some(known) = self.scripts.borrow().get(relative) {
            return known.clone();
        }
        let script = match self.tree.read(relative) {
            Ok(source) => source.map(|source| {
                let file = Arc::new(php::parse(source.text()));
                Script { source, file }
            }),
            Err(failure) => {
                self.skip(failure);
                None
            }
        };
        self.scripts.borrow_mut().insert(relative.to_owned(), script.clone());
        script
    }

    /// The framework's own config file of a name, in the app's version, parsed once.
    #[must_use]
    pub(super) fn base_file(&self, name: &str) -> Option<Rc<BaseFile>> {
        let mut bases = self.bases.borrow_mut();
        let base = || framework::base_file(name, self.version_or_newest()).map(Rc::new);
        bases.entry(name.to_owned()).or_insert_with(base).clone()
    }

    /// Remembers that something was not read.
    pub fn skip(&self, failure: Skipped) {
        let mut skipped = self.skipped.borrow_mut();
        if !skipped.contains(&failure) {
            skipped.push(failure);
        }
    }

    /// Laravel 11 gave `bootstrap/app.php` a new form; before, the app had kernels of its own
    /// (laravel/laravel v10.3.3 and v11.0.0).
    fn version_by_structure(&self) -> Option<Version> {
        let bootstrap = self.tree.read("bootstrap/app.php").ok().flatten()?;
        if bootstrap.text().contains("Application::configure(") {
            return Some(Version::new(13, super::version::NEWEST, super::version::NEWEST));
        }
        self.tree
            .is_file("app/Http/Kernel.php")
            .then(|| Version::new(10, super::version::NEWEST, super::version::NEWEST))
    }
}
