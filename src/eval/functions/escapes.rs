//! Escaping in strings.

use super::super::{Kind, Value};
use super::{Builtin, bytes_kind, input, text_kind};
use crate::facts::Reason;

/// Escaping.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::new("addslashes", &["string"], 1, addslashes),
    Builtin::new("stripslashes", &["string"], 1, stripslashes),
    Builtin::new("htmlspecialchars", &["string", "flags", "encoding", "double_encode"], 1, htmlspecialchars),
    Builtin::new("nl2br", &["string", "use_xhtml"], 1, nl2br),
    Builtin::new("quotemeta", &["string"], 1, |args| {
        let text = input::text(args, 0)?;
        let mut result = String::new();
        for letter in text.chars() {
            if ".\\+*?[^]$()".contains(letter) {
                result.push('\\');
            }
            result.push(letter);
        }
        text_kind(result)
    }),
];

fn addslashes(args: &[Value]) -> Result<Kind, Reason> {
    let mut result = String::new();
    for letter in input::text(args, 0)?.chars() {
        match letter {
            '\0' => result.push_str("\\0"),
            '\'' | '"' | '\\' => result.extend(['\\', letter]),
            _ => result.push(letter),
        }
    }
    text_kind(result)
}

fn stripslashes(args: &[Value]) -> Result<Kind, Reason> {
    let text = input::text(args, 0)?;
    let mut result = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'\\' {
            match bytes.next() {
                Some(b'0') => result.push(0),
                Some(next) => result.push(next),
                None => {}
            }
        } else {
            result.push(byte);
        }
    }
    bytes_kind(result)
}

/// HTML's special characters as entities; `flags` are PHP's `ENT_*`.
pub fn html(text: &str, flags: i64) -> String {
    let single = if flags & 48 == 0 { "&#039;" } else { "&apos;" };
    let mut result = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '"' if flags & 2 != 0 => result.push_str("&quot;"),
            '\'' if flags & 3 == 3 => result.push_str(single),
            _ => result.push(letter),
        }
    }
    result
}

fn htmlspecialchars(args: &[Value]) -> Result<Kind, Reason> {
    let (text, flags) = (input::text(args, 0)?, input::int_or(args, 1, 11)?);
    let encoding = input::text_or(args, 2, "")?;
    if !encoding.is_empty() && !encoding.eq_ignore_ascii_case("utf-8") {
        return Err(Reason::new("an encoding other than UTF-8"));
    }
    if !input::flag_or(args, 3, true)? || flags & !(2 | 3 | 8 | 48) != 0 {
        return Err(Reason::new("flags that we do not follow"));
    }
    text_kind(html(&text, flags))
}

fn nl2br(args: &[Value]) -> Result<Kind, Reason> {
    let text = input::text(args, 0)?;
    let tag = if input::flag_or(args, 1, true)? { "<br />" } else { "<br>" };
    let mut result = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if matches!(letter, '\n' | '\r') {
            result.push_str(tag);
            result.push(letter);
            let other = if letter == '\n' { '\r' } else { '\n' };
            result.extend(letters.next_if_eq(&other));
        } else {
            result.push(letter);
        }
    }
    text_kind(result)
}
