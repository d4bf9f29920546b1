//! Classes, interfaces, traits and enums.

use super::check;

#[test]
fn classes() {
    check(&[
        (
            "namespace N; abstract class A extends B implements C, \\D { use T, U { T::f insteadof U; } }",
            "- Class N\\A extends N\\B implements N\\C, D {use N\\T; use N\\U;}",
        ),
        (
            "final class A { public const int B = 1, C = self::B; private static ?int $d = 2; var $e, $f = 'x'; }",
            "Class A {const B = 1; const C = self::B; static $d = 2; $e; $f = \"x\";}",
        ),
        (
            "abstract class A { abstract function f($a); public static function g(): void { h(); } }",
            "Class A {function f($a) {} static function g() {h();}}",
        ),
        (
            "class A { function __construct(private int $a = 1, $b, public readonly array $c = []) { f(); } }",
            "Class A {$a; $c; function __construct($a = 1, $b, $c = []) \
             {($this->a Set $a); ($this->c Set $c); f();}}",
        ),
        (
            "class A { public string $a = 'x' { get => $this->a . '!'; } }",
            "Class A {$a = <a property hook>;}",
        ),
        (
            "interface A extends B, C { const D = 1; function f(); }",
            "Interface A implements B, C {const D = 1; function f() {}}",
        ),
        ("trait A { public $b = 1; function f() {} }", "Trait A {$b = 1; function f() {}}"),
        ("enum A { case B; case C; const D = self::B; }", "Enum A {const D = self::B; case B; case C;}"),
        (
            "enum A: string implements B { case C = 'c'; use T; static function f() {} }",
            "Enum A implements B {use T; case C = \"c\"; static function f() {}}",
        ),
        (
            "$a = new class { public $b = 1; function f() {} };",
            "($a Set new Class  {$b = 1; function f() {}}());",
        ),
    ]);
}
