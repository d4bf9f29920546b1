//! PHP that parses: small programs put together from the grammar, with every function that the evaluator knows.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use proptest::prelude::*;

/// The names of PHP's functions that the evaluator knows, as its source lists them.
pub fn functions() -> &'static [String] {
    static NAMES: OnceLock<Vec<String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names = quoted_after(&["Builtin::new(", "Builtin::lenient("], "");
        names.extend(
            [
                "array_map",
                "array_filter",
                "array_walk",
                "usort",
                "array_reduce",
                "call_user_func",
                "compact",
                "extract",
                "define",
                "constant",
                "collect",
                "tap",
                "value",
                "with",
                "config",
                "env",
                "optional",
                "in_array",
                "func_get_args",
                "iterator_to_array",
                "is_callable",
                "array_key_first",
                "preg_replace_callback",
            ]
            .map(str::to_owned),
        );
        assert!(names.len() > 150, "the search finds too few functions: {}", names.len());
        names
    })
}

/// The methods of `Str` and `Arr` that the evaluator knows.
pub fn methods() -> &'static [String] {
    static NAMES: OnceLock<Vec<String>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let names = quoted_after(&["        "], "illuminate");
        assert!(names.len() > 40, "the search finds too few methods: {}", names.len());
        names
    })
}

/// What is quoted right behind one of the openings, in the files of the functions below a folder.
fn quoted_after(openings: &[&str], folder: &str) -> Vec<String> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/eval/functions").join(folder)];
    let mut names = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for opening in openings {
                for piece in text.split(opening).skip(1) {
                    let name = piece.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
                    names.extend(
                        name.filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
                            .map(str::to_owned),
                    );
                }
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names.sort();
    names.dedup();
    names
}

const SCALARS: &[&str] = &[
    "0",
    "1",
    "-1",
    "2",
    "3",
    "7",
    "10",
    "63",
    "64",
    "255",
    "1000000",
    "PHP_INT_MAX",
    "PHP_INT_MIN",
    "-0.0",
    "0.5",
    "1.5e3",
    "1e308",
    "-1e308",
    "1e-320",
    "NAN",
    "INF",
    "-INF",
    "9.2e18",
    "9223372036854775807",
    "9223372036854775808",
    "0x7F",
    "0b11",
    "0777",
    "1_000",
    "null",
    "true",
    "false",
    "[]",
    "''",
    "'0'",
    "'a'",
    "'A b'",
    "'é'",
    "'1e3'",
    "' 12'",
    "'12abc'",
    "'0x1A'",
    "'9223372036854775808'",
    "'%s %5.3f %1$s %%'",
    "'%'",
    "'%-010d'",
    "'/(a)|b/u'",
    "'/[/'",
    "'#a#e'",
    "'a,b,,c'",
    "'{\"a\":[1,{\"b\":null}]}'",
    "'[1,'",
    "'http://u:p@h:1/p?q=1&r[]=2#f'",
    "'//h'",
    "'a=1&b[c]=2'",
    "'Illuminate\\\\Support\\\\Str'",
    "'2024-01-01'",
    "'<p class=\"x\">&amp;'",
    "'key.sub.*'",
    "'*'",
    "','",
    "'.'",
    "'/'",
    "' '",
    "\"\\n\"",
    "\"\\t x \\n\"",
    "\"\\x80\"",
    "\"\\0\"",
    "\"\\u{1F600}\"",
    "\"\\u{e9}\"",
    "'strtoupper'",
    "'f'",
    "'C::g'",
    "'ÀÉ'",
    "'aGVsbG8='",
    "'ß'",
    "'İ'",
    "'1.2.3'",
    "'1.2.3-rc1'",
    "'>='",
    "'../a/./b'",
    "'C:\\\\x'",
    "$a",
    "$b",
    "$c",
    "$undefined",
    "PHP_EOL",
    "__FILE__",
    "__DIR__",
    "C::D",
    "Suit::A",
    "UNKNOWN",
    "E_ALL",
    "SORT_STRING",
    "['a' => 1, 'b' => [2, 'c' => null]]",
    "[3, 1, 2]",
    "['x', 'y']",
    "[[1, 2], [3, 4]]",
    "['1' => 'a', '01' => 'b', -5 => 'c']",
    "env('A')",
    "env('MISSING')",
    "env('UNKNOWN')",
    "fn ($x = null, $y = null) => $x",
    "fn ($x) => $x > 1",
    "function ($x) { return [$x]; }",
];
const BINARY: &[&str] = &[
    "+",
    "-",
    "*",
    "/",
    "%",
    "**",
    ".",
    "&",
    "|",
    "^",
    "<<",
    ">>",
    "&&",
    "||",
    "and",
    "xor",
    "==",
    "!=",
    "===",
    "!==",
    "<",
    "<=",
    ">",
    ">=",
    "<=>",
    "??",
    "?:",
    "instanceof",
];
const UNARY: &[&str] = &[
    "!",
    "-",
    "+",
    "~",
    "@",
    "(int) ",
    "(string) ",
    "(bool) ",
    "(float) ",
    "(array) ",
    "(object) ",
    "++",
    "--",
    "clone ",
    "print ",
    "...",
];

