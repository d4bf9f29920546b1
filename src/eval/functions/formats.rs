//! `sprintf`, `vsprintf`, `number_format` (php-src, ext/standard/formatted_print.c and math.c, 8.2).

use super::super::{Kind, Value, convert};
use super::{Builtin, MAX_TEXT, bytes_kind, input, text_kind, too_large};
use crate::facts::Reason;

/// Formatting.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::new("sprintf", &["format", "...values"], 1, |args| {
        format(&input::text(args, 0)?, args.get(1..).unwrap_or_default())
    }),
    Builtin::new("vsprintf", &["format", "values"], 2, |args| {
        let values: Vec<Value> = input::array(args, 1)?.values().cloned().collect();
        format(&input::text(args, 0)?, &values)
    }),
    Builtin::new(
        "number_format",
        &["num", "decimals", "decimal_separator", "thousands_separator"],
        1,
        number_format,
    ),
];

struct Spec {
    left: bool,
    plus: bool,
    pad: u8,
    width: usize,
    precision: Option<usize>,
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn number(&mut self) -> Result<usize, Reason> {
        let mut number = 0_usize;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            number = number.saturating_mul(10).saturating_add(usize::from(digit - b'0'));
            self.at += 1;
        }
        if number > MAX_TEXT { Err(too_large()) } else { Ok(number) }
    }

    /// `n$`: which argument; leaves the place as it is when this is no position.
    fn position(&mut self) -> Result<Option<usize>, Reason> {
        let start = self.at;
        let number = self.number()?;
        if self.at > start && self.eat(b'$') {
            return number.checked_sub(1).map(Some).ok_or_else(|| Reason::new("a format PHP refuses"));
        }
        self.at = start;
        Ok(None)
    }
}

fn format(format: &str, args: &[Value]) -> Result<Kind, Reason> {
    let mut scan = Scan { bytes: format.as_bytes(), at: 0 };
    let (mut result, mut next) = (Vec::new(), 0);
    while let Some(byte) = scan.peek() {
        scan.at += 1;
        if byte != b'%' {
            result.push(byte);
            continue;
        }
        if scan.eat(b'%') {
            result.push(b'%');
            continue;
        }
        let mut position = scan.position()?;
        let mut spec = Spec { left: false, plus: false, pad: b' ', width: 0, precision: None };
        flags(&mut scan, &mut spec)?;
        let star = |scan: &mut Scan, next: &mut usize| -> Result<Option<i64>, Reason> {
            if !scan.eat(b'*') {
                return Ok(None);
            }
            let at = scan.position()?.unwrap_or_else(|| {
                *next += 1;
                *next - 1
            });
            match args.get(at).map(|value| &value.kind) {
                Some(Kind::Int(number)) => Ok(Some(*number)),
                _ => Err(Reason::new("a format PHP refuses")),
            }
        };
        match star(&mut scan, &mut next)? {
            Some(width) => {
                spec.width = usize::try_from(width).map_err(|_| Reason::new("a format PHP refuses"))?
            }
            None => spec.width = scan.number()?,
        }
        if scan.eat(b'.') {
            spec.precision = match star(&mut scan, &mut next)? {
                Some(-1) => None,
                Some(number) => {
                    Some(usize::try_from(number).map_err(|_| Reason::new("a format PHP refuses"))?)
                }
                None => Some(scan.number()?),
            };
        }
        scan.eat(b'l');
        let letter = scan.peek().ok_or_else(|| Reason::new("a format PHP refuses"))?;
        scan.at += 1;
        if letter == b'%' {
            result.push(b'%');
            continue;
        }
        let at = *position.get_or_insert_with(|| {
            next += 1;
            next - 1
        });
        let value = args.get(at).ok_or_else(|| Reason::new("a format with too few arguments"))?;
        write(&mut result, letter, &spec, &value.kind)?;
        if result.len() > MAX_TEXT {
            return Err(too_large());
        }
    }
    bytes_kind(result)
}

fn flags(scan: &mut Scan, spec: &mut Spec) -> Result<(), Reason> {
    loop {
        match scan.peek() {
            Some(b' ') => spec.pad = b' ',
            Some(b'0') => spec.pad = b'0',
            Some(b'-') => spec.left = true,
            Some(b'+') => spec.plus = true,
            Some(b'\'') => {
                scan.at += 1;
                spec.pad = scan.peek().ok_or_else(|| Reason::new("a format PHP refuses"))?;
            }
            _ => return Ok(()),
        }
        scan.at += 1;
    }
}

