//! `ENTRYPOINT` and `CMD`.

use std::sync::Arc;

use super::words::{Invocation, exec, shell};
use crate::facts::Place;
use crate::parse::dockerfile::{CommandLine, Instruction};
use crate::text::Source;

/// What starts when the image is run.
#[derive(Debug, Clone, Default)]
pub(super) struct Starts {
    pub(super) entrypoint: Option<Invocation>,
    pub(super) command: Option<Invocation>,
    /// Whether this stage has its own command: an entrypoint drops an inherited one.
    command_here: bool,
}

impl Starts {
    pub(super) const fn next_stage(&mut self) {
        self.command_here = false;
    }

    pub(super) fn set_command(
        &mut self,
        source: &Arc<Source>,
        instruction: &Instruction,
        line: &CommandLine,
    ) {
        self.command = Some(invocation(source, instruction, line)).filter(|all| !all.is_empty());
        self.command_here = true;
    }

    pub(super) fn set_entrypoint(
        &mut self,
        source: &Arc<Source>,
        instruction: &Instruction,
        line: &CommandLine,
    ) {
        self.entrypoint = Some(invocation(source, instruction, line)).filter(|all| !all.is_empty());
        if !self.command_here {
            self.command = None;
        }
    }
}

fn invocation(source: &Arc<Source>, instruction: &Instruction, line: &CommandLine) -> Invocation {
    let place = Place::new(source, instruction.span);
    match line {
        CommandLine::Exec(words) => {
            exec(words.iter().map(|word| word.as_literal().map(Arc::from)).collect(), place)
        }
        CommandLine::Shell(form) => shell(form.commands(), place),
    }
}
