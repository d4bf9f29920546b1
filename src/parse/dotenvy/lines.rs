//! The lines of a file; within quotes a line goes on.

use super::error::{ParseError, Problem};
use super::{Reader, part, span};

/// The lines of a text, as offsets without their line ends.
pub(super) struct Lines<'t> {
    text: &'t str,
    at: usize,
    reader: Reader,
}

/// How far a line has come (dotenvy 0.15.7 `src/iter.rs`, `ParseState`).
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Complete,
    Escape,
    StrongOpen,
    StrongOpenEscape,
    WeakOpen,
    WeakOpenEscape,
    WhiteSpace,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str, reader: Reader) -> Self {
        let marked = reader == Reader::Dotenvy && text.starts_with('\u{feff}');
        Self { text, at: if marked { '\u{feff}'.len_utf8() } else { 0 }, reader }
    }

    /// The next line, which may be empty.
    pub(super) fn next(&mut self) -> Option<Result<(usize, usize), ParseError>> {
        let start = self.at;
        let mut state = State::Complete;
        loop {
            let from = self.at;
            let rest = self.text.get(from..).unwrap_or_default();
            if rest.is_empty() {
                let ended = state == State::Complete;
                return (!ended).then(|| Err(Problem::EndsTooEarly.at(span(start, from))));
            }
            self.at = from + rest.find('\n').map_or(rest.len(), |end| end + 1);
            let line = part(self.text, from, self.at);
            if self.reader == Reader::Dotenv {
                return Some(Ok((start, without_line_end(self.text, start, self.at))));
            }
            if part(self.text, start, self.at).trim_start().starts_with('#') {
                return Some(Ok((start, start)));
            }
            match state.after(line) {
                Ok(State::Complete) => return Some(Ok((start, without_line_end(self.text, start, self.at)))),
                Ok(next) => state = next,
                // What is behind a comment's `#` is not looked at.
                Err(comment) => return Some(Ok((start, from + comment))),
            }
        }
    }
}

fn without_line_end(text: &str, start: usize, end: usize) -> usize {
    let line = part(text, start, end);
    let line = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
    start + line.len()
}

impl State {
    /// The state at the end of a line, or where a comment begins.
    fn after(mut self, line: &str) -> Result<Self, usize> {
        for (at, c) in line.char_indices() {
            self = match (self, c) {
                (Self::WhiteSpace, '#') => return Err(at),
                (Self::Complete, c) if c.is_whitespace() && !matches!(c, '\n' | '\r') => Self::WhiteSpace,
                (Self::WhiteSpace | Self::Complete, '\\') => Self::Escape,
                (Self::WhiteSpace | Self::Complete, '"') => Self::WeakOpen,
                (Self::WhiteSpace | Self::Complete, '\'') => Self::StrongOpen,
                (Self::WhiteSpace | Self::Complete | Self::Escape, _) => Self::Complete,
                (Self::WeakOpen, '\\') => Self::WeakOpenEscape,
                (Self::WeakOpen, '"') => Self::Complete,
                (Self::WeakOpen | Self::WeakOpenEscape, _) => Self::WeakOpen,
                (Self::StrongOpen, '\\') => Self::StrongOpenEscape,
                (Self::StrongOpen, '\'') => Self::Complete,
                (Self::StrongOpen | Self::StrongOpenEscape, _) => Self::StrongOpen,
            };
        }
        Ok(self)
    }
}
