//! unstick finds what pins an app to one server, and frees it.
//!
//! The rooms, in the only direction their imports may point:
//! `text <- discover <- parse <- facts <- eval <- laravel <- rules <- findings <- report <- cli <- main`.

pub mod cli;
pub mod discover;
pub mod eval;
pub mod facts;
pub mod findings;
pub mod laravel;
pub mod parse;
pub mod report;
pub mod rules;
pub mod text;
