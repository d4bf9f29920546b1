//! What type a value has, and changing it.

use super::super::{Kind, Value, convert};
use super::{Builtin, input, text_kind};
use crate::facts::Reason;

const VALUE: &[&str] = &["value"];
const TEXT: &[&str] = &["text"];

/// Types.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::lenient("is_array", VALUE, 1, |args| is(args, |kind| matches!(kind, Kind::Array(_)))),
    Builtin::lenient("is_string", VALUE, 1, |args| is(args, |kind| matches!(kind, Kind::Str(_)))),
    Builtin::lenient("is_int", VALUE, 1, |args| is(args, |kind| matches!(kind, Kind::Int(_)))),
    Builtin::lenient("is_integer", VALUE, 1, |args| is(args, |kind| matches!(kind, Kind::Int(_)))),
    Builtin::lenient("is_long", VALUE, 1, |args| is(args, |kind| matches!(kind, Kind::Int(_)))),
    Builtin::lenient("is_float", VALUE, 1, |args| is(args, |kind| matches!(kind, Kind::Float(_)))),
    Builtin::lenient("is_double", VALUE, 1, |args| is(args, |kind| matches!(kind, Kind::Float(_)))),
    Builtin::lenient("is_bool", VALUE, 1, |args| is(args, |kind| matches!(kind, Kind::Bool(_)))),
    Builtin::lenient("is_null", VALUE, 1, |args| is(args, |kind| matches!(kind, Kind::Null))),
    Builtin::lenient("is_object", VALUE, 1, |args| {
        is(args, |kind| matches!(kind, Kind::Object(_) | Kind::Closure(_) | Kind::Case(_)))
    }),
    Builtin::lenient("is_resource", VALUE, 1, |args| is(args, |_| false)),
    Builtin::lenient("is_scalar", VALUE, 1, |args| {
        is(args, |kind| matches!(kind, Kind::Bool(_) | Kind::Int(_) | Kind::Float(_) | Kind::Str(_)))
    }),
    Builtin::lenient("is_numeric", VALUE, 1, |args| is(args, is_numeric)),
    Builtin::lenient("is_iterable", VALUE, 1, of_object),
    Builtin::lenient("is_countable", VALUE, 1, of_object),
    Builtin::lenient("gettype", VALUE, 1, gettype),
    Builtin::lenient("get_debug_type", VALUE, 1, debug_type),
    Builtin::new("intval", &["value", "base"], 1, intval),
    Builtin::new("floatval", VALUE, 1, |args| convert::cast_float(input::any(args, 0)?)),
    Builtin::new("doubleval", VALUE, 1, |args| convert::cast_float(input::any(args, 0)?)),
    Builtin::new("strval", VALUE, 1, |args| convert::cast_text(input::any(args, 0)?)),
    Builtin::lenient("boolval", VALUE, 1, |args| convert::cast_bool(input::any(args, 0)?)),
    Builtin::new("ctype_digit", TEXT, 1, |args| all(args, u8::is_ascii_digit)),
    Builtin::new("ctype_alpha", TEXT, 1, |args| all(args, u8::is_ascii_alphabetic)),
    Builtin::new("ctype_alnum", TEXT, 1, |args| all(args, u8::is_ascii_alphanumeric)),
    Builtin::new("ctype_lower", TEXT, 1, |args| all(args, u8::is_ascii_lowercase)),
    Builtin::new("ctype_upper", TEXT, 1, |args| all(args, u8::is_ascii_uppercase)),
    Builtin::new("ctype_xdigit", TEXT, 1, |args| all(args, u8::is_ascii_hexdigit)),
    Builtin::new("ctype_punct", TEXT, 1, |args| all(args, u8::is_ascii_punctuation)),
    Builtin::new("ctype_cntrl", TEXT, 1, |args| all(args, u8::is_ascii_control)),
    Builtin::new("ctype_graph", TEXT, 1, |args| all(args, u8::is_ascii_graphic)),
    Builtin::new("ctype_print", TEXT, 1, |args| all(args, |byte| byte.is_ascii_graphic() || *byte == b' ')),
    Builtin::new("ctype_space", TEXT, 1, |args| {
        all(args, |byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c))
    }),
];

