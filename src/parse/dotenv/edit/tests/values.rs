//! Values that are replaced.

use super::{ALL, Row, V5, check, rename, set};
use crate::parse::dotenv::Version;
use crate::parse::dotenv::edit::plan;

const D: &str = "SESSION_DRIVER";

#[test]
fn without_quotes() {
    check(&[
        ("SESSION_DRIVER=file\n", set(D, "redis"), "SESSION_DRIVER=redis\n", ALL),
        ("SESSION_DRIVER=file", set(D, "redis"), "SESSION_DRIVER=redis", ALL),
        ("A=1\nSESSION_DRIVER=file\nB=2\n", set(D, "redis"), "A=1\nSESSION_DRIVER=redis\nB=2\n", ALL),
        (
            "A=1\r\nSESSION_DRIVER=file\r\nB=2\r\n",
            set(D, "redis"),
            "A=1\r\nSESSION_DRIVER=redis\r\nB=2\r\n",
            ALL,
        ),
        ("A=1\rSESSION_DRIVER=file\rB=2\r", set(D, "redis"), "A=1\rSESSION_DRIVER=redis\rB=2\r", ALL),
        (
            "A=1\nSESSION_DRIVER=file\r\nB=2\n\n\n",
            set(D, "redis"),
            "A=1\nSESSION_DRIVER=redis\r\nB=2\n\n\n",
            ALL,
        ),
        ("\u{feff}SESSION_DRIVER=file\n", set(D, "redis"), "\u{feff}SESSION_DRIVER=redis\n", ("5.4", "6")),
        (
            "\u{feff}# note\r\nSESSION_DRIVER=file",
            set(D, "redis"),
            "\u{feff}# note\r\nSESSION_DRIVER=redis",
            ("5.4", "6"),
        ),
        ("export SESSION_DRIVER=file\n", set(D, "redis"), "export SESSION_DRIVER=redis\n", ALL),
        ("export\t SESSION_DRIVER=file\n", set(D, "redis"), "export\t SESSION_DRIVER=redis\n", V5),
        ("  SESSION_DRIVER = file  \n", set(D, "redis"), "  SESSION_DRIVER = redis  \n", ALL),
        ("\tSESSION_DRIVER\t=\tfile\t\n", set(D, "redis"), "\tSESSION_DRIVER\t=\tredis\t\n", ALL),
        ("\"SESSION_DRIVER\"=file\n", set(D, "redis"), "\"SESSION_DRIVER\"=redis\n", ALL),
        ("'SESSION_DRIVER' = file\n", set(D, "redis"), "'SESSION_DRIVER' = redis\n", ALL),
        (
            "SESSION_DRIVER=file # files are fine\n",
            set(D, "redis"),
            "SESSION_DRIVER=redis # files are fine\n",
            ALL,
        ),
        ("SESSION_DRIVER=file#fine\n", set(D, "redis"), "SESSION_DRIVER=redis#fine\n", ("3", "6")),
        // Before version 3 that is all value.
        ("SESSION_DRIVER=file#fine\n", set(D, "redis"), "SESSION_DRIVER=redis\n", ("2.6.1", "3")),
        ("SESSION_DRIVER=file driver\n", set(D, "redis"), "SESSION_DRIVER=redis\n", ("1", "2")),
        (
            "A\u{e9}=1\nSESSION_DRIVER=file # \u{1f600}\n",
            set(D, "redis"),
            "A\u{e9}=1\nSESSION_DRIVER=redis # \u{1f600}\n",
            ALL,
        ),
        (
            "\u{416}=\u{e9}\nSESSION_DRIVER=\u{e9}\u{e9}",
            set(D, "redis"),
            "\u{416}=\u{e9}\nSESSION_DRIVER=redis",
            ALL,
        ),
        ("SESSION_DRIVER=it's\n", set(D, "redis"), "SESSION_DRIVER=redis\n", ALL),
        ("SESSION_DRIVER=a=b==\n", set(D, "redis"), "SESSION_DRIVER=redis\n", ALL),
    ]);
}

