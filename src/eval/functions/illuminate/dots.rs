//! Paths with dots into arrays, as `Illuminate\Support\Arr` walks them.

use super::super::super::{Array, Key, Kind, Value, convert};
use super::super::arrays::closed;
use crate::facts::Reason;

/// What is at the end of a path.
pub enum Found<'a> {
    /// A value.
    Value(&'a Value),
    /// Nothing.
    Absent,
}

fn child<'a>(value: &'a Value, key: &Key) -> Result<Found<'a>, Reason> {
    match &value.kind {
        Kind::Array(array) => entry(array, key),
        Kind::Unknown(reason) => Err(reason.clone()),
        Kind::Object(_) | Kind::Closure(_) | Kind::Case(_) => Err(Reason::new("what is inside an object")),
        _ => Ok(Found::Absent),
    }
}

/// The entry of a key; an array that may hold more than we see cannot say that a key is absent.
pub fn entry<'a>(array: &'a Array, key: &Key) -> Result<Found<'a>, Reason> {
    match array.get(key) {
        Some(value) => Ok(Found::Value(value)),
        None => closed(array).map(|()| Found::Absent),
    }
}

/// `Arr::get` without its default.
pub fn find<'a>(array: &'a Array, key: &Key) -> Result<Found<'a>, Reason> {
    let path = key.text();
    if let Some(value) = array.get(key) {
        return Ok(Found::Value(value));
    }
    closed(array)?;
    let mut segments = path.split('.');
    let Some(first) = segments.next().filter(|first| first.len() < path.len()) else {
        return Ok(Found::Absent);
    };
    let mut found = entry(array, &Key::from_text(first))?;
    for segment in segments {
        let Found::Value(value) = found else { return Ok(Found::Absent) };
        found = child(value, &Key::from_text(segment))?;
    }
    Ok(found)
}

/// `data_get` along plain segments.
pub fn walk<'a>(target: &'a Value, segments: &[Key]) -> Result<Found<'a>, Reason> {
    let mut found = Found::Value(target);
    for segment in segments {
        let Found::Value(value) = found else { return Ok(Found::Absent) };
        found = child(value, segment)?;
    }
    Ok(found)
}

/// `Arr::set`
pub fn set(array: &mut Array, path: &str, value: Value) -> Result<(), Reason> {
    let Some((first, rest)) = path.split_once('.') else {
        array.insert(Key::from_text(path), value);
        return Ok(());
    };
    let key = Key::from_text(first);
    let mut inner = match entry(array, &key)? {
        Found::Value(Value { kind: Kind::Array(inner), .. }) => (**inner).clone(),
        Found::Value(Value { kind: Kind::Unknown(reason), .. }) => return Err(reason.clone()),
        Found::Value(_) | Found::Absent => Array::new(),
    };
    set(&mut inner, rest, value)?;
    let slot = array.entry(key);
    slot.kind = Kind::Array(inner.into());
    Ok(())
}

/// `Arr::forget` of one key. Laravel's loop goes on in the array where the last path ended, which is a surprise:
/// where that would matter for this key (`inside` is that array), we give no result. Gives where this path ends.
pub fn forget(array: &mut Array, key: &Key, inside: Option<Array>) -> Result<Option<Array>, Reason> {
    let path = key.text();
    if let Some(inside) = &inside
        && (inside.get(key).is_some()
            || inside.open().is_some()
            || (path.contains('.') && array.get(key).is_some()))
    {
        return Err(super::differs());
    }
    if array.remove(key).is_some() {
        return Ok(inside);
    }
    let Some((first, rest)) = path.split_once('.') else { return Ok(None) };
    closed(array)?;
    forget_below(array, first, rest)
}

/// The rest of a path below `first`: now no key with a dot in it is looked for.
fn forget_below(array: &mut Array, first: &str, rest: &str) -> Result<Option<Array>, Reason> {
    let key = Key::from_text(first);
    let mut inner = match entry(array, &key)? {
        Found::Value(Value { kind: Kind::Array(inner), .. }) => (**inner).clone(),
        Found::Value(Value { kind: Kind::Unknown(reason), .. }) => return Err(reason.clone()),
        Found::Value(Value { kind: Kind::Object(_) | Kind::Closure(_) | Kind::Case(_), .. }) => {
            return Err(Reason::new("what is inside an object"));
        }
        Found::Value(_) | Found::Absent => return Ok(Some(array.clone())),
    };
    let end = match rest.split_once('.') {
        Some((next, rest)) => forget_below(&mut inner, next, rest)?,
        None => {
            inner.remove(&Key::from_text(rest));
            Some(inner.clone())
        }
    };
    array.entry(key).kind = Kind::Array(inner.into());
    Ok(end)
}

/// A key argument: text or a whole number.
pub fn key(kind: &Kind) -> Result<Key, Reason> {
    match kind {
        Kind::Str(_) | Kind::Int(_) => convert::to_key(kind),
        Kind::Unknown(reason) => Err(reason.clone()),
        _ => Err(Reason::new("a key that is no text")),
    }
}

/// One key or an array of keys.
pub fn keys(kind: &Kind) -> Result<Vec<Key>, Reason> {
    match kind {
        Kind::Null => Ok(Vec::new()),
        Kind::Array(array) => {
            closed(array)?;
            array.values().map(|value| key(&value.kind)).collect()
        }
        other => Ok(vec![key(other)?]),
    }
}
