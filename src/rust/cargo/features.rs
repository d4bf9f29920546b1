//! Which dependencies and features a build has, from the features of the package that is built.
//!
//! Source: the Cargo book, "Features", and cargo `src/cargo/core/resolver/features.rs`. Two builds are worked out: one
//! with the default features, and one with all of them; what only the second has is possible.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::model::{Dependency, Feature, Origin, Package, State};
use super::{data, platform};
use crate::facts::Place;

/// How many steps a build may take; what comes after them is left out.
const MAX_STEPS: usize = 200_000;

/// What is built of one package.
#[derive(Debug, Default)]
pub(super) struct Built<'p> {
    /// Its features that are on.
    pub(super) features: BTreeSet<&'p str>,
    /// The indices of its dependencies that are on.
    pub(super) active: HashSet<usize>,
    /// Features of dependencies that features of the package turn on.
    enabled: HashMap<usize, Vec<(&'p str, &'p str, &'p Place)>>,
    /// `x?/y` whose `x` is not on yet.
    weak: Vec<(&'p str, &'p str, &'p str, &'p Place)>,
    keys: HashMap<&'p str, Vec<usize>>,
    rows: HashMap<&'p str, usize>,
    /// Optional dependencies that `dep:` names: they are no features of themselves.
    named: HashSet<&'p str>,
}

/// A build: the packages that are part of it.
pub(super) struct Build<'p> {
    packages: &'p [Package],
    /// Whether path dependencies are followed.
    follows: bool,
    /// Whether what holds on some Linux targets only is in.
    generous: bool,
    pub(super) reached: BTreeMap<usize, Built<'p>>,
    /// The packages in the order they were met.
    pub(super) order: Vec<usize>,
    tasks: Vec<Task<'p>>,
    steps: usize,
}

enum Task<'p> {
    Enable(usize, &'p str),
    /// `asked`: a feature asks for it, so that what is optional is on too.
    Activate {
        package: usize,
        key: &'p str,
        asked: bool,
    },
    Dependency {
        package: usize,
        key: &'p str,
        feature: &'p str,
        by: &'p str,
        place: &'p Place,
    },
}

