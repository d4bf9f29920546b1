//! Which packages serve: a program of theirs reaches, by normal dependencies, a crate that serves.

use std::collections::{BTreeSet, HashMap};

use super::data;
use super::features::{Build, Built, states};
use super::model::{Dependency, Package, State};
use super::packages::Packages;
use crate::facts::Place;

/// How sure it is that a program serves, from manifests alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The package itself depends on a crate that serves, and no other server is made of the package.
    Clear,
    /// The crate that serves is only reached through a path dependency, needs a feature that is not a default one, or
    /// is one that clients use too.
    Likely,
    /// More likely a tool beside a server: another server is made of the same package, or of the path dependency
    /// through which alone this one reaches the crate that serves. Only the code tells.
    Doubtful,
}

/// Features that a build asks for.
#[derive(Debug, Clone, Default)]
pub struct Asked<'a> {
    /// `--features`.
    pub features: Vec<&'a str>,
    /// `--no-default-features`.
    pub no_default: bool,
}

/// A package with a program that serves.
#[derive(Debug, Clone)]
pub struct Server {
    /// The index of the package.
    pub package: usize,
    /// The names of its programs.
    pub bins: Vec<String>,
    /// How sure it is that it serves.
    pub certainty: Certainty,
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
        let mut servers = self.candidates();
        servers.retain(|server| server.certainty < Certainty::Doubtful);
        servers
    }

    /// The packages that serve, with those of which it is doubtful.
    #[must_use]
    pub fn candidates(&self) -> Vec<Server> {
        let with_bins = self.all().iter().enumerate();
        let with_bins = with_bins.filter(|(_, package)| package.is_discovered && !package.bins.is_empty());
        let mut servers: Vec<Server> =
            with_bins.filter_map(|(index, package)| self.server(index, package)).collect();
        // The packages that the clear servers are made of, each with the one that has it.
        let mut parts: HashMap<usize, Vec<usize>> = HashMap::new();
        for server in servers.iter().filter(|server| server.certainty == Certainty::Clear) {
            for reached in server.closure.iter().filter(|reached| reached.state == State::On) {
                parts.entry(reached.package).or_default().push(server.package);
            }
        }
        let is_part = |member: usize, of: usize| {
            parts.get(&member).is_some_and(|servers| servers.iter().any(|server| *server != of))
        };
        for server in &mut servers {
            let own = server.package;
            let is_beside = server.certainty != Certainty::Clear
                && server.frameworks.iter().all(|sign| sign.member != own && is_part(sign.member, own));
            if is_part(own, own) || is_beside {
                server.certainty = Certainty::Doubtful;
            }
        }
        servers
    }

    /// The packages of the tree that a package's programs are made of, itself first.
    #[must_use]
    pub fn closure(&self, index: usize, asked: &Asked<'_>) -> Vec<Reached> {
        let Some(package) = self.all().get(index) else { return Vec::new() };
        let mut features = program_features(package);
        features.extend(&asked.features);
        features.extend((!asked.no_default).then_some("default"));
        let on = Build::with(self.all(), index, &features, true);
        let all = Build::all(self.all(), index, true);
        let possible = all.order.iter().filter(|other| !on.reached.contains_key(other));
        let members = on.order.iter().chain(possible);
        members.filter_map(|member| self.reached(*member, &on, &all)).collect()
    }

    fn reached(&self, member: usize, on: &Build<'_>, all: &Build<'_>) -> Option<Reached> {
        let (on, all) = (on.reached.get(&member), all.reached.get(&member));
        let names = |built: Option<&Built<'_>>| -> BTreeSet<String> {
            let names = built.map(|built| built.features.iter().map(|name| (*name).to_owned()));
            names.into_iter().flatten().collect()
        };
        let on_names = names(on);
        let possible: Vec<String> = names(all).difference(&on_names).cloned().collect();
        let mut features: Vec<_> = on_names.into_iter().map(|name| (name, State::On)).collect();
        features.extend(possible.into_iter().map(|name| (name, State::Possible)));
        let state = if on.is_some() { State::On } else { State::Possible };
        let dependencies = states(self.all().get(member)?, on, all);
        Some(Reached { package: member, state, features, dependencies })
    }

    fn server(&self, index: usize, package: &Package) -> Option<Server> {
        let closure = self.closure(index, &Asked::default());
        let mut frameworks: Vec<Framework> = Vec::new();
        for reached in &closure {
            for dependency in reached.dependencies.iter().filter(|dependency| dependency.state != State::Off)
            {
                if dependency.state == State::On && data::not_server(&dependency.package).is_some() {
                    return None;
                }
                // What clients use too says nothing when it is a library's.
                let sign = framework(reached.package, dependency);
                frameworks.extend(sign.filter(|sign| !sign.weak || sign.member == index));
            }
        }
        let rank = |sign: &Framework| (sign.state, sign.weak, sign.member != index);
        frameworks.sort_by_key(rank);
        let certainty = match rank(frameworks.first()?) {
            (State::On, false, false) => Certainty::Clear,
            _ => Certainty::Likely,
        };
        let bins = package.bins.iter().map(|bin| bin.name.clone()).collect();
        Some(Server { package: index, bins, certainty, frameworks, closure })
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
