use clap::CommandFactory;

use super::args::Cli;
use super::exit::{Code, Failure};
use super::output;

/// Runs `completions`.
pub fn run(shell: clap_complete::Shell) -> Result<Code, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "unstick", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(Code::Clean)
}

/// Runs `man`.
pub fn man() -> Result<Code, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command())
        .render(&mut page)
        .map_err(|error| Failure::Write("the manual page".to_owned(), error))?;
    output::print(&String::from_utf8_lossy(&page))?;
    Ok(Code::Clean)
}
