//! `Cargo.lock`, for versions only: it holds neither features nor what is a dependency of tests.
//!
//! Source: cargo `src/cargo/core/resolver/encode.rs`. V1 and V2 write `name version (source)` for a dependency, V3 and
//! V4 `name`, or `name version` where there are several.

use std::collections::HashMap;

use super::manifest::{skipped_at, texts};
use super::model::{Dependency, Skipped};
use super::requirement;
use crate::discover::Tree;
use crate::facts::Place;
use crate::parse::node::Node;
use crate::parse::toml;

/// The versions of one `Cargo.lock`.
#[derive(Debug, Default)]
pub(super) struct Lock {
    versions: HashMap<String, Vec<String>>,
    /// What each package of the tree depends on: name and version.
    members: HashMap<String, Vec<(String, Option<String>)>>,
}

impl Lock {
    /// Reads a lock file. One that is not there or cannot be read holds nothing.
    pub(super) fn read(tree: &Tree, path: &str, skipped: &mut Vec<Skipped>) -> Self {
        let source = match tree.read(path) {
            Ok(Some(source)) => source,
            Ok(None) => return Self::default(),
            Err(error) => {
                skipped.push(Skipped { path: error.path, line: None, reason: error.reason });
                return Self::default();
            }
        };
        let read = toml::read(source.text());
        if let Some(error) = read.error {
            let place = Place::new(&source, error.span);
            skipped.push(skipped_at(&place, format!("not TOML: {}", error.message)));
            return Self::default();
        }
        let mut lock = Self::default();
        // V1 keeps the root package in a table of its own.
        let root = read.root.get("root").into_iter();
        for package in root.chain(read.root.get("package").map_or(&[][..], Node::items)) {
            lock.add(package);
        }
        lock
    }

    fn add(&mut self, package: &Node) {
        let text = |key: &str| package.get(key).and_then(Node::as_str);
        let (Some(name), Some(version)) = (text("name"), text("version")) else { return };
        self.versions.entry(name.to_owned()).or_default().push(version.to_owned());
        if text("source").is_none() {
            let dependencies = texts(package.get("dependencies")).into_iter().filter_map(|(text, _)| {
                let mut words = text.split(' ');
                Some((words.next()?.to_owned(), words.next().map(str::to_owned)))
            });
            self.members.entry(name.to_owned()).or_default().extend(dependencies);
        }
    }

    /// All locked versions of a package.
    pub(super) fn versions(&self, package: &str) -> &[String] {
        self.versions.get(package).map_or(&[], Vec::as_slice)
    }

    /// The version of a dependency of a member; `None` when there are several that it may be.
    pub(super) fn version(&self, member: &str, dependency: &Dependency) -> Option<String> {
        let package = dependency.package.as_str();
        let all = self.versions(package);
        let named = self.members.get(member).map_or(&[][..], Vec::as_slice);
        let named =
            named.iter().filter(|(name, _)| name == package).filter_map(|(_, version)| version.as_ref());
        let mut candidates: Vec<&String> = named.collect();
        if candidates.is_empty() {
            candidates.extend(all);
        }
        candidates.sort_unstable();
        candidates.dedup();
        let allows = |version: &String| requirement::allows(dependency.requirement.as_deref()?, version);
        if candidates.len() > 1 {
            candidates.retain(|version| allows(version) == Some(true));
        } else {
            // One that the requirement does not allow: the lock file is older than the manifest.
            candidates.retain(|version| allows(version) != Some(false));
        }
        match candidates.as_slice() {
            [one] => Some((*one).clone()),
            _ => None,
        }
    }
}
