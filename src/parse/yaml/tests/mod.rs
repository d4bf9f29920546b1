//! Tables of texts and what they are read as.

mod documents;
mod errors;
mod merges;
mod scalars;
mod spans;
mod templates;

use super::super::node::{Kind, Node};

/// A tree in one line: `{a: [1, 'x', ~]}`, `?` for what a template decides.
fn shown(node: &Node) -> String {
    match &node.kind {
        Kind::Null => "~".to_owned(),
        Kind::Bool(value) => value.to_string(),
        Kind::Int(number) => number.to_string(),
        Kind::Float => format!("float {}", node.scalar_text().unwrap_or_default()),
        Kind::Str(text) => format!("'{text}'"),
        Kind::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Kind::Map(entries) => {
            let entry = |(key, value): &(Node, Node)| match key.key_text() {
                Some(key) => format!("{key}: {}", shown(value)),
                None => format!("{}: {}", shown(key), shown(value)),
            };
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Kind::Templated(_) => "?".to_owned(),
        Kind::Tagged(tag, inner) => format!("{tag} {}", shown(inner)),
    }
}

fn read_one(text: &str) -> String {
    let yaml = super::read(text);
    match &yaml.error {
        Some(error) => format!("error: {}", error.message),
        None => yaml.documents.iter().map(shown).collect::<Vec<_>>().join(" --- "),
    }
}
