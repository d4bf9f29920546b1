//! Here-documents of `RUN`, `COPY` and `ADD`.

use super::Heredoc;
use super::lines::Lines;
use super::words::quoted_words;
use crate::text::Span;

/// How a here-document is announced.
struct Announced<'t> {
    name: &'t str,
    expands: bool,
    tabs: bool,
}

/// `<<NAME`, `<<-NAME`, `3<<"NAME"`.
fn announced(word: &str) -> Option<Announced<'_>> {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix("<<")?;
    let (tabs, name) = match rest.strip_prefix('-') {
        Some(name) => (true, name),
        None => (false, rest),
    };
    let inner = ['"', '\''].iter().find_map(|quote| name.strip_prefix(*quote)?.strip_suffix(*quote));
    let (name, expands) = (inner.unwrap_or(name), inner.is_none());
    // Other ways to quote a name are rare: such a word is taken for no here-document.
    let is_plain =
        !name.is_empty() && !name.contains(['<', '\'', '"', '\\', '$', '(', ')', ';', '&', '|', '>']);
    is_plain.then_some(Announced { name, expands, tabs })
}

/// Whether a word is written for a here-document.
pub(super) fn is_announced(word: &str) -> bool {
    announced(word).is_some()
}

/// Whether there is nothing but one here-document.
pub(super) fn is_alone(text: &str) -> bool {
    is_announced(text.trim())
}

/// With this many that do not end, no further one is looked for: the builder refuses the file anyway.
const MAX_ENDLESS: usize = 32;

/// The here-documents of a line, and where the last one's closing line ends.
#[derive(Debug, Default)]
pub(super) struct Heredocs {
    pub all: Vec<Heredoc>,
    pub end: usize,
}

/// Reads the here-documents that a line announces. `None`, and nothing is read, when one of them does not end.
pub(super) fn read(line: &str, lines: &mut Lines<'_>) -> Option<Heredocs> {
    let mut heredocs = Heredocs::default();
    let before = lines.at();
    for range in quoted_words(line, 0, lines.escape) {
        let Some(announced) = line.get(range).and_then(announced) else { continue };
        let key = (Box::from(announced.name), announced.tabs);
        let given_up = lines.endless.len() >= MAX_ENDLESS || lines.endless.contains(&key);
        let body = if given_up { None } else { body(&announced, lines) };
        let Some((heredoc, end)) = body else {
            lines.endless.insert(key);
            lines.go_back(before);
            return None;
        };
        heredocs.all.push(heredoc);
        heredocs.end = end;
    }
    Some(heredocs)
}

fn body(announced: &Announced<'_>, lines: &mut Lines<'_>) -> Option<(Heredoc, usize)> {
    let start = lines.at();
    loop {
        let end = lines.at();
        let (raw, _) = lines.raw()?;
        let line = if announced.tabs { raw.trim_start_matches('\t') } else { raw };
        if line == announced.name {
            let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let heredoc = Heredoc {
                name: announced.name.into(),
                expands: announced.expands,
                text: lines.between(start, end).into(),
                span: Span::new(offset(start), offset(end)),
            };
            return Some((heredoc, end + raw.len()));
        }
    }
}
