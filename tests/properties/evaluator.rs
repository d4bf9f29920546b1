//! The evaluator: any program ends with a value or a reason, and with the same one each time.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use unstick::eval::functions::{self, illuminate};
use unstick::eval::{Array, Evaluator, Host, Key, Kind, Script, Value};
use unstick::facts::{Place, Reason};
use unstick::parse::php;
use unstick::parse::php::tree::{Class, Function};
use unstick::text::Source;

use super::holds;
use super::mutate::{PHP, mutated};
use super::php_text::program;

/// A framework that knows one variable, the string helpers, and itself as the only file.
struct Alone(Script);

impl Host for Alone {
    fn call(&self, name: &str, args: &[Value], _: &Place) -> Option<Value> {
        match (name, args.first().and_then(Value::as_str)) {
            ("env", Some("A")) => Some(Value::new(Kind::Str("from the environment".into()))),
            ("env", Some("UNKNOWN")) => Some(Value::unknown(Reason::new("not known"))),
            ("env", _) => Some(args.get(1).cloned().unwrap_or_else(Value::null)),
            _ => illuminate::helper(name, args, 12)
                .map(|result| Value::new(result.unwrap_or_else(Kind::Unknown))),
        }
    }
    fn static_call(&self, class: &str, method: &str, args: &[Value], _: &Place) -> Option<Value> {
        let result = illuminate::static_call(class, method, args, 12)?;
        Some(Value::new(result.unwrap_or_else(Kind::Unknown)))
    }
    fn constant(&self, _: &str) -> Option<Value> {
        None
    }
    fn class_constant(&self, _: &str, _: &str) -> Option<Value> {
        None
    }
    fn superglobal(&self, _: &str, _: &Value, _: &Place) -> Option<Value> {
        None
    }
    fn variable_written(&self, _: Option<&str>) {}
    fn class(&self, _: &str) -> Option<(Arc<Class>, Arc<Source>)> {
        None
    }
    fn function(&self, _: &str) -> Option<(Arc<Function>, Arc<Source>)> {
        None
    }
    fn script(&self, _: &str) -> Option<Script> {
        Some(self.0.clone())
    }
    fn path_of(&self, _: &Source) -> String {
        "{base}/config/x.php".to_owned()
    }
}

/// The value in words, without its trail: values that share trails would be written out again and again.
fn described(value: &Value, depth: usize) -> String {
    match &value.kind {
        Kind::Array(array) if depth < 8 => {
            let entries: Vec<String> = array
                .iter()
                .take(50)
                .map(|(key, value)| format!("{}={}", key.text(), described(value, depth + 1)))
                .collect();
            format!("{}[{}]{:?}", array.len(), entries.join(","), array.open().map(Reason::text))
        }
        Kind::Array(array) => format!("{} entries", array.len()),
        Kind::Float(number) => format!("float {:x}", number.to_bits()),
        Kind::Closure(_) => "a closure".to_owned(),
        Kind::Object(name) => format!("an object {name}"),
        Kind::Case(case) => format!("{}::{}", case.class, case.name),
        Kind::Unknown(reason) => format!("unknown: {}", reason.text()),
        Kind::Str(text) => format!("{:?}", text.chars().take(200).collect::<String>()),
        Kind::Null => "null".to_owned(),
        Kind::Bool(truth) => truth.to_string(),
        Kind::Int(number) => number.to_string(),
    }
}

fn runs(text: String) -> TestCaseResult {
    let source = Arc::new(Source::new("config/x.php", text));
    let script = Script { file: Arc::new(php::parse(source.text())), source };
    let host = Alone(script.clone());
    let evaluator = Evaluator::new(&host);
    let value = evaluator.run(&script);
    let again = Evaluator::new(&host).run(&script);
    prop_assert_eq!(described(&value, 0), described(&again, 0));
    prop_assert!(value.trail.steps().len() <= 202);
    unknown_has_a_reason(&value, 0)
}

fn unknown_has_a_reason(value: &Value, depth: usize) -> TestCaseResult {
    match &value.kind {
        Kind::Unknown(reason) => prop_assert!(!reason.text().is_empty()),
        Kind::Array(array) if depth < 8 => {
            for (_, value) in array.iter().take(50) {
                unknown_has_a_reason(value, depth + 1)?;
            }
        }
        _ => {}
    }
    Ok(())
}

#[test]
fn generated_programs_run() {
    holds(400, program, runs);
}

#[test]
fn mutated_config_runs() {
    holds(600, || mutated(PHP), runs);
}