#[test]
fn in_quotes() {
    check(&[
        ("SESSION_DRIVER=\"file\"\n", set(D, "redis"), "SESSION_DRIVER=\"redis\"\n", ALL),
        ("SESSION_DRIVER='file'\n", set(D, "redis"), "SESSION_DRIVER='redis'\n", ("1", "2.6")),
        ("SESSION_DRIVER='file'\n", set(D, "redis"), "SESSION_DRIVER='redis'\n", ("3.3.1", "6")),
        // Releases for which single quotes mean nothing.
        ("SESSION_DRIVER='file'\n", set(D, "redis"), "SESSION_DRIVER=redis\n", ("2.6.0", "2.6.1")),
        ("SESSION_DRIVER='file'\n", set(D, "redis"), "SESSION_DRIVER=redis\n", ("3.0.0", "3.3.1")),
        (
            "SESSION_DRIVER = \"file\"  # note\r\n",
            set(D, "redis"),
            "SESSION_DRIVER = \"redis\"  # note\r\n",
            ALL,
        ),
        ("SESSION_DRIVER=\"file\"#note\n", set(D, "redis"), "SESSION_DRIVER=\"redis\"#note\n", ALL),
        (
            "SESSION_DRIVER=\"file # not a note\" # note\n",
            set(D, "redis"),
            "SESSION_DRIVER=\"redis\" # note\n",
            ALL,
        ),
        ("SESSION_DRIVER=\"a \\\"b\\\" \\\\\"\n", set(D, "redis"), "SESSION_DRIVER=\"redis\"\n", ALL),
        ("SESSION_DRIVER=\"a\\n\\$\"\n", set(D, "redis"), "SESSION_DRIVER=\"redis\"\n", ("4", "6")),
        ("SESSION_DRIVER='a\\'\n", set(D, "redis"), "SESSION_DRIVER='redis'\n", ("4", "6")),
        ("SESSION_DRIVER=\"   \"\n", set(D, "redis"), "SESSION_DRIVER=\"redis\"\n", ALL),
        ("SESSION_DRIVER=\"\"\n", set(D, "redis"), "SESSION_DRIVER=\"redis\"\n", ALL),
        ("SESSION_DRIVER=''", set(D, "redis"), "SESSION_DRIVER='redis'", ("3.3.1", "6")),
        ("export SESSION_DRIVER=\"file\"\n", set(D, "redis"), "export SESSION_DRIVER=\"redis\"\n", ALL),
        // Text behind the quotes means nothing to version 1.
        (
            "SESSION_DRIVER=\"file\" driver\n",
            set(D, "redis"),
            "SESSION_DRIVER=\"redis\" driver\n",
            ("1", "2"),
        ),
        // A quote that is never closed, where that is no error.
        ("SESSION_DRIVER='file\nA=1", set(D, "redis"), "SESSION_DRIVER=redis\nA=1", ("3.3.1", "3.6.2")),
        ("SESSION_DRIVER='file\nA=1", set(D, "redis"), "SESSION_DRIVER=redis\nA=1", ("5", "5.3")),
        ("SESSION_DRIVER=\"file\nA=1", set(D, "redis"), "SESSION_DRIVER=redis\nA=1", ("1", "2")),
    ]);
}

#[test]
fn over_several_lines() {
    check(&[
        ("SESSION_DRIVER=\"a\nb\"\nB=2\n", set(D, "redis"), "SESSION_DRIVER=\"redis\"\nB=2\n", ("3", "6")),
        (
            "SESSION_DRIVER=\"a\r\n#b\r\nc\" # note\r\n",
            set(D, "redis"),
            "SESSION_DRIVER=\"redis\" # note\r\n",
            ("3", "6"),
        ),
        (
            "K=\"a\nSESSION_DRIVER=x\n\"\nSESSION_DRIVER=file\nL=\"b\nc\"\n",
            set(D, "redis"),
            "K=\"a\nSESSION_DRIVER=x\n\"\nSESSION_DRIVER=redis\nL=\"b\nc\"\n",
            ("3", "6"),
        ),
        (
            "#K=\"a\nSESSION_DRIVER=x\n\"\nSESSION_DRIVER=file\n",
            set(D, "redis"),
            "#K=\"a\nSESSION_DRIVER=x\n\"\nSESSION_DRIVER=redis\n",
            ("3", "6"),
        ),
        // An edit before a quote that is never closed.
        (
            "SESSION_DRIVER=file\nA=\"x\nB=1\n",
            set(D, "redis"),
            "SESSION_DRIVER=redis\nA=\"x\nB=1\n",
            ("3", "6"),
        ),
    ]);
}

