//! The `preg_` functions, for patterns that both engines read the same way.

use std::sync::Arc;

use regex::bytes::Captures;

use super::super::{Array, Kind, Value, convert};
use super::pattern::Pattern;
use super::{Builtin, MAX_TEXT, array_kind, bytes_kind, input, text_kind, too_large};
use crate::facts::Reason;

/// Patterns.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::new("preg_match", &["pattern", "subject"], 2, |args| {
        let (pattern, subject) = (Pattern::new(&input::text(args, 0)?)?, input::text(args, 1)?);
        pattern.suits(&subject)?;
        Ok(Kind::Int(i64::from(pattern.regex.is_match(subject.as_bytes()))))
    }),
    Builtin::new("preg_replace", &["pattern", "replacement", "subject", "limit"], 3, preg_replace),
    Builtin::new("preg_split", &["pattern", "subject", "limit", "flags"], 2, preg_split),
    Builtin::new("preg_quote", &["str", "delimiter"], 1, preg_quote),
];

fn empty_match() -> Reason {
    Reason::new("a pattern that matches nothing")
}

/// `preg_quote`
fn preg_quote(args: &[Value]) -> Result<Kind, Reason> {
    let text = input::text(args, 0)?;
    let delimiter = if input::given(args, 1) { input::text(args, 1)?.chars().next() } else { None };
    let mut result = String::new();
    for letter in text.chars() {
        match letter {
            '\0' => {
                result.push_str("\\000");
                continue;
            }
            _ if ".\\+*?[^]$(){}=!<>|:-#".contains(letter) || Some(letter) == delimiter => result.push('\\'),
            _ => {}
        }
        result.push(letter);
    }
    text_kind(result)
}

fn preg_replace(args: &[Value]) -> Result<Kind, Reason> {
    let limit = usize::try_from(input::int_or(args, 3, -1)?).unwrap_or(usize::MAX);
    let subject = input::any(args, 2)?;
    let (pattern, with) = (&input::any(args, 0)?.kind, &input::any(args, 1)?.kind);
    match &subject.kind {
        Kind::Array(subjects) => {
            let mut result = Array::new();
            for (key, value) in subjects.iter() {
                let text = replace_each(pattern, with, &convert::to_text(&value.kind)?, limit)?;
                result.insert(key.clone(), Value { kind: Kind::Str(text), ..value.clone() });
            }
            array_kind(result)
        }
        other => text_kind(replace_each(pattern, with, &convert::to_text(other)?, limit)?),
    }
}

fn replace_each(pattern: &Kind, with: &Kind, subject: &str, limit: usize) -> Result<Arc<str>, Reason> {
    match (pattern, with) {
        (Kind::Array(patterns), with) => {
            let mut text: Arc<str> = subject.into();
            let mut each = match with {
                Kind::Array(array) => Some(array.values()),
                _ => None,
            };
            for pattern in patterns.values() {
                let with: Arc<str> = match &mut each {
                    Some(values) => {
                        values.next().map_or_else(|| Ok("".into()), |value| convert::to_text(&value.kind))?
                    }
                    None => convert::to_text(with)?,
                };
                text = replace_once(&convert::to_text(&pattern.kind)?, &with, &text, limit)?;
            }
            Ok(text)
        }
        (pattern, with) => {
            replace_once(&convert::to_text(pattern)?, &convert::to_text(with)?, subject, limit)
        }
    }
}

fn replace_once(pattern: &str, with: &str, subject: &str, limit: usize) -> Result<Arc<str>, Reason> {
    let pattern = Pattern::new(pattern)?;
    pattern.suits(subject)?;
    let bytes = subject.as_bytes();
    let (mut result, mut from, mut left) = (Vec::new(), 0, limit);
    while left > 0
        && let Some((found, start, end)) = next_match(&pattern, bytes, from)?
    {
        result.extend_from_slice(bytes.get(from..start).unwrap_or_default());
        expand(&mut result, with, &found);
        (from, left) = (end, left - 1);
        if result.len() > MAX_TEXT {
            return Err(too_large());
        }
    }
    result.extend_from_slice(bytes.get(from..).unwrap_or_default());
    let text = String::from_utf8(result).map_err(|_| Reason::new("a string cut inside a character"))?;
    Ok(text.into())
}

/// The next match and where it is. PCRE and we go on differently after an empty one, so there is no result then.
fn next_match<'t>(
    pattern: &Pattern,
    bytes: &'t [u8],
    from: usize,
) -> Result<Option<(Captures<'t>, usize, usize)>, Reason> {
    let Some(found) = pattern.regex.captures_at(bytes, from) else { return Ok(None) };
    let Some((start, end)) = found.get(0).map(|whole| (whole.start(), whole.end())) else { return Ok(None) };
    if start == end { Err(empty_match()) } else { Ok(Some((found, start, end))) }
}

/// `$1`, `${1}` and `\1` in a replacement.
fn expand(result: &mut Vec<u8>, with: &str, found: &Captures<'_>) {
    let bytes = with.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let braced = byte == b'$' && bytes.get(at + 1) == Some(&b'{');
        let start = at + 1 + usize::from(braced);
        let rest = bytes.get(start..).unwrap_or_default();
        let digits = rest.iter().take(2).take_while(|byte| byte.is_ascii_digit()).count();
        let closed = !braced || rest.get(digits) == Some(&b'}');
        if byte == b'\\' && bytes.get(at + 1) == Some(&b'\\') {
            result.push(b'\\');
            at += 2;
        } else if matches!(byte, b'$' | b'\\') && digits > 0 && closed {
            let number =
                rest.iter().take(digits).fold(0, |number, digit| number * 10 + usize::from(digit - b'0'));
            if let Some(group) = found.get(number) {
                result.extend_from_slice(group.as_bytes());
            }
            at = start + digits + usize::from(braced);
        } else {
            result.push(byte);
            at += 1;
        }
    }
}

fn preg_split(args: &[Value]) -> Result<Kind, Reason> {
    const NO_EMPTY: i64 = 1;
    const DELIM_CAPTURE: i64 = 2;
    let (pattern, subject) = (input::text(args, 0)?, input::text(args, 1)?);
    let limit = input::optional_int(args, 2)?.filter(|limit| *limit != 0).unwrap_or(-1);
    let flags = input::int_or(args, 3, 0)?;
    if flags & !(NO_EMPTY | DELIM_CAPTURE) != 0 {
        return Err(Reason::new("flags that we do not follow"));
    }
    if matches!(&*pattern, "//u") && flags == NO_EMPTY && limit < 0 {
        return array_kind(Array::list(subject.chars().map(|letter| Value::str(letter.to_string()))));
    }
    let pattern = Pattern::new(&pattern)?;
    pattern.suits(&subject)?;
    let bytes = subject.as_bytes();
    let (mut result, mut from, mut left) = (Array::new(), 0, limit);
    let mut put = |part: &[u8], always: bool| -> Result<bool, Reason> {
        let wanted = !part.is_empty() || (always && flags & NO_EMPTY == 0);
        if wanted {
            result.push(Value::new(bytes_kind(part.to_vec())?));
        }
        Ok(wanted)
    };
    while left != 1
        && left >= -1
        && let Some((found, start, end)) = next_match(&pattern, bytes, from)?
    {
        if put(bytes.get(from..start).unwrap_or_default(), true)? && left > 0 {
            left -= 1;
        }
        if flags & DELIM_CAPTURE != 0 {
            for group in found.iter().skip(1).flatten() {
                put(group.as_bytes(), true)?;
            }
        }
        from = end;
    }
    put(bytes.get(from..).unwrap_or_default(), true)?;
    array_kind(result)
}
