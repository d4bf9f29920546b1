//! Faults on demand, so that tests see what a kill or a full disk leaves. A release build has none of this.
//!
//! `UNSTICK_FAULT=KIND:STEP`, several with commas: `kill` ends the process at the step, `wait` says so on standard
//! error and goes on after a line on standard input, `full` fails as a full disk does, `named:opened` acts as if the
//! folder had no nameless files.

use std::io;

/// Whether a fault of this kind is asked for at this step.
#[cfg(all(debug_assertions, target_os = "linux"))]
pub(super) fn is_set(kind: &str, step: &str) -> bool {
    std::env::var("UNSTICK_FAULT")
        .is_ok_and(|faults| faults.split(',').any(|fault| fault.split_once(':') == Some((kind, step))))
}

/// Whether a fault of this kind is asked for at this step: never.
#[cfg(all(not(debug_assertions), target_os = "linux"))]
pub(super) const fn is_set(_: &str, _: &str) -> bool {
    false
}

/// A step that a test may make fail.
#[cfg(all(debug_assertions, target_os = "linux"))]
pub(super) fn at(step: &str) -> io::Result<()> {
    use rustix::process::{Signal, getpid, kill_process};
    use std::io::Write;
    if is_set("kill", step) {
        kill_process(getpid(), Signal::KILL)?;
    }
    if is_set("wait", step) {
        writeln!(io::stderr(), "waiting at {step}")?;
        io::stdin().read_line(&mut String::new())?;
    }
    if is_set("full", step) { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
}

/// A step that nothing makes fail.
#[cfg(not(all(debug_assertions, target_os = "linux")))]
pub(super) const fn at(_: &str) -> io::Result<()> {
    Ok(())
}
