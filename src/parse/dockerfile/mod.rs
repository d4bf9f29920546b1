//! Dockerfiles: stages and instructions with their places.
//!
//! moby/buildkit, frontend/dockerfile/parser and frontend/dockerfile/shell (v0.2x) say how lines are joined and words
//! are read. An instruction that cannot be read is kept as [`Kind::Other`].

mod heredoc;
mod instruction;
mod json;
mod lines;
mod read;
mod shell_form;
#[cfg(test)]
mod tests;
mod words;

use std::sync::Arc;

pub use super::shell::{Command, Guard, GuardKind, commands};
pub use read::read;
pub use shell_form::ShellForm;

use super::interpolation::Template;
use crate::text::Span;

/// A Dockerfile.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dockerfile {
    /// What stands before the first stage: `ARG`s.
    pub before: Vec<Instruction>,
    /// The stages in order; the last is what is built by default.
    pub stages: Vec<Stage>,
}

/// A stage: `FROM` and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The image, or the name of a stage before.
    pub image: Word,
    /// The name behind `AS`.
    pub name: Option<Word>,
    /// `--platform` and the like.
    pub flags: Vec<Flag>,
    /// The whole `FROM` instruction.
    pub span: Span,
    /// What follows it.
    pub instructions: Vec<Instruction>,
}

/// An instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction {
    /// What it does.
    pub kind: Kind,
    /// The `--name=value`s before its arguments.
    pub flags: Vec<Flag>,
    /// The whole of it, here-documents included.
    pub span: Span,
}

/// `--name=value`, or `--name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// Its name without the dashes.
    pub name: Arc<str>,
    /// Its value.
    pub value: Option<Word>,
    /// The whole of it.
    pub span: Span,
}

/// A word of an instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it is written, joined over lines.
    pub written: Arc<str>,
    /// With quotes and escapes resolved; `None` when the builder would refuse it.
    pub value: Option<Template>,
    /// Where.
    pub span: Span,
}

/// A name with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The name.
    pub name: Word,
    /// The value; `ARG` may have none.
    pub value: Option<Word>,
    /// Both.
    pub span: Span,
}

/// `COPY` or `ADD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// What is copied.
    pub sources: Vec<Word>,
    /// Where to.
    pub destination: Word,
    /// Files that are written in the Dockerfile itself.
    pub heredocs: Vec<Heredoc>,
}

/// A here-document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heredoc {
    /// The word that ends it.
    pub name: Arc<str>,
    /// Whether variables in it are expanded: its name is not quoted.
    pub expands: bool,
    /// The lines, as they are written.
    pub text: Arc<str>,
    /// Where the lines are.
    pub span: Span,
}

/// What is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandLine {
    /// `["program", "argument"]`: nothing is expanded.
    Exec(Vec<Word>),
    /// A text for the shell.
    Shell(ShellForm),
}

/// What an instruction does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// `ENV`
    Env(Vec<Pair>),
    /// `LABEL`
    Label(Vec<Pair>),
    /// `ARG`
    Arg(Vec<Pair>),
    /// `COPY`
    Copy(Copy),
    /// `ADD`
    Add(Copy),
    /// `RUN`, with its here-documents.
    Run(CommandLine, Vec<Heredoc>),
    /// `CMD`
    Cmd(CommandLine),
    /// `ENTRYPOINT`
    Entrypoint(CommandLine),
    /// `SHELL`
    Shell(Vec<Word>),
    /// `HEALTHCHECK`; without a command it is `NONE`.
    Healthcheck(Option<CommandLine>),
    /// `WORKDIR`
    Workdir(Word),
    /// `USER`
    User(Word),
    /// `STOPSIGNAL`
    StopSignal(Word),
    /// `EXPOSE`
    Expose(Vec<Word>),
    /// `VOLUME`
    Volume(Vec<Word>),
    /// `ONBUILD`: what an image built on this one runs.
    OnBuild(Box<Instruction>),
    /// One that is not known or cannot be read: its name in lower case.
    Other(Arc<str>),
}

impl Word {
    /// The word, when no variable is in it.
    #[must_use]
    pub fn as_literal(&self) -> Option<&str> {
        self.value.as_ref().and_then(Template::as_literal)
    }
}

impl Kind {
    /// The commands of a `RUN`: those of its line, or of the here-document that is its script.
    #[must_use]
    pub fn run_commands(&self) -> Vec<Command> {
        let Self::Run(CommandLine::Shell(shell), heredocs) = self else { return Vec::new() };
        match heredocs.as_slice() {
            [script] if heredoc::is_alone(&shell.text) => {
                if script.text.starts_with("#!") && !script.text.lines().next().is_some_and(is_shell) {
                    return Vec::new();
                }
                shell_form::moved(commands(&script.text), |span| {
                    let start = script.span.start;
                    Span::new(span.start.saturating_add(start), span.end.saturating_add(start))
                })
            }
            // More lines of the same shell follow here-documents, or they are input of a command.
            _ => shell.commands(),
        }
    }
}

/// Whether a `#!` line names a shell whose scripts can be read.
fn is_shell(line: &str) -> bool {
    let mut words = line.trim_start_matches("#!").split_whitespace().map(|word| word.rsplit('/').next());
    let first = words.next().flatten();
    let program = if first == Some("env") { words.next().flatten() } else { first };
    matches!(program, Some("sh" | "bash" | "dash" | "ash" | "zsh"))
}
