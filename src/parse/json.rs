//! JSON, read by serde_json; errors in words that quote nothing of the text.

use serde::Deserialize;

/// Why a text is no JSON of the wanted shape.
#[derive(Debug, PartialEq, Eq)]
pub struct JsonError {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: &'static str,
}

/// Reads a JSON text. A byte order mark is allowed.
///
/// # Errors
/// When the text is not JSON, or not of the wanted shape.
pub fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, JsonError> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| JsonError {
        line: error.line(),
        column: error.column(),
        message: match error.classify() {
            serde_json::error::Category::Eof => "the file ends too early",
            serde_json::error::Category::Data => "an entry has another shape than expected",
            _ => "a syntax error",
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_have_a_place_and_quote_nothing() {
        let error = read::<serde_json::Value>("{\n  \"secret\": hunter2 }").unwrap_err();
        assert_eq!((error.line, error.message), (2, "a syntax error"));
        let error = read::<serde_json::Value>("{").unwrap_err();
        assert_eq!(error.message, "the file ends too early");
        assert!(read::<serde_json::Value>("\u{feff}{}").is_ok());
    }
}
