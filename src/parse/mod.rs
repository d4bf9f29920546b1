//! Text to syntax with spans. No meaning, no disk: each parser is a function of its text.

pub mod dockerfile;
pub mod dotenv;
pub mod dotenvy;
pub mod haproxy;
pub mod ini;
pub mod interpolation;
pub mod json;
pub mod nginx;
pub mod node;
pub mod php;
pub mod rust;
pub mod shell;
pub mod toml;
pub mod yaml;
