use crate::fix::diff::unified;
use crate::parse::dotenv::Version;

fn diff(old: &str, new: &str, shown: &[&str]) -> String {
    unified(".env", old, new, &Version::V5, &|name| shown.contains(&name))
}

/// The lines of a diff without its head.
fn lines(old: &str, new: &str, shown: &[&str]) -> String {
    diff(old, new, shown).lines().skip(3).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_difference_is_no_text() {
    assert_eq!(diff("A=1\n", "A=1\n", &[]), "");
    assert_eq!(diff("", "", &[]), "");
}

#[test]
fn hunks_have_three_lines_around_them() {
    let line = |number: i32| format!("N{number}=x\n");
    let old: String = (1..=30).map(line).collect();
    let new = old.replace("N5=x", "N5=y").replace("N20=x\n", "");
    let expected = "--- .env\n+++ .env\n\
        @@ -2,7 +2,7 @@\n N2=***\n N3=***\n N4=***\n-N5=x\n+N5=y\n N6=***\n N7=***\n N8=***\n\
        @@ -17,7 +17,6 @@\n N17=***\n N18=***\n N19=***\n-N20=***\n N21=***\n N22=***\n N23=***\n";
    assert_eq!(diff(&old, &new, &["N5"]), expected);
    assert_eq!(diff("", "A=1\n", &["A"]), "--- .env\n+++ .env\n@@ -0,0 +1 @@\n+A=1\n");
    assert_eq!(diff("A=1\n", "", &[]), "--- .env\n+++ .env\n@@ -1 +0,0 @@\n-A=***\n");
}

#[test]
fn values_are_masked_unless_shown() {
    for (line, hidden, shown) in [
        ("A=1", "A=***", "A=1"),
        ("A=", "A=***", "A="),
        ("  export AB = \"x y\"  ", "  export AB = ***", "  export AB = \"x y\""),
        ("A='x' # why", "A=***", "A='x' # ***"),
        ("A=x#y", "A=***", "A=x# ***"),
        ("A=redis://u:pw@host:1/0", "A=***", "A=redis://***@host:1/0"),
        ("A=\u{1b}[31m", "A=***", "A=\\u{1b}[31m"),
        ("A=\u{202e}x", "A=***", "A=\\u{202e}x"),
        ("\tA=1", "\tA=***", "\tA=1"),
    ] {
        let (old, new) = ("", format!("{line}\n"));
        assert_eq!(lines(old, &new, &[]), format!("+{hidden}"), "{line:?}");
        assert_eq!(lines(old, &new, &["A", "AB"]), format!("+{shown}"), "{line:?}");
        assert_eq!(lines(&new, old, &["A", "AB"]), format!("-{shown}"), "{line:?}");
    }
}

#[test]
fn what_is_no_plain_assignment_is_masked() {
    for line in
        ["A", "hunter2", "hunter two", "=hunter2", "MIIEvQIBADANBgkq==", "abcdefgh=", "hünter=2", "A B=1"]
    {
        assert_eq!(lines("", &format!("{line}\n"), &["A", line]), "+***", "{line:?}");
    }
    // Nothing is known of what follows an error.
    assert_eq!(lines("", "A=1\nhunter two\nB=2\n", &["A", "B"]), "+A=1\n+***\n+***");
}

#[test]
fn values_of_several_lines_are_masked_even_when_shown() {
    let old = "A=\"-----BEGIN\nline # two\nC=hunter2\n\n# hunter2\n-----END\"\nB=1\n";
    let all = "A=***\n***\n***\n***\n***\n***";
    let removed = all.lines().map(|line| format!("-{line}\n")).collect::<String>();
    assert_eq!(lines(old, "B=1\n", &["A", "B", "C"]), format!("{removed} B=1"));
    // Never closed: the rest of the file.
    assert_eq!(lines("", "B=1\nA=\"x\nC=hunter2\n# x\n", &["A", "B", "C"]), "+B=1\n+***\n+***\n+***");
    // A row that is an assignment by itself on one side only: before and after its opening quote came.
    let (old, new) = ("A=x\nC=hunter2\nD=\"\nB=1\n", "A=\"x\nC=hunter2\nD=\"\nB=1\n");
    assert_eq!(lines(old, new, &["A", "B", "C"]), "-A=x\n+A=***\n ***\n ***\n ***");
}

#[test]
fn of_comments_only_ours_are_shown() {
    let old = "# DB_PASSWORD=hunter2\n#hunter2\n#\nA=1 # moved\nTOKEN=tea\n";
    let context = " #\n A=1 # ***\n TOKEN=***";
    for (added, shown) in [
        ("# Sessions are shared", "# Sessions are shared"),
        ("  ## Sessions are shared", "  ## Sessions are shared"),
        ("# DB_HOST=secret", "# DB_HOST=***"),
        ("# see https://u:p@host/x", "# see https:***"),
        ("# hunter2", "# ***"),
        ("  #  DB_PASSWORD=hunter2 ", "  # ***"),
        ("# moved", "# ***"),
        ("# it was tea", "# ***"),
        ("#", "#"),
        ("# \u{1b}[2J", "# \\u{1b}[2J"),
    ] {
        let new = format!("{old}{added}\n");
        assert!(diff(old, &new, &["A"]).ends_with(&format!("TOKEN=***\n+{shown}\n")), "{added:?}");
        assert_eq!(lines(old, &format!("{old}B=2\n"), &["A"]), format!("{context}\n+B=***"));
    }
}

#[test]
fn a_comment_made_of_an_old_one_is_not_ours() {
    let old = "# key: hunter2\nA=1\n# other\n";
    assert_eq!(lines(old, "# key hunter2!\nA=1\n# other\n", &[]), "-# ***\n+# ***\n A=***\n # ***");
    // Of a row of a value, and of text that means nothing.
    let old = "A=\"x\nhunter2\"\n";
    assert_eq!(lines(old, "# hunter2!\nA=1\n", &[]), "-A=***\n-***\n+# ***\n+A=***");
    assert_eq!(lines("hunter2\n", "# hunter2!\n", &[]), "-***\n+# ***");
    // An assignment that is replaced by a comment and another one.
    assert_eq!(lines("A=1\nB=1\n", "# ours\nA=2\nB=1\n", &["A"]), "-A=1\n+# ours\n+A=2\n B=***");
}

#[test]
fn line_ends_are_compared_and_not_shown() {
    assert_eq!(lines("A=1\r\nB=2\r\n", "A=1\r\nB=3\r\n", &["A", "B"]), " A=1\n-B=2\n+B=3");
    assert_eq!(lines("A=1\r\n", "A=1\n", &["A"]), "-A=1\n+A=1");
    assert_eq!(lines("A=1\rB=2\r", "A=1\rB=3\r", &["B"]), " A=***\n-B=2\n+B=3");
    assert_eq!(
        lines("A=1", "A=2", &["A"]),
        "-A=1\n\\ No newline at end of file\n+A=2\n\\ No newline at end of file"
    );
    assert_eq!(lines("\u{feff}A=1\n", "\u{feff}A=2\n", &["A"]), "-A=1\n+A=2");
    // A file of old Mac lines, as phpdotenv 1 reads it: `\n` is a blank there, and the row starts before it.
    let mac = unified("x", "A=1\r \r\n C=2\r", "", &Version::V1, &|_| true);
    assert_eq!(mac.lines().skip(3).collect::<Vec<_>>(), ["-A=1", "-***", "-***"]);
    assert!(diff("", "A=1\n", &[]).lines().all(|line| !line.contains('\r')));
    assert!(unified("\u{1b}x", "", "A=1\n", &Version::V5, &|_| false).starts_with("--- \\u{1b}x\n"));
}

/// Every version, every line end, nothing of a secret: whatever a text is made of.
#[test]
fn no_secret_in_any_version() {
    const PIECES: &[&str] = &[
        "A=", "\"", "'", "\n", "\r\n", "\r", "#", " ", "=", "export ", "hunter/2", "\\", "${B}", "é",
        "\u{feff}", "B",
    ];
    let versions = [
        Version::V1,
        Version::new(2, 5, 0),
        Version::V2,
        Version::new(3, 3, 0),
        Version::V3,
        Version::V4,
        Version::V5,
    ];
    let mut seed: u64 = 7;
    let mut next = |bound: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % bound
    };
    for _ in 0..3000 {
        let old: String = (0..next(24)).map(|_| PIECES[next(PIECES.len())]).collect();
        let mut new = old.clone();
        let cut = next(new.len() + 1);
        if new.is_char_boundary(cut) {
            new.insert_str(cut, ["\nC=1\n", "# ", "\"", "\n"][next(4)]);
        }
        for version in &versions {
            let text = unified("x", &old, &new, version, &|_| false);
            let leak = text.lines().find(|line| line.contains("hunter/2"));
            assert_eq!(leak, None, "{version:?}\n{old:?}\n{new:?}");
            assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
        }
    }
}
