//! Escapes and indentation of `"..."` and heredocs, from the source text.
//!
//! The parser (php-rs-parser 0.28.0) decodes them too, but not as PHP does in some corners: `\"` in a heredoc, which
//! keeps its backslash; a line after a backslash at the end of a line, which loses its indentation like any other;
//! `\X` before no hexadecimal digit. So its literal text is taken only where no backslash is around.
//! PHP's own way: `zend_scan_escape_string` and `strip_multiline_string_indentation` (php-src,
//! Zend/zend_language_scanner.l, 8.2).

use std::sync::Arc;

use php_ast as php;

/// The inside of a string literal, as it stands in the file.
#[derive(Clone, Copy)]
pub(super) struct Body<'t> {
    text: &'t str,
    /// Where the body starts in the file.
    start: usize,
    /// The blanks that each line of a heredoc loses.
    indent: usize,
    /// Whether `\"` is an escape.
    quoted: bool,
}

/// A piece of a decoded body: text, or the expression at this index of the parser's list.
pub(super) enum Piece {
    Text(Arc<str>),
    Expr(usize),
}

impl<'t> Body<'t> {
    /// The body of `"..."`, if `literal` is one.
    pub(super) fn quoted(file: &'t str, literal: php::Span) -> Option<Self> {
        let (start, end) = (literal.start as usize, literal.end as usize);
        let written = file.get(start..end)?;
        let inside = written.trim_start_matches(['b', 'B']).strip_prefix('"')?;
        let skipped = written.len() - inside.len();
        Some(Self { text: inside.strip_suffix('"')?, start: start + skipped, indent: 0, quoted: true })
    }

    /// The body of a heredoc that ends with `label`.
    pub(super) fn heredoc(file: &'t str, literal: php::Span, label: &str) -> Option<Self> {
        let (start, end) = (literal.start as usize, literal.end as usize);
        let written = file.get(start..end)?.strip_suffix(label)?;
        let unindented = written.trim_end_matches([' ', '\t']);
        let indent = written.len() - unindented.len();
        let first = written.find(['\n', '\r'])?;
        let first = first + line_end(written.get(first..)?.as_bytes());
        let last = unindented.strip_suffix('\n').map(|rest| rest.strip_suffix('\r').unwrap_or(rest));
        let last = last.or_else(|| unindented.strip_suffix('\r'))?.len();
        // With nothing between its two lines, the only line end is the one after the first label.
        let text = if last < first { "" } else { written.get(first..last)? };
        Some(Self { text, start: start + first, indent, quoted: false })
    }

    /// Whether anything in it needs decoding.
    pub(super) fn has_backslash(self) -> bool {
        self.text.contains('\\')
    }

    /// Its pieces, where `exprs` are the places of the expressions in it. `Err` where the bytes are not UTF-8, `Ok(None)`
    /// where the expressions are not where they should be.
    pub(super) fn pieces(
        self,
        exprs: &[php::Span],
    ) -> Result<Option<Vec<Piece>>, std::string::FromUtf8Error> {
        let bytes = self.text.as_bytes();
        let at = |index: usize| bytes.get(index).copied();
        let mut pieces = Vec::with_capacity(exprs.len() * 2 + 1);
        let mut literal = Vec::with_capacity(bytes.len());
        let mut next = exprs.iter().enumerate();
        let mut index = self.indent_at(0);
        while let Some(byte) = at(index) {
            let complex = byte == b'{' && at(index + 1) == Some(b'$');
            let simple = byte == b'$' && at(index + 1).is_some_and(starts_variable);
            if complex || simple {
                let start = self.start + index + usize::from(complex);
                let Some((number, expr)) = next.next().filter(|(_, expr)| expr.start as usize == start)
                else {
                    return Ok(None);
                };
                push_text(&mut pieces, &mut literal)?;
                pieces.push(Piece::Expr(number));
                let end = (expr.end as usize).saturating_sub(self.start).max(index + 1);
                index = match bytes.get(end..).map(|rest| rest.iter().position(|byte| *byte == b'}')) {
                    Some(Some(brace)) if complex => end + brace + 1,
                    Some(_) if !complex => end,
                    _ => return Ok(None),
                };
            } else if byte == b'\\' {
                index += 1 + escape(bytes.get(index + 1..).unwrap_or_default(), self.quoted, &mut literal);
            } else if matches!(byte, b'\n' | b'\r') {
                let end = index + line_end(bytes.get(index..).unwrap_or_default());
                literal.extend_from_slice(bytes.get(index..end).unwrap_or_default());
                index = self.indent_at(end);
            } else {
                literal.push(byte);
                index += 1;
            }
        }
        push_text(&mut pieces, &mut literal)?;
        Ok(next.next().is_none().then_some(pieces))
    }

