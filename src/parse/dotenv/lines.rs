//! A file cut into rows: a row is one line, or the lines of one value in double quotes.

use super::version::{Bare, LineEnds, Multiline, Version};
use super::{part, trim};

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowKind {
    Blank,
    Comment,
    Entry,
    /// A line that this version passes over.
    Ignored,
    /// A value whose closing quote never comes: passed over up to the end of the file.
    Unclosed,
}

/// One row: its text without the line end, then the line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) kind: RowKind,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) next: usize,
    pub(super) several_lines: bool,
}

/// The rows of a text, in order and without gaps.
pub(super) struct Rows<'a> {
    text: &'a str,
    version: Version,
    position: usize,
    mac: bool,
}

impl<'a> Rows<'a> {
    /// The rows from an offset on; only a byte order mark may stand before it.
    pub(super) fn new(text: &'a str, version: Version, position: usize) -> Self {
        let mac = version.line_ends() == LineEnds::Detected && is_mac(text.as_bytes());
        Self { text, version, position, mac }
    }

    /// The end of the line at an offset, and the start of the next one.
    fn line(&self, start: usize) -> Option<(usize, usize)> {
        let rest = self.text.as_bytes().get(start..).filter(|rest| !rest.is_empty())?;
        let any = self.version.line_ends() == LineEnds::Any;
        let found = rest.iter().position(|&byte| match byte {
            b'\n' => any || !self.mac,
            b'\r' => any || self.mac,
            _ => false,
        });
        let Some(found) = found else {
            return Some((self.text.len(), self.text.len()));
        };
        let end = start + found;
        if any {
            let crlf = rest.get(found) == Some(&b'\r') && rest.get(found + 1) == Some(&b'\n');
            return Some((end, end + 1 + usize::from(crlf)));
        }
        let before = !self.mac && found > 0 && rest.get(found - 1) == Some(&b'\r');
        Some((end - usize::from(before), end + 1))
    }

    fn classify(&self, start: usize, end: usize, several_lines: bool) -> RowKind {
        let (first, last) = trim(self.text, start, end);
        let content = part(self.text, first, last).as_bytes();
        match content.first() {
            None => RowKind::Blank,
            Some(b'#') => RowKind::Comment,
            Some(_) if several_lines || self.version.bare() == Bare::Cleared || content.contains(&b'=') => {
                RowKind::Entry
            }
            Some(_) => RowKind::Ignored,
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let start = self.position;
        let (mut end, mut next) = self.line(start)?;
        let rule = self.version.multiline();
        let mut several_lines = false;
        let mut line = part(self.text, start, end).as_bytes();
        let mut open = rule != Multiline::No && starts_value(line, rule);
        let mut opens_here = open;
        while open && !ends_value(line, opens_here, rule) {
            let Some((line_end, line_next)) = self.line(next) else {
                // The lines after a final line end: PHP sees one more, empty line, which closes nothing.
                self.position = self.text.len();
                return Some(Row { kind: RowKind::Unclosed, start, end, next, several_lines });
            };
            several_lines = true;
            line = part(self.text, next, line_end).as_bytes();
            (end, next) = (line_end, line_next);
            opens_here = rule != Multiline::Yes && starts_value(line, rule);
            open = true;
        }
        self.position = next;
        Some(Row { kind: self.classify(start, end, several_lines), start, end, next, several_lines })
    }
}

/// Whether PHP's line detection takes `\r` as the line end of a file (php-src `main/streams/streams.c`).
fn is_mac(bytes: &[u8]) -> bool {
    let cr = bytes.iter().position(|&byte| byte == b'\r');
    let lf = bytes.iter().position(|&byte| byte == b'\n');
    match (cr, lf) {
        (Some(cr), Some(lf)) => lf > cr + 1,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

fn starts_value(line: &[u8], rule: Multiline) -> bool {
    line.windows(2).any(|pair| pair == b"=\"") && !ends_value(line, true, rule)
}

/// Whether a line holds the closing quote. Pairs of backslashes are taken away before the quotes are counted.
fn ends_value(line: &[u8], opens_here: bool, rule: Multiline) -> bool {
    if line == b"\"" {
        return true;
    }
    let needed = if opens_here && rule != Multiline::AnyQuote { 2 } else { 1 };
    let mut seen = 0;
    let mut previous = None;
    let mut bytes = line.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'\\' && bytes.peek() == Some(&b'\\') {
            bytes.next();
            continue;
        }
        let counts = match previous {
            None | Some(b'\\') => false,
            Some(b'=') => rule != Multiline::AnyQuote,
            Some(_) => true,
        };
        if byte == b'"' && counts {
            seen += 1;
            if seen == needed {
                return true;
            }
        }
        previous = Some(byte);
    }
    false
}
