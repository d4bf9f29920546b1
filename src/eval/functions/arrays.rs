//! Arrays: counting, keys, merging. Entries move whole, with their trail and place.

use super::super::{Array, Key, Kind, Value, convert};
use super::{Builtin, MAX_DEPTH, MAX_ENTRIES, array_kind, input, too_large};
use crate::facts::Reason;

/// Arrays.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::lenient("count", &["value", "mode"], 1, count),
    Builtin::lenient("sizeof", &["value", "mode"], 1, count),
    Builtin::lenient("in_array", &["needle", "haystack", "strict"], 2, |args| {
        Ok(Kind::Bool(search(args, true)?.is_some()))
    }),
    Builtin::lenient("array_search", &["needle", "haystack", "strict"], 2, |args| {
        Ok(search(args, false)?.map_or(Kind::Bool(false), |key| key.to_value().kind))
    }),
    Builtin::lenient("array_keys", &["array", "filter_value", "strict"], 1, array_keys),
    Builtin::lenient("array_values", &["array"], 1, |args| {
        array_kind(renumbered(input::array(args, 0)?, false))
    }),
    Builtin::lenient("array_merge", &["...arrays"], 0, array_merge),
    Builtin::new("array_merge_recursive", &["...arrays"], 0, |args| {
        let mut result = Array::new();
        for index in 0..args.len() {
            merge_deep(&mut result, input::array(args, index)?, 0)?;
        }
        array_kind(result)
    }),
    Builtin::lenient("array_replace", &["array", "...replacements"], 1, array_replace),
    Builtin::new("array_replace_recursive", &["array", "...replacements"], 1, |args| {
        let mut result = input::array(args, 0)?.clone();
        for index in 1..args.len() {
            replace_deep(&mut result, input::array(args, index)?, 0)?;
        }
        array_kind(result)
    }),
    Builtin::lenient("array_key_exists", &["key", "array"], 2, array_key_exists),
    Builtin::lenient("key_exists", &["key", "array"], 2, array_key_exists),
    Builtin::lenient("array_key_first", &["array"], 1, |args| end_key(input::array(args, 0)?, true)),
    Builtin::lenient("array_key_last", &["array"], 1, |args| end_key(input::array(args, 0)?, false)),
    Builtin::lenient("array_is_list", &["array"], 1, |args| {
        let array = input::array(args, 0)?;
        closed(array)?;
        Ok(Kind::Bool(array.is_list()))
    }),
    Builtin::lenient("current", &["array"], 1, |args| end_value(input::array(args, 0)?, true)),
    Builtin::new("range", &["start", "end", "step"], 2, range),
];

/// That nothing in it is hidden.
pub fn closed(array: &Array) -> Result<(), Reason> {
    array.open().map_or(Ok(()), |reason| Err(reason.clone()))
}

/// Marks `result` open when `from` is.
pub fn inherit_open(result: &mut Array, from: &Array) {
    if let Some(reason) = from.open() {
        result.set_open(reason.clone());
    }
}

fn count(args: &[Value]) -> Result<Kind, Reason> {
    fn deep(array: &Array, depth: usize) -> Result<usize, Reason> {
        closed(array)?;
        if depth > MAX_DEPTH {
            return Err(Reason::new("arrays nested too deep"));
        }
        let mut total = array.len();
        for value in array.values() {
            match &value.kind {
                Kind::Array(inner) => total += deep(inner, depth + 1)?,
                Kind::Unknown(reason) => return Err(reason.clone()),
                _ => {}
            }
        }
        Ok(total)
    }
    let array = input::array(args, 0)?;
    closed(array)?;
    let total = match input::int_or(args, 1, 0)? {
        0 => array.len(),
        1 => deep(array, 0)?,
        _ => return Err(Reason::new("a mode that PHP refuses")),
    };
    Ok(Kind::Int(i64::try_from(total).unwrap_or(i64::MAX)))
}

fn equal(left: &Kind, right: &Kind, strict: bool) -> Result<bool, Reason> {
    if strict { convert::strict_equal(left, right) } else { convert::loose_equal(left, right) }
}

/// The key of the first entry that equals the needle, or of any when `any` is enough: otherwise an unknown entry
/// before it leaves open which is first.
fn search(args: &[Value], any: bool) -> Result<Option<Key>, Reason> {
    let needle = input::any(args, 0)?;
    let (array, strict) = (input::array(args, 1)?, input::flag_or(args, 2, false)?);
    let mut doubt = None;
    for (key, value) in array.iter() {
        match equal(&needle.kind, &value.kind, strict) {
            Ok(true) if any => return Ok(Some(key.clone())),
            Ok(true) => return doubt.map_or_else(|| Ok(Some(key.clone())), Err),
            Ok(false) => {}
            Err(reason) => doubt = doubt.or(Some(reason)),
        }
    }
    doubt.or_else(|| array.open().cloned()).map_or(Ok(None), Err)
}

