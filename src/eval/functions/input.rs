//! Arguments as PHP takes them where types are not strict.

use std::sync::Arc;

use super::super::convert::{self, Number};
use super::super::{Array, Kind, Value};
use crate::facts::Reason;

fn at(args: &[Value], index: usize) -> Result<&Kind, Reason> {
    args.get(index).map(|value| &value.kind).ok_or_else(|| Reason::new("a call with too few arguments"))
}

/// Whether an argument is there and not null.
pub fn given(args: &[Value], index: usize) -> bool {
    args.get(index).is_some_and(|value| !matches!(value.kind, Kind::Null))
}

/// A `string` parameter; null is the empty string.
pub fn text(args: &[Value], index: usize) -> Result<Arc<str>, Reason> {
    convert::to_text(at(args, index)?)
}

/// A `string` parameter with a default.
pub fn text_or(args: &[Value], index: usize, default: &str) -> Result<Arc<str>, Reason> {
    if args.len() <= index { Ok(default.into()) } else { text(args, index) }
}

fn number(kind: &Kind) -> Result<Number, Reason> {
    match kind {
        Kind::Str(text) => convert::numeric_prefix(text)
            .filter(|numeric| numeric.whole)
            .map(|numeric| numeric.number)
            .ok_or_else(|| Reason::new("a text that is not a number used as a number")),
        Kind::Float(number) => Ok(Number::Float(*number)),
        Kind::Array(_) => Err(Reason::new("an array used as a number")),
        other => convert::to_int(other).map(Number::Int),
    }
}

/// An `int` parameter; null is 0.
pub fn int(args: &[Value], index: usize) -> Result<i64, Reason> {
    match number(at(args, index)?)? {
        Number::Int(number) => Ok(number),
        Number::Float(number) => convert::exact_integer(number.trunc())
            .ok_or_else(|| Reason::new("a number too large for an integer")),
    }
}

/// An `int` parameter with a default.
pub fn int_or(args: &[Value], index: usize, default: i64) -> Result<i64, Reason> {
    if args.len() <= index { Ok(default) } else { int(args, index) }
}

/// A `?int` parameter.
pub fn optional_int(args: &[Value], index: usize) -> Result<Option<i64>, Reason> {
    if given(args, index) { int(args, index).map(Some) } else { Ok(None) }
}

/// A `float` parameter.
pub fn float(args: &[Value], index: usize) -> Result<f64, Reason> {
    number(at(args, index)?).map(Number::as_float)
}

/// An `int|float` parameter.
pub fn int_or_float(args: &[Value], index: usize) -> Result<Number, Reason> {
    number(at(args, index)?)
}

/// A `bool` parameter with a default.
pub fn flag_or(args: &[Value], index: usize, default: bool) -> Result<bool, Reason> {
    match args.get(index).map(|value| &value.kind) {
        None => Ok(default),
        Some(Kind::Array(_)) => Err(Reason::new("an array used as a truth value")),
        Some(kind) => convert::to_bool(kind),
    }
}

/// An `array` parameter.
pub fn array(args: &[Value], index: usize) -> Result<&Array, Reason> {
    match at(args, index)? {
        Kind::Array(array) => Ok(array),
        Kind::Unknown(reason) => Err(reason.clone()),
        _ => Err(Reason::new("an array function given something else")),
    }
}

/// The argument as it is.
pub fn any(args: &[Value], index: usize) -> Result<&Value, Reason> {
    let value = args.get(index).ok_or_else(|| Reason::new("a call with too few arguments"))?;
    match &value.kind {
        Kind::Unknown(reason) => Err(reason.clone()),
        _ => Ok(value),
    }
}

/// A byte offset into something of `length`; a negative one counts from the end, all are held in bounds.
pub fn clamp(offset: i64, length: usize) -> usize {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let from = if offset < 0 { length.saturating_add(offset) } else { offset };
    usize::try_from(from.clamp(0, length)).unwrap_or(0)
}

/// A start and a length as `substr` and `array_slice` read them, as a range inside `length`.
pub fn range(offset: i64, count: Option<i64>, length: usize) -> (usize, usize) {
    let start = clamp(offset, length);
    let end = match count {
        None => length,
        Some(count) if count < 0 => clamp(count, length).max(start),
        Some(count) => start.saturating_add(usize::try_from(count).unwrap_or(usize::MAX)).min(length),
    };
    (start, end)
}
