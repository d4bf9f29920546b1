//! The files of a repository that may be manifests, read on demand.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::discover::{Skipped, Tree};
use crate::text::Source;

/// Files by their path relative to the repository's root.
pub struct Files<'a> {
    paths: Vec<String>,
    tree: Option<&'a Tree>,
    read: RefCell<BTreeMap<String, Option<Arc<Source>>>>,
    skipped: RefCell<Vec<Skipped>>,
}

impl<'a> Files<'a> {
    /// The files of a tree that may be manifests; `apps` are the folders of the apps in it.
    #[must_use]
    pub fn of(tree: &'a Tree, apps: &[String]) -> Self {
        Self {
            paths: crate::discover::manifests(tree, apps),
            tree: Some(tree),
            read: RefCell::default(),
            skipped: RefCell::default(),
        }
    }

    /// Files with these texts, for tests of what they mean.
    #[must_use]
    pub fn from_texts(files: &[(&str, &str)]) -> Self {
        let source = |path: &str, text: &str| Some(Arc::new(Source::new(path, text.to_owned())));
        let mut paths: Vec<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
        paths.sort();
        let read = files.iter().map(|(path, text)| ((*path).to_owned(), source(path, text))).collect();
        Self { paths, tree: None, read: RefCell::new(read), skipped: RefCell::default() }
    }

    /// The paths of all of them, sorted.
    #[must_use]
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// The text of a file, whether or not it looks like a manifest; `None` when it is not there or could not be read.
    #[must_use]
    pub fn read(&self, path: &str) -> Option<Arc<Source>> {
        if let Some(known) = self.read.borrow().get(path) {
            return known.clone();
        }
        // A folder is no file that could be read; what names it looks for what is in it.
        let read = self.tree.filter(|tree| !tree.is_dir(path)).map(|tree| tree.read(path));
        let source = match read {
            Some(Ok(source)) => source,
            Some(Err(failure)) => {
                self.skip(failure);
                None
            }
            None => None,
        };
        self.read.borrow_mut().insert(path.to_owned(), source.clone());
        source
    }

    /// Remembers that something could not be read or understood.
    pub fn skip(&self, failure: Skipped) {
        let mut skipped = self.skipped.borrow_mut();
        if !skipped.contains(&failure) {
            skipped.push(failure);
        }
    }

    /// What could not be read or understood so far.
    #[must_use]
    pub fn skipped(&self) -> Vec<Skipped> {
        self.skipped.borrow().clone()
    }
}

/// A path relative to the folder of another one, without `.` and `..`; `None` when it leaves the repository or is
/// absolute.
#[must_use]
pub fn join(folder: &str, relative: &str) -> Option<String> {
    if relative.starts_with('/') || relative.starts_with('~') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(relative.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The folder of a path; empty for the root.
#[must_use]
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_within_the_repository() {
        for (folder, relative, joined) in [
            ("", "./app", Some("app")),
            ("docker", "../.env", Some(".env")),
            ("docker/prod", "..", Some("docker")),
            ("", "..", None),
            ("a", "/etc/passwd", None),
            ("a", ".", Some("a")),
        ] {
            assert_eq!(join(folder, relative).as_deref(), joined, "{folder} {relative}");
        }
        assert_eq!((folder("a/b.yml"), folder("b.yml")), ("a", ""));
    }
}
