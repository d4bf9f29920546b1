//! Laravel's helpers, with what each version gave.

use super::super::illuminate::{helper, static_call};
use super::*;

fn shown(result: Option<Result<Kind, Reason>>) -> String {
    result.map_or_else(|| "-".into(), |result| result.map_or_else(|_| "!".into(), |kind| json(&kind)))
}

fn check_class(class: &str, rows: &[(&str, &str, u32, &str)]) {
    for (method, args, major, expected) in rows {
        let given =
            shown(static_call(&format!("Illuminate\\Support\\{class}"), method, &arguments(args), *major));
        assert_eq!(&given, expected, "{method} {args} {major}");
    }
}

#[test]
fn makes_slugs() {
    check_class(
        "Str",
        &[
            ("slug", r#"["My App","_"]"#, 5, r#""my_app""#),
            ("slug", r#"["My App","_"]"#, 13, r#""my_app""#),
            ("slug", r#"["foo_bar--baz @ home"]"#, 8, r#""foo-bar-baz-at-home""#),
            ("slug", r#"["Laravel 11.x: a Guide!"]"#, 11, r#""laravel-11x-a-guide""#),
            ("slug", r#"["Straße Œuvre","_"]"#, 6, r#""strasse_oeuvre""#),
            ("slug", r#"["Straße Œuvre","_"]"#, 10, r#""strasse_oeuvre""#),
            ("slug", r#"["naïve café – “x”"]"#, 12, r#""naive-cafe-x""#),
            ("slug", r#"["5€"]"#, 5, r#""5""#),
            ("slug", r#"["5€"]"#, 9, r#""5eur""#),
            ("slug", r#"["a\tb"]"#, 5, r#""ab""#),
            ("slug", r#"["a\tb"]"#, 9, r#""a-b""#),
            ("slug", r#"["日本"]"#, 9, "!"),
            ("slug", r#"["a%b","-","en",{"%":"percent"}]"#, 10, r#""a-percent-b""#),
            ("slug", r#"["Äpfel","-","de"]"#, 10, "!"),
            ("slug", r#"["Apfel","-","de"]"#, 10, r#""apfel""#),
            ("slug", r#"["a b",""]"#, 8, r#""ab""#),
            ("slug", r#"["a b","."]"#, 8, r#""a.b""#),
            ("slug", r#"[""]"#, 8, r#""""#),
            ("slug", r#"["__x__"]"#, 8, r#""x""#),
            ("ascii", r#"["Þ©"]"#, 6, r#""Th(c)""#),
            ("ascii", r#"["Þ©"]"#, 7, r#""TH""#),
        ],
    );
}

#[test]
fn changes_words() {
    check_class(
        "Str",
        &[
            ("snake", r#"["My App Name"]"#, 13, r#""my_app_name""#),
            ("snake", r#"["fooBarBAZ"]"#, 8, r#""foo_bar_b_a_z""#),
            ("snake", r#"["foo","-"]"#, 8, r#""foo""#),
            ("snake", r#"["Laravel App","-"]"#, 8, r#""laravel-app""#),
            ("kebab", r#"["fooBar"]"#, 5, r#""foo-bar""#),
            ("studly", r#"["foo_bar-baz qux"]"#, 7, r#""FooBarBazQux""#),
            ("studly", r#"["foo_bar-baz qux"]"#, 13, r#""FooBarBazQux""#),
            ("studly", r#"["é"]"#, 8, "!"),
            ("camel", r#"["Foo_bar"]"#, 8, r#""fooBar""#),
            ("lower", r#"["ÀB"]"#, 8, r#""àb""#),
            ("upper", r#"["àß"]"#, 8, r#""ÀSS""#),
            ("title", r#"["hello wORLD o'neil"]"#, 8, r#""Hello World O'neil""#),
            ("ucfirst", r#"["éa"]"#, 8, r#""Éa""#),
            ("lcfirst", r#"["ÉA"]"#, 9, r#""éA""#),
            ("squish", r#"["  a  b\n c "]"#, 9, r#""a b c""#),
            ("trim", r#"["\u00a0a"]"#, 11, "!"),
            ("trim", r#"[" a\n"]"#, 11, r#""a""#),
            ("trim", r#"["xax","x"]"#, 11, r#""a""#),
            ("limit", r#"["The quick brown",5]"#, 8, r#""The q...""#),
            ("limit", r#"["abc def",4,""]"#, 8, r#""abc""#),
            ("limit", r#"["ab"]"#, 8, r#""ab""#),
            ("length", r#"["é"]"#, 8, "1"),
            ("substr", r#"["aéb",1]"#, 8, r#""éb""#),
            ("wrap", r#"["a","(",")"]"#, 9, r#""(a)""#),
        ],
    );
}

#[test]
fn finds_and_cuts() {
    check_class(
        "Str",
        &[
            ("start", r#"["//a","/"]"#, 5, r#""/a""#),
            ("finish", r#"["a//","/"]"#, 13, r#""a/""#),
            ("finish", r#"["a","/"]"#, 8, r#""a/""#),
            ("after", r#"["a/b/c","/"]"#, 8, r#""b/c""#),
            ("after", r#"["abc",""]"#, 8, r#""abc""#),
            ("after", r#"["abc","x"]"#, 8, r#""abc""#),
            ("afterLast", r#"["a/b/c","/"]"#, 8, r#""c""#),
            ("before", r#"["a/b/c","/"]"#, 5, r#""a""#),
            ("beforeLast", r#"["a/b/c","/"]"#, 12, r#""a/b""#),
            ("between", r#"["[a][b]","[","]"]"#, 8, r#""a][b""#),
            ("contains", r#"["abc",["x","b"]]"#, 8, "true"),
            ("contains", r#"["abc",""]"#, 8, "false"),
            ("contains", r#"["ABC","b",true]"#, 9, "true"),
            ("startsWith", r#"["abc",["","a"]]"#, 8, "true"),
            ("endsWith", r#"["","" ]"#, 6, "true"),
            ("endsWith", r#"["",""]"#, 8, "false"),
            ("endsWith", r#"["a.log",".log"]"#, 8, "true"),
            ("is", r#"["*.example.com","a.example.com"]"#, 8, "true"),
            ("is", r#"["a*c","abd"]"#, 8, "false"),
            ("is", r#"[["x","a*"],"ab"]"#, 13, "true"),
            ("is", r#"["a*","a\nb"]"#, 10, "!"),
            ("replace", r#"["a","b","aa"]"#, 8, r#""bb""#),
            ("remove", r#"["a","banana"]"#, 8, r#""bnn""#),
            ("replaceFirst", r#"["a","x","banana"]"#, 8, r#""bxnana""#),
            ("replaceLast", r#"["a","x","banana"]"#, 8, r#""bananx""#),
            ("replaceLast", r#"["","x","a"]"#, 5, "!"),
            ("replaceStart", r#"["a","x","aba"]"#, 10, r#""xba""#),
            ("replaceEnd", r#"["a","x","aba"]"#, 10, r#""abx""#),
        ],
    );
}

#[test]
fn reads_arrays() {
    check_class(
        "Arr",
        &[
            ("get", r#"[{"a":{"b":1}},"a.b"]"#, 8, "1"),
            ("get", r#"[{"a.b":2},"a.b"]"#, 8, "2"),
            ("get", r#"[{"a":1},"a.b","d"]"#, 8, r#""d""#),
            ("get", r#"[{"a":1},null]"#, 8, r#"{"a":1}"#),
            ("get", r#"[["x"],0]"#, 8, r#""x""#),
            ("has", r#"[{"a":{"b":null}},"a.b"]"#, 8, "true"),
            ("has", r#"[{"a":1},["a","z"]]"#, 8, "false"),
            ("has", r#"[{"a":1},[]]"#, 8, "false"),
            ("exists", r#"[{"a":null},"a"]"#, 8, "true"),
            ("wrap", r#"["a"]"#, 8, r#"["a"]"#),
            ("wrap", "[null]", 8, "{}"),
            ("wrap", r#"[["a"]]"#, 8, r#"["a"]"#),
            ("only", r#"[{"a":1,"b":2,"c":3},["c","a"]]"#, 8, r#"{"a":1,"c":3}"#),
            ("except", r#"[{"a":1,"b":{"c":2,"d":3}},["a","b.c"]]"#, 8, r#"{"b":{"d":3}}"#),
            ("except", r#"[{"a":{"b":1,"k":2},"k":3},["a.b","k"]]"#, 8, "!"),
            ("add", r#"[{"a":1},"b.c",2]"#, 8, r#"{"a":1,"b":{"c":2}}"#),
            ("add", r#"[{"a":1},"a",2]"#, 8, r#"{"a":1}"#),
            ("first", r#"[[],null,"d"]"#, 8, r#""d""#),
            ("first", r#"[["a","b"]]"#, 8, r#""a""#),
            ("last", r#"[["a","b"]]"#, 8, r#""b""#),
            ("flatten", r#"[{"a":1,"b":[2,[3]]}]"#, 8, "[1,2,3]"),
            ("flatten", "[[1,[2,[3]]],1]", 8, "[1,2,[3]]"),
            ("collapse", "[[[1],[2,3],4]]", 8, "[1,2,3]"),
            ("dot", r#"[{"a":{"b":{"c":1},"d":[]},"e":2}]"#, 8, r#"{"a.b.c":1,"a.d":{},"e":2}"#),
            ("dot", r#"[{"5":"x","a":{"b":1}}]"#, 8, "!"),
            ("undot", r#"[{"a.b":1,"a.c":2,"d":3}]"#, 8, r#"{"a":{"b":1,"c":2},"d":3}"#),
        ],
    );
}

#[test]
fn methods_come_with_their_version() {
    for (method, major) in [("afterLast", 5), ("squish", 8), ("lcfirst", 8), ("trim", 10), ("replace", 7)] {
        let args = arguments(r#"["a", "b", "c"]"#);
        assert!(static_call("Illuminate\\Support\\Str", method, &args, major).is_none(), "{method}");
        assert!(static_call("\\Illuminate\\Support\\Str", method, &args, major + 1).is_some(), "{method}");
    }
    assert!(static_call("App\\Str", "slug", &arguments(r#"["a"]"#), 9).is_none());
    assert!(static_call("Illuminate\\Support\\Str", "random", &[], 9).is_none());
}

#[test]
fn calls_global_helpers() {
    let rows = [
        ("str_slug", r#"["My App"]"#, 5, r#""my-app""#),
        ("snake_case", r#"["FooBar"]"#, 5, r#""foo_bar""#),
        ("starts_with", r#"["abc","a"]"#, 5, "true"),
        ("str_limit", r#"["abcdef",3]"#, 5, r#""abc...""#),
        ("array_get", r#"[{"a":{"b":1}},"a.b"]"#, 5, "1"),
        ("array_except", r#"[{"a":1,"b":2},"a"]"#, 5, r#"{"b":2}"#),
        ("data_get", r#"[{"a":{"b":[5]}},"a.b.0"]"#, 8, "5"),
        ("data_get", r#"[{"a":1},["a"]]"#, 8, "1"),
        ("data_get", r#"[{"a":[{"b":1}]},"a.*.b"]"#, 8, "!"),
        ("head", "[[1,2]]", 8, "1"),
        ("last", "[[]]", 8, "false"),
        ("blank", r#"["  "]"#, 8, "true"),
        ("blank", "[0]", 8, "false"),
        ("filled", "[[]]", 8, "false"),
        ("value", r#"["x"]"#, 8, r#""x""#),
        ("e", r#"["<b>'\""]"#, 8, r#""&lt;b&gt;&#039;&quot;""#),
        ("e", r#"["&amp;"]"#, 5, "!"),
        ("e", r#"["&amp;"]"#, 8, r#""&amp;amp;""#),
        ("class_basename", r#"["App\\Models\\User"]"#, 8, r#""User""#),
        ("array_walk", "[[]]", 8, "-"),
        ("str_contains", r#"["a","a"]"#, 8, "-"),
    ];
    for (name, args, major, expected) in rows {
        assert_eq!(shown(helper(name, &arguments(args), major)), expected, "{name} {args}");
    }
}

#[test]
fn what_is_unknown_stays_so() {
    let mut array = Array::new();
    array.insert(Key::from_text("a"), Value::unknown(Reason::new("not known")));
    array.insert(Key::from_text("b"), Value::int(1));
    let get = |array: &Array, key: &str| {
        shown(static_call(
            "Illuminate\\Support\\Arr",
            "get",
            &[Value::array(array.clone()), Value::str(key)],
            9,
        ))
    };
    assert_eq!(get(&array, "b"), "1");
    assert_eq!(get(&array, "a"), "!");
    assert_eq!(get(&array, "a.x"), "!");
    assert_eq!(get(&array, "z"), "null");
    array.set_open(Reason::new("more"));
    assert_eq!(get(&array, "z"), "!");
    assert_eq!(get(&array, "b"), "1");
}
