//! Edits of an env file: which file is written, how it is written safely, how the difference is shown.

pub mod apply;
pub mod diff;
pub mod plan;
pub mod write;

mod effect;
mod failure;
mod fault;
mod keep;
mod masked;
mod stage;
mod target;
#[cfg(test)]
mod tests;

pub use effect::Before;
pub use failure::{Refusal, WriteFailure};
pub use target::{Identity, Target};
