//! Reports: one file per format. A report is a function from an outcome to text.

pub mod concise;
pub mod config;
pub mod env;
pub mod explain;
pub mod fixed;
pub mod json;
pub mod sheets;
pub mod state;
pub mod text;

mod excerpt;
mod fixes;
mod matrix;
mod redact;
mod redact_rust;
mod secrets;
mod wire;
mod wrap;

use crate::text::escape;
pub use escape::clean;
pub use secrets::Secrets;
