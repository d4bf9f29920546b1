//! Lines that are added.

use super::{ALL, below, check, empty, set};
use crate::parse::dotenv::Version;
use crate::parse::dotenv::edit::plan;

const D: &str = "SESSION_DRIVER";

#[test]
fn below_kin() {
    let after_lifetime = "A=1\nSESSION_LIFETIME=120\nSESSION_DRIVER=redis\nB=2\n";
    check(&[
        // The longest prefix up to an underscore; the last of those that share it.
        ("A=1\nSESSION_LIFETIME=120\nB=2\n", set(D, "redis"), after_lifetime, ALL),
        (
            "SESSION_A=1\nB=2\nSESSION_C=3\nD=4\n",
            set(D, "redis"),
            "SESSION_A=1\nB=2\nSESSION_C=3\nSESSION_DRIVER=redis\nD=4\n",
            ALL,
        ),
        (
            "DB_REDIS_HOST=1\nDB_HOST=2\n",
            set("DB_REDIS_PORT", "3"),
            "DB_REDIS_HOST=1\nDB_REDIS_PORT=3\nDB_HOST=2\n",
            ALL,
        ),
        ("SESSIONS_A=1\nB=2\n", set(D, "redis"), "SESSIONS_A=1\nB=2\nSESSION_DRIVER=redis\n", ALL),
        ("_A=1\nB=2\n", set("_C", "3"), "_A=1\nB=2\n_C=3\n", ALL),
        // The first kin that is there, wherever the others stand.
        (
            "C=1\nB=2\nSESSION_A=3\nD=4\n",
            below(&["X", "B", "D"], D, "redis"),
            "C=1\nB=2\nSESSION_DRIVER=redis\nSESSION_A=3\nD=4\n",
            ALL,
        ),
        (
            "B=1\nC=2\nB=3\nD=4\n",
            below(&["B"], D, "redis"),
            "B=1\nC=2\nB=3\nSESSION_DRIVER=redis\nD=4\n",
            ALL,
        ),
        // One that is commented out is the best.
        (
            "# SESSION_DRIVER=file\nA=1\nSESSION_A=3\nD=4\n",
            below(&["D"], D, "redis"),
            "# SESSION_DRIVER=file\nSESSION_DRIVER=redis\nA=1\nSESSION_A=3\nD=4\n",
            ALL,
        ),
        (
            "#SESSION_DRIVER=\r\nSESSION_A=3\r\n",
            set(D, "redis"),
            "#SESSION_DRIVER=\r\nSESSION_DRIVER=redis\r\nSESSION_A=3\r\n",
            ALL,
        ),
        (
            "## export SESSION_DRIVER = x\n#SESSION_DRIVER=y\nA=1",
            set(D, "redis"),
            "## export SESSION_DRIVER = x\n#SESSION_DRIVER=y\nSESSION_DRIVER=redis\nA=1",
            ALL,
        ),
        (
            "# the SESSION_DRIVER=x is\n# SESSION_DRIVER\nSESSION_A=1\nB=2\n",
            set(D, "redis"),
            "# the SESSION_DRIVER=x is\n# SESSION_DRIVER\nSESSION_A=1\nSESSION_DRIVER=redis\nB=2\n",
            ALL,
        ),
        // Below the whole row.
        (
            "SESSION_A=\"x\ny\"\nB=2\n",
            set(D, "redis"),
            "SESSION_A=\"x\ny\"\nSESSION_DRIVER=redis\nB=2\n",
            ("3", "6"),
        ),
        (
            "SESSION_A=\"x\r\n#SESSION_DRIVER=y\r\nz\" # z\r\nB=2\r\n",
            set(D, "redis"),
            "SESSION_A=\"x\r\n#SESSION_DRIVER=y\r\nz\" # z\r\nSESSION_DRIVER=redis\r\nB=2\r\n",
            ("3", "6"),
        ),
        (
            "#SESSION_DRIVER=\"x\ny\"\nB=2\n",
            set(D, "redis"),
            "#SESSION_DRIVER=\"x\ny\"\nSESSION_DRIVER=redis\nB=2\n",
            ("3", "6"),
        ),
        (
            "SESSION_A=1\nB=\"x\nC=2\n",
            set(D, "redis"),
            "SESSION_A=1\nSESSION_DRIVER=redis\nB=\"x\nC=2\n",
            ("3", "6"),
        ),
        (
            "export SESSION_A = 1 # x\nB=2\n",
            set(D, "redis"),
            "export SESSION_A = 1 # x\nSESSION_DRIVER=redis\nB=2\n",
            ALL,
        ),
        // The line end of the neighbour.
        ("SESSION_A=1\r\nB=2\n", set(D, "redis"), "SESSION_A=1\r\nSESSION_DRIVER=redis\r\nB=2\n", ALL),
        ("SESSION_A=1\rB=2\r", set(D, "redis"), "SESSION_A=1\rSESSION_DRIVER=redis\rB=2\r", ALL),
        ("B=1\r\nSESSION_A=2", set(D, "redis"), "B=1\r\nSESSION_A=2\r\nSESSION_DRIVER=redis", ALL),
        ("B=1\rSESSION_A=2", set(D, "redis"), "B=1\rSESSION_A=2\rSESSION_DRIVER=redis", ALL),
        ("SESSION_A=2", set(D, "two words"), "SESSION_A=2\nSESSION_DRIVER=\"two words\"", ALL),
    ]);
}

