//! The code of a Rust app: what it names, resolved to the crate that it comes from.
