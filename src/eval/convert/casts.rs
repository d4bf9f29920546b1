//! Casts, array keys, concatenation.

use std::sync::Arc;

use super::super::{Array, Key, Kind, Value};
use super::numeric::{Number, float_to_int, float_to_text, numeric_prefix};
use crate::facts::Reason;

/// `(bool)`
///
/// # Errors
/// The operand's own reason when it is unknown.
pub fn to_bool(kind: &Kind) -> Result<bool, Reason> {
    Ok(match kind {
        Kind::Null => false,
        Kind::Bool(truth) => *truth,
        Kind::Int(number) => *number != 0,
        Kind::Float(number) => *number != 0.0,
        Kind::Str(text) => !matches!(&**text, "" | "0"),
        Kind::Array(array) => match array.open() {
            Some(reason) if array.is_empty() => return Err(reason.clone()),
            _ => !array.is_empty(),
        },
        Kind::Closure(_) | Kind::Object(_) | Kind::Case(_) => true,
        Kind::Unknown(reason) => return Err(reason.clone()),
    })
}

/// `(int)`
///
/// # Errors
/// When it is unknown or an object.
pub fn to_int(kind: &Kind) -> Result<i64, Reason> {
    Ok(match kind {
        Kind::Int(number) => *number,
        Kind::Float(number) => float_to_int(*number),
        Kind::Str(text) => match numeric_prefix(text).map(|numeric| numeric.number) {
            None => 0,
            Some(Number::Int(number)) => number,
            // Unlike a float, a string out of range stops at the nearest integer; an infinite one is 0.
            Some(Number::Float(number)) if number.is_finite() => number as i64,
            Some(Number::Float(_)) => 0,
        },
        Kind::Object(_) | Kind::Closure(_) | Kind::Case(_) => {
            return Err(Reason::new("an object used as a number"));
        }
        other => i64::from(to_bool(other)?),
    })
}

/// `(float)`
///
/// # Errors
/// When it is unknown or an object.
pub fn to_float(kind: &Kind) -> Result<f64, Reason> {
    Ok(match kind {
        Kind::Float(number) => *number,
        Kind::Str(text) => super::float_from_text(text),
        other => to_int(other)? as f64,
    })
}

/// `(string)`
///
/// # Errors
/// When it is unknown, an array or an object.
pub fn to_text(kind: &Kind) -> Result<Arc<str>, Reason> {
    Ok(match kind {
        Kind::Null | Kind::Bool(false) => "".into(),
        Kind::Bool(true) => "1".into(),
        Kind::Int(number) => number.to_string().into(),
        Kind::Float(number) => float_to_text(*number).into(),
        Kind::Str(text) => Arc::clone(text),
        Kind::Array(_) => return Err(Reason::new("an array used as a string")),
        Kind::Object(_) | Kind::Closure(_) | Kind::Case(_) => {
            return Err(Reason::new("an object used as a string"));
        }
        Kind::Unknown(reason) => return Err(reason.clone()),
    })
}

/// The array key that a value is turned into.
///
/// # Errors
/// When it is unknown, or an array or object, which cannot be a key.
pub fn to_key(kind: &Kind) -> Result<Key, Reason> {
    Ok(match kind {
        Kind::Null => Key::Str("".into()),
        Kind::Bool(truth) => Key::Int(i64::from(*truth)),
        Kind::Int(number) => Key::Int(*number),
        Kind::Float(number) => Key::Int(float_to_int(*number)),
        Kind::Str(text) => Key::from_text(text),
        Kind::Array(_) => return Err(Reason::new("an array used as a key")),
        Kind::Object(_) | Kind::Closure(_) | Kind::Case(_) => {
            return Err(Reason::new("an object used as a key"));
        }
        Kind::Unknown(reason) => return Err(reason.clone()),
    })
}

/// `(bool)` as a kind.
///
/// # Errors
/// See [`to_bool`].
pub fn cast_bool(value: &Value) -> Result<Kind, Reason> {
    to_bool(&value.kind).map(Kind::Bool)
}

/// `(int)` as a kind.
///
/// # Errors
/// See [`to_int`].
pub fn cast_int(value: &Value) -> Result<Kind, Reason> {
    to_int(&value.kind).map(Kind::Int)
}

