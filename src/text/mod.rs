//! Text as it was read: bytes, spans, lines, edits, and the masking of what must not be shown. Knows no format.

mod edit;
pub mod escape;
mod mask;
mod source;
mod span;

pub use edit::{Edit, apply};
pub use mask::{MASK, is_secret_key, is_secret_name, mask_urls, secrets_of_urls};
pub use source::{Position, Source};
pub use span::Span;
