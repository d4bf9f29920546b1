//! No text is too deep to parse, to walk or to drop, on the stack that a thread has by default.

use super::{parse, render};
use crate::parse::php::with_deep_stack;

/// What opens, and what closes again.
const NESTS: &[(&str, &str)] = &[
    ("(", ")"),
    ("[", "]"),
    ("array(", ")"),
    ("!", ""),
    ("- ", ""),
    ("@", ""),
    ("(int)", ""),
    ("fn () => ", ""),
    ("static fn () => ", ""),
    ("function () { return ", "; }"),
    ("1 ? ", " : 2"),
    ("1 ? 2 : (", ")"),
    ("$a ?? ", ""),
    ("$a = ", ""),
    ("2 ** ", ""),
    ("new class { function f() { return ", "; } }"),
    ("new class { public $a { get => ", "; } }"),
    ("new class(", ") {}"),
    ("#[A(", ")] fn () => 1"),
    ("fn (#[A(", ")] $x) => 1"),
    ("fn ($x = ", ") => 1"),
    ("f(", ")"),
    ("$a[", "]"),
    ("match (1) { 1 => ", " }"),
    ("\"{$a[", "]}\""),
    ("\"${", "}\""),
    ("`{$a[", "]}`"),
    ("print ", ""),
    ("clone ", ""),
    ("throw ", ""),
    ("include ", ""),
];

#[test]
fn nested_expressions() {
    for (open, close) in NESTS {
        for text in [
            format!("<?php $x = {}1{};", open.repeat(10_000), close.repeat(10_000)),
            format!("<?php $x = {}", open.repeat(10_000)),
        ] {
            assert!(!parse(&text).errors.is_empty(), "{open}");
        }
    }
}

#[test]
fn nested_statements() {
    let nests = [
        ("{", "}"),
        ("if (1) ", ";"),
        ("if (1) {", "}"),
        ("while (1) ", ";"),
        ("foreach ($a as $b) {", "}"),
        ("switch (1) { case 1: ", "}"),
        ("try {", "} finally {}"),
        ("function f() {", "}"),
    ];
    for (open, close) in nests {
        let text = format!("<?php {}{}", open.repeat(10_000), close.repeat(10_000));
        assert!(!parse(&text).errors.is_empty(), "{open}");
    }
}

#[test]
fn long_chains() {
    let refused = ["1 + ", "1 - ", "1 * "];
    for link in refused {
        let text = format!("<?php $x = {}1;", link.repeat(5_000));
        assert_eq!(parse(&text).errors.len(), 1, "{link}");
    }
    for link in ["->b()", "->b", "?->b", "[1]", "()", "::$b"] {
        let text = format!("<?php $x = $a{};", link.repeat(5_000));
        assert_eq!(parse(&text).errors.len(), 1, "{link}");
    }
    for link in ["1 + ", "'a' . "] {
        let text = format!("<?php const X = {}1; class A {{ const B = {0}1; }}", link.repeat(5_000));
        drop(parse(&text));
    }
}

#[test]
fn long_chains_of_one_kind_are_kept() {
    for (link, op) in [("'a' . ", "Concat"), ("$a && ", "And"), ("$a or ", "Or"), ("('a') . ", "Concat")] {
        let file = parse(&format!("<?php return {}'z';", link.repeat(50_000)));
        assert!(file.errors.is_empty(), "{link}: {:?}", file.errors);
        let rendered = render::statements(&file.statements);
        assert_eq!(rendered.matches(op).count(), 50_000, "{link}");
        assert!(rendered.ends_with(&format!("{op} \"z\"){};", ")".repeat(trailing(&rendered)))), "{link}");
    }
}

/// How many `)` are before the last `);`.
fn trailing(rendered: &str) -> usize {
    rendered.trim_end_matches(';').len() - rendered.trim_end_matches([';', ')']).len() - 1
}

#[test]
fn a_long_chain_keeps_its_order() {
    let operands: Vec<_> = (0..100).map(|number| format!("'{number}'")).collect();
    let file = super::valid(&format!("<?php return {};", operands.join(" . ")));
    let rendered = render::statements(&file.statements);
    let numbers: Vec<_> = rendered.split('"').filter_map(|word| word.parse::<u32>().ok()).collect();
    assert_eq!(numbers, (0..100).collect::<Vec<_>>());
}

#[test]
fn depth_below_the_limit_is_kept() {
    let file = super::valid(&format!("<?php return {}1{};", "[".repeat(200), "]".repeat(200)));
    assert_eq!(render::statements(&file.statements).matches('[').count(), 200);
    let file = super::valid(&format!("<?php return {}1{};", "(".repeat(400), ")".repeat(400)));
    assert_eq!(render::statements(&file.statements), "return 1;");
    let file = super::valid(&format!("<?php if (1) {{}} {}", "else if (1) { f(); } ".repeat(400)));
    assert_eq!(render::statements(&file.statements).matches("f()").count(), 400);
}

#[test]
fn what_is_too_deep_is_said() {
    let file = parse(&format!("<?php return {}1{};", "[".repeat(300), "]".repeat(300)));
    assert_eq!(file.errors.len(), 1);
    assert_eq!(file.errors[0].message, "nesting too deep");
    assert!(render::statements(&file.statements).contains("<nesting too deep>"));
}

#[test]
fn many_files_on_one_deep_stack() {
    let nested = format!("<?php return {}1{};", "[".repeat(10_000), "]".repeat(10_000));
    let counts = with_deep_stack(|| [parse(&nested).errors.len(), parse("<?php return 1;").errors.len()]);
    assert!(matches!(counts, Some([(1..), 0])), "{counts:?}");
}
