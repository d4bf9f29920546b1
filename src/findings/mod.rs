//! Findings: rules that are met, put into sentences and order.

mod build;
mod finding;
mod fingerprint;
mod fixed;
mod outcome;
mod scale;

pub use build::findings;
pub use finding::{Dependent, Finding, Unknown};
pub use fixed::{Effect, FixStep, Fixed, FixedFile, Progress};
pub use outcome::{Outcome, Summary, Threshold};