#[test]
fn without_a_value() {
    check(&[
        ("SESSION_DRIVER=\nA=1\n", set(D, "redis"), "SESSION_DRIVER=redis\nA=1\n", ALL),
        ("SESSION_DRIVER=", set(D, "redis"), "SESSION_DRIVER=redis", ALL),
        ("SESSION_DRIVER=   \n", set(D, "redis"), "SESSION_DRIVER=redis   \n", ALL),
        ("SESSION_DRIVER= # note\n", set(D, "redis"), "SESSION_DRIVER=redis # note\n", ("2.5", "6")),
        ("SESSION_DRIVER=#note\n", set(D, "redis"), "SESSION_DRIVER=redis#note\n", ("3", "6")),
        // There `redis#note` would be the value.
        ("SESSION_DRIVER=#note\n", set(D, "redis"), "SESSION_DRIVER=\"redis\"#note\n", ("2.5.0", "2.5.1")),
        ("SESSION_DRIVER=#a note\n", set(D, "redis"), "SESSION_DRIVER=\"redis\"#a note\n", ("2.6.1", "3")),
        ("A=1\nSESSION_DRIVER\nB=2\n", set(D, "redis"), "A=1\nSESSION_DRIVER=redis\nB=2\n", ALL),
        ("SESSION_DRIVER", set(D, "redis"), "SESSION_DRIVER=redis", ALL),
        ("export SESSION_DRIVER\r\n", set(D, "redis"), "export SESSION_DRIVER=redis\r\n", ALL),
        ("\"SESSION_DRIVER\"\n", set(D, "redis"), "\"SESSION_DRIVER\"=redis\n", ALL),
        (" SESSION_DRIVER \n", set(D, "redis"), " SESSION_DRIVER=redis \n", ("1", "5")),
        ("SESSION_DRIVER=file # note\n", set(D, ""), "SESSION_DRIVER= # note\n", ("2.5", "6")),
        // Version 1 would read the comment.
        ("SESSION_DRIVER=file # note\n", set(D, ""), "SESSION_DRIVER=\"\" # note\n", ("1", "2")),
        ("SESSION_DRIVER=\"file\"\n", set(D, ""), "SESSION_DRIVER=\"\"\n", ALL),
    ]);
}

#[test]
fn that_must_be_quoted() {
    check(&[
        ("A=1\n", set("A", "two words"), "A=\"two words\"\n", ALL),
        ("A='1'\n", set("A", "two words"), "A='two words'\n", ("3.3.1", "6")),
        ("A='1'\n", set("A", "it's"), "A=\"it's\"\n", ("4", "6")),
        ("A='1'\n", set("A", "it's"), "A='it\\'s'\n", ("3.3.1", "4")),
        ("A=1 # n\n", set("A", "a#b"), "A=\"a#b\" # n\n", ALL),
        ("A=\"1\"\n", set("A", "a\"b\\c"), "A=\"a\\\"b\\\\c\"\n", ALL),
        ("A=1\n", set("A", "${A}"), "A=\"\\${A}\"\n", ("4", "6")),
        ("A='1'\n", set("A", "${A}"), "A='${A}'\n", ("4", "6")),
        ("A=1\n", set("A", "a$b"), "A=\"a$b\"\n", ALL),
        ("A=1\n", set("A", " a "), "A=\" a \"\n", ("3", "6")),
        ("A=1\n", set("A", "\u{e9}"), "A=\"\u{e9}\"\n", ALL),
        // In single quotes `="` would open a value of several lines that swallows the next row.
        ("B='1'\nA=\"x\"\nA=2", set("B", "a=\"b"), "B=\"a=\\\"b\"\nA=\"x\"\nA=2", ("3.4", "6")),
        // PHP takes the string `0` for false.
        ("A=1\n", set("A", "0"), "A=\"0\"\n", ("1", "2")),
        ("A=1\n", set("A", "0"), "A=0\n", ("2", "6")),
        ("A=1\n", set("A", "tcp://u:p@h:6379/0,a+b.c-d_E"), "A=tcp://u:p@h:6379/0,a+b.c-d_E\n", ALL),
    ]);
}

