//! One assignment with everything that can be pointed at.

use std::sync::Arc;

use super::error::{ParseError, Problem};
use super::lines::{Row, RowKind};
use super::name::{Name, read_name};
use super::span;
use super::template::Template;
pub use super::value::Quote;
use super::value::{Scan, read_value};
use super::version::Version;
use crate::text::Span;

/// One assignment, or a name without `=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The variable's name as PHP sees it.
    pub name: Arc<str>,
    /// The name in the text, without quotes.
    pub name_span: Span,
    /// The value; `None` for a name without `=`.
    pub value: Option<Template>,
    /// The value as it is written, with its quotes. Empty right after `=` when there is no value, and at the end of
    /// the name when there is no `=`.
    pub value_span: Span,
    /// The whole row without its line end: several lines when the value goes on.
    pub line_span: Span,
    /// The quotes around the value.
    pub quote: Quote,
    /// Whether `export` stands before the name.
    pub export: bool,
}

/// A row taken apart.
pub(super) struct Parts<'a> {
    pub(super) name: Name<'a>,
    pub(super) equals: Option<usize>,
    pub(super) value: Option<Scan>,
}

/// Takes an entry's row apart at its first `=`.
pub(super) fn take_apart(text: &str, row: Row, version: Version) -> Parts<'_> {
    let equals = super::part(text, row.start, row.end).find('=').map(|found| row.start + found);
    let name = read_name(text, row.start, equals.unwrap_or(row.end), equals.is_some(), version);
    let value = equals
        .filter(|_| name.problem.is_none())
        .map(|equals| read_value(text, equals + 1, row.end, version));
    Parts { name, equals, value }
}

/// The entry on a row; `None` when the row is something else.
pub(super) fn read_entry(text: &str, row: Row, version: Version) -> Option<Result<Entry, ParseError>> {
    if row.kind != RowKind::Entry {
        return None;
    }
    let parts = take_apart(text, row, version);
    if let Some(problem) = parts.name.problem {
        let (start, end) = if problem == Problem::NoName { (row.start, row.end) } else { parts.name.raw };
        return Some(Err(problem.at(span(start, end))));
    }
    let value_span = value_span(text, row, &parts);
    if let Some(problem) = parts.value.as_ref().and_then(|scan| scan.problem) {
        return Some(Err(problem.at(value_span)));
    }
    Some(Ok(Entry {
        name: (&*parts.name.text).into(),
        name_span: span(parts.name.inner.0, parts.name.inner.1),
        quote: parts.value.as_ref().map_or(Quote::None, |scan| scan.quote),
        value: parts.value.map(|scan| scan.template(version)),
        value_span,
        line_span: span(row.start, row.end),
        export: parts.name.export_end.is_some(),
    }))
}

fn value_span(text: &str, row: Row, parts: &Parts<'_>) -> Span {
    let Some((equals, scan)) = parts.equals.zip(parts.value.as_ref()) else {
        return span(parts.name.inner.1, parts.name.inner.1);
    };
    let (first, last) = super::trim(text, equals + 1, row.end);
    if scan.problem.is_some() {
        return span(first, last);
    }
    if scan.end <= first { span(equals + 1, equals + 1) } else { span(first, scan.end) }
}
