//! Rules as data: one file each under `rules/`. Loading them and matching them against what is known of an app.

mod catalogue;
mod matching;
mod rule;

pub use catalogue::{all, examples, find, search};
pub use matching::{Met, Subject, matches};
pub use rule::{Example, Fault, OfStack, Rule, When};
