//! Rust source to syntax with spans.
