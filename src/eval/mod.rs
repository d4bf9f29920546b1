//! PHP, partially evaluated: what can be known is a value, all else is unknown with its reason. Runs no code of the app.

mod assigned;
mod callbacks;
mod calls;
mod classes;
mod coerce;
mod collections;
pub mod constants;
pub mod convert;
mod expressions;
pub mod functions;
mod host;
mod loops;
mod machine;
mod merge;
mod operators;
mod scope;
mod scoped;
mod statements;
mod value;
mod variables;

pub use host::{Host, Script};
pub use machine::Evaluator;
pub use value::{Array, Case, Closure, Key, Kind, Value};
pub use variables::inherit;
