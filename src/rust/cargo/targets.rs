//! The programs and the library of a package. Source: the Cargo book, "Cargo Targets", "Target auto-discovery".

use super::manifest::{Manifest, either, texts};
use super::model::{Bin, Library};
use super::paths::{file_in, join};
use crate::discover::Tree;
use crate::parse::node::{Kind, Node};

/// The programs of a package.
pub(super) fn bins(tree: &Tree, manifest: &Manifest, package: &str, edition: &str) -> Vec<Bin> {
    let found = discovered(tree, manifest, package);
    let listed = manifest.root.get("bin").map_or(&[][..], Node::items);
    let mut bins: Vec<Bin> = Vec::new();
    for table in listed.iter().filter(|table| matches!(table.kind, Kind::Map(_))) {
        let name = table.get("name").and_then(Node::as_str).unwrap_or(package);
        let path = match table.get("path").and_then(Node::as_str) {
            Some(path) => join(&manifest.folder, path),
            None => Some(default_path(&found, manifest, package, name)),
        };
        let Some(path) = path else { continue };
        let required = texts(either(table, "required-features"));
        let required_features = required.iter().map(|(name, _)| (*name).to_owned()).collect();
        bins.push(Bin { name: name.to_owned(), path, required_features });
    }
    let auto = manifest.package().and_then(|package| package.get("autobins")).and_then(Node::as_bool);
    // Before the edition 2018 a `[[bin]]` turns the discovery off.
    if auto.unwrap_or(edition > "2015" || bins.is_empty()) {
        for bin in found {
            if bins.iter().all(|other| other.name != bin.name && other.path != bin.path) {
                bins.push(bin);
            }
        }
    }
    bins
}

fn default_path(found: &[Bin], manifest: &Manifest, package: &str, name: &str) -> String {
    let known = found.iter().find(|bin| bin.name == name);
    let main = (name == package).then(|| "src/main.rs".to_owned());
    let path = || main.unwrap_or_else(|| format!("src/bin/{name}.rs"));
    known.map_or_else(|| file_in(&manifest.folder, &path()), |bin| bin.path.clone())
}

/// `src/main.rs`, `src/bin/*.rs` and `src/bin/*/main.rs`.
fn discovered(tree: &Tree, manifest: &Manifest, package: &str) -> Vec<Bin> {
    let bin = |name: &str, path: String| Bin { name: name.to_owned(), path, required_features: Vec::new() };
    let mut bins = Vec::new();
    let main = file_in(&manifest.folder, "src/main.rs");
    if tree.is_file(&main) {
        bins.push(bin(package, main));
    }
    let folder = file_in(&manifest.folder, "src/bin");
    for name in tree.names(&folder) {
        let path = file_in(&folder, &name);
        if let Some(stem) = name.strip_suffix(".rs") {
            if !stem.is_empty() && tree.is_file(&path) {
                bins.push(bin(stem, path));
            }
        } else if tree.is_file(&file_in(&path, "main.rs")) {
            bins.push(bin(&name, file_in(&path, "main.rs")));
        }
    }
    bins
}

/// The library of a package.
pub(super) fn library(tree: &Tree, manifest: &Manifest, package: &str) -> Option<Library> {
    let table = manifest.root.get("lib");
    let text = |key: &str| table.and_then(|table| table.get(key)).and_then(Node::as_str);
    let path = match text("path") {
        Some(path) => join(&manifest.folder, path)?,
        None => file_in(&manifest.folder, "src/lib.rs"),
    };
    if table.is_none() && !tree.is_file(&path) {
        return None;
    }
    let name = text("name").map_or_else(|| package.replace('-', "_"), str::to_owned);
    let types = texts(table.and_then(|table| either(table, "crate-type")));
    Some(Library { name, path, crate_types: types.into_iter().map(|(name, _)| name.to_owned()).collect() })
}

/// Whether the library is a procedural macro.
pub(super) fn is_proc_macro(manifest: &Manifest) -> bool {
    let table = manifest.root.get("lib");
    let flag = table.and_then(|table| either(table, "proc-macro")).and_then(Node::as_bool) == Some(true);
    flag || texts(table.and_then(|table| either(table, "crate-type")))
        .iter()
        .any(|(name, _)| *name == "proc-macro")
}
