//! Text as it was read: bytes, spans, lines, and the masking of secrets. Knows no format.

mod source;
mod span;

pub use source::{Position, Source};
pub use span::Span;
