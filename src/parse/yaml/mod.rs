//! YAML (and with it JSON) to [`Node`]s. Anchors, aliases and merge keys are resolved; templates in it stay unknown.

mod action;
mod build;
mod fault;
mod flow;
mod insert;
mod merge;
mod place;
mod positions;
mod scalar;
mod template;
mod templated;
#[cfg(test)]
mod tests;

use std::panic;

pub use fault::{ErrorKind, YamlError};

use super::node::Node;
use crate::text::Span;
use templated::Templates;

/// How deep a document is at most, aliases followed: a walk by recursion is safe.
pub const MAX_DEPTH: usize = 128;

/// How many values a text has at most. What an alias copies counts each time.
pub const MAX_NODES: usize = 1_000_000;

/// What a text holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Yaml {
    /// The documents in order. One that is empty is null.
    pub documents: Vec<Node>,
    /// What is wrong. Of a text with an error, the documents before it are kept; of one with a key that is given
    /// twice all are, and the last value is the one that counts.
    pub error: Option<YamlError>,
}

/// Reads a YAML text.
#[must_use]
pub fn read(text: &str) -> Yaml {
    guarded(text, text, &Templates::default())
}

/// Reads a YAML text that is a template (Helm's `{{ }}`, Jinja's `{% %}`, ERB's `<% %>`): whatever a template fills in,
/// repeats or may leave out is [`Kind::Templated`](super::node::Kind::Templated).
#[must_use]
pub fn read_templated(text: &str) -> Yaml {
    let (plain, templates) = template::without(text);
    guarded(text, &plain, &templates)
}

/// A fault of the parser crate must not end the program: it costs that one file.
fn guarded(source: &str, text: &str, templates: &Templates) -> Yaml {
    panic::catch_unwind(|| build::read(source, text, templates)).unwrap_or_else(|_| Yaml {
        documents: Vec::new(),
        error: Some(YamlError {
            kind: ErrorKind::Syntax,
            message: "the parser failed on this file".to_owned(),
            span: Span::default(),
        }),
    })
}
