//! `Illuminate\Support\Arr`. Values move whole, with their trail and place.

use super::super::super::{Array, Key, Kind, Value, convert};
use super::super::arrays::{closed, merge_into};
use super::super::{MAX_DEPTH, array_kind, input};
use super::dots::{self, Found};
use crate::facts::Reason;

/// A method by its lower-case name; `None` when this version has none of that name, or we do not know it.
pub fn call(method: &str, args: &[Value], major: u32) -> Option<Result<Kind, Reason>> {
    let run: fn(&[Value]) -> Result<Kind, Reason> = match method {
        "get" => get,
        "has" => has,
        "exists" => |args| {
            let found = dots::entry(input::array(args, 0)?, &dots::key(&input::any(args, 1)?.kind)?)?;
            Ok(Kind::Bool(matches!(found, Found::Value(_))))
        },
        // Version 5.5 wraps null too, 5.8 does not.
        "wrap" if major <= 5 && !input::given(args, 0) => |_| Err(super::differs()),
        "wrap" => |args| convert::cast_array(input::any(args, 0)?),
        "only" => only,
        "except" => except,
        "add" => add,
        "first" => |args| end(args, true),
        "last" => |args| end(args, false),
        "flatten" => flatten,
        "collapse" => collapse,
        "dot" => dot,
        "undot" if major >= 8 => undot,
        "isassoc" => |args| {
            let array = input::array(args, 0)?;
            closed(array)?;
            Ok(Kind::Bool(!array.is_list()))
        },
        _ => return None,
    };
    Some(run(args))
}

/// `value($default)`
pub fn default(args: &[Value], index: usize) -> Result<Kind, Reason> {
    match args.get(index).map(|value| &value.kind) {
        None => Ok(Kind::Null),
        Some(Kind::Closure(_)) => Err(Reason::new("a default that a closure makes")),
        Some(kind) => Ok(kind.clone()),
    }
}

/// `Arr::get`
pub fn get(args: &[Value]) -> Result<Kind, Reason> {
    match &input::any(args, 0)?.kind {
        Kind::Array(array) if input::given(args, 1) => {
            match dots::find(array, &dots::key(&input::any(args, 1)?.kind)?)? {
                Found::Value(value) => Ok(value.kind.clone()),
                Found::Absent => default(args, 2),
            }
        }
        Kind::Array(array) => Ok(Kind::Array(array.clone())),
        Kind::Object(_) => Err(Reason::new("what is inside an object")),
        _ => default(args, 2),
    }
}

/// `Arr::has`
pub fn has(args: &[Value]) -> Result<Kind, Reason> {
    let array = input::array(args, 0)?;
    let keys = dots::keys(&input::any(args, 1)?.kind)?;
    if array.is_empty() {
        closed(array)?;
    }
    let mut all = !keys.is_empty();
    for key in &keys {
        all &= matches!(dots::find(array, key)?, Found::Value(_));
    }
    Ok(Kind::Bool(all))
}

/// `Arr::only`
pub fn only(args: &[Value]) -> Result<Kind, Reason> {
    let (array, keys) = (input::array(args, 0)?, dots::keys(&input::any(args, 1)?.kind)?);
    let mut result = Array::new();
    for (key, value) in array.iter().filter(|(key, _)| keys.contains(key)) {
        result.insert(key.clone(), value.clone());
    }
    if keys.iter().any(|key| array.get(key).is_none())
        && let Some(reason) = array.open()
    {
        result.set_open(reason.clone());
    }
    array_kind(result)
}

/// `Arr::except`
pub fn except(args: &[Value]) -> Result<Kind, Reason> {
    let mut array = input::array(args, 0)?.clone();
    let mut inside = None;
    for key in dots::keys(&input::any(args, 1)?.kind)? {
        inside = dots::forget(&mut array, &key, inside)?;
    }
    array_kind(array)
}

