//! unstick finds what pins an app to one server, and frees it.
//!
//! The rooms, in the only direction their imports may point:
//! `text <- discover <- parse <- facts <- deploy <- eval <- laravel <- rust <- rules <- findings <- fix <- report <- cli <- main`.

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

/// Data under `rules/`, packed by the build. A test reads each of these texts whole, so reading one cannot fail where
/// the program runs.
macro_rules! packed {
    ($name:literal) => {
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/", $name)))
    };
}

pub mod cli;
pub mod deploy;
pub mod discover;
pub mod eval;
pub mod facts;
pub mod findings;
pub mod fix;
pub mod laravel;
pub mod parse;
pub mod report;
pub mod rules;
pub mod rust;
pub mod text;