fn is(args: &[Value], test: fn(&Kind) -> bool) -> Result<Kind, Reason> {
    Ok(Kind::Bool(test(&input::any(args, 0)?.kind)))
}

/// `is_numeric`
pub fn is_numeric(kind: &Kind) -> bool {
    match kind {
        Kind::Int(_) | Kind::Float(_) => true,
        Kind::Str(text) => convert::numeric_prefix(text).is_some_and(|numeric| numeric.whole),
        _ => false,
    }
}

fn of_object(args: &[Value]) -> Result<Kind, Reason> {
    match &input::any(args, 0)?.kind {
        Kind::Object(_) => Err(Reason::new("what an object can do")),
        kind => Ok(Kind::Bool(matches!(kind, Kind::Array(_)))),
    }
}

fn gettype(args: &[Value]) -> Result<Kind, Reason> {
    text_kind(match &input::any(args, 0)?.kind {
        Kind::Null => "NULL",
        Kind::Bool(_) => "boolean",
        Kind::Int(_) => "integer",
        Kind::Float(_) => "double",
        Kind::Str(_) => "string",
        Kind::Array(_) => "array",
        _ => "object",
    })
}

fn debug_type(args: &[Value]) -> Result<Kind, Reason> {
    text_kind(match &input::any(args, 0)?.kind {
        Kind::Null => "null",
        Kind::Bool(_) => "bool",
        Kind::Int(_) => "int",
        Kind::Float(_) => "float",
        Kind::Str(_) => "string",
        Kind::Array(_) => "array",
        Kind::Closure(_) => "Closure",
        _ => return Err(Reason::new("the class of an object")),
    })
}

fn intval(args: &[Value]) -> Result<Kind, Reason> {
    let (value, base) = (input::any(args, 0)?, input::int_or(args, 1, 10)?);
    match &value.kind {
        Kind::Str(text) if base != 10 => in_base(text, base),
        _ => convert::cast_int(value),
    }
}

/// `strtol` with PHP's prefixes (php-src, ext/standard/type.c `intval`, 8.2).
fn in_base(text: &str, base: i64) -> Result<Kind, Reason> {
    let text = text.trim_start_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']);
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let prefixed = |letters: [char; 2]| {
        digits.strip_prefix('0').and_then(|rest| rest.strip_prefix(letters)).filter(|rest| !rest.is_empty())
    };
    let (base, digits) = match base {
        16 => (16, prefixed(['x', 'X']).unwrap_or(digits)),
        8 => (8, prefixed(['o', 'O']).unwrap_or(digits)),
        2 => (2, prefixed(['b', 'B']).unwrap_or(digits)),
        0 => match (prefixed(['x', 'X']), prefixed(['b', 'B']), prefixed(['o', 'O'])) {
            (Some(rest), ..) => (16, rest),
            (_, Some(rest), _) => (2, rest),
            (.., Some(rest)) => (8, rest),
            _ if digits.starts_with('0') => (8, digits),
            _ => (10, digits),
        },
        3..=36 => (u32::try_from(base).unwrap_or(10), digits),
        _ => return Err(Reason::new("a base that PHP refuses")),
    };
    let mut number = 0_i128;
    for digit in digits.chars().map_while(|letter| letter.to_digit(base)) {
        number = (number * i128::from(base) + i128::from(digit)).min(i128::from(i64::MAX) + 1);
    }
    let number = if negative { -number } else { number.min(i128::from(i64::MAX)) };
    Ok(Kind::Int(i64::try_from(number).unwrap_or(i64::MIN)))
}

fn all(args: &[Value], test: fn(&u8) -> bool) -> Result<Kind, Reason> {
    match &input::any(args, 0)?.kind {
        Kind::Str(text) => Ok(Kind::Bool(!text.is_empty() && text.as_bytes().iter().all(test))),
        Kind::Int(_) => Err(Reason::new("a number tested as a text")),
        _ => Ok(Kind::Bool(false)),
    }
}
