use std::io::{IsTerminal, Write};
use std::path::Path;

use super::args::Colour;
use super::exit::Failure;
use crate::discover::Skipped;
use crate::facts::Place;

/// Writes to standard output.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| Failure::Write("the report".to_owned(), error))
}

/// Writes a report to a file.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| Failure::Write(crate::discover::show(path), error))
}

/// Says something on standard error. When nobody listens there, it is not said.
pub fn say(words: &str) {
    let _ = writeln!(std::io::stderr().lock(), "unstick: {}", crate::report::clean(words));
}

/// Says several things on standard error.
pub fn say_all(lines: &[String]) {
    lines.iter().for_each(|line| say(line));
}

/// Says on standard error what was not read, for commands whose output has no place for it.
pub fn complain(skipped: &[Skipped]) {
    for skipped in skipped {
        say(&format!("{}: {}", skipped.path, skipped.reason));
    }
}

/// A file that cannot be parsed, as something that was not read.
pub fn unparsed(place: &Place, problem: &str) -> Skipped {
    Skipped { path: format!("{}:{}", place.path(), place.start().line), reason: problem.to_owned() }
}

/// Whether standard output wants colours (<https://no-color.org>).
pub fn wants_colour(colour: Colour) -> bool {
    match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            std::io::stdout().is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    }
}