fn array_keys(args: &[Value]) -> Result<Kind, Reason> {
    let array = input::array(args, 0)?;
    let mut result = Array::new();
    if args.len() == 1 {
        closed(array)?;
        return array_kind(Array::list(array.iter().map(|(key, _)| key.to_value())));
    }
    closed(array)?;
    let (needle, strict) = (input::any(args, 1)?, input::flag_or(args, 2, false)?);
    for (key, value) in array.iter() {
        if equal(&value.kind, &needle.kind, strict)? {
            result.push(key.to_value());
        }
    }
    array_kind(result)
}

/// The entries with integer keys counted anew; `keep_text` leaves string keys as they are.
/// Where an array is open the new numbers cannot be known, so those entries are left to what is hidden.
pub fn renumbered(array: &Array, keep_text: bool) -> Array {
    let mut result = Array::new();
    for (key, value) in array.iter() {
        match key {
            Key::Str(_) if keep_text => result.insert(key.clone(), value.clone()),
            _ if array.open().is_some() => {}
            _ => result.push(value.clone()),
        }
    }
    inherit_open(&mut result, array);
    result
}

/// Adds the entries of `array` as `array_merge` does.
pub fn merge_into(result: &mut Array, array: &Array) {
    if let Some(reason) = array.open() {
        hide_text_keys(result, array, reason);
    }
    let numbers_known = result.open().is_none() && array.open().is_none();
    for (key, value) in array.iter() {
        match key {
            Key::Str(_) => result.insert(key.clone(), value.clone()),
            Key::Int(_) if numbers_known => result.push(value.clone()),
            Key::Int(_) => {}
        }
    }
    inherit_open(result, array);
}

/// What is hidden in an open array may replace any text key merged before, save those it shows.
fn hide_text_keys(result: &mut Array, array: &Array, reason: &Reason) {
    let hidden: Vec<Key> = result
        .iter()
        .map(|(key, _)| key)
        .filter(|key| matches!(key, Key::Str(_)) && array.get(key).is_none())
        .cloned()
        .collect();
    for key in hidden {
        result.insert(key, Value::unknown(reason.clone()));
    }
}

fn array_merge(args: &[Value]) -> Result<Kind, Reason> {
    let mut result = Array::new();
    for (index, value) in args.iter().enumerate() {
        if let Kind::Unknown(reason) = &value.kind {
            if args.len() == 1 {
                return Err(reason.clone());
            }
            let mut hidden = Array::new();
            hidden.set_open(reason.clone());
            merge_into(&mut result, &hidden);
        } else {
            merge_into(&mut result, input::array(args, index)?);
        }
        if result.len() > MAX_ENTRIES {
            return Err(too_large());
        }
    }
    array_kind(result)
}

fn merge_deep(result: &mut Array, array: &Array, depth: usize) -> Result<(), Reason> {
    if depth > MAX_DEPTH {
        return Err(Reason::new("arrays nested too deep"));
    }
    for (key, value) in array.iter() {
        match (key, result.get(key)) {
            (Key::Int(_), _) => result.push(value.clone()),
            (_, None) => result.insert(key.clone(), value.clone()),
            (_, Some(old)) => {
                let mut both = as_entries(old);
                match &value.kind {
                    Kind::Array(inner) => merge_deep(&mut both, inner, depth + 1)?,
                    _ => both.push(value.clone()),
                }
                result.insert(key.clone(), Value::array(both));
            }
        }
    }
    Ok(())
}

fn as_entries(value: &Value) -> Array {
    match &value.kind {
        Kind::Array(array) => (**array).clone(),
        _ => Array::list([value.clone()]),
    }
}

fn array_replace(args: &[Value]) -> Result<Kind, Reason> {
    let mut result = input::array(args, 0)?.clone();
    for index in 1..args.len() {
        let array = input::array(args, index)?;
        if let Some(reason) = array.open() {
            let hidden: Vec<Key> = result.iter().map(|(key, _)| key.clone()).collect();
            for key in hidden {
                result.insert(key, Value::unknown(reason.clone()));
            }
        }
        for (key, value) in array.iter() {
            result.insert(key.clone(), value.clone());
        }
        inherit_open(&mut result, array);
    }
    array_kind(result)
}

