//! The parser's diagnostics in words that hold no text of the file.

use php_rs_parser::diagnostics::{ForbiddenRule, ParseError};

use super::tree::SyntaxError;
use crate::text::Span;

/// One diagnostic. The parser reports what `php -l` refuses and nothing else, so each is an error.
///
/// Its own words for a rule quote names of the file, so the rule's identifier is what we show.
pub(super) fn syntax_error(text: &str, error: &ParseError) -> Option<SyntaxError> {
    let span = whole_characters(text, error.span());
    let message = match error {
        ParseError::Expected { expected, found, .. } => format!("expected {expected}, found {found}"),
        ParseError::ExpectedAfter { expected, after, .. } => format!("expected {expected} after {after}"),
        ParseError::UnterminatedString { .. } => "a string that does not end".to_owned(),
        ParseError::UnclosedDelimiter { delimiter, .. } => format!("no closing {delimiter}"),
        ParseError::UnmatchedDelimiter { delimiter, .. } => format!("unmatched {delimiter}"),
        ParseError::NestingTooDeep { .. } => "nesting too deep".to_owned(),
        ParseError::SourceTooLarge { .. } => "the file is too large".to_owned(),
        ParseError::VersionTooLow { required, .. } => format!("syntax of PHP {required}"),
        // `"\u{$name}"` is no escape: a variable follows. The tree has an expression without support there.
        ParseError::Forbidden { rule: ForbiddenRule::InvalidCodepointEscape, .. }
            if text.get(span.range()).is_some_and(|escape| escape.starts_with("\\u{$")) =>
        {
            return None;
        }
        ParseError::Forbidden { rule: ForbiddenRule::Other, .. } => "PHP does not allow this".to_owned(),
        ParseError::Forbidden { rule, .. } => {
            format!("PHP does not allow this: {}", rule.as_str().replace('-', " "))
        }
        _ => "PHP does not allow this".to_owned(),
    };
    Some(SyntaxError { message, span })
}

/// The parser may point into the middle of a character, after a string that does not end.
fn whole_characters(text: &str, span: php_ast::Span) -> Span {
    let boundary = |offset: u32| text.floor_char_boundary(offset as usize) as u32;
    let start = boundary(span.start);
    Span::new(start, boundary(span.end).max(start))
}
