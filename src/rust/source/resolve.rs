//! What a path leads to: out of the package, to a thing of a crate, or to a thing of its own.

use super::graph::{Graph, Key};
use super::marks::marks;
use super::shapes::{self, shapes};
use crate::parse::rust::{Import, Path};

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// Something of another crate: its one path.
    Foreign(Vec<String>),
    /// Something that the package defines: file, scope, name, and the names that follow.
    Own(usize, usize, String, Vec<String>),
    /// A module of the package.
    Module(Key),
}

/// How many steps a path may take.
const FUEL: u8 = 16;
/// How many of them one `use a::*` is worth: many of these would be searched again and again.
const GLOB: u8 = 5;

impl Graph<'_> {
    /// What a path in a scope leads to, through imports, what is handed on, and aliases.
    #[must_use]
    pub fn resolve(&self, file: usize, scope: usize, path: &Path) -> Option<Resolved> {
        if path.absolute {
            return self.foreign(&path.segments);
        }
        let key = (file, scope, path.segments.clone());
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let found = self.find(file, scope, &path.segments, FUEL);
        self.known.borrow_mut().insert(key, found.clone());
        found
    }

    /// The one path of what a path leads to, when that is another crate's.
    #[must_use]
    pub fn foreign_path(&self, file: usize, scope: usize, path: &Path) -> Option<Vec<String>> {
        match self.resolve(file, scope, path)? {
            Resolved::Foreign(path) => Some(path),
            _ => None,
        }
    }

    fn find(&self, file: usize, scope: usize, names: &[String], fuel: u8) -> Option<Resolved> {
        let fuel = fuel.checked_sub(1)?;
        let (first, rest) = names.split_first()?;
        match first.as_str() {
            "crate" | "$crate" => {
                let (tag, _) = self.module_of(file, scope)?;
                return self.in_module(&(tag, Vec::new()), rest, fuel);
            }
            "self" => return self.in_module(&self.module_of(file, scope)?, rest, fuel),
            "super" => {
                let mut key = self.module_of(file, scope)?;
                let ups = names.iter().take_while(|name| *name == "super").count();
                for _ in 0..ups {
                    key.1.pop()?;
                }
                return self.in_module(&key, names.get(ups..)?, fuel);
            }
            "Self" => return None,
            _ => {}
        }
        let mut at = Some(scope);
        let mut last = scope;
        while let Some(index) = at {
            if let Some(found) = self.here(file, index, names, fuel) {
                return found;
            }
            last = index;
            at = self.scope(file, index)?.parent;
        }
        // A block sees what its module sees.
        let module = self.module_of(file, last)?;
        for (file, scope) in self.modules.get(&module).into_iter().flatten() {
            if let Some(found) = self.here(*file, *scope, names, fuel) {
                return found;
            }
        }
        let mut at = Some(scope);
        while let Some(index) = at {
            if let Some(found) = self.by_globs(file, index, names, fuel) {
                return Some(found);
            }
            at = self.scope(file, index)?.parent;
        }
        for (file, scope) in self.modules.get(&module).into_iter().flatten() {
            if let Some(found) = self.by_globs(*file, *scope, names, fuel) {
                return Some(found);
            }
        }
        self.foreign(names).or_else(|| {
            (first == self.crate_name)
                .then(|| self.in_module(&(String::new(), Vec::new()), rest, fuel))
                .flatten()
        })
    }

    /// A name that is defined or imported in a scope. The inner `None`: it is, and leads nowhere.
    fn here(&self, file: usize, scope: usize, names: &[String], fuel: u8) -> Option<Option<Resolved>> {
        let (first, rest) = names.split_first()?;
        let this = self.scope(file, scope)?;
        let imported = this.imports.iter().find(|import| import.name.as_ref() == Some(first));
        // A macro and a module may have the name of a crate beside an import of that name.
        if let Some(import) = imported {
            return Some(self.by_import(file, scope, import, rest, fuel));
        }
        if this.names.contains(first) {
            return Some(self.defined(file, scope, first, rest, fuel));
        }
        None
    }

    fn by_import(
        &self,
        file: usize,
        scope: usize,
        import: &Import,
        rest: &[String],
        fuel: u8,
    ) -> Option<Resolved> {
        let mut names = import.path.segments.clone();
        names.extend_from_slice(rest);
        let of_itself = import.name.as_ref() == import.path.segments.first();
        if (import.path.absolute || of_itself)
            && let Some(found) = self.foreign(&names)
        {
            return Some(found);
        }
        if of_itself {
            let (first, rest) = names.split_first()?;
            return self.defined(file, scope, first, rest, fuel);
        }
        self.find(file, scope, &names, fuel)
    }

    fn by_globs(&self, file: usize, scope: usize, names: &[String], fuel: u8) -> Option<Resolved> {
        let this = self.scope(file, scope)?;
        this.imports.iter().filter(|import| import.name.is_none()).find_map(|import| {
            let prefix = &import.path.segments;
            if prefix.first() == names.first() {
                return None;
            }
            let target = if import.path.absolute {
                self.foreign(prefix)
            } else {
                self.find(file, scope, prefix, fuel.checked_sub(GLOB)?)
            };
            match target? {
                Resolved::Foreign(path) => {
                    let path = shapes::canonical(&[path, names.to_vec()].concat());
                    (marks().knows(&path) || shapes().know(&path)).then_some(Resolved::Foreign(path))
                }
                Resolved::Module(key) if self.module_of(file, scope).as_ref() != Some(&key) => {
                    self.in_module(&key, names, fuel.checked_sub(GLOB)?)
                }
                _ => None,
            }
        })
    }

    fn defined(&self, file: usize, scope: usize, name: &str, rest: &[String], fuel: u8) -> Option<Resolved> {
        if let Some(alias) = self.alias(file, scope, name) {
            let target = alias.target.path.as_ref();
            // An alias of the same name as its target is one of something imported.
            if let Some(target) = target.filter(|target| target.single() != Some(name)) {
                let names = [target.segments.clone(), rest.to_vec()].concat();
                let found = if target.absolute {
                    self.foreign(&names)
                } else {
                    self.find(file, scope, &names, fuel.checked_sub(1)?)
                };
                // A lock of a map is looked at as a whole, with its arguments.
                if matches!(&found, Some(Resolved::Foreign(path)) if !shapes().builds_on(path)) {
                    return found;
                }
            }
        }
        let mut key = self.module_of(file, scope)?;
        key.1.push(name.to_owned());
        if self.modules.contains_key(&key) {
            return self.in_module(&key, rest, fuel);
        }
        Some(Resolved::Own(file, scope, name.to_owned(), rest.to_vec()))
    }

    /// What stands in a module of the package.
    fn in_module(&self, key: &Key, names: &[String], fuel: u8) -> Option<Resolved> {
        let fuel = fuel.checked_sub(1)?;
        let Some((first, rest)) = names.split_first() else { return Some(Resolved::Module(key.clone())) };
        let scopes = self.modules.get(key).map(Vec::as_slice).unwrap_or_default();
        for (file, scope) in scopes {
            if let Some(found) = self.here(*file, *scope, names, fuel) {
                return found;
            }
        }
        let mut inner = key.clone();
        inner.1.push(first.clone());
        if self.modules.contains_key(&inner) {
            return self.in_module(&inner, rest, fuel);
        }
        scopes.iter().find_map(|(file, scope)| self.by_globs(*file, *scope, names, fuel))
    }

    /// A path that starts with the name of a crate.
    fn foreign(&self, names: &[String]) -> Option<Resolved> {
        let (first, rest) = names.split_first()?;
        let library = match first.as_str() {
            "std" | "core" | "alloc" => "std".to_owned(),
            name => match self.crates.get(name) {
                Some(package) => shapes::library_of(package),
                None => {
                    let known =
                        shapes().prelude.iter().find(|path| path.rsplit("::").next() == Some(name))?;
                    let path: Vec<String> = known.split("::").map(str::to_owned).collect();
                    return Some(Resolved::Foreign([path, rest.to_vec()].concat()));
                }
            },
        };
        let path = [vec![library], rest.to_vec()].concat();
        Some(Resolved::Foreign(shapes::canonical(&path)))
    }
}
