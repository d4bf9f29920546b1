//! The `mb_` functions, for UTF-8.

use std::sync::Arc;

use super::super::{Kind, Value};
use super::{Builtin, input, text_kind};
use crate::facts::Reason;

/// Strings by characters.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::new("mb_strtolower", &["string", "encoding"], 1, |args| text_kind(lower(&subject(args, 1)?)?)),
    Builtin::new("mb_strtoupper", &["string", "encoding"], 1, |args| text_kind(upper(&subject(args, 1)?))),
    Builtin::new("mb_strlen", &["string", "encoding"], 1, |args| Ok(length(&subject(args, 1)?))),
    Builtin::new("mb_substr", &["string", "start", "length", "encoding"], 2, |args| {
        let text = subject(args, 3)?;
        text_kind(part(&text, input::int(args, 1)?, input::optional_int(args, 2)?))
    }),
    Builtin::new("mb_strpos", &["haystack", "needle", "offset", "encoding"], 2, |args| position(args, false)),
    Builtin::new("mb_strrpos", &["haystack", "needle", "offset", "encoding"], 2, |args| position(args, true)),
    Builtin::new("mb_substr_count", &["haystack", "needle", "encoding"], 2, |args| {
        let (text, needle) = (subject(args, 2)?, input::text(args, 1)?);
        if needle.is_empty() {
            return Err(Reason::new("an empty text searched for"));
        }
        Ok(Kind::Int(i64::try_from(text.matches(&*needle).count()).unwrap_or(i64::MAX)))
    }),
    Builtin::new("mb_strwidth", &["string", "encoding"], 1, |args| {
        Ok(Kind::Int(i64::try_from(width(&subject(args, 1)?)?).unwrap_or(i64::MAX)))
    }),
    Builtin::new("mb_convert_case", &["string", "mode", "encoding"], 2, convert_case),
];

fn subject(args: &[Value], encoding: usize) -> Result<Arc<str>, Reason> {
    if input::given(args, encoding) {
        let name = input::text(args, encoding)?;
        if !name.eq_ignore_ascii_case("utf-8") && !name.eq_ignore_ascii_case("utf8") {
            return Err(Reason::new("an encoding other than UTF-8"));
        }
    }
    input::text(args, 0)
}

fn length(text: &str) -> Kind {
    Kind::Int(i64::try_from(text.chars().count()).unwrap_or(i64::MAX))
}

/// `mb_strtolower`. PHP 8.3 and later write a final capital sigma in another way, so sigma is not followed.
pub fn lower(text: &str) -> Result<String, Reason> {
    if text.is_ascii() {
        return Ok(text.to_ascii_lowercase());
    }
    if text.contains('\u{3a3}') {
        return Err(Reason::new("a letter whose lower case depends on the PHP version"));
    }
    Ok(text.chars().flat_map(char::to_lowercase).collect())
}

/// `mb_strtoupper`.
pub fn upper(text: &str) -> String {
    text.chars().flat_map(char::to_uppercase).collect()
}

/// `mb_substr`.
pub fn part(text: &str, start: i64, count: Option<i64>) -> String {
    let (from, to) = input::range(start, count, text.chars().count());
    text.chars().skip(from).take(to - from).collect()
}

/// `mb_strwidth` where it is plain: no East Asian wide letters, no combining marks.
pub fn width(text: &str) -> Result<usize, Reason> {
    if text.chars().any(|letter| letter >= '\u{1100}') {
        return Err(Reason::new("the width of letters we do not know"));
    }
    Ok(text.chars().count())
}

fn position(args: &[Value], from_end: bool) -> Result<Kind, Reason> {
    let (text, needle) = (subject(args, 3)?, input::text(args, 1)?);
    let offset = input::int_or(args, 2, 0)?;
    let size = text.chars().count();
    if offset.unsigned_abs() > size as u64 {
        return Err(Reason::new("an offset outside the string"));
    }
    if from_end && offset != 0 {
        return Err(Reason::new("a search from the end with an offset"));
    }
    let start = text.char_indices().nth(input::clamp(offset, size)).map_or(text.len(), |(at, _)| at);
    let rest = text.get(start..).unwrap_or_default();
    let found = if from_end { rest.rfind(&*needle) } else { rest.find(&*needle) };
    Ok(found.and_then(|at| text.get(..start + at)).map_or(Kind::Bool(false), length))
}

/// `mb_convert_case(.., MB_CASE_TITLE)` for ASCII and Latin letters (php-src, ext/mbstring/php_unicode.c, 8.2).
pub fn title(text: &str) -> Result<String, Reason> {
    let mut inside = false;
    let mut result = String::with_capacity(text.len());
    for letter in text.chars() {
        let known = letter.is_ascii() || ('\u{c0}'..='\u{17f}').contains(&letter);
        if !known || matches!(letter, '\u{149}' | '\u{df}') {
            return Err(Reason::new("title case of letters we do not know"));
        }
        if inside {
            result.extend(letter.to_lowercase());
        } else {
            result.extend(letter.to_uppercase());
        }
        if !matches!(letter, '\'' | '.' | ':' | '^' | '`') {
            inside = letter.is_alphabetic();
        }
    }
    Ok(result)
}

fn convert_case(args: &[Value]) -> Result<Kind, Reason> {
    let text = subject(args, 2)?;
    match input::int(args, 1)? {
        0 => text_kind(upper(&text)),
        1 => text_kind(lower(&text)?),
        2 => text_kind(title(&text)?),
        _ => Err(Reason::new("a way of changing case that we do not follow")),
    }
}
