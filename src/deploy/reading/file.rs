//! YAML and JSON files, and places in any file.

use std::sync::Arc;

use crate::deploy::Files;
use crate::discover::Skipped;
use crate::facts::Place;
use crate::parse::node::Node;
use crate::parse::yaml::{self, ErrorKind};
use crate::text::{Source, Span};

/// What a YAML or JSON file holds.
pub struct Read {
    /// Its documents.
    pub documents: Vec<Node>,
    /// Where a key is given twice.
    pub duplicate: Option<Span>,
}

/// Reads a YAML or JSON file. One that is neither is skipped; the documents before the fault are kept.
pub fn yaml(files: &Files<'_>, source: &Source) -> Read {
    let read = yaml::read(source.text());
    let duplicate = match read.error {
        None => None,
        Some(error) if error.kind == ErrorKind::Duplicate => Some(error.span),
        Some(error) => {
            let line = source.position(error.span.start).line;
            let reason = format!("not YAML: line {line}: {}", error.message);
            files.skip(Skipped { path: source.path().to_string(), reason });
            None
        }
    };
    Read { documents: read.documents, duplicate }
}

/// The place of a node.
pub fn at(source: &Arc<Source>, node: &Node) -> Place {
    Place::new(source, node.span)
}

/// A span of byte offsets.
pub fn span(start: usize, end: usize) -> Span {
    let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(offset(start), offset(end))
}
