//! The exact text of a value, where the parser crate's span holds more than that.

use saphyr_parser::ScalarStyle;

/// The offset behind the anchor and the tag that a value may start with.
pub(super) fn skip_properties(text: &str, start: usize, end: usize) -> usize {
    let mut at = start;
    loop {
        let rest = text.get(at..end).unwrap_or_default();
        if !rest.starts_with(['&', '!']) {
            return at;
        }
        let word = rest.find([' ', '\t', '\r', '\n']).unwrap_or(rest.len());
        at += word;
        at += blank(text.get(at..end).unwrap_or_default());
    }
}

/// How many bytes of white space and comments a text starts with.
fn blank(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        at += rest.len() - rest.trim_start().len();
        let rest = text.get(at..).unwrap_or_default();
        if !rest.starts_with('#') {
            return at;
        }
        at += rest.find('\n').unwrap_or(rest.len());
    }
}

/// The end of a scalar that starts at `start` and ends at `end` or before.
pub(super) fn scalar_end(text: &str, start: usize, end: usize, style: ScalarStyle) -> usize {
    let whole = text.get(start..end).unwrap_or_default();
    let length = match style {
        ScalarStyle::DoubleQuoted => quoted(whole, '"'),
        ScalarStyle::SingleQuoted => quoted(whole, '\''),
        _ => whole.trim_end().len(),
    };
    start + length
}

/// How long the quoted text is that `whole` starts with.
fn quoted(whole: &str, quote: char) -> usize {
    let mut chars = whole.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') {
                chars.next();
                continue;
            }
            return at + 1;
        }
    }
    whole.trim_end().len()
}

/// The dash of the list item that starts at `item`, when it stands right before it.
pub(super) fn dash_before(text: &str, item: usize) -> Option<usize> {
    let before = text.get(..item)?.trim_end_matches([' ', '\t']);
    (before.len() < item && before.ends_with('-')).then(|| before.len() - 1)
}

/// How many characters stand before `at` on its line.
pub(super) fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    before.get(line..).unwrap_or_default().chars().count()
}
