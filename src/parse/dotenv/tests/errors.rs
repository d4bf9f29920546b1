//! Errors: where, in which words, and never with a part of the value.

use super::MAJORS;
use crate::parse::dotenv::{Version, parse};

/// A text, the words that must stand in the message, and the text under the span.
const ROWS: &[(&str, &str, &str)] = &[
    ("A=1\nB=s3cret s3cret # note\n", "put it in double quotes", "s3cret s3cret # note"),
    ("A=\"s3cret\" s3cret", "after the closing quote", "\"s3cret\" s3cret"),
    ("A=\"s3cret\\s\"", "backslash", "\"s3cret\\s\""),
    ("A='s3cret\nB=2", "not closed", "'s3cret"),
    ("=s3cret", "no name", "=s3cret"),
    ("A-B=s3cret", "letters, digits", "A-B"),
    ("A B = s3cret", "space", "A B"),
    ("export A=s3cret", "remove `export`", "export A"),
    ("A='x'\ns3cret/+\n", "NAME=value", "s3cret/+"),
];

#[test]
fn messages_and_spans() {
    for (text, words, under) in ROWS {
        let error = parse(text, &Version::V5).unwrap_err();
        assert!(error.message.contains(words), "{text:?}: {}", error.message);
        assert_eq!(text.get(error.span.range()), Some(*under), "{text:?}");
    }
}

#[test]
fn messages_never_repeat_the_text() {
    for (text, ..) in ROWS {
        for version in MAJORS {
            if let Err(error) = parse(text, &version) {
                assert!(!error.message.contains("s3cret"), "{text:?} read by {version:?}");
            }
        }
    }
}
