//! Numbers.

use super::super::convert::{self, Number};
use super::super::{Kind, Value};
use super::{Builtin, input, text_kind};
use crate::facts::Reason;

const NUM: &[&str] = &["num"];

/// Numbers.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::new("min", &["value", "...values"], 1, |args| extreme(args, false)),
    Builtin::new("max", &["value", "...values"], 1, |args| extreme(args, true)),
    Builtin::new("abs", NUM, 1, |args| {
        Ok(match input::int_or_float(args, 0)? {
            Number::Int(number) => {
                number.checked_abs().map_or_else(|| Kind::Float((number as f64).abs()), Kind::Int)
            }
            Number::Float(number) => Kind::Float(number.abs()),
        })
    }),
    Builtin::new("floor", NUM, 1, |args| input::float(args, 0).map(|number| Kind::Float(number.floor()))),
    Builtin::new("ceil", NUM, 1, |args| input::float(args, 0).map(|number| Kind::Float(number.ceil()))),
    Builtin::new("round", &["num", "precision"], 1, round),
    Builtin::new("intdiv", &["num1", "num2"], 2, intdiv),
    Builtin::new("fmod", &["num1", "num2"], 2, |args| {
        Ok(Kind::Float(input::float(args, 0)? % input::float(args, 1)?))
    }),
    Builtin::new("fdiv", &["num1", "num2"], 2, |args| {
        Ok(Kind::Float(input::float(args, 0)? / input::float(args, 1)?))
    }),
    Builtin::new("pow", &["num", "exponent"], 2, |args| {
        convert::power(&input::any(args, 0)?.kind, &input::any(args, 1)?.kind)
    }),
    Builtin::new("sqrt", NUM, 1, |args| input::float(args, 0).map(|number| Kind::Float(number.sqrt()))),
    Builtin::new("is_nan", NUM, 1, |args| input::float(args, 0).map(|number| Kind::Bool(number.is_nan()))),
    Builtin::new("is_finite", NUM, 1, |args| {
        input::float(args, 0).map(|number| Kind::Bool(number.is_finite()))
    }),
    Builtin::new("is_infinite", NUM, 1, |args| {
        input::float(args, 0).map(|number| Kind::Bool(number.is_infinite()))
    }),
    Builtin::new("dechex", NUM, 1, |args| text_kind(format!("{:x}", input::int(args, 0)?))),
    Builtin::new("decbin", NUM, 1, |args| text_kind(format!("{:b}", input::int(args, 0)?))),
    Builtin::new("decoct", NUM, 1, |args| text_kind(format!("{:o}", input::int(args, 0)?))),
    Builtin::new("hexdec", &["hex_string"], 1, |args| from_base(args, 16)),
    Builtin::new("bindec", &["binary_string"], 1, |args| from_base(args, 2)),
    Builtin::new("octdec", &["octal_string"], 1, |args| from_base(args, 8)),
    Builtin::new("pi", &[], 0, |_| Ok(Kind::Float(std::f64::consts::PI))),
];

fn extreme(args: &[Value], largest: bool) -> Result<Kind, Reason> {
    let single = args.len() == 1;
    let values: Vec<&Kind> = if single {
        input::array(args, 0)?.values().map(|value| &value.kind).collect()
    } else {
        args.iter().map(|value| &value.kind).collect()
    };
    let mut values = values.into_iter();
    let mut best = values.next().ok_or_else(|| Reason::new("the largest or smallest of nothing"))?;
    for value in values {
        let order = convert::compare(value, best)?;
        let better = match (largest, single) {
            (true, true) => convert::compare(best, value)? < 0,
            (false, true) => convert::compare(best, value)? > 0,
            (true, false) => order > 0,
            (false, false) => order < 0,
        };
        if better {
            best = value;
        }
    }
    Ok(best.clone())
}

fn round(args: &[Value]) -> Result<Kind, Reason> {
    let places = input::int_or(args, 1, 0)?;
    let places = i32::try_from(places.clamp(-400, 400)).unwrap_or(0);
    Ok(Kind::Float(match input::int_or_float(args, 0)? {
        Number::Int(number) if places >= 0 => number as f64,
        number => round_to(number.as_float(), places),
    }))
}

fn power_of_ten(power: i32) -> f64 {
    10_f64.powi(power)
}

fn scaled(value: f64, places: i32) -> f64 {
    let factor = power_of_ten(places.abs());
    if places >= 0 { value * factor } else { value / factor }
}

/// `round` as php-src's ext/standard/math.c does it in 8.2: rounded first to the digits a float guarantees.
pub fn round_to(value: f64, places: i32) -> f64 {
    if !value.is_finite() || value == 0.0 {
        return value;
    }
    let guaranteed = 14 - value.abs().log10().floor() as i32;
    let mut rounded;
    if guaranteed > places && guaranteed - 15 < places {
        let first = guaranteed.clamp(-60, 400);
        rounded = scaled(value, first).round();
        let rest = (places - first).max(-60);
        rounded /= power_of_ten(rest.abs());
    } else {
        rounded = scaled(value, places);
        if rounded.abs() >= 1e15 {
            return value;
        }
    }
    rounded = rounded.round();
    if places.abs() < 23 {
        return scaled(rounded, -places);
    }
    let exact = format!("{rounded:.6}e{}", -places).parse::<f64>().unwrap_or(value);
    if exact.is_finite() { exact } else { value }
}

fn intdiv(args: &[Value]) -> Result<Kind, Reason> {
    let (left, right) = (input::int(args, 0)?, input::int(args, 1)?);
    if right == 0 {
        return Err(Reason::new("a division by zero"));
    }
    left.checked_div(right).map(Kind::Int).ok_or_else(|| Reason::new("a number too large for an integer"))
}

/// `hexdec` and its kin: other letters are left out.
fn from_base(args: &[Value], base: u32) -> Result<Kind, Reason> {
    let text = input::text(args, 0)?;
    let mut number = 0_i64;
    for digit in text.chars().filter_map(|letter| letter.to_digit(base)) {
        let next =
            number.checked_mul(i64::from(base)).and_then(|number| number.checked_add(i64::from(digit)));
        number = next.ok_or_else(|| Reason::new("a number too large for an integer"))?;
    }
    Ok(Kind::Int(number))
}
