//! The grammar of version 5, rule by rule.

use super::check;
use crate::parse::dotenv::Version;

#[test]
fn lines_and_comments() {
    check(
        Version::V5,
        &[
            ("", &[]),
            ("\n\r\n \t\n", &[]),
            ("A=1", &["A=1"]),
            ("A=1\r\nB=2\rC=3\n", &["A=1", "B=2", "C=3"]),
            ("\u{feff}A=1", &["A=1"]),
            ("\u{feff}\u{feff}A=1", &["!"]),
            ("# note\n  # note\n\t#A=1", &[]),
            ("; note", &["!"]),
            ("A=one#two", &["A=one"]),
            ("A=#fff", &["A="]),
            ("A= # note", &["A="]),
            ("A=\"#fff\" # note", &["A=#fff"]),
            ("A='x'#note", &["A=x"]),
            ("\0A\0=\0x\0", &["A=x"]),
            ("A=x\0y", &["A=x\0y"]),
            ("A=\u{a0}x", &["A=\u{a0}x"]),
        ],
    );
}

#[test]
fn names() {
    check(
        Version::V5,
        &[
            ("a.B_9=1", &["a.B_9=1"]),
            ("9=1", &["9=1"]),
            ("'AB'=1\n\"CD\"=2", &["AB=1", "CD=2"]),
            ("\"A=1", &["!"]),
            ("export AB=1", &["AB=1"]),
            ("export\t \u{b}AB=1", &["AB=1"]),
            ("export 'A'=1", &["A=1"]),
            ("exportAB=1", &["exportAB=1"]),
            // The whole must be longer than eight characters.
            ("export A=1", &["!"]),
            ("export=1", &["export=1"]),
            ("export export AB=1", &["!"]),
            ("\u{416}\u{e9}=1", &["\u{416}\u{e9}=1"]),
            // Letters without case are not accepted, combining marks and numbers are.
            ("\u{884c}=1", &["!"]),
            ("e\u{301}\u{b2}=1", &["e\u{301}\u{b2}=1"]),
            ("A-B=1", &["!"]),
            ("A B=1", &["!"]),
            ("=1", &["!"]),
            ("A+=1", &["!"]),
        ],
    );
}

#[test]
fn names_without_a_value() {
    check(
        Version::V5,
        &[
            ("A", &["A"]),
            ("export AB", &["AB"]),
            // Nothing is trimmed when there is no `=`.
            (" A", &["!"]),
            ("A ", &["!"]),
            ("A=1\nA\nB=${A}", &["A", "B=${A}"]),
            ("A\nA=1", &["A=1"]),
        ],
    );
}

#[test]
fn values_without_quotes() {
    check(
        Version::V5,
        &[
            ("A=", &["A="]),
            ("A = \t x \t", &["A=x"]),
            ("A=b=c==", &["A=b=c=="]),
            ("A=it's", &["A=it's"]),
            ("A=x\"y\"z", &["A=x\"y\"z"]),
            ("A=\\n\\", &["A=\\n\\"]),
            ("A=x y", &["!"]),
            ("A=x\u{c}y", &["!"]),
            // A form feed is not trimmed, and a run of whitespace is one token.
            ("A=\u{c} \u{c}x", &["A=\u{c} \u{c}x"]),
            ("A=\u{c}#", &["A=\u{c}"]),
        ],
    );
}

#[test]
fn quoted_values() {
    check(
        Version::V5,
        &[
            ("A=\"\"\nB=''", &["A=", "B="]),
            ("A=\" x # y \"", &["A= x # y "]),
            ("A=\"\\\"\\\\\\$\\n\\r\\t\\f\\v.\"", &["A=\"\\$\n\r\t\u{c}\u{b}."]),
            ("A=\"\\q\"", &["!"]),
            ("A='\\n\\\\'", &["A=\\n\\\\"]),
            ("A='it\\'s'", &["!"]),
            ("A='\"x\"'\nB=\"'y'\"", &["A=\"x\"", "B='y'"]),
            ("A=\"x\" y", &["!"]),
            ("A=\"x\"\"y\"", &["!"]),
            ("A='x", &["!"]),
            ("A= \"x", &["!"]),
        ],
    );
}

#[test]
fn several_lines() {
    check(
        Version::V5,
        &[
            ("A=\"x\ny\"", &["A=x\ny"]),
            ("A=\"x\r\ny\rz\"\r\nB=2", &["A=x\ny\nz", "B=2"]),
            ("A=\"x\n\"\nB=2", &["A=x\n", "B=2"]),
            ("A=\"x\n\n#y\\\"\nz\" # note\nB=2", &["A=x\n\n#y\"\nz", "B=2"]),
            ("A=\"x\nlast=\"\nB=2", &["A=x\nlast=", "B=2"]),
            ("A=\"x\n\\\\\\\"y\nz\\\\\"\n", &["A=x\n\\\"y\nz\\"]),
            // Never closed: everything from here on is dropped, without an error.
            ("A=1\nB=\"x\nC=3\n", &["A=1"]),
            // Only right after `=`, and only double quotes.
            ("A= \"x\ny\"", &["!"]),
            ("A='x\ny'", &["!"]),
            // A comment that opens a value hides the lines up to its end.
            ("#A=\"x\nB=2\nC=\"3\"\nD=4", &["D=4"]),
            // `="` in a value without quotes does the same.
            ("A=b=\"x\nB=2\"", &["!"]),
        ],
    );
}

#[test]
fn references() {
    check(
        Version::V5,
        &[
            ("A=x\nB=${A}y\nC=\"<${B}>\"\nD='${A}'", &["A=x", "B=xy", "C=<xy>", "D=${A}"]),
            ("B=${A}\nA=x", &["B=${A}", "A=x"]),
            ("A=${A}", &["A=${A}"]),
            ("A=1\nA=${A}2", &["A=12"]),
            ("A=x\nB=$A\nC={$A}\nD=${A", &["A=x", "B=$A", "C={$A}", "D=${A"]),
            ("A=x\nB=${A:-y}\nC=${ A}\nD=${}", &["!"]),
            ("A=x\nB=${A:-y}\nD=${}", &["A=x", "B=${A:-y}", "D=${}"]),
            ("a.b=x\nB=${a.b}", &["a.b=x", "B=x"]),
            ("\u{416}=x\nB=${\u{416}}", &["\u{416}=x", "B=${\u{416}}"]),
            ("A=x\nB=\"\\${A}\"", &["A=x", "B=${A}"]),
            // From right to left: what a reference gives may complete another one.
            ("A=B\nB=c\nC=${${A}}", &["A=B", "B=c", "C=c"]),
            ("A={B}\nB=c\nC=$${A}", &["A={B}", "B=c", "C=c"]),
            ("A=}\nB=c\nC=${B${A}", &["A=}", "B=c", "C=c"]),
            // But a value is not read again, and an escaped `$` stays.
            ("A='${B}'\nB=2\nC=${A}", &["A=${B}", "B=2", "C=${B}"]),
            ("A={B}\nB=c\nC=\"\\$${A}\"", &["A={B}", "B=c", "C=${B}"]),
            ("A=x #${OUT}\nB=${OUT}", &["A=x", "B=side"]),
        ],
    );
}
