//! `wordwrap` (php-src, ext/standard/string.c, 8.2).

use super::super::{Kind, Value};
use super::{Builtin, MAX_TEXT, bytes_kind, input, text_kind, too_large};
use crate::facts::Reason;

/// Wrapping.
pub const FUNCTIONS: &[Builtin] =
    &[Builtin::new("wordwrap", &["string", "width", "break", "cut_long_words"], 1, wordwrap)];

fn wordwrap(args: &[Value]) -> Result<Kind, Reason> {
    let (text, width) = (input::text(args, 0)?, input::int_or(args, 1, 75)?);
    let (separator, cut) = (input::text_or(args, 2, "\n")?, input::flag_or(args, 3, false)?);
    if text.is_empty() {
        return text_kind("");
    }
    if separator.is_empty() || (width == 0 && cut) {
        return Err(Reason::new("a line width that PHP refuses"));
    }
    let (bytes, separator) = (text.as_bytes(), separator.as_bytes());
    if let ([sign], false) = (separator, cut) {
        return bytes_kind(wrap_in_place(bytes, *sign, width));
    }
    let reaches =
        |from: usize, to: usize| i64::try_from(to).unwrap_or(0) - i64::try_from(from).unwrap_or(0) >= width;
    let (mut result, mut line, mut space, mut at) = (Vec::new(), 0, 0, 0);
    let slice = |from: usize, to: usize| bytes.get(from..to).unwrap_or_default();
    while let Some(byte) = bytes.get(at) {
        if at + separator.len() < bytes.len() && slice(at, bytes.len()).starts_with(separator) {
            result.extend_from_slice(slice(line, at + separator.len()));
            at += separator.len() - 1;
            line = at + 1;
            space = line;
        } else if *byte == b' ' {
            if reaches(line, at) {
                result.extend_from_slice(slice(line, at));
                result.extend_from_slice(separator);
                line = at + 1;
            }
            space = at;
        } else if reaches(line, at) && cut && line >= space {
            result.extend_from_slice(slice(line, at));
            result.extend_from_slice(separator);
            line = at;
            space = at;
        } else if reaches(line, at) && line < space {
            result.extend_from_slice(slice(line, space));
            result.extend_from_slice(separator);
            space += 1;
            line = space;
        }
        if result.len() > MAX_TEXT {
            return Err(too_large());
        }
        at += 1;
    }
    result.extend_from_slice(slice(line, bytes.len()));
    bytes_kind(result)
}

/// A break of one byte, where no word is cut, takes the place of a space.
fn wrap_in_place(bytes: &[u8], sign: u8, width: i64) -> Vec<u8> {
    let mut result = bytes.to_vec();
    let (mut line, mut space) = (0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        let full = i64::try_from(at).unwrap_or(0) - i64::try_from(line).unwrap_or(0) >= width;
        let turn = if *byte == sign {
            (line, space) = (at + 1, at + 1);
            None
        } else if *byte == b' ' {
            let turn = full.then_some(at);
            space = at;
            turn
        } else {
            (full && line != space).then_some(space)
        };
        if let Some(turn) = turn {
            if let Some(slot) = result.get_mut(turn) {
                *slot = sign;
            }
            line = turn + 1;
        }
    }
    result
}
