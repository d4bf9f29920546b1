//! Numeric strings, and floats as text.

use super::super::Kind;

/// A number of PHP.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
}

/// The number that a string begins with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Numeric {
    /// The number.
    pub number: Number,
    /// Whether the whole string is numeric (white space around it is allowed).
    pub whole: bool,
}

impl Number {
    /// As a float.
    #[must_use]
    pub const fn as_float(self) -> f64 {
        match self {
            Self::Int(number) => number as f64,
            Self::Float(number) => number,
        }
    }

    /// As a kind of value.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Int(number) => Kind::Int(number),
            Self::Float(number) => Kind::Float(number),
        }
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

fn digits_at(bytes: &[u8], from: usize) -> usize {
    bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count()
}

/// The number that `text` begins with, as PHP's `_is_numeric_string_ex` reads it (php-src, Zend/zend_operators.c, 8.2).
#[must_use]
pub fn numeric_prefix(text: &str) -> Option<Numeric> {
    let bytes = text.as_bytes();
    let start = bytes.iter().take_while(|byte| is_space(**byte)).count();
    let mut at = start;
    if matches!(bytes.get(at), Some(b'-' | b'+')) {
        at += 1;
    }
    let whole_digits = digits_at(bytes, at);
    at += whole_digits;
    let mut is_float = false;
    if bytes.get(at) == Some(&b'.') {
        let decimals = digits_at(bytes, at + 1);
        if whole_digits + decimals == 0 {
            return None;
        }
        is_float = true;
        at += 1 + decimals;
    } else if whole_digits == 0 {
        return None;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'-' | b'+')));
        let exponent = digits_at(bytes, at + 1 + sign);
        if exponent > 0 {
            is_float = true;
            at += 1 + sign + exponent;
        }
    }
    let rest = bytes.iter().skip(at).take_while(|byte| is_space(**byte)).count();
    let whole = at + rest == bytes.len();
    let literal = text.get(start..at)?;
    let number = match literal.parse::<i64>() {
        Ok(number) if !is_float => Number::Int(number),
        _ => Number::Float(literal.parse::<f64>().ok()?),
    };
    Some(Numeric { number, whole })
}

/// What `strtod` reads at the start of `text`; `0.0` when there is no number.
#[must_use]
pub fn float_from_text(text: &str) -> f64 {
    match numeric_prefix(text).map(|numeric| numeric.number) {
        None => 0.0,
        // `strtod` keeps the sign of a zero.
        Some(Number::Int(0)) if text.trim_start().starts_with('-') => -0.0,
        Some(number) => number.as_float(),
    }
}

/// A float as an integer, when nothing is lost.
#[must_use]
pub fn exact_integer(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&number))
        .then_some(number as i64)
}

/// A float as an integer: fractions are cut; out of range it wraps modulo 2^64; infinite and NaN are 0.
#[must_use]
pub fn float_to_int(number: f64) -> i64 {
    if !number.is_finite() {
        return 0;
    }
    if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&number) {
        return number as i64;
    }
    wrap_float(number)
}

/// A float modulo 2^64, as PHP's `zend_dval_to_lval` wraps it.
#[must_use]
pub fn wrap_float(number: f64) -> i64 {
    const TWO_64: f64 = 18_446_744_073_709_551_616.0;
    let mut rest = number.trunc() % TWO_64;
    if rest < 0.0 {
        if rest == -TWO_64 {
            return 0;
        }
        rest += TWO_64;
    }
    (rest as u64).cast_signed()
}

/// A float as PHP turns it into a string: 14 significant digits, the default of `precision`.
#[must_use]
pub fn float_to_text(number: f64) -> String {
    if number == 0.0 {
        return if number.is_sign_negative() { "-0".into() } else { "0".into() };
    }
    render(number, &format!("{number:.13e}"), 14, 'E')
}

/// A float as `json_encode` and `var_export` write it: the shortest digits that read back the same.
#[must_use]
pub fn float_to_json(number: f64, exponent: char) -> String {
    if number == 0.0 {
        return if number.is_sign_negative() { "-0".into() } else { "0".into() };
    }
    let shortest = format!("{number:e}");
    // Of two shortest ones that are equally near PHP takes the even one.
    let decimals = shortest.bytes().take_while(|byte| *byte != b'e').filter(u8::is_ascii_digit).count();
    let even = format!("{number:.*e}", decimals.saturating_sub(1));
    let digits = if even.parse() == Ok(number) { even } else { shortest };
    render(number, &digits, 17, exponent)
}

/// Lays digits out as `zend_gcvt` does (php-src, main/snprintf.c, 8.2).
fn render(number: f64, scientific: &str, precision: i32, letter: char) -> String {
    if number.is_nan() {
        return "NAN".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "INF".into() } else { "-INF".into() };
    }
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    let (first, rest) = digits.split_at_checked(1).unwrap_or(("0", ""));
    let point = exponent + 1;
    if point > precision || point < -3 {
        let rest = if rest.is_empty() { "0" } else { rest };
        return format!("{sign}{first}.{rest}{letter}{exponent:+}");
    }
    if point <= 0 {
        let zeros = "0".repeat(usize::try_from(-point).unwrap_or(0));
        return format!("{sign}0.{zeros}{digits}");
    }
    let point = usize::try_from(point).unwrap_or(0);
    match digits.split_at_checked(point) {
        Some((whole, "")) => format!("{sign}{whole}"),
        Some((whole, decimals)) => format!("{sign}{whole}.{decimals}"),
        None => format!("{sign}{digits}{}", "0".repeat(point - digits.len())),
    }
}