#[test]
fn at_the_end() {
    check(&[
        ("", set(D, "redis"), "SESSION_DRIVER=redis\n", ALL),
        ("\u{feff}", set(D, "redis"), "\u{feff}SESSION_DRIVER=redis\n", ("5.4", "6")),
        ("\u{feff}A=1\r\n", set(D, "redis"), "\u{feff}A=1\r\nSESSION_DRIVER=redis\r\n", ("5.4", "6")),
        ("A=1\n", set(D, "redis"), "A=1\nSESSION_DRIVER=redis\n", ALL),
        ("A=1", set(D, "redis"), "A=1\nSESSION_DRIVER=redis", ALL),
        ("A=1\r\nB=2", set(D, "redis"), "A=1\r\nB=2\r\nSESSION_DRIVER=redis", ALL),
        ("A=1\r", set(D, "redis"), "A=1\rSESSION_DRIVER=redis\r", ALL),
        ("A=1\r\n\r\n", set(D, "redis"), "A=1\r\n\r\nSESSION_DRIVER=redis\r\n", ALL),
        ("A=1\n  ", set(D, "redis"), "A=1\n  \nSESSION_DRIVER=redis", ALL),
        ("# note\n", set(D, "redis"), "# note\nSESSION_DRIVER=redis\n", ALL),
        ("# note\n\n# another", set(D, "redis"), "# note\n\n# another\nSESSION_DRIVER=redis", ALL),
        ("\n\n", set(D, "redis"), "\n\nSESSION_DRIVER=redis\n", ALL),
        ("A=\"x\ny\"", set(D, "redis"), "A=\"x\ny\"\nSESSION_DRIVER=redis", ("3", "6")),
        ("#A=\"x\nB=2\"\n", set(D, "redis"), "#A=\"x\nB=2\"\nSESSION_DRIVER=redis\n", ("3", "6")),
        ("A=1\n", set("B", "0"), "A=1\nB=\"0\"\n", ("1", "2")),
        ("A=1\n", set("B", ""), "A=1\nB=\n", ALL),
    ]);
}

#[test]
fn for_people_to_fill_in() {
    check(&[
        (
            "A=1\nREDIS_DB=0\nB=2\n",
            empty(&["REDIS_HOST", "REDIS_PORT"], "the shared Redis", &[]),
            "A=1\nREDIS_DB=0\n# the shared Redis\nREDIS_HOST=\nREDIS_PORT=\nB=2\n",
            ALL,
        ),
        ("A=1\r\nB=2", empty(&["X", "Y"], "fill in", &["A"]), "A=1\r\n# fill in\r\nX=\r\nY=\r\nB=2", ALL),
        ("A=1\r\nB=2", empty(&["X", "Y"], "fill in", &["B"]), "A=1\r\nB=2\r\n# fill in\r\nX=\r\nY=", ALL),
        ("A=1\rB=2\r", empty(&["X"], "fill in", &["A"]), "A=1\r# fill in\rX=\rB=2\r", ALL),
        // Those that are there stay out, even without a value.
        (
            "X=\nA=1\nY=2\n",
            empty(&["X", "Z", "Y", "Z"], "fill in", &["A"]),
            "X=\nA=1\n# fill in\nZ=\nY=2\n",
            ALL,
        ),
        (
            "#X=1\n#Y=2\n\nA=1\n",
            empty(&["Y", "X"], "fill in", &["A"]),
            "#X=1\n#Y=2\n# fill in\nY=\nX=\n\nA=1\n",
            ALL,
        ),
        ("", empty(&["X"], "fill in", &[]), "# fill in\nX=\n", ALL),
        ("A=1", empty(&["X"], "", &[]), "A=1\nX=", ALL),
    ]);
}

#[test]
fn what_is_told() {
    for (text, change, line, new) in [
        ("A_A=\"x\ny\"\r\nB=2\r\n", set("A_C", "3"), 3, "3"),
        ("A=1\nB=2", set("C", "3"), 3, "3"),
        ("A=1\rB=2\r", set("C", "3"), 3, "3"),
        ("", set("C", "3"), 1, "3"),
        ("A=1\nB=2\n", empty(&["C", "D"], "note", &["A"]), 2, "# note\nC=\nD="),
    ] {
        let planned = plan(text, Version::V5, &change).unwrap();
        assert_eq!((planned.line, planned.old, &*planned.new), (line, None, new), "{text:?} {change:?}");
    }
    // The last line ends in a `\r` that version 2 takes as part of it: the new line end does not count twice.
    assert_eq!(plan("A=1\nB=2\r", Version::V2, &set("C", "3")).unwrap().line, 3);
}
