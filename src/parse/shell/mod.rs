//! Shell scripts to the commands in them: enough of POSIX sh to say which programs run with which words.
//!
//! What the shell puts in for `$` and backquotes is unknown, never guessed; patterns and `~` stay as they are written.

mod blocks;
mod commands;
mod keywords;
mod lexer;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use commands::commands;

use crate::text::Span;

/// A simple command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// `NAME=value` before the command, or alone.
    pub assignments: Vec<(Arc<str>, Word)>,
    /// The program and its arguments, `exec` taken off. Empty when there are only assignments.
    pub words: Vec<Word>,
    /// What `>`, `>>` or `<` and the like read or write.
    pub redirects: Vec<Word>,
    /// Whether `exec` stood before it: nothing of the script runs behind it.
    pub exec: bool,
    /// Whether it runs only sometimes: within `if`, a loop, a function, or behind `||`.
    pub conditional: bool,
    /// What decides whether it runs, from the outside in.
    pub guards: Vec<Guard>,
    /// From its first word to its last.
    pub span: Span,
}

/// What decides whether a command runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guard {
    /// How it decides.
    pub kind: GuardKind,
    /// The condition as it is written, with the word that starts it; of a function its name.
    pub span: Span,
}

/// How a condition decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuardKind {
    /// It holds: `if`, `elif`, `while`, a test before `&&`.
    Holds,
    /// It does not hold: `else`.
    Fails,
    /// The command before `||` fails.
    Or,
    /// Once for each value of a loop.
    Each,
    /// `case` and the value it looks at.
    Case,
    /// The pattern of a `case`.
    Pattern,
    /// The function is called.
    Function,
}

/// A word of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word with its quotes resolved; `None` when the shell expands something in it.
    pub text: Option<Arc<str>>,
    /// Where it is written.
    pub span: Span,
}

impl Command {
    /// The words that are known from the first on, up to one that is not.
    #[must_use]
    pub fn known_words(&self) -> Vec<&str> {
        self.words.iter().map_while(|word| word.text.as_deref()).collect()
    }
}
