//! Strings: splitting, joining, case, repeating. PHP 8.2 counts bytes.

use std::sync::Arc;

use super::super::{Array, Kind, Value, convert};
use super::{Builtin, MAX_ENTRIES, MAX_TEXT, array_kind, bytes_kind, input, text_kind, too_large};
use crate::facts::Reason;

/// Strings.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::new("explode", &["separator", "string", "limit"], 2, explode),
    Builtin::new("implode", &["separator", "array"], 1, implode),
    Builtin::new("join", &["separator", "array"], 1, implode),
    Builtin::new("strtolower", &["string"], 1, |args| text_kind(input::text(args, 0)?.to_ascii_lowercase())),
    Builtin::new("strtoupper", &["string"], 1, |args| text_kind(input::text(args, 0)?.to_ascii_uppercase())),
    Builtin::new("ucfirst", &["string"], 1, |args| first_letter(args, u8::to_ascii_uppercase)),
    Builtin::new("lcfirst", &["string"], 1, |args| first_letter(args, u8::to_ascii_lowercase)),
    Builtin::new("ucwords", &["string", "separators"], 1, ucwords),
    Builtin::new("strlen", &["string"], 1, |args| {
        Ok(Kind::Int(i64::try_from(input::text(args, 0)?.len()).unwrap_or(i64::MAX)))
    }),
    Builtin::new("substr", &["string", "offset", "length"], 2, substr),
    Builtin::new("strrev", &["string"], 1, strrev),
    Builtin::new("str_repeat", &["string", "times"], 2, str_repeat),
    Builtin::new("str_pad", &["string", "length", "pad_string", "pad_type"], 2, str_pad),
    Builtin::new("str_split", &["string", "length"], 1, str_split),
    Builtin::new("chunk_split", &["string", "length", "separator"], 1, chunk_split),
    Builtin::new("strcmp", &["string1", "string2"], 2, |args| {
        super::order_kind(input::text(args, 0)?.cmp(&input::text(args, 1)?))
    }),
    Builtin::new("ord", &["character"], 1, |args| {
        Ok(Kind::Int(input::text(args, 0)?.bytes().next().map_or(0, i64::from)))
    }),
    Builtin::new("chr", &["codepoint"], 1, |args| {
        bytes_kind(vec![u8::try_from(input::int(args, 0)?.rem_euclid(256)).unwrap_or(0)])
    }),
];

/// The parts of `text` between separators, as `explode` limits them.
pub fn split(separator: &str, text: &str, limit: i64) -> Result<Vec<Arc<str>>, Reason> {
    if separator.is_empty() {
        return Err(Reason::new("an empty separator"));
    }
    let whole = if limit > 1 { usize::try_from(limit).unwrap_or(usize::MAX) } else { usize::MAX };
    let mut parts: Vec<Arc<str>> = match limit {
        0 | 1 => vec![text.into()],
        _ => text.splitn(whole, separator).take(MAX_ENTRIES + 1).map(Arc::from).collect(),
    };
    if parts.len() > MAX_ENTRIES {
        return Err(too_large());
    }
    if limit < 0 {
        let dropped = usize::try_from(limit.unsigned_abs()).unwrap_or(usize::MAX);
        parts.truncate(parts.len().saturating_sub(dropped));
    }
    Ok(parts)
}

/// A list of texts.
pub fn list(parts: Vec<Arc<str>>) -> Array {
    Array::list(parts.into_iter().map(Value::str))
}

fn explode(args: &[Value]) -> Result<Kind, Reason> {
    let parts = split(&input::text(args, 0)?, &input::text(args, 1)?, input::int_or(args, 2, i64::MAX)?)?;
    array_kind(list(parts))
}

fn implode(args: &[Value]) -> Result<Kind, Reason> {
    let (separator, pieces) = match (args.first().map(|value| &value.kind), args.get(1)) {
        (Some(Kind::Array(pieces)), None) => ("".into(), pieces),
        (Some(Kind::Array(_)), Some(_)) => return Err(Reason::new("an array used as a string")),
        (_, Some(Value { kind: Kind::Array(pieces), .. })) => (input::text(args, 0)?, pieces),
        _ => return Err(Reason::new("an array function given something else")),
    };
    let mut joined = String::new();
    for (index, piece) in pieces.values().enumerate() {
        if index > 0 {
            joined.push_str(&separator);
        }
        joined.push_str(&convert::to_text(&piece.kind)?);
        if joined.len() > MAX_TEXT {
            return Err(too_large());
        }
    }
    text_kind(joined)
}

