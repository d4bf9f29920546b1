//! Compose files to services: what extends what, what is included, all paths from the repository's root.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::merge::{merge, prefixed, settle};
use super::scope::Scope;
use super::tree::{Entry, Kind, Tree};
use crate::deploy::reading::Document;
use crate::deploy::{Files, Problem, folder, join};
use crate::text::Source;

/// How deep files include and services extend each other.
const MAX_DEPTH: usize = 16;
/// How many services a project has at most.
pub(super) const MAX_SERVICES: usize = 200;

/// What one or several files describe together.
#[derive(Debug)]
pub(super) struct Project {
    pub(super) services: Vec<Entry>,
    pub(super) volumes: Vec<Entry>,
    pub(super) sources: Vec<Arc<Source>>,
    pub(super) problems: Vec<Problem>,
    pub(super) scope: Scope,
}

/// Reads files on top of each other, as `-f first -f second` does. `None` when the first has no services.
pub(super) fn project(files: &Files<'_>, paths: &[&str]) -> Option<Project> {
    let home = folder(paths.first()?);
    let scope = Scope::of(files, home);
    let mut loader =
        Loader { files, scope: &scope, sources: Vec::new(), problems: Vec::new(), open: BTreeMap::new() };
    let mut whole: Option<Tree> = None;
    for path in paths {
        let Some(tree) = loader.file(path, home, 0) else { continue };
        whole = Some(match whole {
            Some(base) => merge("", &base, &tree),
            None => tree,
        });
    }
    let mut whole = whole?;
    settle(&mut whole);
    let part = |key: &str| whole.get(key).map(|tree| tree.entries().to_vec()).unwrap_or_default();
    let mut services = part("services");
    services.truncate(MAX_SERVICES);
    let volumes = part("volumes");
    let (sources, problems) = (loader.sources, loader.problems);
    Some(Project { services, volumes, sources, problems, scope })
}

struct Loader<'a> {
    files: &'a Files<'a>,
    scope: &'a Scope,
    sources: Vec<Arc<Source>>,
    problems: Vec<Problem>,
    open: BTreeMap<String, Option<Rc<Tree>>>,
}

