//! A Cargo package that serves, to its settings and its state.

pub mod cargo;
pub mod config;
pub mod source;
