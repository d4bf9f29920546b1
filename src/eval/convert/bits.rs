//! Bit operations, of numbers and of strings.

use super::super::Kind;
use super::arithmetic::to_whole;
use crate::facts::Reason;

/// Bit operations of two strings work on their bytes.
fn bytewise(left: &str, right: &str, longer: bool, apply: fn(u8, u8) -> u8) -> Result<Kind, Reason> {
    let mut bytes: Vec<u8> =
        left.bytes().zip(right.bytes()).map(|(left, right)| apply(left, right)).collect();
    if longer {
        let rest = if left.len() > right.len() { left } else { right };
        bytes.extend_from_slice(rest.as_bytes().get(bytes.len()..).unwrap_or_default());
    }
    String::from_utf8(bytes)
        .map(|text| Kind::Str(text.into()))
        .map_err(|_| Reason::new("a string that is not UTF-8"))
}

/// `&`
///
/// # Errors
/// When an operand is no number.
pub fn bit_and(left: &Kind, right: &Kind) -> Result<Kind, Reason> {
    if let (Kind::Str(left), Kind::Str(right)) = (left, right) {
        return bytewise(left, right, false, |left, right| left & right);
    }
    Ok(Kind::Int(to_whole(left)? & to_whole(right)?))
}

/// `|`
///
/// # Errors
/// When an operand is no number.
pub fn bit_or(left: &Kind, right: &Kind) -> Result<Kind, Reason> {
    if let (Kind::Str(left), Kind::Str(right)) = (left, right) {
        return bytewise(left, right, true, |left, right| left | right);
    }
    Ok(Kind::Int(to_whole(left)? | to_whole(right)?))
}

/// `^`
///
/// # Errors
/// When an operand is no number.
pub fn bit_xor(left: &Kind, right: &Kind) -> Result<Kind, Reason> {
    if let (Kind::Str(left), Kind::Str(right)) = (left, right) {
        return bytewise(left, right, false, |left, right| left ^ right);
    }
    Ok(Kind::Int(to_whole(left)? ^ to_whole(right)?))
}

/// `~`
///
/// # Errors
/// When the operand is neither an integer nor a float.
pub fn bit_not(kind: &Kind) -> Result<Kind, Reason> {
    match kind {
        Kind::Int(_) | Kind::Float(_) => Ok(Kind::Int(!to_whole(kind)?)),
        Kind::Unknown(reason) => Err(reason.clone()),
        _ => Err(Reason::new("bits turned of something that is no number")),
    }
}

fn distance(kind: &Kind) -> Result<u32, Reason> {
    u32::try_from(to_whole(kind)?.min(64)).map_err(|_| Reason::new("a shift by a negative number"))
}

/// `<<`
///
/// # Errors
/// When an operand is no number, or the shift is negative.
pub fn shift_left(left: &Kind, right: &Kind) -> Result<Kind, Reason> {
    let number = to_whole(left)?;
    Ok(Kind::Int(number.checked_shl(distance(right)?).unwrap_or(0)))
}

/// `>>`
///
/// # Errors
/// When an operand is no number, or the shift is negative.
pub fn shift_right(left: &Kind, right: &Kind) -> Result<Kind, Reason> {
    let number = to_whole(left)?;
    Ok(Kind::Int(number.checked_shr(distance(right)?).unwrap_or(if number < 0 { -1 } else { 0 })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_what_php_gives() {
        let int = |number| Kind::Int(number);
        let text = |text: &str| Kind::Str(text.into());
        let cases: Vec<(Result<Kind, Reason>, &str)> = vec![
            (bit_or(&int(5), &text("2")), "Int(7)"),
            (bit_and(&text("ab"), &text("b")), "Str(\"`\")"),
            (bit_or(&text("a"), &text("bc")), "Str(\"cc\")"),
            (bit_xor(&int(6), &Kind::Bool(true)), "Int(7)"),
            (bit_not(&int(5)), "Int(-6)"),
            (shift_left(&int(1), &int(64)), "Int(0)"),
            (shift_right(&int(-8), &int(100)), "Int(-1)"),
            (shift_left(&int(3), &int(2)), "Int(12)"),
        ];
        for (result, expected) in cases {
            assert_eq!(format!("{:?}", result.expect("a result")), expected);
        }
        assert!(shift_left(&int(1), &int(-1)).is_err());
        assert!(bit_or(&int(1), &text("x")).is_err());
    }
}
