//! One statement of every kind.

use super::{check, render, valid};

#[test]
fn flow() {
    check(&[
        ("return;", "return;"),
        ("f();", "f();"),
        ("throw $e;", "throw $e;"),
        ("echo 1, 'a';", "echo 1, \"a\";"),
        ("print 'a';", "echo \"a\";"),
        (";", "-"),
        ("{ f(); }", "{f();}"),
        ("if ($a) f();", "if $a {f();} else {}"),
        (
            "if ($a) { f(); } elseif ($b) g(); else if ($c) { h(); } else { i(); }",
            "if $a {f();} if $b {g();} if $c {h();} else {i();}",
        ),
        ("if ($a): f(); elseif ($b): g(); else: h(); endif;", "if $a {f();} if $b {g();} else {h();}"),
        ("if ($a) { f(); } else { if ($b) g(); }", "if $a {f();} else {if $b {g();} else {}}"),
        ("switch ($a) { case 1: f(); break; default: }", "switch $a {1 {f(); break 1;} default {}}"),
        ("switch ($a): case 1: endswitch;", "switch $a {1 {}}"),
        (
            "try { f(); } catch (A | B $e) { g(); } catch (C) {}",
            "try {f();} catch $e {g();} catch {} finally {}",
        ),
        ("try {} finally { f(); }", "try {} finally {f();}"),
        ("goto a; a: f();", "<goto> - f();"),
        ("f(); __halt_compiler(); anything 'at all", "f(); -"),
    ]);
}

#[test]
fn loops() {
    check(&[
        ("foreach ($a as $b) f();", "foreach ($a as $b) {f();}"),
        ("foreach ($a as $k => &$b) { f(); }", "foreach ($a as $k => &$b) {f();}"),
        (
            "foreach ($a as ['x' => $b, 'y' => $c]): endforeach;",
            "foreach ($a as [\"x\" => $b, \"y\" => $c]) {}",
        ),
        ("foreach ($a as [, $b]);", "foreach ($a as [_, $b]) {-}"),
        ("while ($a) { break 1; }", "loop (; $a; ) {break 1;}"),
        ("while ($a) while ($b) { continue 2; }", "loop (; $a; ) {loop (; $b; ) {continue 2;}}"),
        (
            "for ($i = 0, $j = 1; $i < 2; $i++) f();",
            "loop (($i Set 0), ($j Set 1); ($i Less 2); ($i +1)) {f();}",
        ),
        ("for (;;) {}", "loop (; ; ) {}"),
        ("do { f(); } while ($a);", "do-loop (; $a; ) {f();}"),
    ]);
}

#[test]
fn declarations() {
    check(&[
        (
            "function f(int $a = 1, string ...$b): ?int { return $a; }",
            "function f($a = 1, ...$b) {return $a;}",
        ),
        ("const A = 1, B = A . 'b';", "const A = 1, B = (A Concat \"b\");"),
        ("function f() { global $a, $b; }", "function f() {global $a, $b;}"),
        ("function f() { global $$a; }", "function f() {<a variable variable>}"),
        ("function f() { static $a, $b = 1; }", "function f() {static $a, $b = 1;}"),
        ("unset($a, $b['c']);", "unset($a, $b[\"c\"]);"),
        ("declare(strict_types=1); f();", "- f();"),
        ("declare(ticks=1) { f(); }", "{f();}"),
        ("(void) f();", "(Null) f();"),
    ]);
}

#[test]
fn text_around_php() {
    let cases = [
        ("", ""),
        ("plain", "echo \"plain\";"),
        ("<p>\n<?php f();", "echo \"<p>\\n\"; f();"),
        ("<?php f() ?>\n<b>", "f(); echo \"<b>\";"),
        ("a<?= 1, 2 ?>b", "echo \"a\"; echo 1, 2; echo \"b\";"),
        ("\u{feff}<?php f();", "echo \"\\u{feff}\"; f();"),
        ("<?xml version=\"1.0\"?>", "echo \"<?xml version=\\\"1.0\\\"?>\";"),
        ("<? f(); ?>", "<a short open tag>"),
        ("#!/usr/bin/env php\n<?php f();", "f();"),
    ];
    for (text, expected) in cases {
        assert_eq!(render::statements(&valid(text).statements), expected, "{text}");
    }
}
