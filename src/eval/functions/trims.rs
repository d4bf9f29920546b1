//! `trim` and its kin.

use std::sync::Arc;

use super::super::{Kind, Value};
use super::{Builtin, bytes_kind, input, text_kind};
use crate::facts::Reason;

/// Trimming.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::new("trim", &["string", "characters"], 1, |args| trim(args, true, true)),
    Builtin::new("ltrim", &["string", "characters"], 1, |args| trim(args, true, false)),
    Builtin::new("rtrim", &["string", "characters"], 1, |args| trim(args, false, true)),
    Builtin::new("chop", &["string", "characters"], 1, |args| trim(args, false, true)),
];

const DEFAULT: &str = " \n\r\t\x0b\0";

/// The bytes that a character list names; `a..z` is a range (php-src, ext/standard/string.c `php_charmask`).
pub fn mask(list: &str) -> [bool; 256] {
    let mut mask = [false; 256];
    let bytes = list.as_bytes();
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        let last = match bytes.get(at + 1..at + 4) {
            Some([b'.', b'.', last]) if *last >= first => {
                at += 3;
                *last
            }
            _ => first,
        };
        for byte in first..=last {
            if let Some(slot) = mask.get_mut(usize::from(byte)) {
                *slot = true;
            }
        }
        at += 1;
    }
    mask
}

/// `text` without the bytes of `list` at its ends.
pub fn trimmed<'a>(text: &'a str, list: &str, left: bool, right: bool) -> &'a [u8] {
    let mask = mask(list);
    let listed = |byte: &u8| mask.get(usize::from(*byte)).copied().unwrap_or(false);
    let mut bytes = text.as_bytes();
    while let [first, rest @ ..] = bytes
        && left
        && listed(first)
    {
        bytes = rest;
    }
    while let [rest @ .., last] = bytes
        && right
        && listed(last)
    {
        bytes = rest;
    }
    bytes
}

fn trim(args: &[Value], left: bool, right: bool) -> Result<Kind, Reason> {
    let text: Arc<str> = input::text(args, 0)?;
    let bytes = trimmed(&text, &input::text_or(args, 1, DEFAULT)?, left, right);
    if bytes.len() == text.len() { text_kind(text) } else { bytes_kind(bytes.to_vec()) }
}