/// An expression.
pub fn expression() -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        8 => prop::sample::select(SCALARS).prop_map(str::to_owned),
        1 => "[ -~é€]{0,8}".prop_map(|text| format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => any::<f64>().prop_filter("a literal", |number| number.is_finite()).prop_map(|number| format!("({number:?})")),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        let arguments = prop::collection::vec(inner.clone(), 0..5).prop_map(|list| list.join(", "));
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            6 => (prop::sample::select(functions()), arguments.clone()).prop_map(|(name, args)| format!("{name}({args})")),
            2 => (prop::sample::select(methods()), arguments.clone(), any::<bool>())
                .prop_map(|(name, args, string)| format!("\\Illuminate\\Support\\{}::{name}({args})", if string { "Str" } else { "Arr" })),
            3 => (pair.clone(), prop::sample::select(BINARY)).prop_map(|((a, b), operator)| format!("({a} {operator} {b})")),
            1 => (prop::sample::select(UNARY), inner.clone()).prop_map(|(operator, a)| match operator {
                "++" | "--" => format!("({operator}$a)"),
                "..." => format!("[...{a}]"),
                _ => format!("({operator}{a})"),
            }),
            1 => (pair.clone(), inner.clone()).prop_map(|((a, b), c)| format!("({a} ? {b} : {c})")),
            2 => prop::collection::vec(pair.clone(), 0..4)
                .prop_map(|pairs| format!("[{}]", pairs.iter().map(|(a, b)| format!("{a} => {b}")).collect::<Vec<_>>().join(", "))),
            1 => pair.clone().prop_map(|(a, b)| format!("({a})[{b}]")),
            1 => pair.clone().prop_map(|(a, b)| format!("match ({a}) {{ {b} => 1, default => {a} }}")),
            1 => arguments.clone().prop_map(|args| format!("f({args})")),
            1 => arguments.clone().prop_map(|args| format!("C::g({args})")),
            1 => (inner.clone(), prop::sample::select(methods()), arguments.clone())
                .prop_map(|(a, name, args)| format!("collect({a})->{name}({args})")),
            1 => (inner.clone(), arguments).prop_map(|(a, args)| format!("({a})({args})")),
            1 => pair.clone().prop_map(|(a, b)| format!("\"x {{$a}} $b[0] \" . {a} . <<<X\n{{$c}}\nX . {b}")),
            1 => inner.clone().prop_map(|a| format!("isset({}) ", if a.starts_with('$') { a } else { "$a['k']".to_owned() })),
            1 => pair.prop_map(|(a, b)| format!("(function () use ($a) {{ return [$a, {a}, {b}]; }})()")),
        ]
    })
    .boxed()
}

fn statement() -> BoxedStrategy<String> {
    let variable = || {
        prop::sample::select(
            &["$a", "$b", "$c", "$a['k']", "$a[]", "[$a, $b]", "['x' => $c]", "$$b", "static::$e"][..],
        )
    };
    let assignment = prop::sample::select(&["=", ".=", "+=", "??=", "-=", "*=", "%=", "<<=", "**="][..]);
    let simple = prop_oneof![
        4 => (variable(), assignment, expression()).prop_map(|(name, operator, value)| {
            format!("{name} {} {value};", if name.starts_with('[') || name.ends_with("[]") { "=" } else { operator })
        }),
        1 => expression().prop_map(|value| format!("{value};")),
        1 => Just("unset($a['k'], $c);".to_owned()),
        1 => Just("define('DEFINED', $a);".to_owned()),
        1 => Just("global $a; static $s = 1;".to_owned()),
        1 => Just("$r = &$a; $r[] = 1;".to_owned()),
    ];
    simple
        .prop_recursive(2, 12, 3, |inner| {
            let block = || prop::collection::vec(inner.clone(), 0..3).prop_map(|list| list.join(" "));
            prop_oneof![
                (expression(), block(), block()).prop_map(|(when, then, otherwise)| format!(
                    "if ({when}) {{ {then} }} else {{ {otherwise} }}"
                )),
                (expression(), block())
                    .prop_map(|(list, body)| format!("foreach ({list} as $k => $v) {{ {body} }}")),
                (expression(), block()).prop_map(|(list, body)| format!(
                    "foreach ({list} as [$a, 'x' => $b]) {{ {body} continue; }}"
                )),
                (0..4_u8, block())
                    .prop_map(|(times, body)| format!("for ($i = 0; $i < {times}; $i++) {{ {body} }}")),
                block().prop_map(|body| format!("$i = 3; while ($i-- > 0) {{ {body} if ($i == 1) break; }}")),
                (expression(), block(), block()).prop_map(|(on, one, two)| format!(
                    "switch ({on}) {{ case 1: {one} break; case 'a': {two} default: {one} }}"
                )),
                (block(), block()).prop_map(|(body, last)| format!(
                    "try {{ {body} }} catch (\\Throwable $e) {{ {last} }} finally {{ {last} }}"
                )),
            ]
        })
        .boxed()
}

/// A whole config file.
pub fn program() -> BoxedStrategy<String> {
    (prop::collection::vec(statement(), 0..4), expression(), expression())
        .prop_map(|(statements, inner, last)| {
            format!(
                "<?php\nuse Illuminate\\Support\\Str;\nfunction f($x = null, ...$rest) {{ return [{inner}, $x, $rest]; }}\n\
                 enum Suit: string {{ case A = 'a'; case B = 'b'; public function label() {{ return $this->value; }} }}\n\
                 class C {{ const D = 'd'; public static $e = 1; public static function g($x = self::D) {{ return $x; }} }}\n\
                 $a = ['k' => 1]; $b = 'a'; $c = 3;\n{}\nreturn ['driver' => {last}, 'a' => $a, 'b' => $b];\n",
                statements.join("\n")
            )
        })
        .boxed()
}
