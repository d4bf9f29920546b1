//! Lines that belong together, joined; with the way back to where they are written.

use std::collections::HashSet;

use crate::text::Span;

/// An instruction's line, joined from those it is written on.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub text: String,
    /// Where pieces of `text` start, in it and in the source.
    pub pieces: Vec<(usize, usize)>,
    /// Where it ends in the source.
    pub end: usize,
}

impl Line {
    fn push(&mut self, piece: &str, at: usize) {
        self.pieces.push((self.text.len(), at));
        self.text.push_str(piece);
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        source_span(&self.pieces, start, end)
    }
}

/// Where a part of a joined text is written.
pub(super) fn source_span(pieces: &[(usize, usize)], start: usize, end: usize) -> Span {
    let source = |at: usize, index: usize| {
        let (own, source) =
            index.checked_sub(1).and_then(|index| pieces.get(index)).copied().unwrap_or((at, 0));
        u32::try_from(source + (at - own)).unwrap_or(u32::MAX)
    };
    let from = source(start, pieces.partition_point(|(own, _)| *own <= start));
    // The end belongs to the piece before it.
    let to = if end > start { source(end, pieces.partition_point(|(own, _)| *own < end)) } else { from };
    Span::new(from, to.max(from))
}

/// The lines of a Dockerfile.
pub(super) struct Lines<'t> {
    text: &'t str,
    at: usize,
    pub escape: char,
    directives: bool,
    /// Here-documents that do not end, so that the text is not searched for each again.
    pub endless: HashSet<(Box<str>, bool)>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, at, escape: '\\', directives: true, endless: HashSet::new() }
    }

    /// The next line of the source and where it starts.
    pub(super) fn raw(&mut self) -> Option<(&'t str, usize)> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
        self.at += length;
        let line = rest.get(..length)?;
        let line = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
        Some((line, start))
    }

    /// The offset of the next line.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// Goes back to an offset that [`at`](Self::at) gave.
    pub(super) const fn go_back(&mut self, at: usize) {
        self.at = at;
    }

    /// A part of the source.
    pub(super) fn between(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The next instruction's line.
    pub(super) fn next(&mut self) -> Option<Line> {
        loop {
            let (raw, start) = self.raw()?;
            let line = raw.trim_start();
            if line.starts_with('#') {
                self.directive(line);
                continue;
            }
            self.directives = false;
            if !line.is_empty() {
                return Some(self.joined(line, start + raw.len() - line.len()));
            }
        }
    }

    fn joined(&mut self, first: &str, start: usize) -> Line {
        let mut line = Line::default();
        let (mut piece, mut at) = (first, start);
        loop {
            let kept = self.continued(piece);
            line.push(kept.unwrap_or(piece), at);
            line.end = at + piece.trim_end().len();
            if kept.is_none() {
                return line;
            }
            // Comments and empty lines between do not end it.
            loop {
                let Some((raw, start)) = self.raw() else { return line };
                let inner = raw.trim_start();
                if !inner.is_empty() && !inner.starts_with('#') {
                    (piece, at) = (raw, start);
                    break;
                }
            }
        }
    }

    /// The line without the escape at its end, when there is one. Two of them are no continuation.
    fn continued<'l>(&self, line: &'l str) -> Option<&'l str> {
        let kept = line.trim_end_matches([' ', '\t']).strip_suffix(self.escape)?;
        (!kept.ends_with(self.escape)).then_some(kept)
    }

    /// `# escape=` before all else.
    fn directive(&mut self, line: &str) {
        if !self.directives {
            return;
        }
        let pair = line.trim_start_matches('#').split_once('=');
        let pair = pair.map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim()));
        match pair.as_ref().map(|(name, value)| (name.as_str(), *value)) {
            Some(("escape", "`")) => self.escape = '`',
            Some(("escape" | "syntax" | "check", _)) => {}
            _ => self.directives = false,
        }
    }
}