fn write(result: &mut Vec<u8>, letter: u8, spec: &Spec, kind: &Kind) -> Result<(), Reason> {
    let unsigned = || convert::to_int(kind).map(i64::cast_unsigned);
    match letter {
        b's' => {
            let text = convert::to_text(kind)?;
            let end = spec.precision.unwrap_or(text.len()).min(text.len());
            pad(result, text.as_bytes().get(..end).unwrap_or_default(), spec, false, true)
        }
        b'd' | b'i' => {
            let number = convert::to_int(kind)?;
            let sign = if spec.plus && number >= 0 { "+" } else { "" };
            pad(result, format!("{sign}{number}").as_bytes(), spec, number < 0 || spec.plus, false)
        }
        b'u' => pad(result, unsigned()?.to_string().as_bytes(), spec, false, false),
        b'x' => pad(result, format!("{:x}", unsigned()?).as_bytes(), spec, false, false),
        b'X' => pad(result, format!("{:X}", unsigned()?).as_bytes(), spec, false, false),
        b'o' => pad(result, format!("{:o}", unsigned()?).as_bytes(), spec, false, false),
        b'b' => pad(result, format!("{:b}", unsigned()?).as_bytes(), spec, false, false),
        b'c' => {
            result.push(u8::try_from(convert::to_int(kind)? & 255).unwrap_or(0));
            Ok(())
        }
        b'f' | b'F' | b'e' | b'E' => {
            let number = convert::to_float(kind)?;
            let text = float(number, letter, spec)?;
            let signed = text.starts_with(['-', '+']);
            pad(result, text.as_bytes(), spec, signed, false)
        }
        b'g' | b'G' | b'h' | b'H' => Err(Reason::new("a format we do not follow")),
        _ => Err(Reason::new("a format PHP refuses")),
    }
}

fn float(number: f64, letter: u8, spec: &Spec) -> Result<String, Reason> {
    let precision = spec.precision.unwrap_or(6);
    if precision > 53 || !number.is_finite() {
        return Err(Reason::new("a float we do not format"));
    }
    // A zero has no sign here.
    let number = if number == 0.0 { 0.0 } else { number };
    let sign = if spec.plus && number >= 0.0 { "+" } else { "" };
    let text = match letter {
        b'f' | b'F' => fixed(number, precision),
        _ => {
            let text = format!("{number:.precision$e}");
            let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
            let sign = if exponent.starts_with('-') { "" } else { "+" };
            let letter = char::from(letter);
            format!("{mantissa}{letter}{sign}{exponent}")
        }
    };
    Ok(format!("{sign}{text}"))
}

/// A float with so many decimals.
fn fixed(number: f64, precision: usize) -> String {
    format!("{number:.precision$}")
}

/// Pads as PHP does: zeros go between the sign and the digits, and on the right of a number they are not added.
fn pad(result: &mut Vec<u8>, text: &[u8], spec: &Spec, signed: bool, is_text: bool) -> Result<(), Reason> {
    if spec.width > MAX_TEXT {
        return Err(too_large());
    }
    let missing = spec.width.saturating_sub(text.len());
    let fill = std::iter::repeat_n(spec.pad, missing);
    if spec.left {
        result.extend_from_slice(text);
        if is_text || spec.pad != b'0' {
            result.extend(fill);
        } else {
            return if missing == 0 { Ok(()) } else { Err(Reason::new("a format we do not follow")) };
        }
    } else if signed && spec.pad == b'0' {
        let (sign, digits) = text.split_at_checked(1).unwrap_or((text, &[]));
        result.extend_from_slice(sign);
        result.extend(fill);
        result.extend_from_slice(digits);
    } else {
        result.extend(fill);
        result.extend_from_slice(text);
    }
    Ok(())
}

fn number_format(args: &[Value]) -> Result<Kind, Reason> {
    let number = input::float(args, 0)?;
    let decimals = usize::try_from(input::int_or(args, 1, 0)?).unwrap_or(0);
    let point = if input::given(args, 2) { input::text(args, 2)? } else { ".".into() };
    let comma = if input::given(args, 3) { input::text(args, 3)? } else { ",".into() };
    if !number.is_finite() || decimals > 100 {
        return Err(Reason::new("a float we do not format"));
    }
    let rounded = super::math::round_to(number, i32::try_from(decimals).unwrap_or(0));
    let text = fixed(rounded.abs(), decimals);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut result = String::new();
    if rounded < 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        result.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            result.push_str(&comma);
        }
        result.push(digit);
    }
    if decimals > 0 {
        result.push_str(&point);
        result.push_str(fraction);
    }
    text_kind(result)
}
