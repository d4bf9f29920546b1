//! The modules of a package: which file is which module, and what a path in one of them leads to.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::resolve::Resolved;
use crate::parse::rust::{Alias, Mention, Outline, Scope, Structure};
use crate::text::Source;

/// The modules of a package.
#[derive(Debug)]
pub struct Graph<'a> {
    /// The files that are read.
    pub files: Vec<Unit>,
    /// The package's own crate, by its name in code.
    pub crate_name: &'a str,
    /// The crates that may be named, with their packages.
    pub crates: &'a BTreeMap<String, String>,
    /// The scopes of each module: several for the roots of one package.
    pub modules: HashMap<Key, Vec<(usize, usize)>>,
    /// What the paths of each file lead to, when that is another crate's: one for each mention, as text.
    pub foreign: Vec<Vec<Option<String>>>,
    pub(super) known: RefCell<HashMap<Asked, Option<Resolved>>>,
}

/// A module: the root that it hangs on (empty for the package's main ones) and its names.
pub type Key = (String, Vec<String>);

/// A path in a scope of a file.
type Asked = (usize, usize, Vec<String>);

/// A file as a module.
#[derive(Debug)]
pub struct Unit {
    /// Its path in the package.
    pub relative: String,
    /// Its text.
    pub source: Arc<Source>,
    /// What it names.
    pub outline: Outline,
    /// The module that it is.
    pub key: Key,
}

impl<'a> Graph<'a> {
    /// The graph of some files. Files that are for tests only are left out.
    #[must_use]
    pub fn of(
        crate_name: &'a str,
        roots: &[String],
        crates: &'a BTreeMap<String, String>,
        mut files: Vec<Unit>,
    ) -> Self {
        for unit in &mut files {
            unit.key = key(&unit.relative, roots);
        }
        place_by_attribute(&mut files);
        let tests = tests(&files);
        files.retain(|unit| !tests.iter().any(|test| is_within(&unit.key, test)));
        let mut modules: HashMap<Key, Vec<(usize, usize)>> = HashMap::new();
        for (file, unit) in files.iter().enumerate() {
            for (index, scope) in unit.outline.scopes.iter().enumerate() {
                if scope.parent.is_none() {
                    modules.entry(of_scope(unit, scope)).or_default().push((file, index));
                }
            }
        }
        let mut graph =
            Self { files, crate_name, crates, modules, foreign: Vec::new(), known: RefCell::default() };
        let paths = |(file, unit): (usize, &Unit)| {
            let one =
                |mention: &Mention| Some(graph.foreign_path(file, mention.scope, &mention.path)?.join("::"));
            unit.outline.mentions.iter().map(one).collect()
        };
        graph.foreign = graph.files.iter().enumerate().map(paths).collect();
        graph
    }

    /// The mentions of a file that lead to another crate, with the one path of each.
    pub fn foreign_mentions(&self, file: usize) -> impl Iterator<Item = (&Mention, &str)> {
        let mentions = self.files.get(file).map(|unit| unit.outline.mentions.as_slice()).unwrap_or_default();
        let paths = self.foreign.get(file).map(Vec::as_slice).unwrap_or_default();
        mentions.iter().zip(paths).filter_map(|(mention, path)| Some((mention, path.as_deref()?)))
    }

    /// A scope of a file.
    #[must_use]
    pub fn scope(&self, file: usize, scope: usize) -> Option<&Scope> {
        self.files.get(file)?.outline.scopes.get(scope)
    }

    /// The module that a scope is in.
    #[must_use]
    pub fn module_of(&self, file: usize, scope: usize) -> Option<Key> {
        let unit = self.files.get(file)?;
        Some(of_scope(unit, unit.outline.scopes.get(scope)?))
    }

    /// The alias of a name in a scope.
    #[must_use]
    pub fn alias(&self, file: usize, scope: usize, name: &str) -> Option<&Alias> {
        let aliases = &self.files.get(file)?.outline.aliases;
        aliases.iter().find(|alias| alias.scope == scope && alias.name == name)
    }

    /// The struct of a name in a scope.
    #[must_use]
    pub fn structure(&self, file: usize, scope: usize, name: &str) -> Option<&Structure> {
        let structures = &self.files.get(file)?.outline.structures;
        structures.iter().find(|one| one.scope == scope && one.name == name)
    }
}

fn of_scope(unit: &Unit, scope: &Scope) -> Key {
    (unit.key.0.clone(), unit.key.1.iter().chain(&scope.module).cloned().collect())
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The module that a file is by its path.
fn key(relative: &str, roots: &[String]) -> Key {
    let is_main =
        |root: &str| matches!(root.rsplit('/').next(), Some("main.rs" | "lib.rs")) && !root.contains("/bin/");
    if let Some(root) = roots.iter().find(|root| *root == relative) {
        let tag = if is_main(root) { String::new() } else { root.clone() };
        return (tag, Vec::new());
    }
    // `src/bin/a/main.rs` has its modules beside it; `src/bin/a.rs` has them in `src/bin`, with those of the others.
    let own = roots.iter().filter(|root| !is_main(root) && root.ends_with("/main.rs"));
    let own = own.filter(|root| relative.starts_with(&format!("{}/", folder(root))));
    let own = own.max_by_key(|root| root.len());
    let main = roots.iter().find(|root| is_main(root)).map_or("src", |root| folder(root));
    let (tag, base) = own.map_or((String::new(), main), |root| (root.clone(), folder(root)));
    let inner = if base.is_empty() { relative } else { relative.strip_prefix(base).unwrap_or(relative) };
    let inner = inner.trim_start_matches('/');
    let mut names: Vec<String> = inner.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if names.last().is_some_and(|last| last == "mod") {
        names.pop();
    }
    (tag, names)
}

/// `#[path = "x.rs"] mod a;`
fn place_by_attribute(files: &mut [Unit]) {
    let mut moved = Vec::new();
    for unit in files.iter() {
        for module in &unit.outline.modules {
            let (Some(path), Some(scope)) = (&module.path, unit.outline.scopes.get(module.scope)) else {
                continue;
            };
            let target = normal(&format!("{}/{path}", folder(&unit.relative)));
            let mut key = of_scope(unit, scope);
            key.1.push(module.name.clone());
            moved.push((target, key));
        }
    }
    for (target, key) in moved {
        if let Some(unit) = files.iter_mut().find(|unit| unit.relative == target) {
            unit.key = key;
        }
    }
}

fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The modules in files of their own that are for tests.
fn tests(files: &[Unit]) -> Vec<Key> {
    let mut found = Vec::new();
    for unit in files {
        for module in unit.outline.modules.iter().filter(|module| module.test) {
            if let Some(scope) = unit.outline.scopes.get(module.scope) {
                let mut key = of_scope(unit, scope);
                key.1.push(module.name.clone());
                found.push(key);
            }
        }
    }
    found
}

fn is_within(key: &Key, outer: &Key) -> bool {
    key.0 == outer.0 && key.1.starts_with(&outer.1)
}
