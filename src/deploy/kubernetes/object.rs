//! The objects of Kubernetes: what kind one is, its name and namespace, and how one is found by them.

use std::collections::HashMap;
use std::sync::Arc;

use super::tree::Item;
use crate::deploy::folder;
use crate::facts::{Place, Reason};

/// An object: a document with `apiVersion` and `kind`.
#[derive(Debug, Clone)]
pub(in crate::deploy) struct Object {
    pub kind: Arc<str>,
    pub version: Arc<str>,
    /// Its name, or how it is written when a template makes it.
    pub name: Arc<str>,
    pub namespace: Option<Arc<str>>,
    /// Names it had before a prefix was put before it.
    pub earlier: Vec<Arc<str>>,
    /// The file that describes it, relative to the repository's root.
    pub path: Arc<str>,
    pub root: Item,
    /// Why it may not be there at all.
    pub doubt: Option<Reason>,
}

/// How many objects are taken from one document, and from one environment.
const MAX_OBJECTS: usize = 2_000;

impl Object {
    /// The objects of a document: one, those of a list, or none.
    pub fn of(root: Item, path: &Arc<str>) -> Vec<Self> {
        let mut found = Vec::new();
        Self::collect(root, path, &mut found, 0);
        found
    }

    fn collect(root: Item, path: &Arc<str>, found: &mut Vec<Self>, depth: usize) {
        let (Some(kind), Some(version)) = (root.text_of(&["kind"]), root.text_of(&["apiVersion"])) else {
            return;
        };
        if kind.ends_with("List") && root.get("items").is_some() {
            for item in root.get("items").map(Item::items).unwrap_or_default() {
                if depth < 8 && found.len() < MAX_OBJECTS {
                    Self::collect(item.clone(), path, found, depth + 1);
                }
            }
            return;
        }
        let name = root.path(&["metadata", "name"]).and_then(Item::identity);
        let namespace = root.path(&["metadata", "namespace"]).and_then(Item::identity);
        found.push(Self {
            kind: Arc::clone(kind),
            version: Arc::clone(version),
            name: name.unwrap_or_else(|| "".into()),
            namespace,
            earlier: Vec::new(),
            path: Arc::clone(path),
            root,
            doubt: None,
        });
    }

    /// Whether it may be in the same namespace: one that none is written for goes wherever it is put.
    pub fn may_share_namespace(&self, other: Option<&Arc<str>>) -> bool {
        self.namespace.is_none() || other.is_none() || self.namespace.as_ref() == other
    }

    /// Whether it goes by this name, or did.
    pub fn is_named(&self, name: &str) -> bool {
        &*self.name == name || self.earlier.iter().any(|earlier| &**earlier == name)
    }

    /// The place of a value, or else of its kind.
    pub fn place_of(&self, keys: &[&str]) -> Place {
        let item = self.root.path(keys).or_else(|| self.root.get("kind")).unwrap_or(&self.root);
        item.place.clone()
    }
}

/// The objects of one environment.
#[derive(Debug, Default)]
pub(in crate::deploy) struct Objects {
    pub all: Vec<Object>,
    index: HashMap<(Arc<str>, Arc<str>), Vec<usize>>,
    /// Why there may be more: a base that is not in the repository.
    pub unseen: Option<Reason>,
    /// Names of what environments define that are not judged: what they define is no mistake to refer to.
    pub elsewhere: Vec<(Arc<str>, Arc<str>)>,
}

/// What goes by a name.
pub(in crate::deploy) enum Found<'a> {
    Nothing,
    One(&'a Object),
    /// Several, and nothing tells which one counts.
    Several(Vec<&'a Object>),
}

impl Objects {
    pub fn new(mut all: Vec<Object>) -> Self {
        all.truncate(MAX_OBJECTS);
        let mut index: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, object) in all.iter().enumerate() {
            index.entry((Arc::clone(&object.kind), Arc::clone(&object.name))).or_default().push(at);
        }
        Self { all, index, unseen: None, elsewhere: Vec::new() }
    }

    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Object> {
        self.all.iter().filter(move |object| &*object.kind == kind)
    }

    /// The object of a kind and name that another one refers to: of its own file before its own folder before all.
    pub fn find(&self, kind: &str, name: &str, from: &Object) -> Found<'_> {
        let indices = self.index.get(&(kind.into(), name.into())).map(Vec::as_slice).unwrap_or_default();
        let found: Vec<&Object> = indices
            .iter()
            .filter_map(|at| self.all.get(*at))
            .filter(|object| object.may_share_namespace(from.namespace.as_ref()))
            .collect();
        let nearest: [&dyn Fn(&&&Object) -> bool; 3] = [
            &|object| object.namespace == from.namespace && object.path == from.path,
            &|object| object.path == from.path,
            &|object| folder(&object.path) == folder(&from.path),
        ];
        let near = nearest.iter().find_map(|is_near| {
            let near: Vec<&Object> = found.iter().filter(is_near).copied().collect();
            (!near.is_empty()).then_some(near)
        });
        let found = near.unwrap_or(found);
        match found.as_slice() {
            [] => Found::Nothing,
            [one] => Found::One(one),
            _ => Found::Several(found),
        }
    }

    /// Whether something of this name is known to be defined for another environment.
    pub fn is_elsewhere(&self, kind: &str, name: &str) -> bool {
        self.elsewhere.iter().any(|(known, of)| &**known == kind && &**of == name)
    }
}
