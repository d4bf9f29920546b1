//! A whole Dockerfile.

use super::heredoc::Heredocs;
use super::instruction::{Parsed, keyword, parse};
use super::lines::Lines;
use super::{Dockerfile, Instruction, Kind, Stage, heredoc};

/// Reads a Dockerfile.
#[must_use]
pub fn read(text: &str) -> Dockerfile {
    let mut file = Dockerfile::default();
    let mut lines = Lines::new(text);
    while let Some(line) = lines.next() {
        let (mut name, mut at) = keyword(&line.text, 0);
        if name == "onbuild" {
            (name, at) = keyword(&line.text, at);
        }
        let arguments = line.text.get(at..).unwrap_or_default();
        let heredocs = match name.as_str() {
            "run" | "copy" | "add" => heredoc::read(arguments, &mut lines),
            _ => Some(Heredocs::default()),
        };
        let Some(heredocs) = heredocs else {
            // The builder refuses the file; what follows is read as if the document were not there.
            let span = line.span(0, line.text.trim_end().len());
            add(&mut file, Instruction { kind: Kind::Other(name.into()), flags: Vec::new(), span });
            continue;
        };
        match parse(&line, 0, heredocs, lines.escape) {
            Parsed::Instruction(instruction) => add(&mut file, instruction),
            Parsed::From { image, name, flags } => {
                let span = line.span(0, line.text.trim_end().len());
                file.stages.push(Stage { image, name, flags, span, instructions: Vec::new() });
            }
        }
    }
    file
}

fn add(file: &mut Dockerfile, instruction: Instruction) {
    let instructions = file.stages.last_mut().map_or(&mut file.before, |stage| &mut stage.instructions);
    instructions.push(instruction);
}
