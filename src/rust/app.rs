use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::rc::Rc;

use super::cargo::{Package, Packages, Server};
use super::source::{self, Scanned};
use crate::deploy::Repository;
use crate::discover::{self, Hits, Needles, Skipped, SourceFile};

/// The packages of a repository and their code, read once for all apps in it.
#[derive(Debug)]
pub struct Workspace {
    /// The repository, with its manifests.
    pub repository: Rc<Repository>,
    /// Its Cargo packages.
    pub packages: Packages,
    code: OnceCell<Hits>,
    files: OnceCell<Vec<Vec<usize>>>,
    scans: RefCell<BTreeMap<ScanKey, Rc<Scanned>>>,
}

/// What the scan of a package depends on: the package, by its number, and the crates that it may name.
pub type ScanKey = (usize, BTreeMap<String, String>);

impl Workspace {
    /// The Cargo packages of a repository.
    #[must_use]
    pub fn open(repository: Rc<Repository>) -> Rc<Self> {
        let tree = repository.tree();
        let packages = Packages::read(tree, &discover::cargo_manifests(tree));
        Rc::new(Self {
            repository,
            packages,
            code: OnceCell::new(),
            files: OnceCell::new(),
            scans: RefCell::default(),
        })
    }

    /// The packages that serve, each an app of its own.
    #[must_use]
    pub fn apps(self: &Rc<Self>) -> Vec<App> {
        let servers = self.packages.servers().into_iter();
        servers
            .map(|server| App { workspace: Rc::clone(self), server, skipped: RefCell::default() })
            .collect()
    }

    /// Manifests that could not be read or understood.
    #[must_use]
    pub fn skipped(&self) -> Vec<Skipped> {
        let told = |one: &super::cargo::Skipped| {
            let path = one.line.map_or_else(|| one.path.clone(), |line| format!("{}:{line}", one.path));
            Skipped { path, reason: one.reason.clone() }
        };
        self.packages.skipped().iter().map(told).collect()
    }

    /// The scan of a package. Two programs that are built from the same package share it.
    pub fn scanned(&self, key: ScanKey, scan: impl FnOnce(&ScanKey) -> Scanned) -> Rc<Scanned> {
        if let Some(known) = self.scans.borrow().get(&key) {
            return Rc::clone(known);
        }
        let scanned = Rc::new(scan(&key));
        self.scans.borrow_mut().insert(key, Rc::clone(&scanned));
        scanned
    }

    /// The crates that its packages may name, by their names in code.
    fn crates(&self) -> BTreeSet<String> {
        let all = self.packages.all().iter().flat_map(|package| &package.dependencies);
        all.map(|dependency| source::library_of(&dependency.package)).collect()
    }

    /// The files of each package, by their numbers in what the search gave out. A file belongs to the package with the
    /// nearest manifest.
    fn files(&self) -> &[Vec<usize>] {
        self.files.get_or_init(|| {
            let all = self.packages.all();
            let folders: HashMap<&str, usize> =
                all.iter().enumerate().map(|(index, package)| (package.folder.as_str(), index)).collect();
            let mut files = vec![Vec::new(); all.len()];
            for (number, file) in self.code().files.iter().enumerate() {
                let above = Path::new(&file.relative).ancestors().skip(1);
                let nearest = above.filter_map(|folder| folders.get(folder.to_str()?)).next();
                if let Some(of) = nearest.and_then(|index| files.get_mut(*index)) {
                    of.push(number);
                }
            }
            files
        })
    }

    /// The files of code that can matter.
    #[must_use]
    pub fn code(&self) -> &Hits {
        self.code.get_or_init(|| {
            let needles = source::needles(&self.crates());
            self.repository.tree().search_rust(&Needles::new(needles.iter().copied()))
        })
    }
}

/// A Cargo package that serves.
#[derive(Debug)]
pub struct App {
    /// The packages it is one of.
    pub workspace: Rc<Workspace>,
    /// The package, its programs, and the packages of the repository that are built into it.
    pub server: Server,
    /// What was not read so far.
    pub skipped: RefCell<Vec<Skipped>>,
}

impl App {
    /// The package.
    #[must_use]
    pub fn package(&self) -> &Package {
        &self.workspace.packages.all()[self.server.package]
    }

    /// The packages that are built into it, itself first.
    pub fn closure(&self) -> impl Iterator<Item = &Package> {
        self.server.closure.iter().map(|reached| &self.workspace.packages.all()[reached.package])
    }

    /// The framework that it serves with, and its version.
    #[must_use]
    pub fn framework_version(&self) -> Option<String> {
        let framework = self.server.framework()?;
        let mut all = self.server.dependencies_on(&framework.package);
        let version = all.find_map(|(_, one)| one.version.clone().or_else(|| one.requirement.clone()));
        Some(
            version.map_or_else(
                || framework.package.clone(),
                |version| format!("{} {version}", framework.package),
            ),
        )
    }

    /// Its folder as it is shown.
    #[must_use]
    pub fn shown(&self) -> String {
        self.workspace.repository.tree().shown(&self.package().folder)
    }

    /// The files of code of one of its packages. A file belongs to the package with the nearest manifest.
    pub fn files<'a>(&'a self, package: &'a Package) -> impl Iterator<Item = &'a SourceFile> {
        let all = self.workspace.packages.all();
        let index = all.iter().position(|other| other.folder == package.folder);
        let numbers = index.and_then(|index| self.workspace.files().get(index)).into_iter().flatten();
        let files = numbers.filter_map(|number| self.workspace.code().files.get(*number));
        files.filter(|file| {
            within(&file.relative, &package.folder).is_some_and(|inside| !inside.starts_with("examples/"))
        })
    }

    /// Files of its packages that could not be read.
    #[must_use]
    pub fn unread_code(&self) -> Vec<Skipped> {
        let tree = self.workspace.repository.tree();
        let is_own = |skipped: &&Skipped| {
            let relative = tree.relative(&skipped.path).unwrap_or(&skipped.path);
            self.closure().any(|package| within(relative, &package.folder).is_some())
        };
        self.workspace.code().skipped.iter().filter(is_own).cloned().collect()
    }

    /// Notes that something was not read.
    pub fn skip(&self, skipped: Skipped) {
        let mut all = self.skipped.borrow_mut();
        if !all.contains(&skipped) {
            all.push(skipped);
        }
    }
}

/// A path relative to a folder that holds it.
fn within<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() {
        return Some(path);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}
