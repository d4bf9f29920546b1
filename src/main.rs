//! The `unstick` program: parse, run, exit code. Everything else is the library's.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::print_stdout,
        clippy::print_stderr,
        clippy::exit
    )
)]

use std::io::{self, Write};
use std::panic;
use std::process::ExitCode;

use unstick::cli::{self, Code};

/// A check makes many small values on a thread of its own, which is where the system's allocator is slowest.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // The text of a panic may hold a value that was read: only its place is told.
    panic::set_hook(Box::new(|info| {
        let place =
            info.location().map_or_else(String::new, |place| format!(" ({}:{})", place.file(), place.line()));
        // With standard error closed nobody can be told; a panic in here would abort.
        let _ = writeln!(io::stderr(), "unstick: a fault of ours{place}; please report it");
    }));
    let outcome = panic::catch_unwind(|| unstick::parse::php::with_deep_stack(cli::run));
    outcome.ok().flatten().unwrap_or(Code::Fault).into()
}