impl Loader<'_> {
    /// The tree of a file, its services whole.
    fn file(&mut self, path: &str, home: &str, depth: usize) -> Option<Tree> {
        let mut tree = (*self.raw(path, home)?).clone();
        let services = tree.get("services").map(Tree::entries).unwrap_or_default();
        let services: Vec<Entry> = services.iter().take(MAX_SERVICES).cloned().collect();
        let mut done = Vec::new();
        for service in &services {
            let value = self.extended(&services, &service.value, path, home, 0);
            done.push(Entry { value, ..service.clone() });
        }
        if let Kind::Map(entries) = &mut tree.kind
            && let Some(entry) = entries.iter_mut().find(|entry| &*entry.key == "services")
        {
            entry.value.kind = Kind::Map(done);
        }
        let mut whole = tree.clone();
        for (included, home) in self.includes(&tree, path) {
            if depth < MAX_DEPTH
                && let Some(other) = self.file(&included, &home, depth + 1)
            {
                whole = merge("", &other, &whole);
            }
        }
        Some(whole)
    }

    /// The tree of a file with paths from the root, as it is written otherwise. Each is read once.
    fn raw(&mut self, path: &str, home: &str) -> Option<Rc<Tree>> {
        let key = format!("{home}:{path}");
        if let Some(known) = self.open.get(&key) {
            return known.clone();
        }
        let tree = self.read(path, home).map(Rc::new);
        self.open.insert(key, tree.clone());
        tree
    }

    fn read(&mut self, path: &str, home: &str) -> Option<Tree> {
        let document = Document::open(self.files, path)?;
        if !self.sources.iter().any(|source| source.path() == document.source.path()) {
            self.sources.push(document.source.clone());
            self.problems.extend(document.problems.iter().cloned());
        }
        let mut tree = Tree::new(&document.source, &document.root, self.scope);
        // The first format had no `services`: every key is one.
        let is_old = document.root.get("services").is_none()
            && tree
                .entries()
                .iter()
                .any(|entry| entry.value.get("image").or(entry.value.get("build")).is_some());
        if is_old {
            let services =
                Entry { key: "services".into(), key_place: tree.place.clone(), value: tree.clone() };
            tree.kind = Kind::Map(vec![services]);
        }
        if let Kind::Map(entries) = &mut tree.kind {
            for entry in entries.iter_mut().filter(|entry| &*entry.key == "services") {
                if let Kind::Map(services) = &mut entry.value.kind {
                    services.iter_mut().for_each(|service| rebase(&mut service.value, home));
                }
            }
        }
        Some(tree)
    }

    /// A service with what it extends below it.
    fn extended(&mut self, services: &[Entry], service: &Tree, path: &str, home: &str, depth: usize) -> Tree {
        let Some(extends) = service.get("extends") else { return service.clone() };
        let without = without(service, "extends");
        let name = extends.get("service").unwrap_or(extends).known().map(str::to_owned);
        let Some(name) = name.filter(|_| depth < MAX_DEPTH) else { return without };
        let other = match extends.get("file") {
            None => Some((path.to_owned(), Cow::Borrowed(services))),
            Some(file) => {
                let other = file.known().and_then(|file| join(folder(path), file));
                other.and_then(|other| {
                    let tree = self.raw(&other, folder(&other))?;
                    let services = tree.get("services")?.entries();
                    Some((other, Cow::Owned(services.iter().take(MAX_SERVICES).cloned().collect())))
                })
            }
        };
        let base = other.as_ref().and_then(|(other, services)| {
            let base = services.iter().find(|entry| *entry.key == *name)?;
            let home = if other == path { home } else { folder(other) };
            Some(self.extended(services, &base.value, other, home, depth + 1))
        });
        let Some(base) = base else {
            let message = format!("it extends the service `{name}`, which is not there");
            self.problems.push(Problem { message: message.into(), place: extends.place.clone() });
            return without;
        };
        merge("service", &base, &without)
    }

    /// The files that a file includes, and the folders their paths start from.
    fn includes(&self, tree: &Tree, path: &str) -> Vec<(String, String)> {
        let Some(include) = tree.get("include") else { return Vec::new() };
        let mut found = Vec::new();
        for item in include.items() {
            let home = item.get("project_directory").and_then(|home| join(folder(path), home.known()?));
            let paths = item.get("path").unwrap_or(item);
            let one = std::slice::from_ref(paths);
            for tree in if paths.items().is_empty() { one } else { paths.items() } {
                if let Some(other) = tree.known().and_then(|other| join(folder(path), other)) {
                    let home = home.clone().unwrap_or_else(|| folder(&other).to_owned());
                    found.push((other, home));
                }
            }
        }
        found
    }
}

fn without(tree: &Tree, key: &str) -> Tree {
    let mut tree = tree.clone();
    if let Kind::Map(entries) = &mut tree.kind {
        entries.retain(|entry| &*entry.key != key);
    }
    tree
}

/// Writes the paths of a service from the repository's root.
fn rebase(service: &mut Tree, home: &str) {
    if home.is_empty() {
        return;
    }
    let prefix = format!("./{home}/");
    let path = |tree: &mut Tree| {
        let is_relative = tree.text().is_some_and(|text| {
            let first = text.value.as_deref().unwrap_or(&text.raw);
            !first.starts_with(['/', '~', '$']) && !first.contains("://") && !first.starts_with("git@")
        });
        if is_relative {
            prefixed(tree, &prefix);
        }
    };
    let Kind::Map(entries) = &mut service.kind else { return };
    for entry in entries {
        let value = &mut entry.value;
        match &*entry.key {
            "build" => each(value, "context", &path),
            "env_file" => match &mut value.kind {
                Kind::List(items) => items.iter_mut().for_each(|item| each(item, "path", &path)),
                _ => each(value, "path", &path),
            },
            "volumes" => {
                if let Kind::List(items) = &mut value.kind {
                    for item in items {
                        let starts =
                            item.get("source").unwrap_or(item).text().is_some_and(|t| t.raw.starts_with('.'));
                        if starts {
                            each(item, "source", &path);
                        }
                    }
                }
            }
            _ => {}
        }
    }
}

/// Works on a text, or on a key of a map.
fn each(tree: &mut Tree, key: &str, work: &dyn Fn(&mut Tree)) {
    match &mut tree.kind {
        Kind::Map(entries) => {
            entries.iter_mut().filter(|entry| &*entry.key == key).for_each(|entry| work(&mut entry.value));
        }
        Kind::Override(inner) => each(inner, key, work),
        _ => work(tree),
    }
}
