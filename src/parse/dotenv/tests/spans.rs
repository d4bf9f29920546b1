//! What an entry points at.

use crate::parse::dotenv::{Entry, Quote, Version, parse};

/// A text with one entry; its name, its value as it is written, its quotes, and whether it is exported.
type Row = (&'static str, Version, &'static str, &'static str, Quote, bool);

const ROWS: &[Row] = &[
    (" AB = x # note", Version::V5, "AB", "x", Quote::None, false),
    ("export  'AB'=\"x y\"#note", Version::V5, "AB", "\"x y\"", Quote::Double, true),
    ("export 'A'='x'", Version::V4, "A", "'x'", Quote::Single, true),
    ("A=\"x\r\ny\"\t", Version::V5, "A", "\"x\r\ny\"", Quote::Double, false),
    ("A=\"x\" note", Version::V1, "A", "\"x\"", Quote::Double, false),
    ("A=\"\\x\" note", Version::V1, "A", "\"\\x\" note", Quote::None, false),
    ("A=x y #z", Version::V1, "A", "x y", Quote::None, false),
    ("A=x#y #z", Version::V2, "A", "x#y", Quote::None, false),
    ("A\u{e9}=\u{e9}#y", Version::V5, "A\u{e9}", "\u{e9}", Quote::None, false),
    ("A=''", Version::V5, "A", "''", Quote::Single, false),
];

fn only(text: &str, version: Version) -> Entry {
    let mut entries = parse(text, &version).unwrap();
    assert_eq!(entries.len(), 1, "{text:?}");
    entries.remove(0)
}

#[test]
fn names_and_values() {
    for (text, version, name, value, quote, export) in ROWS {
        let entry = only(text, *version);
        assert_eq!(&text[entry.name_span.range()], *name, "{text:?}");
        assert_eq!(&text[entry.value_span.range()], *value, "{text:?}");
        assert_eq!((entry.quote, entry.export), (*quote, *export), "{text:?}");
        assert_eq!(&text[entry.line_span.range()], *text);
    }
}

#[test]
fn an_empty_value_is_right_after_the_equals_sign() {
    for (text, version) in [
        ("A=  # note", Version::V5),
        ("A=#x", Version::V5),
        ("A=", Version::V5),
        ("A=   ", Version::V5),
        ("A=#x y", Version::V2),
        ("A=#x y", Version::new(2, 6, 0)),
    ] {
        let entry = only(text, version);
        assert_eq!((entry.value_span.start, entry.value_span.end), (2, 2), "{text:?} {version:?}");
        assert_eq!(&**entry.value.unwrap().text(), "");
    }
    let entry = only("export AB", Version::V5);
    assert_eq!((entry.value_span.start, entry.value_span.end, entry.value), (9, 9, None));
}

#[test]
fn names_that_are_cleaned_point_at_the_name_or_at_all_of_it() {
    for (text, name, under) in
        [("\"AB\"=1", "AB", "AB"), ("A\"B=1", "AB", "A\"B"), ("my export AB=1", "my AB", "my export AB")]
    {
        let entry = only(text, Version::V2);
        assert_eq!((&*entry.name, &text[entry.name_span.range()]), (name, under));
    }
}

#[test]
fn templates_know_whether_they_are_literal() {
    for (text, version, literal) in [
        ("A=x$y", Version::V5, true),
        ("A=${X}", Version::V5, false),
        ("A='${X}'", Version::V5, true),
        ("A='${X}'", Version::V3, false),
        ("A=${X}", Version::V1, true),
        ("A={$X}", Version::V1, false),
    ] {
        assert_eq!(only(text, version).value.unwrap().is_literal(), literal, "{text:?} {version:?}");
    }
}
