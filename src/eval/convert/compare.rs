//! Loose and strict comparison (php-src, Zend/zend_operators.c, 8.2).

use std::cmp::Ordering;

use super::super::{Array, Kind};
use super::casts::to_bool;
use super::numeric::{Number, float_to_text, numeric_prefix};
use crate::facts::Reason;

/// How deep nested arrays are compared before we give up.
const MAX_DEPTH: usize = 64;

/// `==`
///
/// # Errors
/// The reason of an operand or of an entry that is unknown; objects are not compared.
pub fn loose_equal(left: &Kind, right: &Kind) -> Result<bool, Reason> {
    if let (Kind::Array(left), Kind::Array(right)) = (left, right)
        && left.open().is_none()
        && right.open().is_none()
        && left.len() != right.len()
    {
        return Ok(false);
    }
    Ok(compare_values(left, right)? == Some(Ordering::Equal))
}

/// `<=>`: -1, 0 or 1. What cannot be compared gives 1, as in PHP.
///
/// # Errors
/// See [`loose_equal`].
pub fn compare(left: &Kind, right: &Kind) -> Result<i64, Reason> {
    Ok(compare_values(left, right)?.unwrap_or(Ordering::Greater) as i64)
}

/// `<` (and `>` with its operands turned around).
///
/// # Errors
/// See [`loose_equal`].
pub fn less(left: &Kind, right: &Kind) -> Result<bool, Reason> {
    Ok(compare_values(left, right)? == Some(Ordering::Less))
}

/// `<=` (and `>=` with its operands turned around).
///
/// # Errors
/// See [`loose_equal`].
pub fn less_or_equal(left: &Kind, right: &Kind) -> Result<bool, Reason> {
    Ok(matches!(compare_values(left, right)?, Some(Ordering::Less | Ordering::Equal)))
}

/// PHP's loose comparison; `None` for what cannot be compared (NaN, arrays with different keys).
///
/// # Errors
/// See [`loose_equal`].
pub fn compare_values(left: &Kind, right: &Kind) -> Result<Option<Ordering>, Reason> {
    compare_at(left, right, 0)
}

fn compare_at(left: &Kind, right: &Kind, depth: usize) -> Result<Option<Ordering>, Reason> {
    for side in [left, right] {
        match side {
            Kind::Unknown(reason) => return Err(reason.clone()),
            Kind::Object(_) | Kind::Closure(_) | Kind::Case(_) => {
                return Err(Reason::new("a comparison of objects"));
            }
            _ => {}
        }
    }
    Ok(match (left, right) {
        (Kind::Str(left), Kind::Str(right)) => compare_texts(left, right),
        (Kind::Int(left), Kind::Int(right)) => Some(left.cmp(right)),
        (Kind::Int(left), Kind::Float(right)) => (*left as f64).partial_cmp(right),
        (Kind::Float(left), Kind::Int(right)) => left.partial_cmp(&(*right as f64)),
        (Kind::Float(left), Kind::Float(right)) => left.partial_cmp(right),
        (Kind::Bool(_) | Kind::Null, _) | (_, Kind::Bool(_) | Kind::Null) => match (left, right) {
            (Kind::Null, Kind::Str(text)) => Some("".cmp(text)),
            (Kind::Str(text), Kind::Null) => Some((**text).cmp("")),
            _ => Some(to_bool(left)?.cmp(&to_bool(right)?)),
        },
        (Kind::Int(number), Kind::Str(text)) => number_with_text(Number::Int(*number), text),
        (Kind::Float(number), Kind::Str(text)) => number_with_text(Number::Float(*number), text),
        (Kind::Str(text), Kind::Int(number)) => {
            number_with_text(Number::Int(*number), text).map(Ordering::reverse)
        }
        (Kind::Str(text), Kind::Float(number)) => {
            number_with_text(Number::Float(*number), text).map(Ordering::reverse)
        }
        (Kind::Array(left), Kind::Array(right)) => compare_arrays(left, right, depth)?,
        (Kind::Array(_), _) => Some(Ordering::Greater),
        _ => Some(Ordering::Less),
    })
}

fn whole_number(text: &str) -> Option<Number> {
    numeric_prefix(text).filter(|numeric| numeric.whole).map(|numeric| numeric.number)
}

fn compare_numbers(left: Number, right: Number) -> Option<Ordering> {
    match (left, right) {
        (Number::Int(left), Number::Int(right)) => Some(left.cmp(&right)),
        _ => left.as_float().partial_cmp(&right.as_float()),
    }
}

fn number_with_text(number: Number, text: &str) -> Option<Ordering> {
    if let Some(other) = whole_number(text) {
        return compare_numbers(number, other);
    }
    let number = match number {
        Number::Int(number) => number.to_string(),
        Number::Float(number) if number.is_nan() => return None,
        Number::Float(number) => float_to_text(number),
    };
    Some(number.as_str().cmp(text))
}

fn compare_texts(left: &str, right: &str) -> Option<Ordering> {
    if let (Some(first), Some(second)) = (whole_number(left), whole_number(right)) {
        match (first, second) {
            (Number::Int(_), Number::Float(large)) if overflows(right, second) => {
                return 0.0.partial_cmp(&large);
            }
            (Number::Float(large), Number::Int(_)) if overflows(left, first) => {
                return large.partial_cmp(&0.0);
            }
            _ => {}
        }
        // Two integers too large for PHP may agree as floats and yet differ: then the texts decide.
        let both_overflow = overflows(left, first) && overflows(right, second);
        let order = compare_numbers(first, second);
        if !(both_overflow && order == Some(Ordering::Equal)) {
            return order;
        }
    }
    Some(left.cmp(right))
}

