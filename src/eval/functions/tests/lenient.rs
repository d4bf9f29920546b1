//! Arrays that hold what is not known.

use super::*;
use crate::facts::{Note, Step, Trail, TrailStep};

fn unknown() -> Value {
    Value::unknown(Reason::new("not known"))
}

fn call(name: &str, args: &[Value]) -> String {
    find(name).expect("a function").call(args).map_or_else(|_| "!".into(), |kind| json(&kind))
}

fn open(mut array: Array) -> Value {
    array.set_open(Reason::new("more"));
    Value::array(array)
}

#[test]
fn entries_that_are_unknown_pass_through() {
    let list = Value::array(Array::list([Value::str("a"), unknown()]));
    let late = Value::array(Array::list([unknown(), Value::str("c")]));
    let keys = Value::array(Array::list([Value::str("x"), Value::str("y")]));
    let rows: [(&str, Vec<Value>, &str); 14] = [
        ("count", vec![list.clone()], "2"),
        ("count", vec![list.clone(), Value::int(1)], "!"),
        ("array_merge", vec![list.clone(), keys.clone()], r#"["a",!,"x","y"]"#),
        ("array_combine", vec![keys.clone(), list.clone()], r#"{"x":"a","y":!}"#),
        ("array_combine", vec![list.clone(), keys], "!"),
        ("array_reverse", vec![list.clone()], r#"[!,"a"]"#),
        ("array_slice", vec![list.clone(), Value::int(1)], "[!]"),
        ("in_array", vec![Value::str("a"), list.clone()], "true"),
        ("in_array", vec![Value::str("b"), list.clone()], "!"),
        ("in_array", vec![Value::str("c"), late.clone()], "true"),
        ("array_search", vec![Value::str("c"), late], "!"),
        ("array_search", vec![Value::str("a"), list.clone()], "0"),
        ("implode", vec![Value::str(","), list.clone()], "!"),
        ("array_flip", vec![list], "!"),
    ];
    for (name, args, expected) in rows {
        assert_eq!(call(name, &args), expected, "{name}");
    }
}

#[test]
fn an_open_array_hides_what_depends_on_all_of_it() {
    let mut known = Array::new();
    known.insert(Key::from_text("a"), Value::int(1));
    let shown = Value::array(known.clone());
    let hidden = open(known);
    let other = open(Array::new());
    let rows: [(&str, Vec<Value>, &str); 9] = [
        ("count", vec![hidden.clone()], "!"),
        ("array_key_exists", vec![Value::str("a"), hidden.clone()], "true"),
        ("array_key_exists", vec![Value::str("b"), hidden.clone()], "!"),
        ("in_array", vec![Value::int(1), hidden.clone()], "true"),
        ("in_array", vec![Value::int(2), hidden.clone()], "!"),
        ("array_is_list", vec![hidden], "!"),
        // What is hidden in the second may replace what the first shows.
        ("array_merge", vec![shown.clone(), other.clone()], r#"{"a":!}"#),
        ("array_merge", vec![other.clone(), shown.clone()], r#"{"a":1}"#),
        ("array_merge", vec![unknown(), shown.clone()], r#"{"a":1}"#),
    ];
    for (name, args, expected) in rows {
        assert_eq!(call(name, &args), expected, "{name}");
    }
    let merged = find("array_merge").expect("array_merge").call(&[shown, other]).expect("a result");
    assert!(matches!(merged, Kind::Array(array) if array.open().is_some()));
}

#[test]
fn values_keep_their_trail() {
    let step = TrailStep { step: Step::Set, place: None, note: Note::Variable("A".into()) };
    let traced = Value::str("x").with_trail(Trail::start(step));
    let args = [Value::array(Array::list([traced])), Value::array(Array::list([Value::int(1)]))];
    for name in ["array_merge", "array_values", "array_reverse", "array_unique"] {
        let count = if name == "array_merge" { 2 } else { 1 };
        let result = find(name).expect(name).call(&args[..count]).expect("a result");
        let Kind::Array(array) = result else { panic!("{name} gives no array") };
        assert!(array.get(&Key::Int(0)).is_some_and(|value| !value.trail.is_empty()), "{name}");
    }
}

#[test]
fn huge_results_are_refused() {
    check(&[
        ("str_repeat", r#"["ab", 1000000]"#, "!"),
        ("str_pad", r#"["a", 2000000]"#, "!"),
        ("range", "[0, 100000000]", "!"),
        ("array_fill", "[0, 100000000, 1]", "!"),
        ("array_pad", "[[], 100000000, 1]", "!"),
        ("sprintf", r#"["%2000000d", 1]"#, "!"),
    ]);
}
