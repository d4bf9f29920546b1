//! What PHP refuses to compile has an error; no message holds text of the file.

use super::parse;

/// `SECRET` stands where a configuration has a value, a name or a word.
const REFUSED: &[&str] = &[
    "return ['a' => 'SECRET' 'b'];",
    "return ['a' => SECRET SECRET];",
    "return ['a' => 'SECRET', ;",
    "return ['a' => env('SECRET';",
    "return ['SECRET' => ];",
    "return ['a' => 'SECRET];",
    "return [\n<<<<<<< SECRET\n'a' => 1,\n=======\n>>>>>>> SECRET\n];",
    "/* SECRET",
    "return <<<SECRET\nx",
    "return <<<A\n  SECRET\n x\n  A;",
    "return \"{$SECRET\";",
    "return \"\\u{SECRET}\";",
    "return 08;",
    "}",
    "SECRET",
    "if (SECRET) {",
    "break;",
    "continue 2;",
    "use A\\SECRET; use B\\SECRET;",
    "function SECRET($a, $a) {}",
    "class SECRET { public $a; public $a; }",
    "class SECRET { function f(); }",
    "class self {}",
    "const SECRET = $a;",
    "$this = 1;",
    "SECRET() = 1;",
    "isset(SECRET());",
    "[] = $SECRET;",
    "return [1, , 2];",
    "return 1 ? 2 : 3 ? 4 : 5;",
    "f(SECRET: 1, 2);",
    "switch (1) { default: default: }",
    "return match (1) { default => 1, default => 2 };",
    "echo 1; namespace SECRET;",
    "echo 1; declare(strict_types=1);",
    "goto SECRET;",
    "return $a{0};",
    "return (unset) $a;",
    "return new SECRET(...);",
    "try {}",
    "enum SECRET: int { case A; }",
    "function f(): void { return 'SECRET'; }",
];

#[test]
fn what_php_refuses() {
    for php in REFUSED {
        let text = format!("<?php {php}");
        let file = parse(&text);
        assert!(!file.errors.is_empty(), "{php}");
        for error in &file.errors {
            assert!(!error.message.to_lowercase().contains("secret"), "{php}: {}", error.message);
            assert!(text.get(error.span.range()).is_some(), "{php}: {:?}", error.span);
        }
    }
}

#[test]
fn messages_and_places() {
    let cases = [
        ("<?php return ['a' => ];", "expected expression, found ']'", "]"),
        ("<?php break;", "PHP does not allow this: break out of loop", "break"),
        ("<?php return \"é\\u{110000}", "PHP does not allow this: invalid codepoint escape", "é\\u{110000"),
    ];
    for (text, message, under) in cases {
        let file = parse(text);
        let found = file.errors.iter().find(|error| error.message == message);
        let span = found.unwrap_or_else(|| panic!("{text}: {:?}", file.errors)).span;
        assert_eq!(&text[span.range()], under, "{text}");
    }
}

#[test]
fn what_later_versions_of_php_allow() {
    let accepted = [
        "class A { const int B = 1; }",
        "new A()->b();",
        "class A { public private(set) int $b; }",
        "class A { public int $b { get => 1; } }",
        "return $a |> f(...);",
        "return clone($a, ['b' => 1]);",
        "#[A] const B = 1;",
        "readonly class A {}",
    ];
    for php in accepted {
        assert!(parse(&format!("<?php {php}")).errors.is_empty(), "{php}");
    }
}

#[test]
fn what_is_around_an_error_is_kept() {
    let file = parse("<?php return ['a' => 1, 'b' => ];");
    let rendered = super::render::statements(&file.statements);
    assert!(rendered.contains("\"a\" => 1"), "{rendered}");
}