    /// Steps over the indentation of the line that starts at `index`.
    fn indent_at(self, index: usize) -> usize {
        let line = self.text.as_bytes().get(index..).unwrap_or_default();
        index + line.iter().take(self.indent).take_while(|byte| matches!(byte, b' ' | b'\t')).count()
    }
}

fn push_text(pieces: &mut Vec<Piece>, literal: &mut Vec<u8>) -> Result<(), std::string::FromUtf8Error> {
    if !literal.is_empty() {
        pieces.push(Piece::Text(String::from_utf8(std::mem::take(literal))?.into()));
    }
    Ok(())
}

/// `$name` or `${`.
const fn starts_variable(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'{' | 0x80..)
}

/// The length of the line end at the start of `bytes`.
fn line_end(bytes: &[u8]) -> usize {
    if bytes.starts_with(b"\r\n") { 2 } else { 1 }
}

/// Decodes what follows a backslash into `out`; returns how many bytes that was.
fn escape(after: &[u8], quoted: bool, out: &mut Vec<u8>) -> usize {
    let plain = match after.first() {
        Some(b'n') => b'\n',
        Some(b'r') => b'\r',
        Some(b't') => b'\t',
        Some(b'f') => 0x0c,
        Some(b'v') => 0x0b,
        Some(b'e') => 0x1b,
        Some(b'"') if quoted => b'"',
        Some(byte @ (b'\\' | b'$')) => *byte,
        Some(b'x' | b'X') if after.get(1).is_some_and(u8::is_ascii_hexdigit) => {
            let (value, digits) = number(after.get(1..).unwrap_or_default(), 16, 2);
            out.push(value as u8);
            return 1 + digits;
        }
        Some(b'0'..=b'7') => {
            let (value, digits) = number(after, 8, 3);
            // PHP keeps the low byte of `\400`.
            out.push(value as u8);
            return digits;
        }
        Some(b'u') if after.get(1) == Some(&b'{') && after.get(2) != Some(&b'$') => {
            return code_point(after, out);
        }
        // Not an escape: the backslash stays. A line end, and a character of several bytes, is for the caller.
        Some(byte) if byte.is_ascii() && !matches!(byte, b'\n' | b'\r') => {
            out.extend_from_slice(&[b'\\', *byte]);
            return 1;
        }
        _ => {
            out.push(b'\\');
            return 0;
        }
    };
    out.push(plain);
    1
}

/// `u{1F600}`. What PHP refuses here the parser has reported.
fn code_point(after: &[u8], out: &mut Vec<u8>) -> usize {
    let (value, digits) = number(after.get(2..).unwrap_or_default(), 16, usize::MAX);
    match char::from_u32(value) {
        Some(character) => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        // PHP writes half of a surrogate pair as three bytes that are not UTF-8, as this one is not.
        None => out.push(0xff),
    }
    let close = usize::from(after.get(2 + digits) == Some(&b'}'));
    2 + digits + close
}

/// The number that at most `most` digits at the start of `bytes` write, and how many they are.
fn number(bytes: &[u8], radix: u32, most: usize) -> (u32, usize) {
    let digits = bytes.iter().take(most).map_while(|byte| char::from(*byte).to_digit(radix));
    digits
        .fold((0, 0), |(value, count), digit| (value.saturating_mul(radix).saturating_add(digit), count + 1))
}
