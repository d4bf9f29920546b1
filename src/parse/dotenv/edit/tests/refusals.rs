//! What is not edited, and why.

use super::{ALL, V5, below, check_refused, empty, rename, set};
use crate::parse::dotenv::edit::{Refused, plan};
use crate::parse::dotenv::{Version, read};

fn name(name: &str) -> String {
    name.to_owned()
}

#[test]
fn nothing_to_do() {
    check_refused(&[
        ("A=redis\n", set("A", "redis"), Refused::AlreadySo, ALL),
        ("A=\"redis\" # x", set("A", "redis"), Refused::AlreadySo, ALL),
        ("B=redis\nA=${B}", set("A", "redis"), Refused::AlreadySo, ("2", "6")),
        ("A=", set("A", ""), Refused::AlreadySo, ALL),
        ("A=\nB=1", empty(&["A", "B"], "x", &[]), Refused::AlreadySo, ALL),
        ("", empty(&[], "x", &[]), Refused::AlreadySo, ALL),
        ("NEW=1", rename("OLD", "NEW"), Refused::AlreadySo, ALL),
        ("A=1", rename("A", "A"), Refused::AlreadySo, ALL),
    ]);
}

#[test]
fn used_by_others() {
    let used =
        |by: &[&str]| Refused::UsedBy { name: name("A"), by: by.iter().map(|&by| by.into()).collect() };
    check_refused(&[
        ("A=1\nB=${A}\nC=2", set("A", "3"), used(&["B"]), ("2", "6")),
        ("A=1\nB={$A}", set("A", "3"), used(&["B"]), ("1", "2")),
        ("A=1\nB=\"${A}\"\nC=x${B}", set("A", "3"), used(&["B", "C"]), ("2", "6")),
        ("A=1\nB=${A}\nA=2", set("A", "3"), used(&["B"]), ("2", "3.4")),
        ("A=1\nB=${A}", rename("A", "C"), used(&["B"]), ("2", "6")),
        // A name that is undefined so far.
        ("X_A=1\nB=${A}", below(&["X_A"], "A", "3"), used(&["B"]), ("2", "6")),
        ("X_A=1\nB=${A}", empty(&["A"], "", &["X_A"]), used(&["B"]), ("2", "6")),
        ("C=1\nB=${A}", rename("C", "A"), used(&["B"]), ("2", "6")),
    ]);
}

#[test]
fn not_read_back() {
    let unwritable = |variable: &str| Refused::Unwritable { name: name(variable) };
    check_refused(&[
        ("A=1", set("A", "x\ny"), unwritable("A"), ALL),
        ("A=1", set("A", "x\0"), unwritable("A"), ALL),
        ("A=1", set("A", " x"), unwritable("A"), ("1", "3")),
        ("A=1", set("A", "${B}"), unwritable("A"), ("2", "4")),
        ("B=1", set("A", "{$B}"), unwritable("A"), ("1", "2")),
        ("A=1", set("A", "a${A}"), unwritable("A"), ("2", "4")),
        // `export` before a name of one letter is an error in version 5.
        ("export AB=1", rename("AB", "C"), unwritable("AB"), V5),
        ("A\"B=1", rename("AB", "C"), unwritable("AB"), ("1", "5")),
        ("A=1\nA=2", rename("A", "B"), Refused::Repeated { name: name("A") }, ALL),
        ("A=1\nB=2", rename("A", "B"), Refused::Taken { name: name("B") }, ALL),
        ("B=2", rename("A", "C"), Refused::Absent { name: name("A") }, ALL),
        ("", rename("A", "C"), Refused::Absent { name: name("A") }, ALL),
        ("", set("A B", "1"), Refused::Name, ALL),
        ("", set("", "1"), Refused::Name, ALL),
        ("A=1", rename("A", "\u{416}"), Refused::Name, ALL),
        ("", empty(&["A", "B\n"], "x", &[]), Refused::Name, ALL),
        ("", empty(&["A"], "x\ny", &[]), Refused::Comment, ALL),
        ("", empty(&["A"], "like A=\"x", &[]), Refused::Comment, ALL),
    ]);
}

#[test]
fn where_text_is_dropped() {
    let hidden = |line| Refused::Hidden { name: name("A"), line };
    check_refused(&[
        ("C=1\nB=\"x\n", set("A", "1"), Refused::Unclosed { line: 2 }, ("3", "6")),
        ("B=\"x", empty(&["A"], "x", &[]), Refused::Unclosed { line: 1 }, ("3", "6")),
        ("C=1\nB=\"x\n export A = 2\n", below(&["C"], "A", "1"), hidden(2), ("3", "6")),
        ("#B=\"x\r\nA=2\r\nC=\"3\"\r\n", set("A", "1"), hidden(1), ("4.3", "5")),
        ("C=1\nB=\"x\nA=2\n", empty(&["A"], "x", &["C"]), hidden(2), ("3", "6")),
        ("C=1\nB=\"x\nA=2\n", rename("C", "A"), hidden(2), ("3", "6")),
    ]);
}

#[test]
fn broken_files() {
    for text in ["A=1\nB=s3cret s3cret\n", "A=1\n=s3cret\n", "\u{feff}A=1\nB=\"s3cret\" s3cret"] {
        for version in [Version::V2, Version::V3, Version::V4, Version::V5] {
            let line = if read(text, &version).entries.is_empty() { 1 } else { 2 };
            for change in [set("A", "2"), set("C", "2"), rename("A", "D"), empty(&["C"], "", &[])] {
                let refused = plan(text, version, &change).unwrap_err();
                assert!(
                    matches!(&refused, Refused::Broken { line: found, .. } if *found == line),
                    "{text:?} {version:?} {refused:?}"
                );
                assert!(!refused.to_string().contains("s3cret"), "{refused}");
            }
        }
    }
}

#[test]
fn sentences() {
    let by = |names: &[&str]| names.iter().map(|&name| name.into()).collect::<Vec<_>>();
    for (refused, sentence) in [
        (
            Refused::UsedBy { name: name("A"), by: by(&["B", "C", "D"]) },
            "the value of A is used by B, C and D: edit them together by hand",
        ),
        (
            Refused::Others { names: by(&["B", "s3cret+/"]) },
            "the edit would change B and another variable too",
        ),
        (
            Refused::Others { names: by(&["s3", "B", "s4"]) },
            "the edit would change B and 2 other variables too",
        ),
        (Refused::Others { names: by(&[]) }, "the edit would change the other variables too"),
    ] {
        assert_eq!(refused.to_string(), sentence);
    }
}
