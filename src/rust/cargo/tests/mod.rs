//! Trees of manifests as they are written in the wild.

mod bad;
mod declared;
mod serving;

use std::fs;
use std::path::Path;

use super::*;
use crate::discover::Tree;

/// Reads a tree of these files. A folder with a manifest gets a `src/lib.rs` when the table gives it no source.
fn with<T>(files: &[(&str, &str)], look: impl FnOnce(&Tree, &Packages) -> T) -> T {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).unwrap();
        fs::write(path, text).unwrap();
    };
    files.iter().for_each(|(path, text)| put(path, text));
    let manifests: Vec<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
    let manifests: Vec<String> = manifests
        .into_iter()
        .filter(|path| path.ends_with("Cargo.toml") && !path.contains("hidden"))
        .collect();
    let tree = Tree::open(folder.path()).unwrap();
    look(&tree, &Packages::read(&tree, &manifests))
}

/// A package in one line: `key=package@version features`, states as `+` on, `?` possible, `-` off.
fn shown(dependency: &Dependency) -> String {
    let mark = |state| match state {
        State::On => '+',
        State::Possible => '?',
        State::Off => '-',
    };
    let mut features: Vec<String> = dependency
        .features
        .iter()
        .map(|feature| format!("{}{}", mark(feature.state), feature.name))
        .collect();
    features.sort();
    let mut text = format!("{}{}", mark(dependency.state), dependency.key);
    if dependency.package != dependency.key {
        text += &format!("={}", dependency.package);
    }
    if let Some(version) = &dependency.version {
        text += &format!("@{version}");
    }
    if !dependency.default_features {
        text.push('!');
    }
    format!("{text} {}", features.join(" ")).trim_end().to_owned()
}

fn package<'a>(packages: &'a Packages, name: &str) -> &'a Package {
    packages.all().iter().find(|package| package.name == name).unwrap()
}

/// The dependencies of a package in a tree that holds only it.
fn alone(manifest: &str) -> Vec<String> {
    let manifest = format!("[package]\nname = \"shop\"\nedition = \"2021\"\n{manifest}");
    with(&[("Cargo.toml", &manifest)], |_, packages| {
        assert_eq!(packages.skipped(), &[], "{manifest}");
        package(packages, "shop").dependencies.iter().map(shown).collect()
    })
}
