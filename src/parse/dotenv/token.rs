//! The text as tokens that give it back when they are joined, whatever the text is.

use super::document::body_start;
use super::entry::take_apart;
use super::lines::{Row, RowKind, Rows};
use super::version::Version;
use super::{part, span, trim};
use crate::text::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A byte order mark that is taken away.
    Bom,
    /// Blanks inside a line or on an empty one.
    Whitespace,
    /// From `#` to the end of the line, or of several lines.
    Comment,
    /// `export`
    Export,
    /// A name with the quotes around it.
    Name,
    /// `=`
    Equals,
    /// A value with its quotes.
    Value,
    /// `\n`, `\r\n` or `\r`.
    LineEnd,
    /// Text that is dropped or that makes the file be refused.
    Junk,
}

/// A piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it is.
    pub span: Span,
}

/// Cuts a text into tokens without gaps. Reading goes on after an error.
#[must_use]
pub fn tokenize(text: &str, version: &Version) -> Vec<Token> {
    let mut cutter = Cutter { text, version: *version, position: 0, tokens: Vec::new() };
    let start = body_start(text, *version);
    cutter.cut(TokenKind::Bom, start);
    for row in Rows::new(text, *version, start) {
        cutter.row(row);
        cutter.cut(TokenKind::LineEnd, row.next);
    }
    cutter.cut(TokenKind::Junk, text.len());
    cutter.tokens
}

struct Cutter<'a> {
    text: &'a str,
    version: Version,
    position: usize,
    tokens: Vec<Token>,
}

impl Cutter<'_> {
    /// Ends a token at an offset; nothing when there is no text before it.
    fn cut(&mut self, kind: TokenKind, end: usize) {
        if end > self.position {
            self.tokens.push(Token { kind, span: span(self.position, end) });
            self.position = end;
        }
    }

    fn row(&mut self, row: Row) {
        let (first, _) = trim(self.text, row.start, row.end);
        match row.kind {
            RowKind::Blank => self.cut(TokenKind::Whitespace, row.end),
            RowKind::Comment => {
                self.cut(TokenKind::Whitespace, first);
                self.cut(TokenKind::Comment, row.end);
            }
            RowKind::Ignored | RowKind::Unclosed => self.cut(TokenKind::Junk, row.end),
            RowKind::Entry => self.entry(row),
        }
    }

    fn entry(&mut self, row: Row) {
        let parts = take_apart(self.text, row, self.version);
        let name = &parts.name;
        let start = name.export_end.map_or(name.raw.0, |end| {
            let length = "export".len();
            end.saturating_sub(length)
        });
        self.cut(TokenKind::Whitespace, start);
        if let Some(end) = name.export_end {
            self.cut(TokenKind::Export, end);
            self.cut(TokenKind::Whitespace, name.raw.0);
        }
        self.cut(if name.problem.is_some() { TokenKind::Junk } else { TokenKind::Name }, name.raw.1);
        let Some(equals) = parts.equals else {
            return self.rest(row);
        };
        self.cut(TokenKind::Whitespace, equals);
        self.cut(TokenKind::Equals, equals + 1);
        let (first, _) = trim(self.text, equals + 1, row.end);
        if let Some(scan) = parts.value.filter(|scan| scan.problem.is_none())
            && scan.end > first
        {
            self.cut(TokenKind::Whitespace, first);
            self.cut(TokenKind::Value, scan.end);
        }
        self.rest(row);
    }

    /// What follows a value: whitespace, then a comment or text that does not belong there.
    fn rest(&mut self, row: Row) {
        let rest = part(self.text, self.position, row.end);
        let Some(found) = rest.bytes().position(|byte| !super::is_space(byte) && byte != 0) else {
            return self.cut(TokenKind::Whitespace, row.end);
        };
        let comment = rest.as_bytes().get(found) == Some(&b'#');
        self.cut(TokenKind::Whitespace, self.position + found);
        self.cut(if comment { TokenKind::Comment } else { TokenKind::Junk }, row.end);
    }
}
