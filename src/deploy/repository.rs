//! The repository around the apps: read once, whatever the number of its apps.

use std::cell::{OnceCell, RefCell};

use super::files::Files;
use super::model::Deployment;
use crate::discover::{Skipped, Tree};

/// A repository and what it deploys.
#[derive(Debug)]
pub struct Repository {
    tree: Tree,
    /// The folders of its apps, relative to its root.
    apps: RefCell<Vec<String>>,
    read: OnceCell<(Vec<Deployment>, Vec<Skipped>)>,
}

impl Repository {
    /// The repository at a folder. Nothing is read yet.
    #[must_use]
    pub const fn new(tree: Tree) -> Self {
        Self { tree, apps: RefCell::new(Vec::new()), read: OnceCell::new() }
    }

    /// Its files.
    #[must_use]
    pub const fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Remembers that an app is in this folder of it.
    pub fn has_app(&self, folder: &str) {
        self.apps.borrow_mut().push(folder.to_owned());
    }

    /// The folders of its apps.
    #[must_use]
    pub fn apps(&self) -> Vec<String> {
        self.apps.borrow().clone()
    }

    /// What its manifests deploy, in a fixed order.
    #[must_use]
    pub fn deployments(&self) -> &[Deployment] {
        &self.read().0
    }

    /// Manifests that could not be read or understood.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        &self.read().1
    }

    fn read(&self) -> &(Vec<Deployment>, Vec<Skipped>) {
        self.read.get_or_init(|| {
            let files = Files::of(&self.tree, &self.apps());
            let deployments = super::all(&files);
            (deployments, files.skipped())
        })
    }
}
