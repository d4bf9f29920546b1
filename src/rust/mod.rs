//! A Cargo package that serves, to its settings and its state.

mod app;
pub mod cargo;
mod code;
mod combine;
pub mod config;
mod deployed;
mod environments;
mod evidence;
mod seen;
mod settings;
pub mod source;
mod suggestions;
mod survey;
mod usage;

pub use app::{App, Workspace};
pub use environments::{Loaded, select};
pub use settings::settings;
pub use survey::survey;
