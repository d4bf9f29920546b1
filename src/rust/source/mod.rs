//! The code of a Rust app: what it names, resolved to the crate that it comes from.

/// The literals that the files which can matter hold.
#[must_use]
pub fn needles() -> Vec<String> {
    Vec::new()
}
