//! The config files of a Rust app to settings.
