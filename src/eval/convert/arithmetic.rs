//! Arithmetic, and the union of arrays.

use std::sync::Arc;

use super::super::{Array, Kind, Value};
use super::casts::to_int;
use super::numeric::{Number, numeric_prefix};
use crate::facts::Reason;

/// An operand of arithmetic as a number.
pub fn to_number(kind: &Kind) -> Result<Number, Reason> {
    Ok(match kind {
        Kind::Null => Number::Int(0),
        Kind::Bool(truth) => Number::Int(i64::from(*truth)),
        Kind::Int(number) => Number::Int(*number),
        Kind::Float(number) => Number::Float(*number),
        Kind::Str(text) => {
            numeric_prefix(text)
                .ok_or_else(|| Reason::new("a text that is not a number used as a number"))?
                .number
        }
        Kind::Array(_) => return Err(Reason::new("an array used as a number")),
        Kind::Object(_) | Kind::Closure(_) | Kind::Case(_) => {
            return Err(Reason::new("an object used as a number"));
        }
        Kind::Unknown(reason) => return Err(reason.clone()),
    })
}

fn combine(
    left: &Kind,
    right: &Kind,
    exact: fn(i64, i64) -> Option<i64>,
    float: fn(f64, f64) -> f64,
) -> Result<Kind, Reason> {
    let (left, right) = (to_number(left)?, to_number(right)?);
    if let (Number::Int(left), Number::Int(right)) = (left, right)
        && let Some(number) = exact(left, right)
    {
        return Ok(Kind::Int(number));
    }
    Ok(Kind::Float(float(left.as_float(), right.as_float())))
}

/// `+`: of two arrays the union, where the left one's entries win.
///
/// # Errors
/// When an operand is no number.
pub fn add(left: &Kind, right: &Kind) -> Result<Kind, Reason> {
    if let (Kind::Array(left), Kind::Array(right)) = (left, right) {
        return Ok(Kind::Array(Arc::new(union(left, right))));
    }
    combine(left, right, i64::checked_add, |left, right| left + right)
}

fn union(left: &Array, right: &Array) -> Array {
    let mut result = left.clone();
    for (key, value) in right.iter() {
        if result.get(key).is_some() {
            continue;
        }
        // An entry of the left array that we do not see may win over this one.
        let value = left.open().map_or_else(|| value.clone(), |reason| Value::unknown(reason.clone()));
        result.insert(key.clone(), value);
    }
    if let Some(reason) = right.open() {
        result.set_open(reason.clone());
    }
    result
}

/// `-`
///
/// # Errors
/// When an operand is no number.
pub fn subtract(left: &Kind, right: &Kind) -> Result<Kind, Reason> {
    combine(left, right, i64::checked_sub, |left, right| left - right)
}

/// `*`
///
/// # Errors
/// When an operand is no number.
pub fn multiply(left: &Kind, right: &Kind) -> Result<Kind, Reason> {
    combine(left, right, i64::checked_mul, |left, right| left * right)
}

/// `/`
///
/// # Errors
/// When an operand is no number, or at a division by zero.
pub fn divide(left: &Kind, right: &Kind) -> Result<Kind, Reason> {
    let (left, right) = (to_number(left)?, to_number(right)?);
    if right.as_float() == 0.0 {
        return Err(Reason::new("a division by zero"));
    }
    if let (Number::Int(left), Number::Int(right)) = (left, right)
        && left.checked_rem(right) == Some(0)
        && let Some(number) = left.checked_div(right)
    {
        return Ok(Kind::Int(number));
    }
    Ok(Kind::Float(left.as_float() / right.as_float()))
}

/// An operand of `%` and of bit operations as an integer.
pub fn to_whole(kind: &Kind) -> Result<i64, Reason> {
    to_number(kind)?;
    to_int(kind)
}

/// `%`
///
/// # Errors
/// When an operand is no number, or at a division by zero.
pub fn modulo(left: &Kind, right: &Kind) -> Result<Kind, Reason> {
    let (left, right) = (to_whole(left)?, to_whole(right)?);
    if right == 0 {
        return Err(Reason::new("a division by zero"));
    }
    Ok(Kind::Int(left.wrapping_rem(right)))
}