fn replace_deep(result: &mut Array, array: &Array, depth: usize) -> Result<(), Reason> {
    if depth > MAX_DEPTH {
        return Err(Reason::new("arrays nested too deep"));
    }
    for (key, value) in array.iter() {
        let both = match (result.get(key).map(|old| &old.kind), &value.kind) {
            (Some(Kind::Array(old)), Kind::Array(new)) => {
                let mut both = (**old).clone();
                replace_deep(&mut both, new, depth + 1)?;
                Value::array(both)
            }
            _ => value.clone(),
        };
        result.insert(key.clone(), both);
    }
    Ok(())
}

fn array_key_exists(args: &[Value]) -> Result<Kind, Reason> {
    let (key, array) = (convert::to_key(&input::any(args, 0)?.kind)?, input::array(args, 1)?);
    if array.get(&key).is_none() {
        closed(array)?;
    }
    Ok(Kind::Bool(array.get(&key).is_some()))
}

fn end_key(array: &Array, first: bool) -> Result<Kind, Reason> {
    closed(array)?;
    let key = if first { array.iter().next() } else { array.iter().next_back() };
    Ok(key.map_or(Kind::Null, |(key, _)| key.to_value().kind))
}

/// The first or last value; false when there is none.
pub fn end_value(array: &Array, first: bool) -> Result<Kind, Reason> {
    closed(array)?;
    let value = if first { array.values().next() } else { array.values().next_back() };
    Ok(value.map_or(Kind::Bool(false), |value| value.kind.clone()))
}

fn range(args: &[Value]) -> Result<Kind, Reason> {
    use convert::Number;
    let step = if args.len() > 2 { input::int_or_float(args, 2)? } else { Number::Int(1) };
    if let (Some(Kind::Str(start)), Some(Kind::Str(end))) =
        (args.first().map(|value| &value.kind), args.get(1).map(|value| &value.kind))
        && let (Some(low), Some(high)) = (start.bytes().next(), end.bytes().next())
        && convert::numeric_prefix(start).is_none_or(|numeric| !numeric.whole)
        && convert::numeric_prefix(end).is_none_or(|numeric| !numeric.whole)
    {
        if !low.is_ascii() || !high.is_ascii() {
            return Err(Reason::new("a string cut inside a character"));
        }
        let numbers = numbers(i64::from(low), i64::from(high), whole_step(step)?)?;
        let letter = |number: &i64| Value::str(char::from(u8::try_from(*number).unwrap_or(0)).to_string());
        return array_kind(Array::list(numbers.iter().map(letter)));
    }
    let number = |index: usize| match args.get(index).map(|value| &value.kind) {
        Some(Kind::Str(text)) if text.is_empty() => Err(Reason::new("a range that PHP refuses")),
        Some(Kind::Str(text)) => {
            Ok(convert::numeric_prefix(text).map_or(Number::Int(0), |numeric| numeric.number))
        }
        _ => input::int_or_float(args, index),
    };
    match (number(0)?, number(1)?, step) {
        (Number::Int(start), Number::Int(end), step) if whole_step(step).is_ok() => {
            array_kind(Array::list(numbers(start, end, whole_step(step)?)?.into_iter().map(Value::int)))
        }
        (start, end, step) => floats(start.as_float(), end.as_float(), step.as_float().abs()),
    }
}

fn whole_step(step: convert::Number) -> Result<i64, Reason> {
    match step {
        convert::Number::Int(step) => Ok(step.saturating_abs()),
        convert::Number::Float(step) => {
            convert::exact_integer(step.abs()).ok_or_else(|| Reason::new("a step that is no integer"))
        }
    }
}

fn numbers(start: i64, end: i64, step: i64) -> Result<Vec<i64>, Reason> {
    if start == end && step > 0 {
        return Ok(vec![start]);
    }
    let distance = start.abs_diff(end);
    if step <= 0 || distance < step.unsigned_abs() {
        return Err(Reason::new("a step that PHP refuses"));
    }
    let last = distance / step.unsigned_abs();
    if last >= MAX_ENTRIES as u64 {
        return Err(too_large());
    }
    let signed = if end > start { step } else { -step };
    Ok((0..=i64::try_from(last).unwrap_or(0)).map(|index| start + index * signed).collect())
}

/// Floats without a fraction only: how many steps fit otherwise depends on rounding and on the PHP version.
fn floats(start: f64, end: f64, step: f64) -> Result<Kind, Reason> {
    let whole = |number: f64| {
        let whole = convert::exact_integer(number).filter(|_| number != 0.0 || number.is_sign_positive());
        whole.ok_or_else(|| Reason::new("a range whose end depends on rounding"))
    };
    let numbers = numbers(whole(start)?, whole(end)?, whole(step)?)?;
    array_kind(Array::list(numbers.into_iter().map(|number| Value::new(Kind::Float(number as f64)))))
}
