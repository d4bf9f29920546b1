//! One expression of every kind.

use super::check_exprs;

#[test]
fn literals() {
    check_exprs(&[
        ("null", "null"),
        ("NULL", "null"),
        ("\\null", "null"),
        ("True", "true"),
        ("\\FALSE", "false"),
        ("1_000", "1000"),
        ("0x1F", "31"),
        ("0b11", "3"),
        ("017", "15"),
        ("0o17", "15"),
        ("9223372036854775807", "9223372036854775807"),
        ("9223372036854775808", "9.223372036854776e18"),
        ("1.5", "1.5"),
        (".5e3", "500.0"),
        ("'a'", "\"a\""),
        ("__DIR__ . __FILE__", "(__Dir__ Concat __File__)"),
        ("__line__", "__Line__"),
        ("__CLASS__ . __FUNCTION__", "(__Class__ Concat __Function__)"),
        ("__METHOD__ . __TRAIT__", "(__Method__ Concat __Trait__)"),
    ]);
}

#[test]
fn arrays_and_patterns() {
    check_exprs(&[
        ("[]", "[]"),
        ("array(1, 'a' => 2,)", "[1, \"a\" => 2]"),
        ("[...$a, 'b' => [true]]", "[...$a, \"b\" => [true]]"),
        ("[&$a, 'k' => &$b]", "[<a reference in an array>, \"k\" => <a reference in an array>]"),
        ("[, $a] = $b", "([_, $a] Set $b)"),
        ("list($a, , list('k' => $b)) = $c", "([$a, _, [\"k\" => $b]] Set $c)"),
        ("$a['x'][0]", "$a[\"x\"][0]"),
        ("$a[] = 1", "($a[] Set 1)"),
        ("[1, 2][0]", "[1, 2][0]"),
        ("'abc'[0]", "\"abc\"[0]"),
    ]);
}

#[test]
fn operators() {
    check_exprs(&[
        ("1 + 2 * 3", "(1 Add (2 Mul 3))"),
        ("(1 + 2) * 3", "((1 Add 2) Mul 3)"),
        ("1 - 2 - 3", "((1 Sub 2) Sub 3)"),
        ("8 / 2 % 3", "((8 Div 2) Mod 3)"),
        ("2 ** 3 ** 2", "(2 Pow (3 Pow 2))"),
        ("-2 ** 2", "(Minus (2 Pow 2))"),
        ("'a' . 1 . 'b'", "((\"a\" Concat 1) Concat \"b\")"),
        ("'a' . ('b' . 'c')", "(\"a\" Concat (\"b\" Concat \"c\"))"),
        ("'a' . 1 + 2", "(\"a\" Concat (1 Add 2))"),
        ("$a == 1 and $b != 2", "(($a Equal 1) And ($b NotEqual 2))"),
        ("$a === 1 || $b !== 2 && $c", "(($a Identical 1) Or (($b NotIdentical 2) And $c))"),
        ("$a <> 1 or $b", "(($a NotEqual 1) Or $b)"),
        ("$a xor $b", "($a Xor $b)"),
        ("1 < 2", "(1 Less 2)"),
        ("1 <= 2", "(1 LessOrEqual 2)"),
        ("1 > 2", "(1 Greater 2)"),
        ("1 >= 2", "(1 GreaterOrEqual 2)"),
        ("1 <=> 2", "(1 Spaceship 2)"),
        ("1 & 2 | 3 ^ 4", "((1 BitAnd 2) BitOr (3 BitXor 4))"),
        ("1 << 2 >> 3", "((1 ShiftLeft 2) ShiftRight 3)"),
        ("!$a", "(Not $a)"),
        ("+$a", "(Plus $a)"),
        ("~$a", "(BitNot $a)"),
        ("$a++", "($a +1)"),
        ("--$a", "(-1 $a)"),
        ("$a ? 1 : 2", "($a ? 1 : 2)"),
        ("$a ?: 2", "($a ?  : 2)"),
        ("$a ?? $b ?? 1", "($a ?? ($b ?? 1))"),
        ("$a instanceof B", "($a InstanceOf B::class)"),
        ("$a instanceof $b", "($a InstanceOf $b)"),
        ("1 |> strlen(...)", "(1 Pipe strlen(...))"),
        ("@$a", "@$a"),
    ]);
}

