//! `.env` files as the crates dotenvy 0.15 and dotenv 0.15 read them: entries with spans, and the variables they leave.
//!
//! Read from dotenvy 0.15.7 and dotenv 0.15.0 (`src/iter.rs`, `src/parse.rs`). Text in, syntax out: no disk, no process
//! environment (the caller passes it to [`load`]).

mod error;
mod line;
mod lines;
mod load;
#[cfg(test)]
mod tests;
mod value;

use std::sync::Arc;

pub use error::ParseError;
pub use load::{Loaded, Outer, Variable, load};

use crate::text::Span;

/// The crate that reads the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reader {
    /// dotenvy 0.15: values may go on over several lines within quotes, a byte order mark is skipped.
    #[default]
    Dotenvy,
    /// dotenv 0.15: one line is one entry.
    Dotenv,
}

/// One assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The variable's name.
    pub name: Arc<str>,
    /// The name in the text.
    pub name_span: Span,
    /// The value, without quotes, escapes and comment.
    pub value: Vec<Part>,
    /// The value as it is written, with its quotes; empty when there is none.
    pub value_span: Span,
    /// The whole entry: several lines when the value goes on.
    pub span: Span,
    /// Whether `export` stands before the name.
    pub export: bool,
}

/// A part of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text as it is.
    Text(Arc<str>),
    /// `$NAME` or `${NAME}`: what the variable holds at that moment, or nothing.
    Reference(Arc<str>),
}

/// Reads a text: each entry, or why the crate refuses it. What it refuses ends the loading there.
#[must_use]
pub fn read(text: &str, reader: Reader) -> Vec<Result<Entry, ParseError>> {
    let mut found = Vec::new();
    let mut lines = lines::Lines::new(text, reader);
    while let Some(next) = lines.next() {
        match next {
            Ok((start, end)) => found.extend(line::read(text, start, end).transpose()),
            Err(error) => found.push(Err(error)),
        }
    }
    found
}

/// A span of two byte offsets. An offset that does not fit is clamped: a text is never that long.
fn span(start: usize, end: usize) -> Span {
    Span::new(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX))
}

/// The part of a text between two offsets; empty when they do not fit.
fn part(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}
