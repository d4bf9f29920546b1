//! `json_encode` (php-src, ext/json/json_encoder.c, 8.2).

use super::super::{Array, Kind, Value, convert};
use super::{Builtin, MAX_TEXT, input, text_kind, too_large};
use crate::facts::Reason;

/// Writing JSON.
pub const FUNCTIONS: &[Builtin] =
    &[Builtin::new("json_encode", &["value", "flags", "depth"], 1, json_encode)];

const HEX_TAG: i64 = 1;
const HEX_AMP: i64 = 2;
const HEX_APOS: i64 = 4;
const HEX_QUOT: i64 = 8;
const FORCE_OBJECT: i64 = 16;
const UNESCAPED_SLASHES: i64 = 64;
const PRETTY_PRINT: i64 = 128;
const UNESCAPED_UNICODE: i64 = 256;
const PRESERVE_ZERO_FRACTION: i64 = 1024;
const UNESCAPED_LINE_TERMINATORS: i64 = 2048;
const HARMLESS: i64 = (1 << 20) | (1 << 21);
const THROW: i64 = 1 << 22;

struct Writer {
    flags: i64,
    out: String,
}

fn json_encode(args: &[Value]) -> Result<Kind, Reason> {
    let flags = input::int_or(args, 1, 0)?;
    let known = HEX_TAG
        | HEX_AMP
        | HEX_APOS
        | HEX_QUOT
        | FORCE_OBJECT
        | UNESCAPED_SLASHES
        | PRETTY_PRINT
        | UNESCAPED_UNICODE
        | PRESERVE_ZERO_FRACTION
        | UNESCAPED_LINE_TERMINATORS
        | HARMLESS
        | THROW;
    if flags & !known != 0 || input::int_or(args, 2, 512)? < 64 {
        return Err(Reason::new("flags that we do not follow"));
    }
    let mut writer = Writer { flags, out: String::new() };
    writer.value(&input::any(args, 0)?.kind, 0)?;
    text_kind(writer.out)
}

impl Writer {
    const fn has(&self, flag: i64) -> bool {
        self.flags & flag != 0
    }

    fn value(&mut self, kind: &Kind, depth: usize) -> Result<(), Reason> {
        if self.out.len() > MAX_TEXT {
            return Err(too_large());
        }
        match kind {
            Kind::Null => self.out.push_str("null"),
            Kind::Bool(truth) => self.out.push_str(if *truth { "true" } else { "false" }),
            Kind::Int(number) => self.out.push_str(&number.to_string()),
            Kind::Float(number) if number.is_finite() => {
                let text = convert::float_to_json(*number, 'e');
                let plain = !text.contains(['.', 'e']);
                self.out.push_str(&text);
                if plain && self.has(PRESERVE_ZERO_FRACTION) {
                    self.out.push_str(".0");
                }
            }
            Kind::Str(text) => self.text(text),
            Kind::Array(array) => self.array(array, depth)?,
            Kind::Float(_) | Kind::Object(_) | Kind::Closure(_) | Kind::Case(_) => {
                return Err(Reason::new("a value that JSON cannot hold"));
            }
            Kind::Unknown(reason) => return Err(reason.clone()),
        }
        Ok(())
    }

    fn array(&mut self, array: &Array, depth: usize) -> Result<(), Reason> {
        if depth > super::MAX_DEPTH {
            return Err(Reason::new("arrays nested too deep"));
        }
        let is_list = array.is_list() && !self.has(FORCE_OBJECT);
        let (open, close) = if is_list { ('[', ']') } else { ('{', '}') };
        self.out.push(open);
        for (index, (key, value)) in array.iter().enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            self.line(depth + 1);
            if !is_list {
                self.text(&key.text());
                self.out.push_str(if self.has(PRETTY_PRINT) { ": " } else { ":" });
            }
            self.value(&value.kind, depth + 1)?;
        }
        if !array.is_empty() {
            self.line(depth);
        }
        self.out.push(close);
        Ok(())
    }

    fn line(&mut self, depth: usize) {
        if self.has(PRETTY_PRINT) {
            self.out.push('\n');
            self.out.push_str(&"    ".repeat(depth));
        }
    }

    fn text(&mut self, text: &str) {
        self.out.push('"');
        for letter in text.chars() {
            match letter {
                '"' if !self.has(HEX_QUOT) => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '/' if !self.has(UNESCAPED_SLASHES) => self.out.push_str("\\/"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{c}' => self.out.push_str("\\f"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                _ if self.escapes(letter) => {
                    for unit in letter.encode_utf16(&mut [0; 2]) {
                        // The four signs that have a flag of their own are written in capitals, all else is not.
                        let hex = if letter.is_ascii() && !letter.is_control() {
                            format!("\\u{unit:04X}")
                        } else {
                            format!("\\u{unit:04x}")
                        };
                        self.out.push_str(&hex);
                    }
                }
                _ => self.out.push(letter),
            }
        }
        self.out.push('"');
    }

    const fn escapes(&self, letter: char) -> bool {
        match letter {
            '\0'..='\u{1f}' => true,
            '<' | '>' => self.has(HEX_TAG),
            '&' => self.has(HEX_AMP),
            '\'' => self.has(HEX_APOS),
            '"' => self.has(HEX_QUOT),
            '\u{2028}' | '\u{2029}' => !self.has(UNESCAPED_UNICODE) || !self.has(UNESCAPED_LINE_TERMINATORS),
            _ => !letter.is_ascii() && !self.has(UNESCAPED_UNICODE),
        }
    }
}