#[test]
fn of_a_name_that_is_set_twice() {
    let text = "SESSION_DRIVER=file\nA=1\nSESSION_DRIVER=cookie\n";
    check(&[
        (text, set(D, "redis"), "SESSION_DRIVER=file\nA=1\nSESSION_DRIVER=redis\n", ("3.4", "6")),
        (text, set(D, "redis"), "SESSION_DRIVER=redis\nA=1\nSESSION_DRIVER=cookie\n", ("1", "3.4")),
        ("A=1\nA=\nA=2\n", set("A", "3"), "A=1\nA=\nA=3\n", ("3.4", "6")),
        ("A=\nA=2\n", set("A", "3"), "A=3\nA=2\n", ("1", "3.4")),
        ("A=1\nA\n", set("A", "3"), "A=1\nA=3\n", ("4.3", "6")),
        ("A=1\nA\n", set("A", "3"), "A=3\nA\n", ("1", "3.4")),
        // What another value was made of is not what is edited.
        ("A=1\nB=${A}\nA=2\n", set("A", "3"), "A=1\nB=${A}\nA=3\n", ("3.4", "6")),
    ]);
}

#[test]
fn made_of_others() {
    check(&[
        ("A=1\nB=${A}x # note\nC=3\n", set("B", "redis"), "A=1\nB=redis # note\nC=3\n", ("2", "6")),
        ("A=1\nB=\"${A} ${A}\"\n", set("B", "redis"), "A=1\nB=\"redis\"\n", ALL),
        ("A=1\nB={$A}\n", set("B", "redis"), "A=1\nB=redis\n", ALL),
        ("B=${NO}\n", set("B", "redis"), "B=redis\n", ALL),
        ("A=1\nA=${A}2\n", set("A", "redis"), "A=1\nA=redis\n", ("3.4", "6")),
        ("A=1\nB='${A}'\nC=2\n", set("C", "redis"), "A=1\nB='${A}'\nC=redis\n", ALL),
    ]);
}

#[test]
fn beside_long_lines() {
    let long = format!("A={}\n# {}\n", "x".repeat(100_000), "y".repeat(100_000));
    let texts = [format!("{long}SESSION_DRIVER=file\n{long}"), format!("{long}SESSION_DRIVER=redis\n{long}")];
    let row: Row<'_> = (&texts[0], set(D, "redis"), &texts[1], ("5.6", "6"));
    check(&[row]);
}

#[test]
fn what_is_told() {
    for (text, change, line, old, new) in [
        ("A=1\nB=2 # x\n", set("B", "3"), 2, Some("2"), "3"),
        ("A=1\r\nB=\"2\"\r\n", set("B", "3"), 2, Some("2"), "3"),
        ("A=1\rB='2'", set("B", "3 4"), 2, Some("2"), "3 4"),
        ("A=\"x\ny\"\nB=\"a\\\"\nb\"\n", set("B", "3"), 3, Some("a\\\"\nb"), "3"),
        ("A=1\nB=\n", set("B", "3"), 2, Some(""), "3"),
        ("A=1\nB\n", set("B", "3"), 2, None, "3"),
        ("A=1\n\nC=\"x\ny\"", rename("C", "D"), 3, Some("C"), "D"),
    ] {
        let planned = plan(text, Version::V5, &change).unwrap();
        assert_eq!(
            (planned.line, planned.old.as_deref(), &*planned.new),
            (line, old, new),
            "{text:?} {change:?}"
        );
    }
}
