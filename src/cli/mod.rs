//! The command line: one file a command. The only room that knows clap.

mod apps;
mod args;
mod check;
mod completions;
mod config;
mod env;
mod exit;
mod explain;
mod fix;
mod judge;
mod output;
mod prefer;
mod select;
mod state;
mod surveys;

use clap::Parser;

pub use exit::Code;

/// Runs the program with the arguments of the process and gives its exit code.
#[must_use]
pub fn run() -> Code {
    let arguments = match args::Cli::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return exit::usage(&error),
    };
    let result = match arguments.command {
        None => check::run(&arguments.check),
        Some(args::Command::Check(arguments)) => check::run(&arguments),
        Some(args::Command::Fix(arguments)) => fix::run(&arguments),
        Some(args::Command::State(arguments)) => state::run(&arguments),
        Some(args::Command::Config(arguments)) => config::run(&arguments),
        Some(args::Command::Env(arguments)) => env::run(&arguments),
        Some(args::Command::Explain(arguments)) => explain::run(&arguments),
        Some(args::Command::Rules(arguments)) => explain::list(&arguments),
        Some(args::Command::Completions { shell }) => completions::run(shell),
        Some(args::Command::Man) => completions::man(),
    };
    result.unwrap_or_else(|failure| failure.report())
}
