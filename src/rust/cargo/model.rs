//! What is known of a package and of its dependencies.

use std::sync::Arc;

use crate::facts::Place;
use crate::text::Source;

/// Whether something is part of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Of the build with default features on Linux.
    On,
    /// Only of a build that asks for it: with a feature that is not a default one, or on some Linux targets.
    Possible,
    /// Of no build of the package on Linux, whatever features of its own are asked for.
    Off,
}

/// What a dependency is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DependencyKind {
    /// Part of the program.
    Normal,
    /// Of tests, examples and benches only.
    Dev,
    /// Of the build script only.
    Build,
}

/// How a package stands to the workspace that its folder lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membership {
    /// In no workspace.
    Alone,
    /// The package beside the `[workspace]` table.
    Root,
    /// One of the members: listed, matched by a glob, or a path dependency of another member.
    Member,
    /// Below a workspace whose members it is none of: Cargo does not build it from there.
    Stray,
}

/// A file, or a part of one, of which nothing was concluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The file as it is shown.
    pub path: String,
    /// The line, counted from 1, where that is known.
    pub line: Option<u32>,
    /// Why. It quotes no values.
    pub reason: String,
}

/// Everything a manifest says of a package.
#[derive(Debug, Clone)]
pub struct Package {
    /// The name that other manifests call it by.
    pub name: String,
    /// The folder in the tree; empty for the tree's own root.
    pub folder: String,
    /// The manifest.
    pub manifest: Arc<Source>,
    /// Where the name is written.
    pub place: Place,
    /// Its version, when the manifest or the workspace gives one.
    pub version: Option<String>,
    /// The edition; `2015` when none is written.
    pub edition: String,
    /// Normal dependencies, their states as in a build of this package alone with its default features.
    pub dependencies: Vec<Dependency>,
    /// Dependencies of tests and of the build script: no evidence of what the program does.
    pub other_dependencies: Vec<Dependency>,
    /// The programs it builds.
    pub bins: Vec<Bin>,
    /// The library it builds.
    pub library: Option<Library>,
    /// The `[features]` table.
    pub features: Vec<FeatureRow>,
    /// Features that `[package.metadata.leptos]` turns on for the program (`bin-features`).
    pub program_features: Vec<String>,
    /// Whether the library is a procedural macro.
    pub is_proc_macro: bool,
    /// How it stands to a workspace.
    pub membership: Membership,
    /// The folder of the workspace it belongs to; for a package alone its own.
    pub workspace: String,
    /// Whether its manifest was given, and not only met as a path dependency.
    pub is_discovered: bool,
}

/// A program of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bin {
    /// Its name.
    pub name: String,
    /// Its main file in the tree.
    pub path: String,
    /// Features without which it is not built.
    pub required_features: Vec<String>,
}

/// The library of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// Its name in code.
    pub name: String,
    /// Its main file in the tree.
    pub path: String,
    /// What it is built as; empty for the default.
    pub crate_types: Vec<String>,
}

/// A line of the `[features]` table.
#[derive(Debug, Clone)]
pub struct FeatureRow {
    /// The feature's name.
    pub name: String,
    /// Where the name is written.
    pub place: Place,
    /// What it turns on, as written, and where.
    pub items: Vec<(String, Place)>,
}

/// Why a feature of a dependency is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The dependency's own `features`, of the member or of the workspace.
    Listed,
    /// A feature of the package whose dependency it is.
    Feature(String),
    /// It is one of the crate's default features.
    Default,
    /// Another feature of the crate turns it on.
    Implied(String),
}

/// A feature of a dependency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// Whether it is on.
    pub state: State,
    /// Where it is turned on; for a default feature the dependency's own place.
    pub place: Place,
    /// Why it is on.
    pub origin: Origin,
}

/// A dependency of a package.
#[derive(Debug, Clone)]
pub struct Dependency {
    /// The name in the manifest, which `[features]` uses too.
    pub key: String,
    /// The name of the package it is.
    pub package: String,
    /// The name of its crate in code.
    pub crate_name: String,
    /// The version that is asked for.
    pub requirement: Option<String>,
    /// The version in `Cargo.lock`.
    pub version: Option<String>,
    /// The folder in the tree, of a path dependency.
    pub path: Option<String>,
    /// The index of the package at that path.
    pub member: Option<usize>,
    /// Whether it is only there when a feature asks for it.
    pub optional: bool,
    /// The target that it is for: `cfg(unix)`, `x86_64-pc-windows-gnu`.
    pub target: Option<String>,
    /// What it is for.
    pub kind: DependencyKind,
    /// Whether the default features of the crate are on.
    pub default_features: bool,
    /// Features that something turns on. The crate's own default features are in it for crates that are known.
    pub features: Vec<Feature>,
    /// Its line in the manifest of the package.
    pub place: Place,
    /// Its line in `[workspace.dependencies]`, when it is inherited.
    pub defined: Option<Place>,
    /// Whether it is part of the build.
    pub state: State,
}

impl Package {
    /// A normal dependency by the name of its package. There may be several, of different versions or targets.
    pub fn normal<'a>(&'a self, package: &'a str) -> impl Iterator<Item = &'a Dependency> {
        self.dependencies.iter().filter(move |dependency| dependency.package == package)
    }
}

impl Dependency {
    /// The state of one of its features; off when nothing names it.
    #[must_use]
    pub fn feature(&self, name: &str) -> State {
        self.features.iter().find(|feature| feature.name == name).map_or(State::Off, |feature| feature.state)
    }
}