fn overflows(text: &str, number: Number) -> bool {
    matches!(number, Number::Float(_)) && !text.contains(['.', 'e', 'E'])
}

fn compare_arrays(left: &Array, right: &Array, depth: usize) -> Result<Option<Ordering>, Reason> {
    if let Some(reason) = left.open().or_else(|| right.open()) {
        return Err(reason.clone());
    }
    if depth > MAX_DEPTH {
        return Err(Reason::new("arrays nested too deep"));
    }
    if left.len() != right.len() {
        return Ok(Some(left.len().cmp(&right.len())));
    }
    for (key, value) in left.iter() {
        let Some(other) = right.get(key) else { return Ok(None) };
        match compare_at(&value.kind, &other.kind, depth + 1)? {
            Some(Ordering::Equal) => {}
            order => return Ok(order),
        }
    }
    Ok(Some(Ordering::Equal))
}

/// `===`
///
/// # Errors
/// See [`loose_equal`].
pub fn strict_equal(left: &Kind, right: &Kind) -> Result<bool, Reason> {
    strict_at(left, right, 0)
}

fn strict_at(left: &Kind, right: &Kind, depth: usize) -> Result<bool, Reason> {
    Ok(match (left, right) {
        (Kind::Unknown(reason), _) | (_, Kind::Unknown(reason)) => return Err(reason.clone()),
        (Kind::Null, Kind::Null) => true,
        (Kind::Bool(left), Kind::Bool(right)) => left == right,
        (Kind::Int(left), Kind::Int(right)) => left == right,
        (Kind::Float(left), Kind::Float(right)) => left == right,
        (Kind::Str(left), Kind::Str(right)) => left == right,
        (Kind::Array(left), Kind::Array(right)) => strict_arrays(left, right, depth)?,
        (
            Kind::Object(_) | Kind::Closure(_) | Kind::Case(_),
            Kind::Object(_) | Kind::Closure(_) | Kind::Case(_),
        ) => {
            return Err(Reason::new("a comparison of objects"));
        }
        _ => false,
    })
}

fn strict_arrays(left: &Array, right: &Array, depth: usize) -> Result<bool, Reason> {
    if let Some(reason) = left.open().or_else(|| right.open()) {
        return Err(reason.clone());
    }
    if depth > MAX_DEPTH {
        return Err(Reason::new("arrays nested too deep"));
    }
    if left.len() != right.len()
        || left.iter().zip(right.iter()).any(|((first, _), (second, _))| first != second)
    {
        return Ok(false);
    }
    for (first, second) in left.values().zip(right.values()) {
        if !strict_at(&first.kind, &second.kind, depth + 1)? {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::super::super::{Key, Value};
    use super::*;

    fn text(text: &str) -> Kind {
        Kind::Str(text.into())
    }

    fn list(values: impl IntoIterator<Item = Value>) -> Kind {
        Kind::Array(Array::list(values).into())
    }

    #[test]
    fn compares_loosely_as_php_does() {
        let rows = [
            (Kind::Int(0), text("abc"), -1),
            (Kind::Int(0), text(""), 1),
            (Kind::Int(1), text(" 1"), 0),
            (text("1e3"), text("1000"), 0),
            (text("abc"), text("ABC"), 1),
            (text("10"), text("9"), 1),
            (text("10"), text("9a"), -1),
            (Kind::Null, Kind::Bool(false), 0),
            (Kind::Null, text("a"), -1),
            (Kind::Null, Kind::Int(-1), -1),
            (Kind::Bool(true), text("0"), 1),
            (Kind::Bool(true), text("a"), 0),
            (Kind::Float(f64::NAN), Kind::Float(f64::NAN), 1),
            (text("9223372036854775807"), text("9223372036854775808"), -1),
            (text("9223372036854775808"), text("9223372036854775809"), -1),
            (list([]), Kind::Null, 0),
            (list([Value::int(1)]), Kind::Int(5), 1),
            (list([Value::int(1)]), list([Value::int(1), Value::int(0)]), -1),
            (list([Value::int(1)]), list([Value::str("1")]), 0),
        ];
        for (left, right, expected) in rows {
            assert_eq!(compare(&left, &right).expect("an order"), expected, "{left:?} <=> {right:?}");
        }
    }

    #[test]
    fn strict_equality_wants_type_and_order() {
        let mut turned = Array::new();
        turned.insert(Key::Int(1), Value::int(2));
        turned.insert(Key::Int(0), Value::int(1));
        let plain = list([Value::int(1), Value::int(2)]);
        let turned = Kind::Array(turned.into());
        let rows = [
            (Kind::Int(1), Kind::Float(1.0), false),
            (text("a"), text("a"), true),
            (Kind::Float(0.0), Kind::Float(-0.0), true),
            (plain.clone(), turned.clone(), false),
            (plain.clone(), plain.clone(), true),
        ];
        for (left, right, expected) in rows {
            assert_eq!(strict_equal(&left, &right).expect("an answer"), expected, "{left:?} === {right:?}");
        }
        assert!(loose_equal(&plain, &turned).expect("an answer"));
    }

    #[test]
    fn unknown_entries_give_their_reason() {
        let unknown = || list([Value::unknown(Reason::new("not known"))]);
        let reason = loose_equal(&unknown(), &list([Value::int(1)])).expect_err("no answer");
        assert_eq!(reason.text(), "not known");
        assert!(!loose_equal(&unknown(), &list([])).expect("an answer"));
        assert!(strict_equal(&Kind::Object("A".into()), &Kind::Object("A".into())).is_err());
        assert!(!strict_equal(&Kind::Object("A".into()), &Kind::Null).expect("an answer"));
    }
}
