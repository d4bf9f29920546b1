//! `unstick fix`, as people call it: what it edits, what it leaves, what it says.

mod common;

#[path = "fix/app.rs"]
mod app;
#[path = "fix/asked.rs"]
mod asked;
#[path = "fix/by_hand.rs"]
mod by_hand;
#[path = "fix/environments.rs"]
mod environments;
#[path = "fix/facts.rs"]
mod facts;
#[cfg(unix)]
#[path = "fix/files.rs"]
mod files;
#[path = "fix/secrets.rs"]
mod secrets;
#[cfg(unix)]
#[path = "fix/terminal.rs"]
mod terminal;
#[path = "fix/variables.rs"]
mod variables;
#[path = "fix/whole.rs"]
mod whole;
