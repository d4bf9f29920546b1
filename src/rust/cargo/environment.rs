//! `[env]` of `.cargo/config.toml`: for builds and `cargo run` only.

use std::collections::HashSet;

use super::manifest::{skipped_at, skipped_file};
use super::model::Skipped;
use super::paths;
use crate::discover::Tree;
use crate::facts::Place;
use crate::parse::node::Node;
use crate::parse::toml;

/// A variable that Cargo sets for build scripts, the compiler and `cargo run`. A program that is deployed as a file
/// never sees it, unless `env!` read it while it was compiled. Source: the Cargo book, "Configuration", `[env]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CargoEnv {
    /// The variable.
    pub name: String,
    /// Its value as written; with `relative` it is a path from the folder that holds `.cargo`.
    pub value: String,
    /// Where it is written.
    pub place: Place,
    /// Whether it wins over a variable that is set already.
    pub force: bool,
    /// Whether the value is such a path.
    pub relative: bool,
}

/// The variables that hold when Cargo is run in a folder: those of the folder win over those above it. What members
/// below the folder say does not hold.
#[must_use]
pub fn cargo_env(tree: &Tree, folder: &str) -> (Vec<CargoEnv>, Vec<Skipped>) {
    let (mut found, mut skipped) = (Vec::new(), Vec::new());
    let mut seen: HashSet<String> = HashSet::new();
    for folder in std::iter::once(folder).chain(paths::above(folder)) {
        // Where both are there, the one without an ending is read.
        let names = [".cargo/config", ".cargo/config.toml"].map(|name| paths::file_in(folder, name));
        let Some(path) = names.iter().find(|path| tree.is_file(path)) else { continue };
        match read(tree, path) {
            Ok(variables) => found.extend(variables.into_iter().filter(|one| seen.insert(one.name.clone()))),
            Err(error) => skipped.push(error),
        }
    }
    (found, skipped)
}

fn read(tree: &Tree, path: &str) -> Result<Vec<CargoEnv>, Skipped> {
    let source = match tree.read(path) {
        Ok(Some(source)) => source,
        Ok(None) => return Err(skipped_file(tree, path, "not there")),
        Err(error) => return Err(Skipped { path: error.path, line: None, reason: error.reason }),
    };
    let read = toml::read(source.text());
    if let Some(error) = read.error {
        let place = Place::new(&source, error.span);
        return Err(skipped_at(&place, format!("not TOML: {}", error.message)));
    }
    let variables = read.root.get("env").map_or(&[][..], Node::entries);
    let variable = |(key, value): &(Node, Node)| {
        let flag = |name: &str| value.get(name).and_then(Node::as_bool) == Some(true);
        let text = value.as_str().or_else(|| value.get("value").and_then(Node::as_str))?;
        Some(CargoEnv {
            name: key.as_str()?.to_owned(),
            value: text.to_owned(),
            place: Place::new(&source, value.span),
            force: flag("force"),
            relative: flag("relative"),
        })
    };
    Ok(variables.iter().filter_map(variable).collect())
}
