//! One `Cargo.toml`, read and not yet understood.

use std::collections::HashMap;
use std::sync::Arc;

use super::model::Skipped;
use super::{glob, paths};
use crate::discover::Tree;
use crate::facts::Place;
use crate::parse::node::{Kind, Node};
use crate::parse::toml;
use crate::text::{Source, Span};

/// A manifest and where it is.
#[derive(Debug)]
pub(super) struct Manifest {
    pub(super) folder: String,
    pub(super) source: Arc<Source>,
    pub(super) root: Node,
    pub(super) is_discovered: bool,
}

/// Entries of a table by their keys.
pub(super) type Entries<'n> = HashMap<&'n str, &'n (Node, Node)>;

impl Manifest {
    /// Reads the manifest of a folder.
    ///
    /// # Errors
    /// When it is not there, or no TOML.
    pub(super) fn read(tree: &Tree, path: &str, is_discovered: bool) -> Result<Self, Skipped> {
        let source = match tree.read(path) {
            Ok(Some(source)) => source,
            Ok(None) => return Err(skipped_file(tree, path, "not there")),
            Err(skipped) => return Err(Skipped { path: skipped.path, line: None, reason: skipped.reason }),
        };
        let read = toml::read(source.text());
        if let Some(error) = read.error {
            let reason = format!("not TOML: {}", error.message);
            return Err(skipped_at(&Place::new(&source, error.span), reason));
        }
        Ok(Self { folder: paths::folder_of(path).to_owned(), source, root: read.root, is_discovered })
    }

    pub(super) fn place(&self, span: Span) -> Place {
        Place::new(&self.source, span)
    }

    /// `key = value` when it stands on one line, else the key.
    pub(super) fn entry_place(&self, (key, value): &(Node, Node)) -> Place {
        let whole = Span::new(key.span.start, value.span.end.max(key.span.start));
        let is_line = value.span.start >= key.span.end && !self.source.slice(whole).contains(['\n', '\r']);
        self.place(if is_line { whole } else { key.span })
    }

    /// The `[package]` table; `[project]` is its old name.
    pub(super) fn package(&self) -> Option<&Node> {
        self.root.get("package").or_else(|| self.root.get("project"))
    }

    pub(super) fn workspace(&self) -> Option<&Node> {
        self.root.get("workspace")
    }

    /// A field of the package that may be inherited.
    pub(super) fn field<'n>(&'n self, name: &str, workspace: Option<&'n Self>) -> Option<&'n Node> {
        let field = self.package()?.get(name)?;
        if field.get("workspace").and_then(Node::as_bool) == Some(true) {
            return workspace?.workspace()?.path(&["package", name]);
        }
        Some(field)
    }

    /// Whether the workspace leaves a folder out: `exclude` holds paths, and a member that is named wins.
    pub(super) fn excludes(&self, folder: &str) -> bool {
        let below = |key: &str| {
            let listed =
                self.workspace().and_then(|workspace| workspace.get(key)).map_or(&[][..], Node::items);
            listed
                .iter()
                .filter_map(Node::as_str)
                .filter_map(|path| paths::join(&self.folder, path))
                .any(|path| paths::relative(&path, folder).is_some())
        };
        below("exclude") && !below("members")
    }

    /// Whether `workspace.members` names a folder.
    pub(super) fn lists(&self, folder: &str) -> bool {
        let members =
            self.workspace().and_then(|workspace| workspace.get("members")).map_or(&[][..], Node::items);
        let relative = paths::relative(&self.folder, folder);
        members.iter().filter_map(Node::as_str).any(|member| {
            relative.is_some_and(|relative| glob::matches(member, relative))
                || paths::join(&self.folder, member).is_some_and(|path| path == folder)
        })
    }

    /// `[workspace.dependencies]` by key.
    pub(super) fn workspace_dependencies(&self) -> Entries<'_> {
        entries(self.root.path(&["workspace", "dependencies"]))
    }
}

/// The entries of a table by key.
pub(super) fn entries(table: Option<&Node>) -> Entries<'_> {
    let all = table.map_or(&[][..], Node::entries);
    all.iter().filter_map(|entry| Some((entry.0.as_str()?, entry))).collect()
}

/// A text or a list of texts, each with its span.
pub(super) fn texts(node: Option<&Node>) -> Vec<(&str, Span)> {
    let Some(node) = node else { return Vec::new() };
    match &node.kind {
        Kind::List(items) => items.iter().filter_map(|item| Some((item.as_str()?, item.span))).collect(),
        _ => Vec::new(),
    }
}

/// A value by a key or by its old spelling with `_`.
pub(super) fn either<'n>(table: &'n Node, key: &str) -> Option<&'n Node> {
    table.get(key).or_else(|| table.get(&key.replace('-', "_")))
}

pub(super) fn skipped_file(tree: &Tree, path: &str, reason: &str) -> Skipped {
    Skipped { path: tree.shown(path), line: None, reason: reason.to_owned() }
}

pub(super) fn skipped_at(place: &Place, reason: String) -> Skipped {
    Skipped { path: place.path().to_owned(), line: Some(place.start().line), reason }
}
