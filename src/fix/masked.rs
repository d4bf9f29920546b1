//! The lines of an env file as they may be shown. What is not known to be harmless is masked.

use crate::parse::dotenv::{Entry, TokenKind, Version, read, tokenize};
use crate::text::escape::clean;
use crate::text::{MASK, mask_urls};

const BOM: char = '\u{feff}';

/// One line: where it starts, where its text ends, where the next one starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) next: usize,
}

/// The lines of a text; `\n`, `\r\n` and a lone `\r` end one.
pub(super) fn split(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines = Vec::new();
    let mut start = 0;
    for (index, byte) in bytes.iter().enumerate() {
        let is_end = *byte == b'\n' || (*byte == b'\r' && bytes.get(index + 1) != Some(&b'\n'));
        if is_end {
            let crlf = *byte == b'\n' && index > start && bytes.get(index - 1) == Some(&b'\r');
            lines.push(Line { start, end: index - usize::from(crlf), next: index + 1 });
            start = index + 1;
        }
    }
    if start < bytes.len() {
        lines.push(Line { start, end: bytes.len(), next: bytes.len() });
    }
    lines
}

/// The lines with their secrets masked. `is_ours` says whether a comment, without `#`, came with the edit.
pub(super) fn masked(
    text: &str,
    lines: &[Line],
    version: &Version,
    shown: &dyn Fn(&str) -> bool,
    is_ours: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    let mut masked: Vec<String> = lines
        .iter()
        .map(|line| if part(text, line.start, line.end).trim().is_empty() { "" } else { MASK }.to_owned())
        .collect();
    let line_at = |offset: usize| lines.partition_point(|line| line.next <= offset);
    for token in tokenize(text, version).iter().filter(|token| token.kind == TokenKind::Comment) {
        let (start, end) = (token.span.start as usize, token.span.end as usize);
        let index = line_at(start);
        let Some((line, masked)) = lines.get(index).zip(masked.get_mut(index)) else { continue };
        let before = part(text, line.start, start).trim_start_matches(BOM);
        if before.trim().is_empty() && end <= line.end {
            *masked = clean(&format!("{before}{}", comment(part(text, start, end), is_ours))).into_owned();
        }
    }
    for entry in &read(text, version).entries {
        let first = line_at(entry.line_span.start as usize);
        let Some(line) = lines.get(first) else { continue };
        let last = if entry.line_span.end as usize > line.end {
            line_at((entry.line_span.end as usize).saturating_sub(1))
        } else {
            first
        };
        let assignment = assignment(text, *line, entry, first == last && shown(&entry.name));
        for (index, masked) in masked.iter_mut().enumerate().take(last + 1).skip(first) {
            *masked = if index == first { clean(&assignment).into_owned() } else { MASK.to_owned() };
        }
    }
    masked
}

/// A comment: an old one may be anything, a new one may be a line that was commented out.
fn comment(text: &str, is_ours: &dyn Fn(&str) -> bool) -> String {
    let body = text.trim_start_matches('#').trim();
    if body.is_empty() {
        return text.trim_end().to_owned();
    }
    if !is_ours(body) {
        return format!("# {MASK}");
    }
    match text.find(['=', ':']) {
        Some(index) => format!("{}{MASK}", part(text, 0, index + 1)),
        None => mask_urls(text),
    }
}

/// The line on which an assignment starts.
fn assignment(text: &str, line: Line, entry: &Entry, is_shown: bool) -> String {
    let (name, value) = (entry.name_span.range(), entry.value_span.range());
    let before = part(text, line.start, name.start).trim_start_matches(BOM);
    let between = part(text, name.end, value.start);
    let name = part(text, name.start, name.end);
    let written = part(text, value.start, value.end);
    // PHP's lines are not always these lines: then a name may stand on another one than its row starts on.
    let is_here = value.start <= line.end;
    if !is_here || entry.value.is_none() || !is_lead(before) || !is_name(name, written) || !is_equals(between)
    {
        return MASK.to_owned();
    }
    let start = format!("{before}{name}{between}");
    if !is_shown {
        return start + MASK;
    }
    let rest = part(text, value.end, line.end);
    let blanks = part(rest, 0, rest.len() - rest.trim_start().len());
    let rest = match rest.trim_start() {
        "" => String::new(),
        rest if rest.starts_with('#') => format!("{blanks}# {MASK}"),
        _ => format!("{blanks}{MASK}"),
    };
    format!("{start}{}{rest}", mask_urls(written))
}

/// What may stand before a name: blanks, `export` and a quote.
fn is_lead(text: &str) -> bool {
    let words = text.replace(['"', '\''], " ");
    matches!(words.trim(), "" | "export")
}

/// What may stand between a name and its value: `=`, with blanks and quotes around it.
fn is_equals(text: &str) -> bool {
    text.replace(['"', '\''], " ").trim() == "="
}

/// Whether a name looks like one. A line of a key that was pasted without quotes is read as a name too when it ends
/// in `=`: names of variables that have no value are written in capitals.
fn is_name(name: &str, value: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    let may_be_key = value.trim_matches('=').is_empty() && name.bytes().any(|byte| byte.is_ascii_lowercase());
    !name.is_empty() && name.bytes().all(plain) && !may_be_key
}

fn part(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}
