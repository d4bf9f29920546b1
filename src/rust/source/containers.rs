//! Types that keep things which change: a lock around a map, a concurrent map.

use super::graph::Graph;
use super::resolve::Resolved;
use super::shapes::{is_in, shapes};
use crate::parse::rust::{Path, Type};

/// A container that can be changed while it is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Container {
    /// What it is, by the last names: `Mutex<HashMap>`, `DashMap`.
    pub kind: String,
    /// The names in the types of what it keeps.
    pub words: Vec<String>,
}

/// How deep types are followed.
const DEPTH: u8 = 8;

impl Graph<'_> {
    /// The container that a type is or holds.
    pub(super) fn container(&self, file: usize, scope: usize, kind: &Type) -> Option<Container> {
        self.find_container(file, scope, kind, None, DEPTH)
    }

    fn find_container(
        &self,
        file: usize,
        scope: usize,
        kind: &Type,
        lock: Option<&str>,
        depth: u8,
    ) -> Option<Container> {
        let depth = depth.checked_sub(1)?;
        let inner = |lock: Option<&str>| {
            kind.args.iter().find_map(|arg| self.find_container(file, scope, arg, lock, depth))
        };
        let Some(path) = &kind.path else { return inner(lock) };
        match self.resolve(file, scope, path)? {
            Resolved::Foreign(path) => {
                let shapes = shapes();
                let last = path.last().map_or("", String::as_str);
                if is_in(&shapes.concurrent, &path) {
                    Some(Container { kind: last.to_owned(), words: words_of(&kind.args) })
                } else if is_in(&shapes.containers, &path) {
                    let kind_of = lock.map(|lock| format!("{lock}<{last}>"));
                    kind_of
                        .map(|kind_of| Container { kind: kind_of, words: words_of(&kind.args) })
                        .or_else(|| inner(None))
                } else if is_in(&shapes.locks, &path) {
                    inner(Some(last))
                } else if is_in(&shapes.wrappers, &path) {
                    inner(lock)
                } else {
                    None
                }
            }
            Resolved::Own(own_file, own_scope, name, rest) if rest.is_empty() => {
                if let Some(alias) = self.alias(own_file, own_scope, &name) {
                    let target = &alias.target;
                    // An alias with a parameter: `type Shared<T> = Arc<Mutex<T>>;`
                    return self.find_container(own_file, own_scope, target, lock, depth).or_else(|| {
                        if kind.args.is_empty() {
                            None
                        } else {
                            inner(self.lock_in(own_file, own_scope, target).as_deref().or(lock))
                        }
                    });
                }
                let structure = self.structure(own_file, own_scope, &name)?;
                // A struct may hold itself many times over.
                let depth = depth.checked_sub(2)?;
                structure
                    .fields
                    .iter()
                    .find_map(|field| self.find_container(own_file, own_scope, &field.kind, lock, depth))
            }
            _ => None,
        }
    }

    /// The lock in a type.
    fn lock_in(&self, file: usize, scope: usize, kind: &Type) -> Option<String> {
        let path = kind.path.as_ref().and_then(|path| self.foreign_path(file, scope, path));
        path.filter(|path| is_in(&shapes().locks, path))
            .and_then(|path| path.last().cloned())
            .or_else(|| kind.args.iter().find_map(|arg| self.lock_in(file, scope, arg)))
    }

    /// The struct or alias of the package that a type is, through wrappers, never through locks and collections.
    pub(super) fn own_type(&self, file: usize, scope: usize, kind: &Type) -> Option<(usize, usize, String)> {
        let inner = || kind.args.iter().find_map(|arg| self.own_type(file, scope, arg));
        match &kind.path {
            None => inner(),
            Some(path) => match self.resolve(file, scope, path)? {
                Resolved::Own(file, scope, name, _) => Some((file, scope, name)),
                Resolved::Foreign(path) if is_in(&shapes().wrappers, &path) => inner(),
                _ => None,
            },
        }
    }

    /// The struct or alias of the package that a path to it or to one of its functions starts with.
    pub(super) fn own_of_path(
        &self,
        file: usize,
        scope: usize,
        path: &Path,
    ) -> Option<(usize, usize, String)> {
        match self.resolve(file, scope, path)? {
            Resolved::Own(file, scope, name, _) if name.starts_with(char::is_uppercase) => {
                Some((file, scope, name))
            }
            _ => None,
        }
    }
}

/// The names in some types.
pub fn words_of(types: &[Type]) -> Vec<String> {
    let mut found = Vec::new();
    for kind in types {
        found.extend(kind.path.as_ref().map(|path| path.last().to_owned()));
        found.extend(words_of(&kind.args));
    }
    found
}
