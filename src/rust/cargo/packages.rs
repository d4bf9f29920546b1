//! Everything that the manifests of one tree say.

use std::collections::{HashMap, HashSet, VecDeque};

use super::declare::{Workspace, dependencies, folders_named};
use super::features::{Build, states};
use super::lock::Lock;
use super::manifest::{Manifest, skipped_at, texts};
use super::model::{DependencyKind, FeatureRow, Membership, Package, Skipped};
use super::workspace::{Folders, root_of};
use super::{paths, targets};
use crate::discover::Tree;
use crate::parse::node::{Kind, Node};

/// How many manifests are read; a tree with more is none of one app.
const MAX_MANIFESTS: usize = 2_000;

/// The packages below one tree.
#[derive(Debug, Default)]
pub struct Packages {
    packages: Vec<Package>,
    skipped: Vec<Skipped>,
    locks: HashMap<String, Lock>,
}

impl Packages {
    /// Reads the manifests at these paths, and those that they name by path. What cannot be read is skipped.
    #[must_use]
    pub fn read(tree: &Tree, manifests: &[String]) -> Self {
        let mut skipped = Vec::new();
        let manifests = read_all(tree, manifests, &mut skipped);
        let folders: Folders =
            manifests.iter().enumerate().map(|(index, manifest)| (manifest.folder.clone(), index)).collect();
        let roots: Vec<Option<usize>> =
            (0..manifests.len()).map(|index| root_of(&manifests, &folders, index)).collect();
        let mut inherited: HashMap<usize, _> = HashMap::new();
        for root in roots.iter().flatten() {
            inherited.entry(*root).or_insert_with(|| manifests[*root].workspace_dependencies());
        }
        let mut packages = Vec::new();
        for (manifest, root) in manifests.iter().zip(&roots) {
            let workspace = root.and_then(|root| {
                Some(Workspace { manifest: manifests.get(root)?, dependencies: inherited.get(&root)? })
            });
            packages.extend(package(tree, manifest, workspace.as_ref(), &mut skipped));
        }
        let mut read = Self { packages, skipped, locks: HashMap::new() };
        read.link();
        read.join(&manifests, &folders, &roots);
        read.lock(tree);
        let resolved: Vec<_> = (0..read.packages.len()).map(|index| read.alone(index)).collect();
        for (package, dependencies) in read.packages.iter_mut().zip(resolved) {
            package.dependencies = dependencies;
        }
        read.skipped.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
        read
    }

    /// Every package.
    #[must_use]
    pub fn all(&self) -> &[Package] {
        &self.packages
    }

    /// What was not read, and why.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// All versions of a crate in the `Cargo.lock` of a package, direct or not.
    #[must_use]
    pub fn locked(&self, package: &Package, name: &str) -> &[String] {
        self.locks.get(&package.workspace).map_or(&[], |lock| lock.versions(name))
    }

    /// Finds the packages that path dependencies mean, and takes their crate names over.
    fn link(&mut self) {
        let folders: HashMap<String, usize> = self
            .packages
            .iter()
            .enumerate()
            .map(|(index, package)| (package.folder.clone(), index))
            .collect();
        let names: Vec<(String, Option<String>)> = self
            .packages
            .iter()
            .map(|package| {
                (package.name.clone(), package.library.as_ref().map(|library| library.name.clone()))
            })
            .collect();
        for package in &mut self.packages {
            for dependency in package.dependencies.iter_mut().chain(&mut package.other_dependencies) {
                let found = dependency.path.as_ref().and_then(|path| folders.get(path)).copied();
                let Some((index, (name, library))) = found.and_then(|at| Some((at, names.get(at)?))) else {
                    continue;
                };
                if *name != dependency.package {
                    continue;
                }
                dependency.member = Some(index);
                if let (Some(library), true) = (library, dependency.key == dependency.package) {
                    library.clone_into(&mut dependency.crate_name);
                }
            }
        }
    }

    /// How each package stands to its workspace. Path dependencies of members that lie below the root are members too.
    fn join(&mut self, manifests: &[Manifest], folders: &Folders, roots: &[Option<usize>]) {
        let root = |package: &Package| {
            let index = *folders.get(&package.folder)?;
            Some((index, (*roots.get(index)?)?))
        };
        let mut open = VecDeque::new();
        for (index, package) in self.packages.iter_mut().enumerate() {
            let Some((own, root)) = root(package) else { continue };
            let Some(workspace) = manifests.get(root) else { continue };
            workspace.folder.clone_into(&mut package.workspace);
            package.membership = match own == root {
                true => Membership::Root,
                false if workspace.lists(&package.folder) => Membership::Member,
                false => Membership::Stray,
            };
            if package.membership != Membership::Stray {
                open.push_back(index);
            }
        }
        while let Some(index) = open.pop_front() {
            let Some(package) = self.packages.get(index) else { continue };
            let workspace = package.workspace.clone();
            let all = package.dependencies.iter().chain(&package.other_dependencies);
            let members: Vec<usize> = all.filter_map(|dependency| dependency.member).collect();
            for member in members {
                let Some(other) = self.packages.get_mut(member) else { continue };
                if other.membership == Membership::Stray && other.workspace == workspace {
                    other.membership = Membership::Member;
                    open.push_back(member);
                }
            }
        }
    }