/// Values of every kind, the awkward ones first.
fn value() -> BoxedStrategy<Value> {
    let texts: &[&str] = &[
        "",
        "0",
        "a",
        "é",
        "\u{1F600}x",
        "1e3",
        " 12 ",
        "0x1A",
        "%s%d%'*10.4f",
        "%1$s%99999999999d",
        "%",
        "/(a+)+$/",
        "/[/u",
        "a,b,,c",
        "{\"a\":[1]}",
        "http://u:p@h:99999/p?q#f",
        "//",
        ":",
        "key.sub.*",
        "*",
        ",",
        "\n",
        "\0",
        "../..",
        "-",
        "strtoupper",
        "İßŉ",
        "YWJj",
        "&lt;&#39;&#x110000;",
        "1.2.3-rc1",
        "9223372036854775808",
        "a=1&b[]=2&c[d][e]=3&&=",
        "\\",
        "$1\\0",
        "aaaa",
        "A",
        "utf-8",
        "=",
        "^^",
        "\u{301}",
        "e\u{301}",
    ];
    let numbers = [
        0,
        1,
        -1,
        2,
        3,
        7,
        16,
        63,
        64,
        255,
        65536,
        1_000_000,
        i64::MAX,
        i64::MIN,
        i64::MAX - 1,
        i64::MIN + 1,
    ];
    let floats = [
        0.0,
        -0.0,
        0.5,
        -1.5,
        1e15,
        1e300,
        -1e300,
        1e-320,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        9.3e18,
        -9.3e18,
    ];
    let leaf = prop_oneof![
        4 => prop::sample::select(texts).prop_map(|text| Kind::Str(text.into())),
        3 => prop::sample::select(numbers.to_vec()).prop_map(Kind::Int),
        1 => prop::sample::select(floats.to_vec()).prop_map(Kind::Float),
        1 => any::<i64>().prop_map(Kind::Int),
        1 => "\\PC{0,12}".prop_map(|text| Kind::Str(text.into())),
        1 => any::<bool>().prop_map(Kind::Bool),
        1 => Just(Kind::Null),
        1 => Just(Kind::Object("Acme\\Thing".into())),
        1 => Just(Kind::Unknown(Reason::new("not known"))),
    ]
    .prop_map(Value::new);
    leaf.prop_recursive(3, 16, 5, |inner| {
        let key = prop_oneof![
            prop::sample::select(vec![
                Key::Int(0),
                Key::Int(1),
                Key::Int(-5),
                Key::Int(i64::MAX),
                Key::Int(i64::MIN)
            ]),
            "[a-c.*é]{0,3}".prop_map(|text| Key::from_text(&text)),
        ];
        (prop::collection::vec((prop::option::of(key), inner), 0..5), prop::bool::weighted(0.1)).prop_map(
            |(entries, open)| {
                let mut array = Array::new();
                for (key, value) in entries {
                    match key {
                        Some(key) => array.insert(key, value),
                        None => array.push(value),
                    }
                }
                if open {
                    array.set_open(Reason::new("more may follow"));
                }
                Value::array(array)
            },
        )
    })
    .boxed()
}

fn same(result: &Result<Kind, Reason>, again: &Result<Kind, Reason>) -> TestCaseResult {
    let words = |result: &Result<Kind, Reason>| match result {
        Ok(kind) => described(&Value::new(kind.clone()), 0),
        Err(reason) => format!("unknown: {}", reason.text()),
    };
    prop_assert_eq!(words(result), words(again));
    Ok(())
}

#[test]
fn functions_take_any_arguments() {
    let call = || (prop::sample::select(super::php_text::functions()), prop::collection::vec(value(), 0..6));
    holds(8000, call, |(name, args)| {
        let Some(function) = functions::find(&name) else { return Ok(()) };
        // The number of arguments is brought near what it takes, so that most calls get further than the check.
        let most = function.params.len().max(function.required).max(1);
        let args = &args[..args.len().min(most)];
        same(&function.call(args), &function.call(args))
    });
}

#[test]
fn helpers_take_any_arguments() {
    let call = || {
        (prop::sample::select(super::php_text::methods()), prop::collection::vec(value(), 0..5), 5..14_u32)
    };
    holds(4000, call, |(name, args, major)| {
        for class in ["Illuminate\\Support\\Str", "Illuminate\\Support\\Arr"] {
            let run = || illuminate::static_call(class, &name, &args, major);
            if let (Some(result), Some(again)) = (run(), run()) {
                same(&result, &again)?;
            }
        }
        if let (Some(result), Some(again)) =
            (illuminate::helper(&name, &args, major), illuminate::helper(&name, &args, major))
        {
            same(&result, &again)?;
        }
        Ok(())
    });
}
