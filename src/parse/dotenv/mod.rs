//! `.env` files as vlucas/phpdotenv reads them: lossless tokens, entries with spans, and the variables they leave.
//!
//! One [`Version`] answers every question on which the releases differ. Text in, syntax out: no disk, no process
//! environment (the caller passes it to [`load`]).

mod convert;
mod document;
pub mod edit;
mod entry;
mod error;
mod legacy;
mod lines;
mod load;
mod name;
mod quoted;
mod template;
#[cfg(test)]
mod tests;
mod token;
mod value;
mod version;

pub use convert::{EnvSource, EnvValue, LaravelEnv, convert};
pub use document::{Document, parse, read};
pub use entry::{Entry, Quote};
pub use error::ParseError;
pub use load::{Loaded, Setting, Use, Variable, load};
pub use template::{Doubt, Template};
pub use token::{Token, TokenKind, tokenize};
pub use version::Version;

use crate::text::Span;

/// A span of two byte offsets. An offset that does not fit is clamped: a text is never that long.
fn span(start: usize, end: usize) -> Span {
    Span::new(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX))
}

/// The part of a text between two offsets; empty when they do not fit.
fn part(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// The bytes that PHP's `trim()` takes away.
const fn is_trimmed(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0 | 0x0b)
}

/// The bytes that PHP's `ctype_space()` and the regex class `\s` accept.
const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Narrows a range of a text as PHP's `trim()` does.
fn trim(text: &str, start: usize, end: usize) -> (usize, usize) {
    let whole = part(text, start, end).as_bytes();
    let Some(first) = whole.iter().position(|&byte| !is_trimmed(byte)) else {
        return (start, start);
    };
    let last = whole.iter().rposition(|&byte| !is_trimmed(byte)).unwrap_or(first);
    (start + first, start + last + 1)
}

/// `trim()` of a whole string.
fn trimmed(text: &str) -> &str {
    let (start, end) = trim(text, 0, text.len());
    part(text, start, end)
}
