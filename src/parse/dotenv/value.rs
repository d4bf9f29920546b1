//! The right side of an entry: which reader a version uses, and what every reader gives.

use super::error::Problem;
use super::legacy;
use super::quoted::Machine;
use super::template::Template;
use super::version::{ValueRule, Version};
use super::{part, trim};

/// The quotes around a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quote {
    /// No quotes.
    #[default]
    None,
    /// `'...'`
    Single,
    /// `"..."`
    Double,
}

impl Quote {
    /// The quotes that a byte opens.
    pub(super) const fn of(byte: u8) -> Self {
        match byte {
            b'"' => Self::Double,
            b'\'' => Self::Single,
            _ => Self::None,
        }
    }
}

/// A value that was read, or why it cannot be read.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The value without quotes, escapes and comment.
    pub(super) text: String,
    /// Where in `text` a `$` stands that was escaped.
    pub(super) escaped: Vec<u32>,
    /// Whether PHP's regex engine may have given up on this value.
    pub(super) doubtful: bool,
    pub(super) quote: Quote,
    /// The end of the value as it is written, with its quotes. Whitespace and a comment may follow.
    pub(super) end: usize,
    pub(super) problem: Option<Problem>,
}

impl Scan {
    /// An empty value that ends where it starts.
    pub(super) fn empty(end: usize) -> Self {
        Self { end, ..Self::default() }
    }

    pub(super) fn template(self, version: Version) -> Template {
        let literal = self.quote == Quote::Single && version.single_quotes_are_literal();
        Template::new(self.text, &self.escaped, literal, self.doubtful, version)
    }
}

/// Reads the value in a range: everything after `=` on its row.
pub(super) fn read_value(text: &str, start: usize, end: usize, version: Version) -> Scan {
    let (first, last) = trim(text, start, end);
    if first == last {
        return Scan::empty(start);
    }
    let opening = part(text, first, last).as_bytes().first().copied().unwrap_or_default();
    match (version.value_rule(), Quote::of(opening)) {
        (ValueRule::Regex, Quote::None) => legacy::unquoted(text, first, last, version),
        (ValueRule::Regex, _) => legacy::quoted_by_regex(text, first, last, opening, version),
        (ValueRule::Split, Quote::None) => legacy::unquoted(text, first, last, version),
        _ => Machine::new(text, first, last, version).run(),
    }
}
