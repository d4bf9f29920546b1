//! Dependencies as a manifest declares them, with what they inherit from the workspace.

use super::data;
use super::manifest::{Entries, Manifest, either, entries, skipped_at, texts};
use super::model::{Dependency, DependencyKind, Feature, Origin, Skipped, State};
use super::paths;
use crate::facts::Place;
use crate::parse::node::{Kind, Node};

/// The workspace that a package inherits from.
pub(super) struct Workspace<'n> {
    pub(super) manifest: &'n Manifest,
    pub(super) dependencies: &'n Entries<'n>,
}

const TABLES: &[(&str, DependencyKind)] = &[
    ("dependencies", DependencyKind::Normal),
    ("dev-dependencies", DependencyKind::Dev),
    ("build-dependencies", DependencyKind::Build),
];

/// All dependencies of a manifest. What cannot be read is said and left out.
pub(super) fn dependencies(
    manifest: &Manifest,
    edition: &str,
    workspace: Option<&Workspace<'_>>,
    skipped: &mut Vec<Skipped>,
) -> Vec<Dependency> {
    let mut found = Vec::new();
    let targets = manifest.root.get("target").map_or(&[][..], Node::entries);
    let targets = targets.iter().filter_map(|(name, table)| Some((Some(name.as_str()?), table)));
    for (target, table) in std::iter::once((None, &manifest.root)).chain(targets) {
        for (name, kind) in TABLES {
            let Some(entries) = either(table, name) else { continue };
            for entry in entries.entries() {
                let mut reader = Reader { manifest, edition, workspace, skipped };
                if let Some(mut dependency) = reader.dependency(entry, *kind) {
                    dependency.target = target.map(str::to_owned);
                    found.push(dependency);
                }
            }
        }
    }
    found
}

struct Reader<'r, 'n> {
    manifest: &'r Manifest,
    edition: &'r str,
    workspace: Option<&'r Workspace<'n>>,
    skipped: &'r mut Vec<Skipped>,
}

impl Reader<'_, '_> {
    fn dependency(&mut self, entry: &(Node, Node), kind: DependencyKind) -> Option<Dependency> {
        let key = entry.0.as_str()?;
        let place = self.manifest.entry_place(entry);
        let value = &entry.1;
        if !matches!(value.kind, Kind::Str(_) | Kind::Map(_)) {
            self.skip(&place, format!("the dependency `{key}` is neither a version nor a table"));
            return None;
        }
        let mut dependency = Dependency {
            key: key.to_owned(),
            package: key.to_owned(),
            crate_name: String::new(),
            requirement: None,
            version: None,
            path: None,
            member: None,
            optional: value.get("optional").and_then(Node::as_bool) == Some(true),
            target: None,
            kind,
            default_features: true,
            features: Vec::new(),
            place,
            defined: None,
            state: State::On,
        };
        let own_defaults = either(value, "default-features").and_then(Node::as_bool);
        if value.get("workspace").and_then(Node::as_bool) == Some(true) {
            let defaults = self.inherit(&mut dependency);
            dependency.default_features = match (own_defaults, defaults) {
                (Some(true), _) => true,
                // Before the edition 2024 a member cannot turn off what the workspace leaves on.
                (Some(false), defaults) => defaults == Some(true) && self.edition < "2024",
                (None, defaults) => defaults.unwrap_or(true),
            };
        } else {
            define(&mut dependency, self.manifest, value);
            dependency.default_features = own_defaults.unwrap_or(true);
        }
        list(&mut dependency, self.manifest, value);
        dependency.crate_name = if dependency.package == dependency.key {
            data::crate_name(&dependency.package)
        } else {
            dependency.key.replace('-', "_")
        };
        Some(dependency)
    }

    /// Takes over the workspace's definition, and gives its `default-features`; `None` when there is no definition.
    fn inherit(&mut self, dependency: &mut Dependency) -> Option<bool> {
        let defined = self.workspace.and_then(|workspace| {
            Some((workspace.manifest, *workspace.dependencies.get(dependency.key.as_str())?))
        });
        let Some((manifest, entry)) = defined else {
            let reason =
                format!("`{}` is inherited from a workspace that does not define it", dependency.key);
            self.skip(&dependency.place.clone(), reason);
            return None;
        };
        define(dependency, manifest, &entry.1);
        list(dependency, manifest, &entry.1);
        dependency.defined = Some(manifest.entry_place(entry));
        Some(either(&entry.1, "default-features").and_then(Node::as_bool) != Some(false))
    }

    fn skip(&mut self, place: &Place, reason: String) {
        self.skipped.push(skipped_at(place, reason));
    }
}

/// What the definition says: package, version and path.
fn define(dependency: &mut Dependency, manifest: &Manifest, value: &Node) {
    let text = |key: &str| value.get(key).and_then(Node::as_str);
    if let Some(package) = text("package") {
        package.clone_into(&mut dependency.package);
    }
    dependency.requirement = value.as_str().or_else(|| text("version")).map(str::to_owned);
    dependency.path = text("path").and_then(|path| paths::join(&manifest.folder, path));
}

/// Adds the features that are listed.
fn list(dependency: &mut Dependency, manifest: &Manifest, value: &Node) {
    for (name, span) in texts(value.get("features")) {
        if dependency.features.iter().all(|feature| feature.name != name) {
            dependency.features.push(Feature {
                name: name.to_owned(),
                state: State::On,
                place: manifest.place(span),
                origin: Origin::Listed,
            });
        }
    }
}

/// Every folder that a path dependency or a `package.workspace` of the manifest names.
pub(super) fn folders_named(manifest: &Manifest) -> Vec<String> {
    let own = entries(manifest.root.get("target"));
    let mut tables = vec![&manifest.root];
    tables.extend(own.values().map(|(_, table)| table));
    let mut values: Vec<&Node> = Vec::new();
    for table in tables {
        let named = TABLES.iter().filter(|(_, kind)| *kind != DependencyKind::Dev);
        let entries = named.filter_map(|(name, _)| either(table, name)).flat_map(Node::entries);
        values.extend(entries.map(|(_, value)| value));
    }
    let shared = manifest.root.path(&["workspace", "dependencies"]).map_or(&[][..], Node::entries);
    values.extend(shared.iter().map(|(_, value)| value));
    let paths = values.iter().filter_map(|value| value.get("path").and_then(Node::as_str));
    let mut folders: Vec<String> = paths.filter_map(|path| paths::join(&manifest.folder, path)).collect();
    folders.extend(super::workspace::pointer(manifest));
    folders.sort_unstable();
    folders.dedup();
    folders
}