#[test]
fn assignments_and_casts() {
    check_exprs(&[
        ("$a = $b = 1", "($a Set ($b Set 1))"),
        ("$a = &$b", "($a Reference $b)"),
        ("$a ??= 1", "($a Coalesce 1)"),
        ("$a .= 'x'", "($a With(Concat) \"x\")"),
        ("$a += 1", "($a With(Add) 1)"),
        ("$a -= 1", "($a With(Sub) 1)"),
        ("$a *= 1", "($a With(Mul) 1)"),
        ("$a /= 1", "($a With(Div) 1)"),
        ("$a %= 1", "($a With(Mod) 1)"),
        ("$a **= 1", "($a With(Pow) 1)"),
        ("$a &= 1", "($a With(BitAnd) 1)"),
        ("$a |= 1", "($a With(BitOr) 1)"),
        ("$a ^= 1", "($a With(BitXor) 1)"),
        ("$a <<= 1", "($a With(ShiftLeft) 1)"),
        ("$a >>= 1", "($a With(ShiftRight) 1)"),
        ("(int) $a", "(Int) $a"),
        ("(integer) $a", "(Int) $a"),
        ("(double) $a", "(Float) $a"),
        ("(string) $a", "(Str) $a"),
        ("(boolean) $a", "(Bool) $a"),
        ("(array) $a", "(Array) $a"),
        ("(object) ['a' => 1]", "(Object) [\"a\" => 1]"),
    ]);
}

#[test]
fn calls_and_members() {
    check_exprs(&[
        ("env('A', false)", "env(\"A\", false)"),
        ("Env('A')", "Env(\"A\")"),
        ("f(...$a)", "f(...$a)"),
        ("f(1, name: 2)", "f(1, name: 2)"),
        ("f(...)", "f(...)"),
        ("A::f(...)", "<a first class callable>"),
        ("$a->f(...)", "<a first class callable>"),
        ("$f(1)", "{$f}(1)"),
        ("(fn () => 1)()", "{fn () {return 1;}}()"),
        ("'f'(1)", "{\"f\"}(1)"),
        ("A::b(1)", "A::b(1)"),
        ("$a::b()", "{$a}::b()"),
        ("$a->b(1)->c", "$a->b(1)->c"),
        ("$a?->b()?->c", "$a?->b()?->c"),
        ("A::B", "A::B"),
        ("A::CLASS", "A::class"),
        ("$a::class", "{$a}::class"),
        ("A::$b", "A::$b"),
        ("new A", "new A()"),
        ("new \\A\\B(1)", "new A\\B(1)"),
        ("new $a", "new {$a}()"),
        ("new ('A' . 'B')", "new {(\"A\" Concat \"B\")}()"),
        ("new class(1) extends A {}", "new Class  extends A {}(1)"),
        ("(new A)->b", "new A()->b"),
        ("new A()->b", "new A()->b"),
        ("$a->$b", "<a property named by a value>"),
        ("$a->{'b'}()", "<a call of a method named by a value>"),
        ("A::$f()", "<a call of a method named by a value>"),
        ("A::{'f'}()", "<a call of a method named by a value>"),
        ("A::$$b", "<a property named by a value>"),
        ("A::{$b}", "<a class constant named by a value>"),
    ]);
}

#[test]
fn functions() {
    check_exprs(&[
        ("fn ($a, &$b, ...$c) => $a", "fn ($a, &$b, ...$c) {return $a;}"),
        ("static fn (?int $a = 1): int => $a", "static fn ($a = 1) {return $a;}"),
        ("function () use ($a, &$b) { return $a; }", "function () use ($a, &$b) {return $a;}"),
        ("static function () {}", "static function () {}"),
        ("#[A(1)] fn () => 1", "fn () {return 1;}"),
    ]);
}

#[test]
fn constructs() {
    check_exprs(&[
        ("isset($a, $b['c'])", "isset($a, $b[\"c\"])"),
        ("empty($a)", "empty($a)"),
        ("require __DIR__ . '/a.php'", "include((__Dir__ Concat \"/a.php\"))"),
        ("include_once 'a'", "include_once(\"a\")"),
        ("match ($a) { 1, 2 => 'x', default => 'y' }", "match $a {1, 2 => \"x\";  => \"y\"}"),
        ("match (true) {}", "match true {}"),
        ("$a ?? throw new E", "($a ?? throw new E())"),
        ("exit(1)", "exit"),
        ("die", "exit"),
        ("clone $a", "<clone>"),
        ("clone($a, ['b' => 1])", "<clone>"),
        ("print 'a'", "<print>"),
        ("eval('1')", "<eval>"),
        ("`ls $a`", "<a shell command>"),
        ("$$a", "<a variable variable>"),
        ("${'a'}", "<a variable variable>"),
        ("function () { yield 1; yield from f(); }", "function () {<yield>; <yield>;}"),
    ]);
}
