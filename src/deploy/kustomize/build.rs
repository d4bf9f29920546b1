//! What a kustomization makes, in the order of kustomize: resources, generators, components, then its changes.
//!
//! kubernetes-sigs/kustomize, api/internal/target/kusttarget.go, `accumulateTarget`, and kusttarget_configplugin.go for
//! the order of the changes.

use std::collections::HashMap;

use super::file::{self, Kustomization, Resource};
use super::{generate, patches, rename, replacements, transform};
use crate::deploy::kubernetes::load;
use crate::deploy::kubernetes::object::Object;
use crate::deploy::{Files, Problem};
use crate::facts::{Place, Reason};

/// How many kustomizations are built for a repository, how deep they use each other, and how many objects one has.
const MAX_BUILDS: usize = 1_000;
const MAX_DEPTH: usize = 24;
const MAX_OBJECTS: usize = 2_000;
/// How many values are copied: a repository has some thousands of them.
const MAX_COPIED: usize = 3_000_000;
/// More problems than this do not make a build any clearer.
const MAX_PROBLEMS: usize = 50;

/// The objects of a kustomization.
#[derive(Debug, Default)]
pub(super) struct Built {
    pub objects: Vec<Object>,
    /// Why there may be more objects, or more in them.
    pub unseen: Option<Reason>,
    pub problems: Vec<Problem>,
}

/// How many values all builds of a repository may copy.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Budget {
    /// Takes so many, when they are left.
    pub fn take(&mut self, count: usize) -> bool {
        let left = self.0.checked_sub(count);
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }
}

impl Built {
    pub fn problem(&mut self, message: String, place: &Place) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { message: message.into(), place: place.clone() });
        }
    }

    pub fn unseen(&mut self, words: &'static str, place: &Place) {
        self.unseen.get_or_insert_with(|| Reason::at(words, place.clone()));
    }

    fn absorb(&mut self, other: Self) {
        self.objects.extend(other.objects);
        self.objects.truncate(MAX_OBJECTS);
        self.unseen = self.unseen.take().or(other.unseen);
        self.problems.extend(other.problems);
        self.problems.truncate(MAX_PROBLEMS);
    }
}

/// Builds kustomizations; what a file holds is read once.
pub(super) struct Builder<'f> {
    files: &'f Files<'f>,
    read: HashMap<String, Vec<Object>>,
    builds: usize,
    budget: Budget,
}

impl<'f> Builder<'f> {
    pub fn new(files: &'f Files<'f>) -> Self {
        Self { files, read: HashMap::new(), builds: 0, budget: Budget(MAX_COPIED) }
    }

    /// What the kustomization of a folder makes.
    pub fn build(&mut self, folder: &str) -> Built {
        let mut built = Built::default();
        if let Some(kustomization) = file::find(self.files, folder) {
            self.add(&kustomization, &mut built, &mut Vec::new());
        }
        built
    }

    /// Adds what a kustomization makes; a component changes what is there already.
    fn add(&mut self, kustomization: &Kustomization, built: &mut Built, within: &mut Vec<String>) {
        self.builds += 1;
        within.push(kustomization.folder.clone());
        self.resources(kustomization, built, within);
        for key in ["helmCharts", "helmChartInflationGenerator", "generators"] {
            if let Some(first) = kustomization.list(key).first() {
                built.unseen("a generator of the kustomization may make it", &first.place);
            }
        }
        generate::all(self.files, kustomization, built);
        for (resource, place) in kustomization.components() {
            self.used(&resource, &place, built, within, true);
        }
        patches::all(self.files, kustomization, &mut self.budget, built);
        if let Some(first) = kustomization.list("transformers").first() {
            built.unseen("a transformer of the kustomization may make it", &first.place);
        }
        rename::all(kustomization, built);
        transform::all(kustomization, built);
        replacements::all(self.files, kustomization, built);
        within.pop();
    }

    fn resources(&mut self, kustomization: &Kustomization, built: &mut Built, within: &mut Vec<String>) {
        for (resource, place) in kustomization.resources() {
            match &resource {
                Resource::File(path) => match self.objects(path) {
                    Some(objects) => {
                        let size = objects.iter().map(|object| object.root.size()).sum();
                        if !self.budget.take(size) {
                            built.unseen("the kustomizations hold too much", &place);
                            continue;
                        }
                        built.objects.extend(objects);
                        built.objects.truncate(MAX_OBJECTS);
                    }
                    None => built.problem(format!("`{path}` is not in the repository"), &place),
                },
                _ => self.used(&resource, &place, built, within, false),
            }
        }
    }

    /// Adds another kustomization that is used.
    fn used(
        &mut self,
        resource: &Resource,
        place: &Place,
        built: &mut Built,
        within: &mut Vec<String>,
        is_component: bool,
    ) {
        let Resource::Folder(path) = resource else {
            built.unseen("a base of the kustomization is not in the repository", place);
            return;
        };
        if within.contains(path) {
            built.problem(format!("`{path}` uses itself"), place);
            return;
        }
        if within.len() >= MAX_DEPTH || self.builds >= MAX_BUILDS {
            built.unseen("the kustomizations use each other too often", place);
            return;
        }
        let Some(kustomization) = file::find(self.files, path) else {
            built.problem(format!("`{path}` has no kustomization"), place);
            built.unseen("a base of the kustomization is not in the repository", place);
            return;
        };
        if is_component {
            self.add(&kustomization, built, within);
        } else {
            let mut base = Built::default();
            self.add(&kustomization, &mut base, within);
            built.absorb(base);
        }
    }

    fn objects(&mut self, path: &str) -> Option<Vec<Object>> {
        if let Some(known) = self.read.get(path) {
            return Some(known.clone());
        }
        self.files.read(path)?;
        let objects = load::objects(self.files, path);
        self.read.insert(path.to_owned(), objects.clone());
        Some(objects)
    }
}
