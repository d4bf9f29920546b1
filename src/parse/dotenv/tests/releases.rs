//! Where the releases differ: one text, what each of them leaves.

use super::{MAJORS, left};
use crate::parse::dotenv::Version;

/// A text and what versions 1, 2, 3, 4 and 5 leave of it.
type Row = (&'static str, [&'static [&'static str]; 5]);

const ROWS: &[Row] = &[
    // Comments.
    ("A=x#y", [&["A=x#y"], &["A=x#y"], &["A=x"], &["A=x"], &["A=x"]]),
    ("A=x #y", [&["A=x"]; 5]),
    ("A=#y", [&["A=#y"], &["A=#y"], &["A="], &["A="], &["A="]]),
    ("A= # y", [&["A=# y"], &["A="], &["A="], &["A="], &["A="]]),
    // Whitespace and text after quotes.
    ("A=x y", [&["A=x y"], &["!"], &["!"], &["!"], &["!"]]),
    ("A=\"x\"y", [&["A=x"], &["!"], &["!"], &["!"], &["!"]]),
    ("A=\" x \"", [&["A=x"], &["A=x"], &["A= x "], &["A= x "], &["A= x "]]),
    ("A=0", [&["A="], &["A=0"], &["A=0"], &["A=0"], &["A=0"]]),
    ("A=\"0\"", [&["A=0"]; 5]),
    ("A=\u{c}\u{c}x", [&["A=\u{c}\u{c}x"], &["!"], &["!"], &["!"], &["A=\u{c}\u{c}x"]]),
    // Quotes and escapes.
    ("A=\"\\n\"", [&["A=\"\\n\""], &["A=\\n"], &["A=\n"], &["A=\n"], &["A=\n"]]),
    ("A='\\n'", [&["A='\\n'"], &["A=\\n"], &["A=\n"], &["A=\\n"], &["A=\\n"]]),
    ("A='\\\\'", [&["A=\\"], &["A=\\"], &["A=\\"], &["A=\\\\"], &["A=\\\\"]]),
    ("A=\"\\q\"", [&["A=\"\\q\""], &["A=\\q"], &["!"], &["!"], &["!"]]),
    ("A=\"\\$\"", [&["A=\"\\$\""], &["A=\\$"], &["!"], &["A=$"], &["A=$"]]),
    ("A='it\\'s'", [&["A=it's"], &["A=it's"], &["A=it's"], &["!"], &["!"]]),
    ("A='x", [&["A='x"], &["!"], &["!"], &["!"], &["!"]]),
    // Lines.
    ("A=\"x\ny\"", [&["A=\"x"], &["!"], &["A=x\ny"], &["A=x\ny"], &["A=x\ny"]]),
    ("A=\"x\nB=2", [&["A=\"x", "B=2"], &["!"], &[], &[], &[]]),
    ("A=\"x\nl=\"\nB=2", [&["A=\"x", "l=\"", "B=2"], &["!"], &[], &["A=x\nl=", "B=2"], &["A=x\nl=", "B=2"]]),
    ("A=1\rB=2\r", [&["A=1", "B=2"]; 5]),
    (
        "A=1\rB=2\nC=3",
        [
            &["A=1", "B=2\nC=3"],
            &["A=1", "!"],
            &["A=1", "B=2", "C=3"],
            &["A=1", "B=2", "C=3"],
            &["A=1", "B=2", "C=3"],
        ],
    ),
    ("A=1\n\rB=2\r\nC=3", [&["A=1", "B=2", "C=3"]; 5]),
    (
        "A=1\nB=2\rC=3",
        [
            &["A=1", "B=2\rC=3"],
            &["A=1", "!"],
            &["A=1", "B=2", "C=3"],
            &["A=1", "B=2", "C=3"],
            &["A=1", "B=2", "C=3"],
        ],
    ),
    // Names.
    ("\u{feff}A=1", [&["\u{feff}A=1"], &["\u{feff}A=1"], &["!"], &["!"], &["A=1"]]),
    ("A-B=1", [&["A-B=1"], &["A-B=1"], &["!"], &["!"], &["!"]]),
    ("\u{416}=1", [&["\u{416}=1"], &["\u{416}=1"], &["!"], &["!"], &["\u{416}=1"]]),
    ("export A=1", [&["A=1"], &["A=1"], &["A=1"], &["A=1"], &["!"]]),
    ("export\tAB=1", [&["export\tAB=1"], &["export\tAB=1"], &["!"], &["!"], &["AB=1"]]),
    ("myexport A=1", [&["myA=1"], &["myA=1"], &["myA=1"], &["myA=1"], &["!"]]),
    ("A\"B'=1", [&["AB=1"], &["AB=1"], &["AB=1"], &["AB=1"], &["!"]]),
    ("=1", [&["!"]; 5]),
    ("''=1", [&["!"]; 5]),
    // Names without a value.
    ("A=1\nA", [&["A=1"], &["A=1"], &["A"], &["A"], &["A"]]),
    (" A ", [&[], &[], &["A"], &["A"], &["!"]]),
    ("not a name", [&[], &[], &["!"], &["!"], &["!"]]),
    ("export \nA=1", [&["A=1"], &["A=1"], &["!"], &["!"], &["!"]]),
    // References.
    (
        "A=x\nB=${A}{$A}",
        [
            &["A=x", "B=${A}x"],
            &["A=x", "B=x{$A}"],
            &["A=x", "B=x{$A}"],
            &["A=x", "B=x{$A}"],
            &["A=x", "B=x{$A}"],
        ],
    ),
    (
        "a.b=x\nB={$a.b}${a.b}",
        [
            &["a.b=x", "B={$a.b}${a.b}"],
            &["a.b=x", "B={$a.b}x"],
            &["a.b=x", "B={$a.b}x"],
            &["a.b=x", "B={$a.b}x"],
            &["a.b=x", "B={$a.b}x"],
        ],
    ),
    (
        "A=x\nB='${A}'",
        [&["A=x", "B=${A}"], &["A=x", "B=x"], &["A=x", "B=x"], &["A=x", "B=${A}"], &["A=x", "B=${A}"]],
    ),
    (
        "A=B\nB=c\nC=${${A}}",
        [
            &["A=B", "B=c", "C=${${A}}"],
            &["A=B", "B=c", "C=${B}"],
            &["A=B", "B=c", "C=${B}"],
            &["A=B", "B=c", "C=c"],
            &["A=B", "B=c", "C=c"],
        ],
    ),
    // Precedence, and what is set before an error.
    (
        "A=1\nB=${A}\nA=2",
        [&["A=1", "B=${A}"], &["A=1", "B=1"], &["A=2", "B=1"], &["A=2", "B=1"], &["A=2", "B=1"]],
    ),
    ("A=\nA=2", [&["A="], &["A="], &["A=2"], &["A=2"], &["A=2"]]),
    (
        "A=1\nB=\"\\q\" x\nC=3",
        [&["A=1", "B=\"\\q\" x", "C=3"], &["A=1", "!"], &["A=1", "!"], &["A=1", "!"], &["!"]],
    ),
];

#[test]
fn majors() {
    for (text, expected) in ROWS {
        for (version, expected) in MAJORS.into_iter().zip(expected) {
            assert_eq!(left(text, version), **expected, "{text:?} read by {version:?}");
        }
    }
}

/// A text, the last release before a change and the first with it, and what the two leave.
type Change = (&'static str, [&'static str; 2], [&'static [&'static str]; 2]);

