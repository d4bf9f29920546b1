//! Searching in strings.

use std::sync::Arc;

use super::super::{Kind, Value};
use super::{Builtin, bytes_kind, input};
use crate::facts::Reason;

const NEEDLE: &[&str] = &["haystack", "needle"];
const OFFSET: &[&str] = &["haystack", "needle", "offset"];
const BEFORE: &[&str] = &["haystack", "needle", "before_needle"];

/// Searching.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::new("str_contains", NEEDLE, 2, |args| test(args, |text, needle| text.contains(needle))),
    Builtin::new("str_starts_with", NEEDLE, 2, |args| test(args, |text, needle| text.starts_with(needle))),
    Builtin::new("str_ends_with", NEEDLE, 2, |args| test(args, |text, needle| text.ends_with(needle))),
    Builtin::new("strpos", OFFSET, 2, |args| position(args, false, false)),
    Builtin::new("stripos", OFFSET, 2, |args| position(args, true, false)),
    Builtin::new("strrpos", OFFSET, 2, |args| position(args, false, true)),
    Builtin::new("strripos", OFFSET, 2, |args| position(args, true, true)),
    Builtin::new("strstr", BEFORE, 2, |args| part(args, false)),
    Builtin::new("stristr", BEFORE, 2, |args| part(args, true)),
    Builtin::new("strrchr", NEEDLE, 2, strrchr),
    Builtin::new("substr_count", &["haystack", "needle", "offset", "length"], 2, substr_count),
    Builtin::new("strspn", &["string", "characters"], 2, |args| span(args, true)),
    Builtin::new("strcspn", &["string", "characters"], 2, |args| span(args, false)),
    Builtin::new("strncmp", &["string1", "string2", "length"], 3, |args| start_order(args, false)),
    Builtin::new("strncasecmp", &["string1", "string2", "length"], 3, |args| start_order(args, true)),
    Builtin::new("strcasecmp", &["string1", "string2"], 2, |args| {
        let (left, right) = (input::text(args, 0)?, input::text(args, 1)?);
        order(left.as_bytes(), right.as_bytes(), true)
    }),
];

fn count(number: usize) -> Kind {
    Kind::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

fn test(args: &[Value], holds: fn(&str, &str) -> bool) -> Result<Kind, Reason> {
    Ok(Kind::Bool(holds(&input::text(args, 0)?, &input::text(args, 1)?)))
}

fn folded(args: &[Value], fold: bool) -> Result<(Arc<str>, Arc<str>), Reason> {
    let (text, needle) = (input::text(args, 0)?, input::text(args, 1)?);
    Ok(if fold {
        (text.to_ascii_lowercase().into(), needle.to_ascii_lowercase().into())
    } else {
        (text, needle)
    })
}

/// The first place of `needle` at or after `from`, in bytes.
pub fn find_bytes(text: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    if needle.is_empty() {
        return (from <= text.len()).then_some(from);
    }
    text.get(from..)?.windows(needle.len()).position(|window| window == needle).map(|at| at + from)
}

fn rfind_bytes(text: &[u8], needle: &[u8], from: usize, last: usize) -> Option<usize> {
    let highest = text.len().checked_sub(needle.len())?.min(last);
    (from..=highest).rev().find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(needle)))
}

fn position(args: &[Value], fold: bool, from_end: bool) -> Result<Kind, Reason> {
    let (text, needle) = folded(args, fold)?;
    let offset = input::int_or(args, 2, 0)?;
    if offset.unsigned_abs() > text.len() as u64 {
        return Err(Reason::new("an offset outside the string"));
    }
    let found = if !from_end {
        find_bytes(text.as_bytes(), needle.as_bytes(), input::clamp(offset, text.len()))
    } else if offset >= 0 {
        rfind_bytes(text.as_bytes(), needle.as_bytes(), input::clamp(offset, text.len()), text.len())
    } else {
        // A negative offset of a search from the end bounds where the needle may start.
        rfind_bytes(text.as_bytes(), needle.as_bytes(), 0, input::clamp(offset, text.len()))
    };
    Ok(found.map_or(Kind::Bool(false), count))
}

fn part(args: &[Value], fold: bool) -> Result<Kind, Reason> {
    let text = input::text(args, 0)?;
    let (folded, needle) = folded(args, fold)?;
    let Some(at) = find_bytes(folded.as_bytes(), needle.as_bytes(), 0) else { return Ok(Kind::Bool(false)) };
    let (before, rest) = text.as_bytes().split_at_checked(at).unwrap_or_default();
    bytes_kind(if input::flag_or(args, 2, false)? { before } else { rest }.to_vec())
}

fn strrchr(args: &[Value]) -> Result<Kind, Reason> {
    let (text, needle) = (input::text(args, 0)?, input::text(args, 1)?);
    let byte = needle.bytes().next().unwrap_or(0);
    match text.bytes().rposition(|other| other == byte) {
        Some(at) => bytes_kind(text.as_bytes().get(at..).unwrap_or_default().to_vec()),
        None => Ok(Kind::Bool(false)),
    }
}

fn substr_count(args: &[Value]) -> Result<Kind, Reason> {
    let (text, needle) = (input::text(args, 0)?, input::text(args, 1)?);
    if needle.is_empty() {
        return Err(Reason::new("an empty text searched for"));
    }
    let (offset, length) = (input::int_or(args, 2, 0)?, input::optional_int(args, 3)?);
    let start = input::clamp(offset, text.len());
    let rest = text.len() - start;
    if offset.unsigned_abs() > text.len() as u64
        || length.is_some_and(|length| length.unsigned_abs() > rest as u64)
    {
        return Err(Reason::new("an offset outside the string"));
    }
    let (start, end) = input::range(offset, length, text.len());
    let (mut found, mut from) = (0, start);
    let bytes = text.as_bytes().get(..end).unwrap_or_default();
    while let Some(at) = find_bytes(bytes, needle.as_bytes(), from) {
        found += 1;
        from = at + needle.len();
    }
    Ok(count(found))
}

fn span(args: &[Value], wanted: bool) -> Result<Kind, Reason> {
    let (text, list) = (input::text(args, 0)?, input::text(args, 1)?);
    if list.is_empty() && text.contains('\0') {
        return Err(Reason::new("an empty list of characters"));
    }
    Ok(count(text.bytes().take_while(|byte| list.as_bytes().contains(byte) == wanted).count()))
}

/// The order of two texts; `fold` leaves out the case of ASCII letters.
fn order(left: &[u8], right: &[u8], fold: bool) -> Result<Kind, Reason> {
    super::order_kind(if fold {
        left.to_ascii_lowercase().cmp(&right.to_ascii_lowercase())
    } else {
        left.cmp(right)
    })
}

fn start_order(args: &[Value], fold: bool) -> Result<Kind, Reason> {
    let (left, right) = (input::text(args, 0)?, input::text(args, 1)?);
    let length =
        usize::try_from(input::int(args, 2)?).map_err(|_| Reason::new("a length that PHP refuses"))?;
    let cut = |text: &str| text.as_bytes().get(..length.min(text.len())).unwrap_or_default().to_vec();
    order(&cut(&left), &cut(&right), fold)
}
