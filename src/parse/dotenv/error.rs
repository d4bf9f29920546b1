//! Why a file is refused, in words that never repeat a part of it.

use crate::text::Span;

/// The first thing that makes phpdotenv refuse a file. The message says what is wrong and what to do, and holds
/// nothing of the text: it may be a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong and what to do.
    pub message: String,
    /// Where: the name or the whole value.
    pub span: Span,
}

/// The kinds of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    /// `=1`
    NoName,
    /// `export A=1`: version 5 takes `export` only before a name of two or more characters.
    ShortExport,
    /// `A B=1`
    NameWithSpace,
    /// `A-B=1`
    Name,
    /// A line that is neither a comment nor an assignment.
    NotAnAssignment,
    /// `A=x y`
    Space,
    /// `A="x" y`
    AfterQuote,
    /// `A="\q"`
    Escape,
    /// `A="x`
    Unclosed,
}

impl Problem {
    pub(super) fn at(self, span: Span) -> ParseError {
        ParseError { message: self.message().to_owned(), span }
    }

    const fn message(self) -> &'static str {
        match self {
            Self::NoName => "the line has no name before `=`: write one, or remove the line",
            Self::ShortExport => {
                "`export` before a name of one character is read as part of the name: remove `export`"
            }
            Self::NameWithSpace => {
                "the name has a space in it: use `_` instead, and write nothing but `export` before it"
            }
            Self::Name => "the name may hold only letters, digits, `_` and `.`: rename the variable",
            Self::NotAnAssignment => {
                "the line is neither `NAME=value` nor a comment: begin it with `#`, or, if it belongs to a value of \
                 several lines, put that value in double quotes right after `=`"
            }
            Self::Space => "the value has spaces: put it in double quotes",
            Self::AfterQuote => {
                "there is text after the closing quote: remove it, or write a quote inside the value as `\\\"` in double quotes"
            }
            Self::Escape => {
                "the value has a backslash before a character that cannot be escaped: write `\\\\` for a backslash"
            }
            Self::Unclosed => {
                "the value begins with a quote that is not closed on its line: close it; only double quotes right \
                 after `=` may go on over several lines, and not before phpdotenv 3"
            }
        }
    }
}