const CHANGES: &[Change] = &[
    ("A=# y", ["2.4.0", "2.5.0"], [&["!"], &["A="]]),
    ("A=#y", ["2.5.0", "2.5.1"], [&["A="], &["A=#y"]]),
    ("a.b=1\nC=${a.b}", ["2.4.0", "2.5.0"], [&["a.b=1", "C=${a.b}"], &["a.b=1", "C=1"]]),
    ("A='x'", ["2.5.2", "2.6.0"], [&["A=x"], &["A='x'"]]),
    ("A='x'", ["2.6.0", "2.6.1"], [&["A='x'"], &["A=x"]]),
    ("A=x#y", ["2.6.0", "2.6.1"], [&["A=x"], &["A=x#y"]]),
    ("A=#x y", ["2.6.0", "2.6.1"], [&["A="], &["A="]]),
    ("A=\"\\n\"x", ["2.5.2", "2.6.0"], [&["A=\"\\n\"x"], &["!"]]),
    ("A=\"x", ["2.6.6", "2.6.7"], [&["A=x"], &["!"]]),
    ("A='x'", ["3.3.0", "3.3.1"], [&["A='x'"], &["A=x"]]),
    ("A=\"x=\"\nB=2", ["3.3.1", "3.3.2"], [&[], &["A=x=", "B=2"]]),
    ("A=1\nA=2", ["3.3.3", "3.4.0"], [&["A=1"], &["A=2"]]),
    ("A=\"\\n\"", ["3.4.0", "3.5.0"], [&["!"], &["A=\n"]]),
    ("A", ["3.6.0", "3.6.1"], [&[], &["A"]]),
    ("A='x", ["3.6.7", "3.6.8"], [&["A=x"], &["!"]]),
    ("; note\nA=1", ["4.1.1", "4.1.2"], [&["A=1"], &["!"]]),
    ("A='x\\", ["4.1.8", "4.2.0"], [&["A=x\\"], &["!"]]),
    ("A=\"x\nl=\"\nB=2", ["4.2.2", "4.3.0"], [&[], &["A=x\nl=", "B=2"]]),
    ("A='x", ["5.2.0", "5.3.0"], [&["A=x"], &["!"]]),
    ("\u{feff}A=1", ["5.3.1", "5.4.0"], [&["!"], &["A=1"]]),
    ("\u{416}=1", ["5.4.1", "5.5.0"], [&["!"], &["\u{416}=1"]]),
    ("A=\"x\nl=\"\nB=2", ["5.4.1", "5.5.0"], [&[], &["A=x\nl=", "B=2"]]),
    ("export\0AB=1\n", ["5.6.3", "5.6.4"], [&["!"], &["!"]]),
    ("export \0AB=1\n", ["5.6.3", "5.6.4"], [&["AB=1"], &["!"]]),
    ("export \u{c}AB=1\n", ["5.6.3", "5.6.4"], [&["!"], &["AB=1"]]),
];

