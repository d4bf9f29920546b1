//! Which packages serve: a program of theirs reaches, by normal dependencies, a crate that serves.

use std::collections::BTreeSet;

use super::data;
use super::features::{Build, states};
use super::model::{Dependency, Package, State};
use super::packages::Packages;
use crate::facts::Place;

/// A package with a program that serves.
#[derive(Debug, Clone)]
pub struct Server {
    /// The index of the package.
    pub package: usize,
    /// The names of its programs.
    pub bins: Vec<String>,
    /// Why it is taken for a server; the surest first, never empty.
    pub frameworks: Vec<Framework>,
    /// The packages of the tree that are part of the program, itself first.
    pub closure: Vec<Reached>,
}

/// A dependency that serves.
#[derive(Debug, Clone)]
pub struct Framework {
    /// The package it is: `axum`.
    pub package: String,
    /// The line that depends on it.
    pub place: Place,
    /// The index of the package with that line.
    pub member: usize,
    /// Whether it is part of the build with default features.
    pub state: State,
    /// Whether clients and command-line programs depend on it too, so that only the code tells whether it serves.
    pub weak: bool,
}

/// A package of the tree as it is part of a program.
#[derive(Debug, Clone)]
pub struct Reached {
    /// Its index.
    pub package: usize,
    /// Whether it is part of the build with default features.
    pub state: State,
    /// Its features in that program.
    pub features: Vec<(String, State)>,
    /// Its normal dependencies, with their states in that program.
    pub dependencies: Vec<Dependency>,
}

impl Server {
    /// The surest sign that it serves.
    #[must_use]
    pub fn framework(&self) -> Option<&Framework> {
        self.frameworks.first()
    }

    /// Whether the program serves for certain, as far as manifests tell.
    #[must_use]
    pub fn state(&self) -> State {
        self.framework().map_or(State::Off, |framework| framework.state)
    }

    /// The dependencies on a package, wherever in the program, with the index of the package that has them.
    pub fn dependencies_on<'a>(&'a self, package: &'a str) -> impl Iterator<Item = (usize, &'a Dependency)> {
        self.closure.iter().flat_map(move |reached| {
            let all = reached.dependencies.iter().filter(move |dependency| dependency.package == package);
            all.map(|dependency| (reached.package, dependency))
        })
    }
}

impl Packages {
    /// The packages that serve. A member that is only a command-line program is none of them, whatever its siblings
    /// are; neither is a desktop app.
    #[must_use]
    pub fn servers(&self) -> Vec<Server> {
        let with_bins = self.all().iter().enumerate();
        let with_bins = with_bins.filter(|(_, package)| package.is_discovered && !package.bins.is_empty());
        with_bins.filter_map(|(index, package)| self.server(index, package)).collect()
    }

    /// The packages of the tree that a package's programs are made of, itself first.
    #[must_use]
    pub fn closure(&self, index: usize) -> Vec<Reached> {
        let Some(package) = self.all().get(index) else { return Vec::new() };
        let on = Build::default(self.all(), index, &program_features(package), true);
        let all = Build::all(self.all(), index, true);
        let possible = all.order.iter().filter(|other| !on.reached.contains_key(other));
        on.order
            .iter()
            .chain(possible)
            .filter_map(|&member| {
                let (built_on, built_all) = (on.reached.get(&member), all.reached.get(&member));
                let state = if built_on.is_some() { State::On } else { State::Possible };
                let of = |built: Option<&super::features::Built<'_>>| -> BTreeSet<String> {
                    built
                        .map(|built| built.features.iter().map(|name| (*name).to_owned()).collect())
                        .unwrap_or_default()
                };
                let on_names = of(built_on);
                let possible = of(built_all).into_iter().filter(|name| !on_names.contains(name));
                let possible: Vec<_> = possible.map(|name| (name, State::Possible)).collect();
                let features = on_names.into_iter().map(|name| (name, State::On)).chain(possible).collect();
                let dependencies = states(self.all().get(member)?, built_on, built_all);
                Some(Reached { package: member, state, features, dependencies })
            })
            .collect()
    }

    fn server(&self, index: usize, package: &Package) -> Option<Server> {
        let closure = self.closure(index);
        let mut frameworks: Vec<Framework> = Vec::new();
        for reached in &closure {
            for dependency in reached.dependencies.iter().filter(|dependency| dependency.state != State::Off)
            {
                if dependency.state == State::On && data::not_server(&dependency.package).is_some() {
                    return None;
                }
                frameworks.extend(framework(reached.package, dependency));
            }
        }
        frameworks.sort_by_key(|framework| (framework.state, framework.weak));
        let bins = package.bins.iter().map(|bin| bin.name.clone()).collect();
        (!frameworks.is_empty()).then_some(Server { package: index, bins, frameworks, closure })
    }
}

fn framework(member: usize, dependency: &Dependency) -> Option<Framework> {
    let row = data::framework(&dependency.package)?;
    let needed = row.needs.iter().map(|name| dependency.feature(name)).min();
    let state = dependency.state.max(needed.unwrap_or(State::On));
    let (package, place) = (dependency.package.clone(), dependency.place.clone());
    (state != State::Off).then_some(Framework { package, place, member, state, weak: row.weak })
}

/// Features without which there is no program at all: those that every program needs, and those that leptos turns on.
fn program_features(package: &Package) -> Vec<&str> {
    let mut features: Vec<&str> = package.program_features.iter().map(String::as_str).collect();
    if let Some((first, others)) = package.bins.split_first() {
        let needed = first.required_features.iter();
        let by_all = needed.filter(|name| others.iter().all(|bin| bin.required_features.contains(name)));
        features.extend(by_all.map(String::as_str));
    }
    features
}
