//! Text as it was read: bytes, spans, lines, and the masking of secrets. Knows no format.

pub mod escape;

mod mask;
mod source;
mod span;

pub use mask::{MASK, is_secret_key, is_secret_name, mask_urls, secrets_of_urls};
pub use source::{Position, Source};
pub use span::Span;