/// `Arr::add`
pub fn add(args: &[Value]) -> Result<Kind, Reason> {
    let (array, key) = (input::array(args, 0)?, dots::key(&input::any(args, 1)?.kind)?);
    let value = args.get(2).ok_or_else(|| Reason::new("a call with too few arguments"))?;
    let mut result = array.clone();
    match dots::find(array, &key)? {
        Found::Value(Value { kind: Kind::Unknown(reason), .. }) => return Err(reason.clone()),
        Found::Absent | Found::Value(Value { kind: Kind::Null, .. }) => {
            dots::set(&mut result, &key.text(), value.clone())?;
        }
        Found::Value(_) => {}
    }
    array_kind(result)
}

fn end(args: &[Value], first: bool) -> Result<Kind, Reason> {
    let array = input::array(args, 0)?;
    if input::given(args, 1) {
        return Err(Reason::new("a callback"));
    }
    closed(array)?;
    let value = if first { array.values().next() } else { array.values().next_back() };
    value.map_or_else(|| default(args, 2), |value| Ok(value.kind.clone()))
}

/// `Arr::flatten`
pub fn flatten(args: &[Value]) -> Result<Kind, Reason> {
    fn collect(array: &Array, depth: i64, below: usize, result: &mut Array) -> Result<(), Reason> {
        closed(array)?;
        if below > MAX_DEPTH {
            return Err(Reason::new("arrays nested too deep"));
        }
        for value in array.values() {
            match &value.kind {
                Kind::Array(inner) if depth == 1 => {
                    closed(inner)?;
                    inner.values().for_each(|value| result.push(value.clone()));
                }
                Kind::Array(inner) => collect(inner, depth.saturating_sub(1), below + 1, result)?,
                Kind::Unknown(reason) => return Err(reason.clone()),
                Kind::Object(_) => return Err(Reason::new("what is inside an object")),
                _ => result.push(value.clone()),
            }
        }
        Ok(())
    }
    let depth = match args.get(1).map(|value| &value.kind) {
        Some(Kind::Int(depth)) if *depth >= 1 => *depth,
        None => i64::MAX,
        Some(_) => return Err(Reason::new("a depth that we do not follow")),
    };
    let mut result = Array::new();
    collect(input::array(args, 0)?, depth, 0, &mut result)?;
    array_kind(result)
}

/// `Arr::collapse`
pub fn collapse(args: &[Value]) -> Result<Kind, Reason> {
    let array = input::array(args, 0)?;
    closed(array)?;
    let mut result = Array::new();
    for value in array.values() {
        match &value.kind {
            Kind::Array(inner) => merge_into(&mut result, inner),
            Kind::Unknown(reason) => return Err(reason.clone()),
            Kind::Object(_) => return Err(Reason::new("what is inside an object")),
            _ => {}
        }
    }
    array_kind(result)
}

/// `Arr::dot`
pub fn dot(args: &[Value]) -> Result<Kind, Reason> {
    fn collect(array: &Array, above: &str, depth: usize, result: &mut Array) -> Result<(), Reason> {
        closed(array)?;
        if depth > MAX_DEPTH {
            return Err(Reason::new("arrays nested too deep"));
        }
        for (key, value) in array.iter() {
            let path = format!("{above}{}", key.text());
            match &value.kind {
                Kind::Array(inner) if !inner.is_empty() => {
                    collect(inner, &format!("{path}."), depth + 1, result)?;
                }
                Kind::Array(inner) if inner.open().is_some() => closed(inner)?,
                Kind::Unknown(reason) => return Err(reason.clone()),
                _ => result.insert(Key::from_text(&path), value.clone()),
            }
        }
        Ok(())
    }
    let array = input::array(args, 0)?;
    let mut result = Array::new();
    collect(array, &input::text_or(args, 1, "")?, 0, &mut result)?;
    // Older versions merge step by step, which counts integer keys anew; newer ones keep them.
    let nested = array.values().any(|value| matches!(value.kind, Kind::Array(_)));
    if args.len() > 2 || (nested && result.iter().any(|(key, _)| matches!(key, Key::Int(_)))) {
        return Err(super::differs());
    }
    array_kind(result)
}

fn undot(args: &[Value]) -> Result<Kind, Reason> {
    let array = input::array(args, 0)?;
    closed(array)?;
    let mut result = Array::new();
    for (key, value) in array.iter() {
        dots::set(&mut result, &key.text(), value.clone())?;
    }
    array_kind(result)
}