/// `(float)` as a kind.
///
/// # Errors
/// See [`to_float`].
pub fn cast_float(value: &Value) -> Result<Kind, Reason> {
    to_float(&value.kind).map(Kind::Float)
}

/// `(string)` as a kind.
///
/// # Errors
/// See [`to_text`].
pub fn cast_text(value: &Value) -> Result<Kind, Reason> {
    to_text(&value.kind).map(Kind::Str)
}

/// `(array)`: an array stays, null is empty, anything else is the one entry of a list and keeps its trail.
///
/// # Errors
/// When it is unknown or an object.
pub fn cast_array(value: &Value) -> Result<Kind, Reason> {
    match &value.kind {
        Kind::Array(array) => Ok(Kind::Array(Arc::clone(array))),
        Kind::Null => Ok(Kind::Array(Arc::new(Array::new()))),
        Kind::Object(_) | Kind::Case(_) => Err(Reason::new("an object used as an array")),
        Kind::Unknown(reason) => Err(reason.clone()),
        _ => Ok(Kind::Array(Arc::new(Array::list([value.clone()])))),
    }
}

/// `(object)`: we do not follow what is inside objects.
///
/// # Errors
/// Always.
pub fn cast_object(value: &Value) -> Result<Kind, Reason> {
    Err(value.reason().cloned().unwrap_or_else(|| Reason::new("a cast to an object")))
}

/// `.`
///
/// # Errors
/// When an operand has no text, or the result is too large to follow.
pub fn concat(left: &Kind, right: &Kind) -> Result<Kind, Reason> {
    let (left, right) = (to_text(left)?, to_text(right)?);
    if left.len() + right.len() > super::super::functions::MAX_TEXT {
        return Err(super::super::functions::too_large());
    }
    Ok(Kind::Str([&*left, &*right].concat().into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_as_php_does() {
        let rows = [
            (Kind::Float(1.0), "1", 1, true),
            (Kind::Float(-0.0), "-0", 0, false),
            (Kind::Float(0.1 + 0.2), "0.3", 0, true),
            (Kind::Float(1e14), "1.0E+14", 100_000_000_000_000, true),
            (Kind::Float(1e25), "1.0E+25", 1590897979265384448, true),
            (Kind::Float(0.00012), "0.00012", 0, true),
            (Kind::Float(0.000_012), "1.2E-5", 0, true),
            (Kind::Float(f64::INFINITY), "INF", 0, true),
            (Kind::Float(-1234.5), "-1234.5", -1234, true),
            (Kind::Null, "", 0, false),
            (Kind::Bool(true), "1", 1, true),
            (Kind::Str("0".into()), "0", 0, false),
            (Kind::Str(" 12abc".into()), " 12abc", 12, true),
            (Kind::Str("9999999999999999999".into()), "9999999999999999999", i64::MAX, true),
            (Kind::Str("0.0".into()), "0.0", 0, true),
        ];
        for (kind, text, number, truth) in rows {
            assert_eq!(&*to_text(&kind).expect("a text"), text);
            assert_eq!(to_int(&kind).expect("an integer"), number, "{text}");
            assert_eq!(to_bool(&kind).expect("a truth value"), truth, "{text}");
        }
    }

    #[test]
    fn arrays_and_objects_are_no_text() {
        let array = Kind::Array(Arc::new(Array::new()));
        assert_eq!(to_text(&array).expect_err("no text").text(), "an array used as a string");
        assert!(to_text(&Kind::Object("A".into())).is_err());
        assert!(cast_object(&Value::int(1)).is_err());
        let wrapped = cast_array(&Value::str("a")).expect("an array");
        assert!(matches!(wrapped, Kind::Array(array) if array.len() == 1));
    }

    #[test]
    fn makes_keys() {
        for (kind, key) in [
            (Kind::Null, Key::Str("".into())),
            (Kind::Bool(true), Key::Int(1)),
            (Kind::Float(1.9), Key::Int(1)),
            (Kind::Str("7".into()), Key::Int(7)),
            (Kind::Str("07".into()), Key::Str("07".into())),
            (Kind::Str("-0".into()), Key::Str("-0".into())),
        ] {
            assert_eq!(to_key(&kind).expect("a key"), key);
        }
    }
}
