//! Operators over values that may be unknown or hold the app's root.

use super::convert;
use super::{Kind, Value};
use crate::facts::Reason;
use crate::parse::php::tree::{BinaryOp, Cast, UnaryOp};

/// A binary operator other than `&&`, `||` and `??`, which may not need both sides.
pub fn binary(op: BinaryOp, left: &Value, right: &Value) -> Result<Kind, Reason> {
    use convert::{bit_and, bit_or, bit_xor, compare, less, less_or_equal, loose_equal, strict_equal};
    let (a, b) = (&left.kind, &right.kind);
    match op {
        BinaryOp::Add => convert::add(a, b),
        BinaryOp::Sub => convert::subtract(a, b),
        BinaryOp::Mul => convert::multiply(a, b),
        BinaryOp::Div => convert::divide(a, b),
        BinaryOp::Mod => convert::modulo(a, b),
        BinaryOp::Pow => convert::power(a, b),
        BinaryOp::Concat => concat(left, right),
        BinaryOp::Equal => comparable(a, b).and_then(|()| loose_equal(a, b)).map(Kind::Bool),
        BinaryOp::NotEqual => comparable(a, b).and_then(|()| loose_equal(a, b)).map(|same| Kind::Bool(!same)),
        BinaryOp::Identical => comparable(a, b).and_then(|()| strict_equal(a, b)).map(Kind::Bool),
        BinaryOp::NotIdentical => {
            comparable(a, b).and_then(|()| strict_equal(a, b)).map(|same| Kind::Bool(!same))
        }
        BinaryOp::Less => comparable(a, b).and_then(|()| less(a, b)).map(Kind::Bool),
        BinaryOp::LessOrEqual => comparable(a, b).and_then(|()| less_or_equal(a, b)).map(Kind::Bool),
        BinaryOp::Greater => comparable(a, b).and_then(|()| less(b, a)).map(Kind::Bool),
        BinaryOp::GreaterOrEqual => comparable(a, b).and_then(|()| less_or_equal(b, a)).map(Kind::Bool),
        BinaryOp::Spaceship => comparable(a, b).and_then(|()| compare(a, b)).map(Kind::Int),
        BinaryOp::BitAnd => bit_and(a, b),
        BinaryOp::BitOr => bit_or(a, b),
        BinaryOp::BitXor => bit_xor(a, b),
        BinaryOp::ShiftLeft => convert::shift_left(a, b),
        BinaryOp::ShiftRight => convert::shift_right(a, b),
        BinaryOp::Xor => Ok(Kind::Bool(convert::to_bool(a)? != convert::to_bool(b)?)),
        BinaryOp::InstanceOf => Err(Reason::new("instanceof is not followed")),
        BinaryOp::Pipe => Err(Reason::new("the pipe operator is not followed")),
        BinaryOp::And => Ok(Kind::Bool(convert::to_bool(a)? && convert::to_bool(b)?)),
        BinaryOp::Or => Ok(Kind::Bool(convert::to_bool(a)? || convert::to_bool(b)?)),
    }
}

/// `left . right`
pub fn concat(left: &Value, right: &Value) -> Result<Kind, Reason> {
    let joined = [convert::to_text(&left.kind)?, convert::to_text(&right.kind)?].concat();
    Ok(Kind::Str(joined.into()))
}

/// `-a`, `+a`, `~a`, `!a`
pub fn unary(op: UnaryOp, value: &Value) -> Result<Kind, Reason> {
    match op {
        UnaryOp::Minus => convert::negate(&value.kind),
        UnaryOp::Plus => convert::plus(&value.kind),
        UnaryOp::BitNot => convert::bit_not(&value.kind),
        UnaryOp::Not => convert::to_bool(&value.kind).map(|truth| Kind::Bool(!truth)),
    }
}

/// `(int) a` and its kin.
pub fn cast(to: Cast, value: &Value) -> Result<Kind, Reason> {
    match to {
        Cast::Int => convert::cast_int(value),
        Cast::Float => convert::cast_float(value),
        Cast::Str => convert::cast_text(value),
        Cast::Bool => convert::cast_bool(value),
        Cast::Array => convert::cast_array(value),
        Cast::Object => convert::cast_object(value),
        Cast::Null => Ok(Kind::Null),
    }
}

/// The app's root stands as `{base}` in a path: how such a text compares with another is only known when they are equal.
fn comparable(left: &Kind, right: &Kind) -> Result<(), Reason> {
    match (left, right) {
        (Kind::Str(a), Kind::Str(b)) if a != b && (a.contains("{base}") || b.contains("{base}")) => {
            Err(Reason::new("it depends on where the app is installed"))
        }
        _ => Ok(()),
    }
}
