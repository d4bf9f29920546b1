//! Where a new line goes: beside the lines it belongs to.

use super::{Original, Refused, line_at};
use crate::parse::dotenv::document::body_start;
use crate::parse::dotenv::lines::{Row, RowKind, Rows};
use crate::parse::dotenv::{part, span, trimmed};
use crate::text::Edit;

/// A place between two rows.
pub(super) struct Place {
    at: usize,
    ending: String,
    /// Whether the text before it has no line end.
    open: bool,
}

impl Place {
    /// The edit that adds lines here. A file without a last line end stays without one.
    pub(super) fn insert(&self, lines: &[String]) -> Edit {
        let ending = &*self.ending;
        let pieces = lines.iter().flat_map(|line| match self.open {
            true => [ending, line],
            false => [line, ending],
        });
        Edit { span: span(self.at, self.at), new: pieces.collect() }
    }

    /// The line of the first added line in the text after the edit, from 1.
    pub(super) fn line(&self, file: &Original<'_>, edit: &Edit) -> u32 {
        let at = if self.open { self.at + self.ending.len() } else { self.at };
        line_at(&file.after(edit).unwrap_or_default(), u32::try_from(at).unwrap_or(u32::MAX))
    }
}

/// The rows of a file.
pub(super) fn rows(file: &Original<'_>) -> Vec<Row> {
    Rows::new(file.text, file.version, body_start(file.text, file.version)).collect()
}

/// Where lines for names that the file does not set go: below the last one that is commented out, else below the first
/// kin that the file sets, else below the last variable that shares the longest prefix, else at the end.
pub(super) fn find(file: &Original<'_>, names: &[&str], kin: &[String]) -> Result<Place, Refused> {
    let rows = rows(file);
    let commented = rows.iter().rposition(|row| {
        row.kind == RowKind::Comment
            && names
                .iter()
                .any(|name| is_commented_out(first_line(part(file.text, row.start, row.end)), name))
    });
    let below = commented.or_else(|| {
        let start = of_kin(file, kin).or_else(|| of_prefix(file, names))?;
        rows.iter().position(|row| row.start == start)
    });
    let Some(below) = below.or_else(|| rows.len().checked_sub(1)) else {
        return Ok(Place { at: file.text.len(), ending: "\n".to_owned(), open: false });
    };
    let row = rows.get(below).filter(|row| row.kind != RowKind::Unclosed);
    let row = row.ok_or_else(|| Refused::Unclosed {
        line: line_at(file.text, file.document.unclosed.map_or(0, |span| span.start)),
    })?;
    let endings = rows.iter().take(below + 1).rev().map(|row| part(file.text, row.end, row.next));
    let ending = endings.into_iter().find(|ending| !ending.is_empty()).unwrap_or("\n");
    Ok(Place { at: row.next, ending: ending.to_owned(), open: row.end == row.next })
}

/// Whether a variable is set in text that phpdotenv drops, and on which line that begins.
pub(super) fn not_hidden(file: &Original<'_>, name: &str) -> Result<(), Refused> {
    let dropped = file.document.unclosed.iter().chain(&file.document.long_comments);
    let hides = |text: &str| text.split(['\n', '\r']).any(|line| sets(line, name));
    match dropped.copied().find(|span| hides(file.under(*span))) {
        Some(span) => Err(Refused::Hidden { name: name.to_owned(), line: line_at(file.text, span.start) }),
        None => Ok(()),
    }
}

/// The start of the row of the last entry of the first name that has one.
fn of_kin(file: &Original<'_>, kin: &[String]) -> Option<usize> {
    kin.iter().find_map(|name| {
        let entry = file.document.entries.iter().rev().find(|entry| *entry.name == **name)?;
        Some(entry.line_span.start as usize)
    })
}

/// The start of the row of the last entry that shares the longest prefix with one of the names.
fn of_prefix(file: &Original<'_>, names: &[&str]) -> Option<usize> {
    let shared =
        |entry: &str| names.iter().map(|name| shared_prefix(entry, name)).max().filter(|&length| length > 1);
    let entries = file.document.entries.iter();
    let measured = entries.filter_map(|entry| Some((shared(&entry.name)?, entry.line_span.start as usize)));
    measured.max().map(|(_, start)| start)
}

/// The length of what two names share, up to an underscore.
fn shared_prefix(a: &str, b: &str) -> usize {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    a.as_bytes()
        .get(..same)
        .and_then(|same| same.iter().rposition(|&byte| byte == b'_'))
        .map_or(0, |at| at + 1)
}

fn first_line(row: &str) -> &str {
    row.split(['\n', '\r']).next().unwrap_or_default()
}

/// Whether a line would set a variable without the `#` before it.
fn is_commented_out(line: &str, name: &str) -> bool {
    sets(trimmed(line).trim_start_matches('#'), name)
}

/// Whether a line sets a variable, `export` and quotes around the name aside.
fn sets(line: &str, name: &str) -> bool {
    line.split_once('=').is_some_and(|(left, _)| bare(left) == name)
}

/// A name without what may stand around it.
pub(super) fn bare(left: &str) -> &str {
    let left = trimmed(left);
    let rest = left.strip_prefix("export").filter(|rest| rest.starts_with([' ', '\t']));
    trimmed(rest.unwrap_or(left)).trim_matches(['"', '\''])
}