impl<'p> Build<'p> {
    /// The build of a package with these features.
    pub(super) fn with(packages: &'p [Package], index: usize, features: &[&'p str], follows: bool) -> Self {
        let mut build = Self::new(packages, follows, false);
        build.reach(index);
        build.tasks.extend(features.iter().map(|feature| Task::Enable(index, feature)));
        build.run();
        build
    }

    /// The build of a package with all its features.
    pub(super) fn all(packages: &'p [Package], index: usize, follows: bool) -> Self {
        let mut build = Self::new(packages, follows, true);
        build.reach(index);
        if let Some(package) = packages.get(index) {
            let features = package.features.iter().map(|row| row.name.as_str());
            let optional = package.dependencies.iter().filter(|dependency| dependency.optional);
            let implicit = optional.map(|dependency| dependency.key.as_str());
            build.tasks.extend(features.chain(implicit).map(|feature| Task::Enable(index, feature)));
        }
        build.run();
        build
    }

    fn new(packages: &'p [Package], follows: bool, generous: bool) -> Self {
        let (reached, order, tasks) = (BTreeMap::new(), Vec::new(), Vec::new());
        Self { packages, follows, generous, reached, order, tasks, steps: 0 }
    }

    fn run(&mut self) {
        while let Some(task) = self.tasks.pop() {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return;
            }
            match task {
                Task::Enable(package, feature) => self.enable(package, feature),
                Task::Activate { package, key, asked } => self.activate(package, key, asked),
                Task::Dependency { package, key, feature, by, place } => {
                    self.feature_of(package, key, feature, by, place);
                }
            }
        }
    }

    fn reach(&mut self, index: usize) {
        let Some(package) = self.packages.get(index) else { return };
        if self.reached.contains_key(&index) {
            return;
        }
        let mut built = Built::default();
        for (at, dependency) in package.dependencies.iter().enumerate() {
            built.keys.entry(&dependency.key).or_default().push(at);
        }
        for (at, row) in package.features.iter().enumerate() {
            built.rows.insert(&row.name, at);
            built.named.extend(row.items.iter().filter_map(|(item, _)| item.strip_prefix("dep:")));
        }
        self.reached.insert(index, built);
        self.order.push(index);
        for dependency in package.dependencies.iter().filter(|dependency| !dependency.optional) {
            self.tasks.push(Task::Activate { package: index, key: &dependency.key, asked: false });
        }
    }

    fn enable(&mut self, index: usize, feature: &'p str) {
        let (Some(package), Some(built)) = (self.packages.get(index), self.reached.get_mut(&index)) else {
            return;
        };
        let row = built.rows.get(feature).and_then(|at| package.features.get(*at));
        let is_implicit = row.is_none()
            && !built.named.contains(feature)
            && built.keys.get(feature).is_some_and(|all| {
                all.iter()
                    .filter_map(|at| package.dependencies.get(*at))
                    .any(|dependency| dependency.optional)
            });
        if (row.is_none() && !is_implicit) || !built.features.insert(feature) {
            return;
        }
        let Some(row) = row else {
            self.tasks.push(Task::Activate { package: index, key: feature, asked: true });
            return;
        };
        for (item, place) in &row.items {
            if let Some(key) = item.strip_prefix("dep:") {
                self.tasks.push(Task::Activate { package: index, key, asked: true });
                continue;
            }
            let Some((key, feature)) = item.split_once('/') else {
                self.tasks.push(Task::Enable(index, item));
                continue;
            };
            let by = row.name.as_str();
            match key.strip_suffix('?') {
                Some(key) if !is_active(built, key) => built.weak.push((key, feature, by, place)),
                Some(key) => {
                    self.tasks.push(Task::Dependency { package: index, key, feature, by, place });
                }
                None => {
                    self.tasks.push(Task::Dependency { package: index, key, feature, by, place });
                    self.tasks.push(Task::Activate { package: index, key, asked: true });
                    // `x/y` turns the feature `x` on too, where there is one.
                    if is_optional(package, built, key, self.generous) {
                        self.tasks.push(Task::Enable(index, key));
                    }
                }
            }
        }
    }

    fn activate(&mut self, index: usize, key: &'p str, asked: bool) {
        let (Some(package), Some(built)) = (self.packages.get(index), self.reached.get_mut(&index)) else {
            return;
        };
        let mut members = Vec::new();
        for at in built.keys.get(key).cloned().unwrap_or_default() {
            let Some(dependency) = package.dependencies.get(at) else { continue };
            let holds = holds(dependency, self.generous);
            if holds && (!dependency.optional || asked) && built.active.insert(at) {
                let enabled = built.enabled.get(&at).cloned().unwrap_or_default();
                members.extend(dependency.member.map(|member| (member, dependency, enabled)));
            }
        }
        if is_active(built, key) {
            let (ready, waiting): (Vec<_>, Vec<_>) =
                built.weak.drain(..).partition(|(other, ..)| *other == key);
            built.weak = waiting;
            for (key, feature, by, place) in ready {
                self.tasks.push(Task::Dependency { package: index, key, feature, by, place });
            }
        }
        if !self.follows {
            return;
        }
        for (member, dependency, enabled) in members {
            self.reach(member);
            if dependency.default_features {
                self.tasks.push(Task::Enable(member, "default"));
            }
            let listed = dependency.features.iter().filter(|feature| feature.origin == Origin::Listed);
            let listed = listed.map(|feature| feature.name.as_str());
            let all = listed.chain(enabled.into_iter().map(|(feature, ..)| feature));
            self.tasks.extend(all.map(|feature| Task::Enable(member, feature)));
        }
    }

    fn feature_of(&mut self, index: usize, key: &'p str, feature: &'p str, by: &'p str, place: &'p Place) {
        let (Some(package), Some(built)) = (self.packages.get(index), self.reached.get_mut(&index)) else {
            return;
        };
        for at in built.keys.get(key).cloned().unwrap_or_default() {
            built.enabled.entry(at).or_default().push((feature, by, place));
            let member = package.dependencies.get(at).and_then(|dependency| dependency.member);
            if let (Some(member), true, true) = (member, self.follows, built.active.contains(&at)) {
                self.tasks.push(Task::Enable(member, feature));
            }
        }
    }
}

