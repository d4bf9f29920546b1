//! What can be wrong with a YAML text.

use crate::text::Span;

/// What kind of thing is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// It is not YAML.
    Syntax,
    /// A key is given twice. Some tools refuse this, others take the last.
    Duplicate,
    /// It is deeper or larger than is read, or an alias makes it so.
    Limit,
}

/// What is wrong with a text, and where. The message quotes nothing of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlError {
    /// What kind of thing.
    pub kind: ErrorKind,
    /// In words.
    pub message: String,
    /// Where.
    pub span: Span,
}

impl YamlError {
    pub(super) fn new(kind: ErrorKind, message: &str, span: Span) -> Self {
        Self { kind, message: message.to_owned(), span }
    }

    pub(super) fn syntax(message: &str, span: Span) -> Self {
        Self::new(ErrorKind::Syntax, message, span)
    }
}
