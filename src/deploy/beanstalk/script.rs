//! A shell text that an instance runs, read once.

use std::sync::Arc;

use crate::deploy::reading;
use crate::deploy::{Command, When};
use crate::facts::Place;
use crate::parse::shell;
use crate::text::{Source, Span};

/// A shell text that an instance runs.
#[derive(Debug)]
pub(super) struct Script {
    pub text: Arc<str>,
    /// What is read of it, with the places in its file.
    pub commands: Vec<(shell::Command, Place)>,
    /// Whether it starts in the app's folder.
    pub in_app: bool,
}

impl Script {
    /// A script that stands under `within` in a file.
    pub fn new(source: &Arc<Source>, within: Span, text: &str, in_app: bool) -> Self {
        Self { text: text.into(), commands: reading::placed(source, within, text), in_app }
    }

    /// A file that is a script.
    pub fn of_file(source: &Arc<Source>, in_app: bool) -> Self {
        Self::new(source, reading::span(0, source.text().len()), source.text(), in_app)
    }

    /// Its commands, at this time.
    pub fn run(&self, when: When) -> impl Iterator<Item = Command> {
        let commands = self.commands.iter();
        commands.filter_map(move |(found, place)| reading::command_of(&self.text, found, place.clone(), when))
    }
}

/// The words of a command that are known, without `sudo` and its options.
pub(super) fn without_sudo<'w>(words: &'w [&'w str]) -> &'w [&'w str] {
    match words {
        ["sudo" | "/usr/bin/sudo", "-u" | "-g", _, rest @ ..] => rest,
        ["sudo" | "/usr/bin/sudo", rest @ ..] => rest,
        words => words,
    }
}
