//! A whole file: its entries up to the first error, and what phpdotenv passes over in silence.

use super::entry::{Entry, read_entry};
use super::error::ParseError;
use super::lines::{RowKind, Rows};
use super::load::{Loaded, load};
use super::span;
use super::version::Version;
use crate::text::Span;

/// The UTF-8 byte order mark.
pub(super) const BOM: &str = "\u{feff}";

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Who read it.
    pub version: Version,
    /// Every entry before the first error.
    pub entries: Vec<Entry>,
    /// The first error. phpdotenv stops there.
    pub error: Option<ParseError>,
    /// A value in double quotes that is never closed: everything from here to the end of the file is dropped silently.
    pub unclosed: Option<Span>,
    /// Comments that go on over several lines because `="` in them opens a value: the lines are dropped silently.
    pub long_comments: Vec<Span>,
}

impl Document {
    /// The entries that take effect: with an error, versions 1 to 4 have set those before it, version 5 sets none.
    #[must_use]
    pub fn effective(&self) -> &[Entry] {
        if self.error.is_some() && !self.version.keeps_variables_before_error() { &[] } else { &self.entries }
    }

    /// What the file leaves in the environment; see [`load`].
    #[must_use]
    pub fn load(&self, outer: &dyn Fn(&str) -> Option<String>) -> Loaded {
        load(self.effective(), self.version, outer)
    }
}

/// Reads a file up to its first error.
#[must_use]
pub fn read(text: &str, version: &Version) -> Document {
    let mut document = Document {
        version: *version,
        entries: Vec::new(),
        error: None,
        unclosed: None,
        long_comments: Vec::new(),
    };
    for row in Rows::new(text, *version, body_start(text, *version)) {
        match row.kind {
            RowKind::Unclosed => document.unclosed = Some(span(row.start, row.end)),
            RowKind::Comment if row.several_lines => document.long_comments.push(span(row.start, row.end)),
            _ => {}
        }
        if document.error.is_some() {
            continue;
        }
        match read_entry(text, row, *version) {
            Some(Ok(entry)) => document.entries.push(entry),
            Some(Err(error)) => document.error = Some(error),
            None => {}
        }
    }
    document
}

/// The entries of a file, or the error that makes phpdotenv refuse it.
///
/// # Errors
///
/// The first error of the file. Versions 1 to 4 have set variables by then: [`read`] gives those too.
pub fn parse(text: &str, version: &Version) -> Result<Vec<Entry>, ParseError> {
    let document = read(text, version);
    document.error.map_or(Ok(document.entries), Err)
}

/// Where the first row starts: behind a byte order mark that this version takes away.
pub(super) fn body_start(text: &str, version: Version) -> usize {
    if version.strips_bom() && text.starts_with(BOM) { BOM.len() } else { 0 }
}
