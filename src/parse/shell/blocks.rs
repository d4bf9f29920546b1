//! What is around a command: blocks, and what decides whether they run.

use super::{Guard, GuardKind};
use crate::text::Span;

/// How many blocks are looked at; nobody nests deeper by hand.
const MAX_GUARDS: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// `if`, a loop, a function.
    Sometimes,
    /// `{`, `(`
    Group,
    Case,
}

#[derive(Debug)]
struct Block {
    kind: BlockKind,
    /// Its condition, and the pattern of a `case`.
    guard: Option<Guard>,
    pattern: Option<Guard>,
    /// Whether the condition is still being read.
    open: bool,
}

/// The blocks around a place, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    all: Vec<Block>,
    /// How many of them make a command conditional.
    sometimes: usize,
}

impl Blocks {
    pub(super) fn open(&mut self, kind: BlockKind, guard: Option<Guard>, is_condition: bool) {
        self.all.push(Block { kind, guard, pattern: None, open: is_condition });
        self.sometimes += usize::from(kind != BlockKind::Group);
    }

    pub(super) fn close(&mut self) {
        if let Some(block) = self.all.pop() {
            self.sometimes -= usize::from(block.kind != BlockKind::Group);
        }
    }

    pub(super) const fn is_conditional(&self) -> bool {
        self.sometimes > 0
    }

    pub(super) fn in_case(&self) -> bool {
        self.all.last().is_some_and(|block| block.kind == BlockKind::Case)
    }

    /// The condition of the innermost block ends.
    pub(super) fn then(&mut self, end: u32) {
        if let Some(block) = self.all.last_mut().filter(|block| block.open) {
            block.open = false;
            if let Some(guard) = &mut block.guard {
                guard.span.end = end.max(guard.span.start);
            }
        }
    }

    /// Another condition of the innermost block starts.
    pub(super) fn else_if(&mut self, span: Span) {
        if let Some(block) = self.all.last_mut() {
            block.guard = Some(Guard { kind: GuardKind::Holds, span });
            block.open = true;
        }
    }

    /// What runs when the condition of the innermost block does not hold.
    pub(super) fn otherwise(&mut self) {
        if let Some(guard) = self.all.last_mut().and_then(|block| block.guard.as_mut()) {
            guard.kind = GuardKind::Fails;
        }
    }

    /// A pattern of the innermost `case`.
    pub(super) fn pattern(&mut self, span: Option<Span>) {
        if let Some(block) = self.all.last_mut() {
            block.pattern = span.map(|span| Guard { kind: GuardKind::Pattern, span });
        }
    }

    /// What decides whether a command here runs.
    pub(super) fn guards(&self) -> Vec<Guard> {
        let known = self.all.iter().take(MAX_GUARDS).filter(|block| !block.open);
        known.flat_map(|block| block.guard.into_iter().chain(block.pattern)).collect()
    }
}
