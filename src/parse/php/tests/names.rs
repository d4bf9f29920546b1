//! Imports and namespaces.

use super::check;

#[test]
fn without_a_namespace() {
    check(&[
        ("use A\\B; B::c(); new B\\D; B\\f(); b::c();", "- A\\B::c(); new A\\B\\D(); A\\B\\f(); A\\B::c();"),
        ("use A\\B as C, D; C::x; D::x; B::x;", "- A\\B::x; D::x; B::x;"),
        ("use \\A\\B; B::x;", "- A\\B::x;"),
        ("use A\\{B, C as D, E\\F}; B::x; D::x; F::x;", "- A\\B::x; A\\C::x; A\\E\\F::x;"),
        ("use function A\\f; use const A\\G; f(); F(); G; g;", "- - A\\f(); A\\f(); A\\G; g;"),
        ("use function A\\{f, g as h}; f(); h(); g();", "- A\\f(); A\\g(); g();"),
        ("use A\\{function f, const G, H}; f(); G; H::x;", "- A\\f(); A\\G; A\\H::x;"),
        ("f(); \\f(); A\\f(); namespace\\f();", "f(); f(); A\\f(); f();"),
        ("use A\\B; B(); B;", "- B(); B;"),
    ]);
}

#[test]
fn in_a_namespace() {
    check(&[
        ("namespace N; f(); \\f(); A\\f(); namespace\\f();", "- N\\f|f(); f(); N\\A\\f(); N\\f();"),
        (
            "namespace N; X; \\X; A\\X; namespace\\X; PHP_EOL;",
            "- N\\X|X; X; N\\A\\X; N\\X; N\\PHP_EOL|PHP_EOL;",
        ),
        ("namespace N; f(...);", "- N\\f|f(...);"),
        ("namespace N; new A; A::class; \\A::x;", "- new N\\A(); N\\A::class; A::x;"),
        ("namespace N; true; NULL; namespace\\true;", "- true; null; N\\true;"),
        (
            "namespace N; function f() {} const C = 1; class D {}",
            "- function N\\f() {} const N\\C = 1; Class N\\D {}",
        ),
        ("namespace N; $a instanceof B;", "- ($a InstanceOf N\\B::class);"),
        ("namespace N\\M; __NAMESPACE__;", "- \"N\\\\M\";"),
        ("__NAMESPACE__;", "\"\";"),
        ("namespace A; use X\\Y; Y::x; namespace B; Y::x;", "- - X\\Y::x; - B\\Y::x;"),
        (
            "namespace A { use X\\Y; Y::x; f(); } namespace { Y::x; f(); }",
            "{- X\\Y::x; A\\f|f();} {Y::x; f();}",
        ),
    ]);
}

#[test]
fn special_classes() {
    check(&[(
        "namespace N; class A extends B { function f() { self::x; STATIC::y(); parent::f(); new static; new SELF; } }",
        "- Class N\\A extends N\\B {function f() {self::x; static::y(); parent::f(); new static(); new self();}}",
    )]);
}
