//! What PHP 8.2 itself makes of these literals.

use super::{check_exprs, render, valid};

#[test]
fn quoted() {
    check_exprs(&[
        (r"'a\'b\\c\n'", r#""a'b\\c\\n""#),
        (r#""a\n\t\\\$b\"\e""#, r#""a\n\t\\$b\"\u{1b}""#),
        (r#""\x41\101\u{e9}\u{1F600}\0""#, "\"AAé😀\\0\""),
        (r#""\q \X \' \u \8""#, r#""\\q \\X \\' \\u \\8""#),
        (r#""\400""#, r#""\0""#),
        (r#"b"\x41""#, r#""A""#),
        (r#""\xff""#, "<a string that is not UTF-8>"),
        (r#""\xc3\xa9""#, "\"é\""),
        (r#""\u{D800}""#, "<a string that is not UTF-8>"),
        (r#""\xff $a""#, "<a string that is not UTF-8>"),
        ("'é'", "\"é\""),
        ("\"a\nb\"", "\"a\\nb\""),
        ("\"a\r\nb\\\n\"", r#""a\r\nb\\\n""#),
    ]);
}

#[test]
fn interpolated() {
    check_exprs(&[
        (r#""a $b c""#, r#"join("a ", $b, " c")"#),
        (r#""$b""#, "join($b)"),
        (r#""{$a['b']}${c}""#, r#"join($a["b"], $c)"#),
        (
            r#""$a[b] $a[0] $a[-1] $a[$i] $a->b->c""#,
            r#"join($a["b"], " ", $a[0], " ", $a[-1], " ", $a[$i], " ", $a->b, "->c")"#,
        ),
        (r#""$a?->b {$a->f("x")}""#, r#"join($a?->b, " ", $a->f("x"))"#),
        (r#""${a['b']} ${'a'}""#, r#"join($a["b"], " ", <a variable variable>)"#),
        (r#""\{$a} {$b }\$c {$d} $ { }""#, r#"join("\\{", $a, "} ", $b, "$c ", $d, " $ { }")"#),
        (r#""\t{$a["\n"]}\"$b[0]\"${c}\\""#, r#"join("\t", $a["\n"], "\"", $b[0], "\"", $c, "\\")"#),
        (r#""$é\x41""#, r#"join($é, "A")"#),
        (r#""\u{$a}""#, "<a string of unclear parts>"),
    ]);
}

#[test]
fn heredocs() {
    let cases = [
        ("<<<A\nA", r#""""#),
        ("<<<A\n\nA", r#""""#),
        ("<<<A\na\n  b\nA", r#""a\n  b""#),
        ("<<<A\n    a\n      b\n\n    A", r#""a\n  b\n""#),
        ("<<<\"A\"\n\ta\n\tA", r#""a""#),
        ("<<< A\r\n  a\r\n  b\r\n  A", r#""a\r\nb""#),
        ("<<<A\na\\\"\\x41\\tb\nA", r#""a\\\"A\tb""#),
        ("<<<A\n  \\\n  b\n  A", r#""\\\nb""#),
        ("<<<A\n  a $b\n  {$c['d']} \\$e\n  A", r#"join("a ", $b, "\n", $c["d"], " $e")"#),
        ("<<<A\n  $b\n   c\n  A", r#"join($b, "\n c")"#),
        ("<<<A\n  a {$b->f(\"x\")}\\n\n  A", r#"join("a ", $b->f("x"), "\n")"#),
        ("<<<'A'\n  a\\n $b\n   c\n  A", r#""a\\n $b\n c""#),
        ("<<<'A'\nA", r#""""#),
        ("[<<<A\n  a\n  A, 'b']", r#"["a", "b"]"#),
        ("<<<A\n\\xff\nA", "<a string that is not UTF-8>"),
    ];
    for (php, expected) in cases {
        let file = valid(&format!("<?php return {php};"));
        assert_eq!(render::statements(&file.statements), format!("return {expected};"), "{php}");
    }
}