    /// Fills in the locked versions.
    fn lock(&mut self, tree: &Tree) {
        let workspaces: HashSet<String> =
            self.packages.iter().map(|package| package.workspace.clone()).collect();
        for folder in workspaces {
            let lock = Lock::read(tree, &paths::file_in(&folder, "Cargo.lock"), &mut self.skipped);
            self.locks.insert(folder, lock);
        }
        for package in &mut self.packages {
            let Some(lock) = self.locks.get(&package.workspace) else { continue };
            for dependency in package.dependencies.iter_mut().chain(&mut package.other_dependencies) {
                dependency.version = lock.version(&package.name, dependency);
            }
        }
    }

    /// The dependencies of a package as it is built alone.
    fn alone(&self, index: usize) -> Vec<super::Dependency> {
        let on = Build::with(&self.packages, index, &["default"], false);
        let all = Build::all(&self.packages, index, false);
        let package = self.packages.get(index);
        package
            .map_or_else(Vec::new, |package| states(package, on.reached.get(&index), all.reached.get(&index)))
    }
}

/// The manifests given, and those they name by path.
fn read_all(tree: &Tree, paths: &[String], skipped: &mut Vec<Skipped>) -> Vec<Manifest> {
    let mut open: VecDeque<(String, bool)> = paths.iter().map(|path| (path.clone(), true)).collect();
    let mut seen: HashSet<String> = HashSet::new();
    let mut manifests = Vec::new();
    while let Some((path, is_discovered)) = open.pop_front() {
        let Some(path) = paths::join("", &path).filter(|path| seen.insert(path.clone())) else { continue };
        // A path dependency that is not in the tree is no fault of the manifest: it may be a submodule.
        if !is_discovered && !tree.is_file(&path) {
            continue;
        }
        if manifests.len() >= MAX_MANIFESTS {
            let reason = format!("more than {MAX_MANIFESTS} manifests: this and the others were not read");
            skipped.push(Skipped { path: tree.shown(&path), line: None, reason });
            break;
        }
        match Manifest::read(tree, &path, is_discovered) {
            Ok(manifest) => {
                let named = folders_named(&manifest).into_iter();
                open.extend(named.map(|folder| (paths::file_in(&folder, "Cargo.toml"), false)));
                manifests.push(manifest);
            }
            Err(error) => skipped.push(error),
        }
    }
    manifests
}

/// The package of a manifest; a virtual root has none.
fn package(
    tree: &Tree,
    manifest: &Manifest,
    workspace: Option<&Workspace<'_>>,
    skipped: &mut Vec<Skipped>,
) -> Option<Package> {
    let table = manifest.package()?;
    let Some(name) = table.get("name").filter(|name| name.as_str().is_some_and(|name| !name.is_empty()))
    else {
        let reason = "the package has no name".to_owned();
        skipped.push(skipped_at(&manifest.place(table.span), reason));
        return None;
    };
    let place = manifest.place(name.span);
    let name = name.as_str()?;
    if name.contains(['{', '}']) {
        skipped.push(skipped_at(&place, "a template of a manifest: its package has no name yet".to_owned()));
        return None;
    }
    let root = workspace.map(|workspace| workspace.manifest);
    let field = |key: &str| manifest.field(key, root).and_then(Node::as_str).map(str::to_owned);
    let edition = field("edition").unwrap_or_else(|| "2015".to_owned());
    let declared = dependencies(manifest, &edition, workspace, skipped);
    let (normal, other) = declared.into_iter().partition(|one| one.kind == DependencyKind::Normal);
    let leptos = table.path(&["metadata", "leptos", "bin-features"]);
    Some(Package {
        name: name.to_owned(),
        folder: manifest.folder.clone(),
        manifest: manifest.source.clone(),
        place,
        version: field("version"),
        dependencies: normal,
        other_dependencies: other,
        bins: targets::bins(tree, manifest, name, &edition),
        library: targets::library(tree, manifest, name),
        features: features(manifest),
        program_features: texts(leptos).into_iter().map(|(name, _)| name.to_owned()).collect(),
        is_proc_macro: targets::is_proc_macro(manifest),
        membership: Membership::Alone,
        workspace: manifest.folder.clone(),
        is_discovered: manifest.is_discovered,
        edition,
    })
}

fn features(manifest: &Manifest) -> Vec<FeatureRow> {
    let rows = manifest.root.get("features").map_or(&[][..], Node::entries);
    let lists = rows.iter().filter(|(_, value)| matches!(value.kind, Kind::List(_)));
    let row = |(key, value): &(Node, Node)| {
        let items = texts(Some(value)).into_iter();
        Some(FeatureRow {
            name: key.as_str()?.to_owned(),
            place: manifest.place(key.span),
            items: items.map(|(item, span)| (item.to_owned(), manifest.place(span))).collect(),
        })
    };
    lists.filter_map(row).collect()
}