fn is_active(built: &Built<'_>, key: &str) -> bool {
    built.keys.get(key).is_some_and(|all| all.iter().any(|at| built.active.contains(at)))
}

/// Whether a dependency is one of the targets that are built for.
fn holds(dependency: &Dependency, generous: bool) -> bool {
    match dependency.target.as_deref().map(platform::holds_on_linux) {
        None | Some(Some(true)) => true,
        Some(Some(false)) => false,
        Some(None) => generous,
    }
}

fn is_optional(package: &Package, built: &Built<'_>, key: &str, generous: bool) -> bool {
    let all = built.keys.get(key).map_or(&[][..], Vec::as_slice);
    let mut all = all.iter().filter_map(|at| package.dependencies.get(*at));
    all.any(|dependency| dependency.optional && holds(dependency, generous))
}

/// The dependencies of a package with their states in the two builds.
pub(super) fn states(package: &Package, on: Option<&Built<'_>>, all: Option<&Built<'_>>) -> Vec<Dependency> {
    let state = |at: usize| {
        let is_in = |built: Option<&Built<'_>>| built.is_some_and(|built| built.active.contains(&at));
        match (is_in(on), is_in(all)) {
            (true, _) => State::On,
            (false, true) => State::Possible,
            (false, false) => State::Off,
        }
    };
    let dependencies = package.dependencies.iter().enumerate();
    dependencies.map(|(at, declared)| resolved(declared, state(at), at, on, all)).collect()
}

fn resolved(
    declared: &Dependency,
    state: State,
    at: usize,
    on: Option<&Built<'_>>,
    all: Option<&Built<'_>>,
) -> Dependency {
    let mut dependency = declared.clone();
    dependency.state = state;
    dependency.features.retain(|feature| feature.origin == Origin::Listed);
    dependency.features.iter_mut().for_each(|feature| feature.state = state);
    let mut known: HashSet<String> = dependency.features.iter().map(|feature| feature.name.clone()).collect();
    for (built, of_build) in [(on, State::On), (all, State::Possible)] {
        let enabled = built.and_then(|built| built.enabled.get(&at)).map_or(&[][..], Vec::as_slice);
        for &(name, by, place) in enabled {
            if known.insert(name.to_owned()) {
                let origin = Origin::Feature(by.to_owned());
                // A feature of what is not there itself is not on.
                let state = state.max(of_build);
                dependency.features.push(Feature {
                    name: name.to_owned(),
                    state,
                    place: place.clone(),
                    origin,
                });
            }
        }
    }
    add_known(&mut dependency, known);
    dependency
}

/// Adds the default features of a crate that is known, and what its features turn on.
fn add_known(dependency: &mut Dependency, mut names: HashSet<String>) {
    let (version, requirement) = (dependency.version.as_deref(), dependency.requirement.as_deref());
    let Some(known) = data::known(&dependency.package, version, requirement) else { return };
    let mut add = |features: &mut Vec<Feature>, name: &String, state, place: Place, origin| {
        if names.insert(name.clone()) {
            features.push(Feature { name: name.clone(), state, place, origin });
        } else if let Some(other) =
            features.iter_mut().find(|other| other.name == *name && other.state > state)
        {
            // One way to it is surer than the other.
            *other = Feature { name: name.clone(), state, place, origin };
        }
    };
    let is_named = dependency.features.iter().any(|feature| feature.name == "default");
    if dependency.default_features || is_named {
        for name in &known.default {
            let place = dependency.place.clone();
            add(&mut dependency.features, name, dependency.state, place, Origin::Default);
        }
    }
    let mut at = 0;
    // The data has no circles that grow: each name is added once, and looked at again only when it became surer.
    while let Some(feature) = dependency.features.get(at).cloned() {
        for name in known.implies.get(&feature.name).into_iter().flatten() {
            let origin = Origin::Implied(feature.name.clone());
            add(&mut dependency.features, name, feature.state, feature.place.clone(), origin);
        }
        at += 1;
    }
}
