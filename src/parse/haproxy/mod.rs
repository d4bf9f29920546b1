//! HAProxy configurations: sections of lines of words.
//!
//! HAProxy configuration manual, section "Configuration file format", "Quoting and escaping": words are separated by
//! spaces and tabs; `\` keeps the next character; within double quotes `\` keeps `"`, `\`, `$` and `#`; single quotes
//! keep all; `#` starts a comment.

use std::sync::Arc;

use crate::text::Span;

/// A section: what begins with `backend app`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its kind: `frontend`.
    pub kind: Arc<str>,
    /// Its name; empty when it has none.
    pub name: Arc<str>,
    /// The line that it begins with.
    pub span: Span,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A line of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its words, never none.
    pub words: Vec<Arc<str>>,
    /// From the first word to the last.
    pub span: Span,
}

/// Words that begin a section.
const KINDS: &[&str] = &[
    "global",
    "defaults",
    "frontend",
    "backend",
    "listen",
    "peers",
    "resolvers",
    "mailers",
    "userlist",
    "program",
    "cache",
    "ring",
    "log-forward",
    "http-errors",
    "fcgi-app",
    "crt-store",
    "traces",
    "acme",
];

impl Line {
    /// Its words as texts.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        self.words.iter().map(|word| &**word).collect()
    }
}

/// Reads a configuration. Lines before the first section are left out.
#[must_use]
pub fn read(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        let found = line(raw, start);
        start += raw.len();
        let Some(line) = found else { continue };
        let kind = line.words.first().filter(|word| KINDS.contains(&&***word));
        match (kind, sections.last_mut()) {
            (Some(kind), _) => {
                let name = line.words.get(1).cloned().unwrap_or_else(|| "".into());
                sections.push(Section { kind: Arc::clone(kind), name, span: line.span, lines: Vec::new() });
            }
            (None, Some(section)) => section.lines.push(line),
            (None, None) => {}
        }
    }
    sections
}

fn line(raw: &str, start: usize) -> Option<Line> {
    let mut words: Vec<Arc<str>> = Vec::new();
    let mut word: Option<String> = None;
    let (mut first, mut last) = (None, 0);
    let mut quote = None;
    let mut chars = raw.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (None, '#') => break,
            (None, ' ' | '\t' | '\r' | '\n' | '\u{feff}') => {
                words.extend(word.take().map(Arc::from));
                continue;
            }
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (Some(open), c) if c == open => quote = None,
            (Some('"') | None, '\\') => {
                if let Some((_, next)) = chars.next_if(|(_, next)| *next != '\n') {
                    word.get_or_insert_default().push(next);
                }
            }
            (_, '\r' | '\n') => continue,
            (_, c) => word.get_or_insert_default().push(c),
        }
        first.get_or_insert(at);
        last = chars.peek().map_or(raw.len(), |(next, _)| *next);
    }
    words.extend(word.map(Arc::from));
    let offset = |at: usize| u32::try_from(start + at).unwrap_or(u32::MAX);
    let span = Span::new(offset(first?), offset(last));
    (!words.is_empty()).then_some(Line { words, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_and_lines_are_read() {
        let text = "stray 1\nglobal\n  daemon # c\nbackend app\n\tbalance\tsource\r\n  server \"a b\" 10.0.0.1:80\\ x # y\n  # only a comment\nlisten é 'q#'\n  mode http\n";
        let sections = read(text);
        let shown: Vec<String> = sections
            .iter()
            .map(|section| {
                let lines: Vec<String> = section.lines.iter().map(|line| line.texts().join("|")).collect();
                format!("{} {}: {}", section.kind, section.name, lines.join("; "))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "global : daemon",
                "backend app: balance|source; server|a b|10.0.0.1:80 x",
                "listen é: mode|http"
            ]
        );
        assert_eq!(&text[sections[1].lines[0].span.range()], "balance\tsource");
        assert_eq!(&text[sections[2].span.range()], "listen é 'q#'");
    }

    #[test]
    fn odd_texts_are_survived() {
        for text in ["", "\"", "backend \"x\n server", "\\", "backend\\\nlisten", "# é", "\u{0}é'"] {
            let _ = read(text);
        }
    }
}
