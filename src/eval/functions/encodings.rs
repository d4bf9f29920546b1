//! Bytes as text: base64, hexadecimal, percent signs.

use super::super::{Kind, Value};
use super::{Builtin, input, text_kind};
use crate::facts::Reason;

const STRING: &[&str] = &["string"];

/// Encodings.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::new("base64_encode", STRING, 1, |args| text_kind(base64(input::text(args, 0)?.as_bytes()))),
    Builtin::new("base64_decode", &["string", "strict"], 1, base64_decode),
    Builtin::new("bin2hex", STRING, 1, |args| text_kind(hex(input::text(args, 0)?.as_bytes()))),
    Builtin::new("hex2bin", STRING, 1, hex2bin),
    Builtin::new("urlencode", STRING, 1, |args| text_kind(percent(&input::text(args, 0)?, false))),
    Builtin::new("rawurlencode", STRING, 1, |args| text_kind(percent(&input::text(args, 0)?, true))),
    Builtin::new("urldecode", STRING, 1, |args| unpercent(&input::text(args, 0)?, false)),
    Builtin::new("rawurldecode", STRING, 1, |args| unpercent(&input::text(args, 0)?, true)),
];

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn binary(bytes: Vec<u8>) -> Result<Kind, Reason> {
    text_kind(String::from_utf8(bytes).map_err(|_| Reason::new("a string that is not UTF-8"))?)
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .enumerate()
            .fold(0_u32, |group, (at, byte)| group | u32::from(*byte) << (16 - 8 * at));
        for at in 0..4 {
            let index = usize::try_from(group >> (18 - 6 * at) & 63).unwrap_or(0);
            out.push(if at > chunk.len() {
                '='
            } else {
                char::from(ALPHABET.get(index).copied().unwrap_or(b'A'))
            });
        }
    }
    out
}

/// `base64_decode` (php-src, ext/standard/base64.c `php_base64_decode_ex_impl`, 8.2).
fn base64_decode(args: &[Value]) -> Result<Kind, Reason> {
    let (text, strict) = (input::text(args, 0)?, input::flag_or(args, 1, false)?);
    let (mut out, mut group, mut count, mut padding) = (Vec::new(), 0_u32, 0_usize, 0_usize);
    for byte in text.bytes() {
        if byte == b'=' {
            padding += 1;
            continue;
        }
        let Some(value) = ALPHABET.iter().position(|letter| *letter == byte) else {
            if strict && !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Ok(Kind::Bool(false));
            }
            continue;
        };
        if strict && padding > 0 {
            return Ok(Kind::Bool(false));
        }
        group = (group << 6 | u32::try_from(value).unwrap_or(0)) & 0xff_ffff;
        count += 1;
        let shift = match count % 4 {
            2 => 4,
            3 => 2,
            0 => 0,
            _ => continue,
        };
        out.push(u8::try_from(group >> shift & 255).unwrap_or(0));
    }
    if strict && (count % 4 == 1 || (padding > 0 && (padding > 2 || !(count + padding).is_multiple_of(4)))) {
        return Ok(Kind::Bool(false));
    }
    binary(out)
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

fn hex2bin(args: &[Value]) -> Result<Kind, Reason> {
    let text = input::text(args, 0)?;
    if !text.len().is_multiple_of(2) {
        return Ok(Kind::Bool(false));
    }
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(hex_digit(*high)? << 4 | hex_digit(*low)?),
        _ => None,
    };
    text.as_bytes().chunks(2).map(pair).collect::<Option<Vec<u8>>>().map_or(Ok(Kind::Bool(false)), binary)
}

/// Percent-encodes as `urlencode` does, or as `rawurlencode` (RFC 3986) when `raw`.
pub fn percent(text: &str, raw: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'-' | b'_' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => out.push(char::from(byte)),
            b'~' if raw => out.push('~'),
            b' ' if !raw => out.push('+'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn unpercent(text: &str, raw: bool) -> Result<Kind, Reason> {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(at) {
        let digit = |offset: usize| bytes.get(at + offset).copied().and_then(hex_digit);
        match (byte, digit(1), digit(2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(high << 4 | low);
                at += 2;
            }
            (b'+', ..) if !raw => out.push(b' '),
            _ => out.push(*byte),
        }
        at += 1;
    }
    binary(out)
}
