//! PHP, partially evaluated: what can be known is a value, all else is unknown with its reason. Runs no code of the app.

pub mod constants;
pub mod convert;
pub mod functions;
mod value;

pub use value::{Array, Closure, Key, Kind, Value};
