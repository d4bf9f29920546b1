//! One line: a name, `=`, a value.

use super::error::{ParseError, Problem};
use super::{Entry, part, span, value};

/// Reads the line between two offsets; `None` when it is empty or a comment.
pub(super) fn read(text: &str, start: usize, end: usize) -> Result<Option<Entry>, ParseError> {
    let end = start + part(text, start, end).trim_end().len();
    let mut line = Cursor { text, at: start, end };
    line.skip_blanks();
    if line.rest().is_empty() || line.rest().starts_with('#') {
        return Ok(None);
    }
    let first = line.at;
    let mut name_start = first;
    let mut name = line.name()?;
    line.skip_blanks();
    let mut export = false;
    if !line.equals() {
        if name != "export" {
            return Err(Problem::NotAnAssignment.at(span(first, end)));
        }
        export = true;
        name_start = line.at;
        name = line.name()?;
        line.skip_blanks();
        if !line.equals() {
            return Err(Problem::NotAnAssignment.at(span(first, end)));
        }
    }
    let after_equals = line.at;
    line.skip_blanks();
    let rest = line.rest();
    let (parts, value_span) = if rest.is_empty() || rest.starts_with('#') {
        (Vec::new(), span(after_equals, after_equals))
    } else {
        let scan = value::read(rest).map_err(|problem| problem.at(span(line.at, end)))?;
        (scan.parts, span(line.at, line.at + scan.length))
    };
    Ok(Some(Entry {
        name: name.into(),
        name_span: span(name_start, name_start + name.len()),
        value: parts,
        value_span,
        span: span(first, (value_span.end as usize).max(after_equals)),
        export,
    }))
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        part(self.text, self.at, self.end)
    }

    fn skip_blanks(&mut self) {
        self.at = self.end - self.rest().trim_start().len();
    }

    fn equals(&mut self) -> bool {
        let is_there = self.rest().starts_with('=');
        self.at += usize::from(is_there);
        is_there
    }

    fn name(&mut self) -> Result<&'t str, ParseError> {
        let rest = self.rest();
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            return Err(Problem::Name.at(span(self.at, self.end)));
        }
        let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'));
        let name = part(rest, 0, length.unwrap_or(rest.len()));
        self.at += name.len();
        Ok(name)
    }
}
