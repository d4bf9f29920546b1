//! A tree of values to its leaves.

use std::sync::Arc;

use crate::facts::Reason;
use crate::parse::node::{Kind, Node};
use crate::text::Span;

/// No file of a person holds more values.
const MAX_LEAVES: usize = 20_000;

/// A leaf and its dot key.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    pub key: String,
    /// What a layer replaces with it: the whole list it stands in, or itself.
    pub replaces: String,
    pub value: Option<Arc<str>>,
    pub unknown: Option<Reason>,
    pub span: Span,
}

/// The leaves of a document; `None` when there are too many.
pub(super) fn leaves(node: &Node) -> Option<Vec<Leaf>> {
    let mut leaves = Vec::new();
    collect(node, "", None, &mut leaves);
    (leaves.len() <= MAX_LEAVES).then_some(leaves)
}

fn collect(node: &Node, key: &str, list: Option<&str>, leaves: &mut Vec<Leaf>) {
    if leaves.len() > MAX_LEAVES {
        return;
    }
    match &node.kind {
        Kind::Map(entries) => {
            for (name, value) in entries {
                // An entry that a template may add has no name.
                if let Some(name) = name.scalar_text() {
                    collect(value, &under(key, name), list, leaves);
                }
            }
        }
        Kind::List(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &under(key, &index.to_string()), Some(list.unwrap_or(key)), leaves);
            }
        }
        Kind::Tagged(_, inner) => collect(inner, key, list, leaves),
        _ if key.is_empty() => {}
        kind => leaves.push(Leaf {
            key: key.to_owned(),
            replaces: list.unwrap_or(key).to_owned(),
            value: node.scalar_text().map(Arc::from),
            unknown: matches!(kind, Kind::Templated(_)).then(|| Reason::new("a template fills in the value")),
            span: node.span,
        }),
    }
}

/// A key below a key.
pub(super) fn under(key: &str, name: &str) -> String {
    let name = name.replace('.', "\\.");
    if key.is_empty() { name } else { format!("{key}.{name}") }
}

/// The parts of a dot key, as they are written in it.
pub(super) fn parts(key: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in key.match_indices('.') {
        let before = key.get(start..at).unwrap_or_default();
        if !before.ends_with('\\') {
            parts.push(before);
            start = at + 1;
        }
    }
    parts.push(key.get(start..).unwrap_or_default());
    parts
}