#[test]
fn patches() {
    for (text, releases, expected) in CHANGES {
        for (release, expected) in releases.iter().zip(expected) {
            let version = Version::from_text(release).unwrap();
            assert_eq!(left(text, version), **expected, "{text:?} read by {release}");
        }
    }
}

#[test]
fn the_regex_gives_up_on_long_values() {
    let quoted = |length: usize| format!("A=\"{}\"", "x".repeat(length));
    assert_eq!(left(&quoted(8190), Version::V1), [quoted(8190).replace('"', "")]);
    assert_eq!(left(&quoted(8191), Version::V1), ["A="]);
    let v25 = Version::new(2, 5, 2);
    assert_eq!(left(&quoted(8191), v25), [quoted(8191).replace('"', "")]);
    let open = |length: usize| format!("A=\"{}", "x".repeat(length));
    assert_eq!(left(&open(12), v25), [open(12)]);
    assert_eq!(left(&open(17), v25), ["A?"]);
    assert_eq!(left(&open(30), v25), ["A="]);
}

#[test]
fn which_release_a_laravel_has() {
    for (laravel, version) in [
        ((5, 0), Version::V1),
        ((5, 1), Version::V1),
        ((5, 2), Version::V2),
        ((5, 7), Version::V2),
        ((5, 8), Version::V3),
        ((6, 20), Version::V3),
        ((7, 0), Version::V4),
        ((8, 0), Version::V5),
        ((13, 1), Version::V5),
    ] {
        assert_eq!(Version::for_laravel(laravel.0, laravel.1), version, "{laravel:?}");
    }
    assert_eq!(Version::from_text("v5.6.1"), Some(Version::new(5, 6, 1)));
    assert_eq!(Version::from_text("3.3"), Some(Version::new(3, 3, 0)));
    assert_eq!(Version::from_text("5.6.x-dev"), None);
    assert_eq!(Version::from_text("dev-master"), None);
}
