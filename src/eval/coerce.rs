//! Declared scalar types: PHP converts an argument or a result to them. Under `strict_types` it would throw instead, and
//! then the app would not start: whatever starts has these values.

use super::{Kind, Value, convert};
use crate::facts::Reason;
use crate::parse::php::tree::Scalar;

/// A value as a declaration of these types makes it.
pub fn coerce(value: Value, types: &[Scalar]) -> Value {
    let Some(own) = scalar_of(&value.kind) else { return value };
    if types.is_empty() || types.contains(&own) {
        return value;
    }
    let kind = match types {
        _ if own == Scalar::Int && types.contains(&Scalar::Float) => {
            convert::to_float(&value.kind).map(Kind::Float)
        }
        [only] => to_type(&value.kind, *only),
        _ => Err(Reason::new("a value that is converted to one of several declared types")),
    };
    Value { kind: kind.unwrap_or_else(Kind::Unknown), ..value }
}

fn scalar_of(kind: &Kind) -> Option<Scalar> {
    match kind {
        Kind::Int(_) => Some(Scalar::Int),
        Kind::Float(_) => Some(Scalar::Float),
        Kind::Str(_) => Some(Scalar::Str),
        Kind::Bool(_) => Some(Scalar::Bool),
        _ => None,
    }
}

fn to_type(kind: &Kind, wanted: Scalar) -> Result<Kind, Reason> {
    let refused = || Reason::new("a value that its declared type refuses");
    match (wanted, kind) {
        (Scalar::Bool, kind) => convert::to_bool(kind).map(Kind::Bool),
        (Scalar::Str, kind) => convert::to_text(kind).map(Kind::Str),
        (Scalar::Int, Kind::Bool(truth)) => Ok(Kind::Int(i64::from(*truth))),
        (Scalar::Float, Kind::Bool(truth)) => Ok(Kind::Float(f64::from(u8::from(*truth)))),
        (Scalar::Int, Kind::Float(number)) if number.fract() == 0.0 && number.abs() < 9e15 => {
            Ok(Kind::Int(*number as i64))
        }
        (Scalar::Int, Kind::Str(text)) => text.trim().parse().map(Kind::Int).map_err(|_| refused()),
        (Scalar::Float, Kind::Str(text)) => match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() && !text.contains(['n', 'N', 'x', '_']) => {
                Ok(Kind::Float(number))
            }
            _ => Err(refused()),
        },
        _ => Err(refused()),
    }
}
