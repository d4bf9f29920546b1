//! Tokens give the text back, whatever it is.

use super::MAJORS;
use crate::parse::dotenv::{TokenKind, Version, read, tokenize};

const PIECES: [&str; 12] = ["A", "\"", "'", "=", "\n", "\r", " ", "#", "\\", "${A}", "export ", "\u{e9}\0"];

fn assert_lossless(text: &str, version: Version) {
    let mut joined = String::new();
    for token in tokenize(text, &version) {
        assert_eq!(token.span.start as usize, joined.len(), "{text:?} read by {version:?}");
        assert!(token.span.end > token.span.start, "{text:?} read by {version:?}");
        joined.push_str(&text[token.span.range()]);
    }
    assert_eq!(joined, text, "read by {version:?}");
}

#[test]
fn every_short_text_is_given_back() {
    let mut texts = vec![String::new()];
    for length in 0..4 {
        let longest: Vec<String> =
            texts.iter().filter(|text| !text.is_empty() || length == 0).cloned().collect();
        let grown = longest.iter().flat_map(|text| PIECES.iter().map(move |piece| format!("{text}{piece}")));
        texts = grown.collect();
        for text in &texts {
            for version in MAJORS {
                assert_lossless(text, version);
                for entry in read(text, &version).entries {
                    let spans = [entry.name_span, entry.value_span, entry.line_span];
                    assert!(
                        spans.iter().all(|span| text.get(span.range()).is_some()),
                        "{text:?} {version:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn kinds() {
    use TokenKind::{Bom, Comment, Equals, Export, Junk, LineEnd, Name, Value, Whitespace};
    type Row = (&'static str, Version, &'static [(TokenKind, &'static str)]);
    let rows: &[Row] = &[
        (
            "\u{feff} export 'AB' = \"x\ny\" #n\r\n",
            Version::V5,
            &[
                (Bom, "\u{feff}"),
                (Whitespace, " "),
                (Export, "export"),
                (Whitespace, " "),
                (Name, "'AB'"),
                (Whitespace, " "),
                (Equals, "="),
                (Whitespace, " "),
                (Junk, "\"x"),
                (LineEnd, "\n"),
                (Junk, "y\" #n"),
                (LineEnd, "\r\n"),
            ],
        ),
        (
            "A=\"x\ny\" #n\r\n",
            Version::V5,
            &[
                (Name, "A"),
                (Equals, "="),
                (Value, "\"x\ny\""),
                (Whitespace, " "),
                (Comment, "#n"),
                (LineEnd, "\r\n"),
            ],
        ),
        (
            "\t\r # n",
            Version::V5,
            &[(Whitespace, "\t"), (LineEnd, "\r"), (Whitespace, " "), (Comment, "# n")],
        ),
        ("A= #n", Version::V5, &[(Name, "A"), (Equals, "="), (Whitespace, " "), (Comment, "#n")]),
        ("A-B=1", Version::V5, &[(Junk, "A-B"), (Equals, "="), (Junk, "1")]),
        ("A=\"x", Version::V5, &[(Junk, "A=\"x")]),
        ("A=\"x\"y", Version::V1, &[(Name, "A"), (Equals, "="), (Value, "\"x\""), (Junk, "y")]),
        ("note\nA", Version::V2, &[(Junk, "note"), (LineEnd, "\n"), (Junk, "A")]),
        (
            "\r\nA=x\0",
            Version::V2,
            &[(LineEnd, "\r\n"), (Name, "A"), (Equals, "="), (Value, "x"), (Whitespace, "\0")],
        ),
        ("export AB", Version::V5, &[(Export, "export"), (Whitespace, " "), (Name, "AB")]),
    ];
    for (text, version, expected) in rows {
        let tokens = tokenize(text, version);
        let found: Vec<_> = tokens.iter().map(|token| (token.kind, &text[token.span.range()])).collect();
        assert_eq!(found, *expected, "{text:?}");
    }
}