fn first_letter(args: &[Value], change: fn(&u8) -> u8) -> Result<Kind, Reason> {
    let mut bytes = input::text(args, 0)?.as_bytes().to_vec();
    if let Some(first) = bytes.first_mut() {
        *first = change(first);
    }
    bytes_kind(bytes)
}

/// `ucwords` on ASCII letters.
pub fn upper_words(text: &str, separators: &[bool; 256]) -> Vec<u8> {
    let mut fresh = true;
    text.bytes()
        .map(|byte| {
            let byte = if fresh { byte.to_ascii_uppercase() } else { byte };
            fresh = separators.get(usize::from(byte)).copied().unwrap_or(false);
            byte
        })
        .collect()
}

fn ucwords(args: &[Value]) -> Result<Kind, Reason> {
    let separators = super::trims::mask(&input::text_or(args, 1, " \t\r\n\x0c\x0b")?);
    bytes_kind(upper_words(&input::text(args, 0)?, &separators))
}

fn substr(args: &[Value]) -> Result<Kind, Reason> {
    let text = input::text(args, 0)?;
    let (start, end) = input::range(input::int(args, 1)?, input::optional_int(args, 2)?, text.len());
    bytes_kind(text.as_bytes().get(start..end).unwrap_or_default().to_vec())
}

fn strrev(args: &[Value]) -> Result<Kind, Reason> {
    bytes_kind(input::text(args, 0)?.bytes().rev().collect())
}

fn str_repeat(args: &[Value]) -> Result<Kind, Reason> {
    let (text, times) = (input::text(args, 0)?, input::int(args, 1)?);
    let times = usize::try_from(times).map_err(|_| Reason::new("a text repeated less than zero times"))?;
    if text.len().saturating_mul(times) > MAX_TEXT {
        return Err(too_large());
    }
    text_kind(text.repeat(times))
}

fn str_pad(args: &[Value]) -> Result<Kind, Reason> {
    let (text, length) = (input::text(args, 0)?, input::int(args, 1)?);
    let (pad, side) = (input::text_or(args, 2, " ")?, input::int_or(args, 3, 1)?);
    let length = usize::try_from(length).unwrap_or(0);
    if length <= text.len() {
        return text_kind(text);
    }
    if pad.is_empty() || !(0..=2).contains(&side) {
        return Err(Reason::new("a padding that PHP refuses"));
    }
    if length > MAX_TEXT {
        return Err(too_large());
    }
    let missing = length - text.len();
    let before = match side {
        0 => missing,
        2 => missing / 2,
        _ => 0,
    };
    let fill = |count: usize| pad.bytes().cycle().take(count);
    bytes_kind(fill(before).chain(text.bytes()).chain(fill(missing - before)).collect())
}

fn pieces(text: &str, length: i64) -> Result<Vec<Arc<str>>, Reason> {
    let length = usize::try_from(length).ok().filter(|length| *length > 0);
    let length = length.ok_or_else(|| Reason::new("a length that PHP refuses"))?;
    if text.len() / length > MAX_ENTRIES {
        return Err(too_large());
    }
    let pieces = text.as_bytes().chunks(length).map(std::str::from_utf8).map(|piece| piece.map(Arc::from));
    pieces.collect::<Result<_, _>>().map_err(|_| Reason::new("a string cut inside a character"))
}

fn str_split(args: &[Value]) -> Result<Kind, Reason> {
    let pieces = pieces(&input::text(args, 0)?, input::int_or(args, 1, 1)?)?;
    if pieces.is_empty() {
        // One empty piece before PHP 8.2, none since.
        return Err(Reason::new("a result that depends on the PHP version"));
    }
    array_kind(list(pieces))
}

fn chunk_split(args: &[Value]) -> Result<Kind, Reason> {
    let (text, separator) = (input::text(args, 0)?, input::text_or(args, 2, "\r\n")?);
    let mut result = String::new();
    let pieces = pieces(&text, input::int_or(args, 1, 76)?)?;
    if pieces.is_empty() {
        result.push_str(&separator);
    }
    for piece in pieces {
        result.push_str(&piece);
        result.push_str(&separator);
        if result.len() > MAX_TEXT {
            return Err(too_large());
        }
    }
    text_kind(result)
}
