//! Replacing in strings.

use std::sync::Arc;

use super::super::{Array, Kind, Value, convert};
use super::{Builtin, MAX_TEXT, array_kind, bytes_kind, input, text_kind, too_large};
use crate::facts::Reason;

/// Replacing.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::new("str_replace", &["search", "replace", "subject"], 3, |args| str_replace(args, false)),
    Builtin::new("str_ireplace", &["search", "replace", "subject"], 3, |args| str_replace(args, true)),
    Builtin::new("substr_replace", &["string", "replace", "offset", "length"], 3, substr_replace),
    Builtin::new("strtr", &["string", "from", "to"], 2, strtr),
];

/// `text` with every `search` replaced; `fold` ignores the case of ASCII letters.
pub fn replaced(text: &str, search: &str, with: &str, fold: bool) -> Result<String, Reason> {
    if search.is_empty() || search.len() > text.len() {
        return Ok(text.into());
    }
    let (haystack, needle) = if fold {
        (text.to_ascii_lowercase(), search.to_ascii_lowercase())
    } else {
        (text.to_owned(), search.to_owned())
    };
    let mut result = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in haystack.match_indices(&needle) {
        result.push_str(text.get(from..at).unwrap_or_default());
        result.push_str(with);
        from = at + needle.len();
        if result.len() > MAX_TEXT {
            return Err(too_large());
        }
    }
    result.push_str(text.get(from..).unwrap_or_default());
    Ok(result)
}

/// `str_replace` on one subject.
pub fn replace_all(search: &Kind, with: &Kind, subject: &str, fold: bool) -> Result<Arc<str>, Reason> {
    let Kind::Array(searches) = search else {
        return Ok(replaced(subject, &convert::to_text(search)?, &convert::to_text(with)?, fold)?.into());
    };
    let mut result: Arc<str> = subject.into();
    let mut each = match with {
        Kind::Array(array) => Some(array.values()),
        _ => None,
    };
    for search in searches.values() {
        let with: Arc<str> = match &mut each {
            Some(values) => {
                values.next().map_or_else(|| Ok("".into()), |value| convert::to_text(&value.kind))?
            }
            None => convert::to_text(with)?,
        };
        result = replaced(&result, &convert::to_text(&search.kind)?, &with, fold)?.into();
    }
    Ok(result)
}

fn str_replace(args: &[Value], fold: bool) -> Result<Kind, Reason> {
    let (search, with) = (input::any(args, 0)?, input::any(args, 1)?);
    if matches!(with.kind, Kind::Array(_)) && !matches!(search.kind, Kind::Array(_)) {
        return Err(Reason::new("an array used as a string"));
    }
    match &input::any(args, 2)?.kind {
        Kind::Array(subjects) => {
            let mut result = Array::new();
            for (key, subject) in subjects.iter() {
                let value = match &subject.kind {
                    Kind::Array(_) => subject.clone(),
                    other => {
                        let text = replace_all(&search.kind, &with.kind, &convert::to_text(other)?, fold)?;
                        Value { kind: Kind::Str(text), ..subject.clone() }
                    }
                };
                result.insert(key.clone(), value);
            }
            array_kind(result)
        }
        other => text_kind(replace_all(&search.kind, &with.kind, &convert::to_text(other)?, fold)?),
    }
}

/// `substr_replace` on bytes.
pub fn splice(text: &str, with: &str, offset: i64, length: Option<i64>) -> Vec<u8> {
    let (start, end) = input::range(offset, length, text.len());
    let bytes = text.as_bytes();
    let before = bytes.get(..start).unwrap_or_default();
    [before, with.as_bytes(), bytes.get(end..).unwrap_or_default()].concat()
}

fn substr_replace(args: &[Value]) -> Result<Kind, Reason> {
    let (text, with) = (input::text(args, 0)?, input::text(args, 1)?);
    bytes_kind(splice(&text, &with, input::int(args, 2)?, input::optional_int(args, 3)?))
}

fn strtr(args: &[Value]) -> Result<Kind, Reason> {
    let text = input::text(args, 0)?;
    if args.len() == 3 {
        let (from, to) = (input::text(args, 1)?, input::text(args, 2)?);
        let pairs: Vec<(u8, u8)> = from.bytes().zip(to.bytes()).collect();
        let change =
            |byte: u8| pairs.iter().rev().find(|(from, _)| *from == byte).map_or(byte, |(_, to)| *to);
        return bytes_kind(text.bytes().map(change).collect());
    }
    let mut pairs = Vec::new();
    for (key, value) in input::array(args, 1)?.iter() {
        pairs.push((key.text(), convert::to_text(&value.kind)?));
    }
    pairs.retain(|(from, _)| !from.is_empty());
    // The longest key that fits wins; what was replaced is not looked at again.
    pairs.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
    let bytes = text.as_bytes();
    let (mut result, mut at) = (Vec::new(), 0);
    while let Some(byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        if let Some((from, to)) = pairs.iter().find(|(from, _)| rest.starts_with(from.as_bytes())) {
            result.extend_from_slice(to.as_bytes());
            at += from.len();
        } else {
            result.push(*byte);
            at += 1;
        }
        if result.len() > MAX_TEXT {
            return Err(too_large());
        }
    }
    bytes_kind(result)
}
