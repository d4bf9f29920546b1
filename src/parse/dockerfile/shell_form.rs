//! A text that is given to a shell.

use std::sync::Arc;

use super::lines::{Line, source_span};
use crate::parse::shell::{Command, Word, commands};
use crate::text::Span;

/// A text that is given to a shell, joined over lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShellForm {
    /// The text, without comments and escaped line breaks.
    pub text: Arc<str>,
    /// Where it is written.
    pub span: Span,
    /// Where pieces of `text` start, in it and in the source.
    pieces: Arc<[(usize, usize)]>,
}

impl ShellForm {
    /// The part of a line from `start` on.
    pub(super) fn new(line: &Line, start: usize) -> Self {
        let text = line.text.get(start..).unwrap_or_default().trim_end();
        let pieces = line.pieces.iter().map(|(own, source)| match start.checked_sub(*own) {
            Some(before) => (0, source + before),
            None => (own - start, *source),
        });
        // Of the pieces that start before it, the last holds its start.
        let first = line.pieces.partition_point(|(own, _)| *own <= start).saturating_sub(1);
        let pieces = pieces.skip(first).collect();
        Self { text: text.into(), span: line.span(start, start + text.len()), pieces }
    }

    /// Its commands, with their places in the Dockerfile.
    #[must_use]
    pub fn commands(&self) -> Vec<Command> {
        moved(commands(&self.text), |span| source_span(&self.pieces, span.start as usize, span.end as usize))
    }
}

/// Commands with other places.
pub(super) fn moved(mut commands: Vec<Command>, to: impl Fn(Span) -> Span) -> Vec<Command> {
    let word = |word: &mut Word| word.span = to(word.span);
    for command in &mut commands {
        command.span = to(command.span);
        command.words.iter_mut().for_each(word);
        command.redirects.iter_mut().for_each(word);
        command.assignments.iter_mut().for_each(|(_, value)| word(value));
        command.guards.iter_mut().for_each(|guard| guard.span = to(guard.span));
    }
    commands
}