/// `**`
///
/// # Errors
/// When an operand is no number.
pub fn power(left: &Kind, right: &Kind) -> Result<Kind, Reason> {
    let (base, exponent) = (to_number(left)?, to_number(right)?);
    let (Number::Int(whole), Number::Int(times)) = (base, exponent) else {
        return Ok(Kind::Float(base.as_float().powf(exponent.as_float())));
    };
    if times < 0 {
        return Ok(Kind::Float((whole as f64).powf(times as f64)));
    }
    Ok(integer_power(whole, times))
}

/// Squares as PHP does: what overflows goes on as a float from that step.
fn integer_power(base: i64, times: i64) -> Kind {
    if times == 0 {
        return Kind::Int(1);
    }
    let (mut result, mut base, mut times) = (1_i64, base, times);
    if base == 0 {
        return Kind::Int(0);
    }
    while times >= 1 {
        if times % 2 != 0 {
            times -= 1;
            match result.checked_mul(base) {
                Some(product) => result = product,
                None => return Kind::Float(result as f64 * base as f64 * (base as f64).powf(times as f64)),
            }
        } else {
            times /= 2;
            match base.checked_mul(base) {
                Some(square) => base = square,
                None => {
                    let square = base as f64 * base as f64;
                    return Kind::Float(result as f64 * square.powf(times as f64));
                }
            }
        }
        if times == 0 {
            return Kind::Int(result);
        }
    }
    Kind::Int(result)
}

/// Unary `-`
///
/// # Errors
/// When the operand is no number.
pub fn negate(kind: &Kind) -> Result<Kind, Reason> {
    multiply(kind, &Kind::Int(-1))
}

/// Unary `+`
///
/// # Errors
/// When the operand is no number.
pub fn plus(kind: &Kind) -> Result<Kind, Reason> {
    multiply(kind, &Kind::Int(1))
}

#[cfg(test)]
mod tests {
    use super::super::super::Key;
    use super::*;

    fn text(text: &str) -> Kind {
        Kind::Str(text.into())
    }

    #[test]
    fn gives_what_php_gives() {
        let max = Kind::Int(i64::MAX);
        let cases: Vec<(Result<Kind, Reason>, &str)> = vec![
            (add(&Kind::Int(1), &text("2")), "Int(3)"),
            (add(&max, &Kind::Int(1)), "Float(9.223372036854776e18)"),
            (add(&text("1.5"), &Kind::Null), "Float(1.5)"),
            (add(&text("5 apples"), &Kind::Bool(true)), "Int(6)"),
            (divide(&Kind::Int(6), &Kind::Int(3)), "Int(2)"),
            (divide(&Kind::Int(7), &Kind::Int(2)), "Float(3.5)"),
            (divide(&Kind::Int(i64::MIN), &Kind::Int(-1)), "Float(9.223372036854776e18)"),
            (modulo(&Kind::Int(-7), &Kind::Int(3)), "Int(-1)"),
            (modulo(&Kind::Int(i64::MIN), &Kind::Int(-1)), "Int(0)"),
            (power(&Kind::Int(2), &Kind::Int(10)), "Int(1024)"),
            (power(&Kind::Int(2), &Kind::Int(64)), "Float(1.8446744073709552e19)"),
            (power(&Kind::Int(2), &Kind::Int(-1)), "Float(0.5)"),
            (negate(&text("7")), "Int(-7)"),
        ];
        for (result, expected) in cases {
            assert_eq!(format!("{:?}", result.expect("a result")), expected);
        }
    }

    #[test]
    fn says_why_there_is_no_number() {
        let zero = divide(&Kind::Int(1), &text("0")).expect_err("no result");
        assert_eq!(zero.text(), "a division by zero");
        let word = add(&Kind::Int(1), &text("abc")).expect_err("no result");
        assert_eq!(word.text(), "a text that is not a number used as a number");
        assert!(modulo(&Kind::Int(1), &Kind::Float(0.5)).is_err());
    }

    #[test]
    fn union_keeps_the_left_entries() {
        let mut left = Array::new();
        left.insert(Key::from_text("a"), Value::int(1));
        let mut right = Array::new();
        right.insert(Key::from_text("a"), Value::int(2));
        right.insert(Key::from_text("b"), Value::int(3));
        let both = union(&left, &right);
        assert!(matches!(both.get_text("a").map(|value| &value.kind), Some(Kind::Int(1))));
        assert!(matches!(both.get_text("b").map(|value| &value.kind), Some(Kind::Int(3))));
        left.set_open(Reason::new("more"));
        assert!(union(&left, &right).get_text("b").is_some_and(Value::is_unknown));
    }
}
