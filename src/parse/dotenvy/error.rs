//! Why a line is refused, in words that never repeat a part of it.

use crate::text::Span;

/// What makes the crate refuse a line. The message holds nothing of the text: it may be a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong and what to do.
    pub message: &'static str,
    /// Where.
    pub span: Span,
}

/// The kinds of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    /// `1A=x`
    Name,
    /// A name without `=`.
    NotAnAssignment,
    /// `A=x y`
    Space,
    /// `A=\q`
    Escape,
    /// `A="x`, `A=${B`
    Unclosed,
    /// The file ends in a blank or a backslash without a line end.
    EndsTooEarly,
}

impl Problem {
    pub(super) const fn at(self, span: Span) -> ParseError {
        ParseError { message: self.message(), span }
    }

    const fn message(self) -> &'static str {
        match self {
            Self::Name => "the name must begin with a letter or `_`: rename the variable",
            Self::NotAnAssignment => {
                "the line is neither `NAME=value` nor a comment: a name holds only letters, digits, `_` and `.`"
            }
            Self::Space => "the value has spaces: put it in quotes",
            Self::Escape => {
                "the value has a backslash before a character that cannot be escaped: write `\\\\` for a backslash"
            }
            Self::Unclosed => {
                "a quote or `${` is not closed: close it; a `$NAME` right before the closing quote takes the quote with \
                 it, so write `${NAME}`"
            }
            Self::EndsTooEarly => {
                "the file ends within a value: close its quotes, and end the last line with a line end"
            }
        }
    }
}
