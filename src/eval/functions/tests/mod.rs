//! Each table holds calls and what PHP 8.2 gave for them, both as JSON; `!` is what we refuse to answer.

mod arrays;
mod formats;
mod illuminate;
mod lenient;
mod regexes;
mod texts;
mod types;
mod urls;

use super::*;
use crate::eval::Key;

/// A value from JSON. An object is an array with these keys.
fn value(json: &serde_json::Value) -> Value {
    use serde_json::Value as Json;
    match json {
        Json::Null => Value::null(),
        Json::Bool(truth) => Value::bool(*truth),
        Json::Number(number) => number
            .as_i64()
            .map_or_else(|| Value::new(Kind::Float(number.as_f64().unwrap_or(f64::NAN))), Value::int),
        Json::String(text) => Value::str(text.as_str()),
        Json::Array(list) => Value::array(Array::list(list.iter().map(value))),
        Json::Object(entries) => {
            let mut array = Array::new();
            for (key, entry) in entries {
                array.insert(Key::from_text(key), value(entry));
            }
            Value::array(array)
        }
    }
}

/// A kind as JSON; a list is told from a map by its keys, a float from an integer by its point.
pub fn json(kind: &Kind) -> String {
    match kind {
        Kind::Null => "null".into(),
        Kind::Bool(truth) => truth.to_string(),
        Kind::Int(number) => number.to_string(),
        Kind::Float(number) => format!("{number:?}"),
        Kind::Str(text) => format!("{:?}", &**text),
        Kind::Array(array) if array.is_list() && !array.is_empty() => {
            let parts: Vec<String> = array.values().map(|value| json(&value.kind)).collect();
            format!("[{}]", parts.join(","))
        }
        Kind::Array(array) => {
            let part = |(key, value): (&Key, &Value)| format!("{:?}:{}", &*key.text(), json(&value.kind));
            let parts: Vec<String> = array.iter().map(part).collect();
            format!("{{{}}}", parts.join(","))
        }
        Kind::Closure(_) | Kind::Object(_) | Kind::Case(_) => "object".into(),
        Kind::Unknown(_) => "!".into(),
    }
}

/// The arguments that a JSON list holds.
pub fn arguments(text: &str) -> Vec<Value> {
    let list: serde_json::Value = serde_json::from_str(text).expect("a JSON list");
    list.as_array().expect("a JSON list").iter().map(value).collect()
}

/// Checks rows of function, arguments and result.
pub fn check(rows: &[(&str, &str, &str)]) {
    for (name, args, expected) in rows {
        let function = find(name).unwrap_or_else(|| panic!("{name} is not there"));
        let given = function.call(&arguments(args)).map_or_else(|_| "!".into(), |kind| json(&kind));
        assert_eq!(&given, expected, "{name} {args}");
    }
}

#[test]
fn every_name_is_lower_case_and_there_once() {
    let mut seen = std::collections::HashSet::new();
    for function in FAMILIES.iter().flat_map(|family| family.iter()) {
        assert_eq!(function.name, function.name.to_lowercase());
        assert!(seen.insert(function.name), "{} is there twice", function.name);
        assert!(function.required <= function.params.len(), "{}", function.name);
    }
    assert!(find("explode").is_some());
    assert!(find("array_walk").is_none());
}

#[test]
fn counts_arguments() {
    let explode = find("explode").expect("explode");
    assert!(explode.call(&[Value::str(",")]).is_err());
    assert!(find("trim").expect("trim").call(&arguments(r#"["a", "b", "c"]"#)).is_err());
    assert!(find("max").expect("max").call(&arguments("[1, 2, 3, 4]")).is_ok());
}
