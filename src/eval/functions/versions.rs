//! `version_compare` (php-src, ext/standard/versioning.c, 8.2).

use std::cmp::Ordering;

use super::super::{Kind, Value};
use super::{Builtin, input};
use crate::facts::Reason;

/// Versions.
pub const FUNCTIONS: &[Builtin] =
    &[Builtin::new("version_compare", &["version1", "version2", "operator"], 2, version_compare)];

/// A version with a dot wherever digits and letters meet, and for every other sign.
fn canonical(version: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut previous = ' ';
    for (index, letter) in version.chars().enumerate() {
        let special = matches!(letter, '-' | '_' | '+' | '.') || !letter.is_ascii_alphanumeric();
        if index == 0 {
            parts.push(letter.to_string());
        } else if special {
            if parts.last().is_none_or(|part| !part.is_empty()) {
                parts.push(String::new());
            }
        } else {
            let turn = previous.is_ascii_alphanumeric()
                && previous.is_ascii_digit() != letter.is_ascii_digit()
                && parts.last().is_some_and(|part| !part.is_empty());
            if turn {
                parts.push(String::new());
            }
            if let Some(part) = parts.last_mut() {
                part.push(letter);
            }
        }
        previous = letter;
    }
    parts
}

/// How a word counts; what is no known word counts least.
fn form(word: &str) -> i32 {
    const FORMS: [(&str, i32); 11] = [
        ("dev", 0),
        ("alpha", 1),
        ("a", 1),
        ("beta", 2),
        ("b", 2),
        ("RC", 3),
        ("rc", 3),
        ("#", 4),
        ("pl", 5),
        ("p", 5),
        ("", -1),
    ];
    FORMS.iter().find(|(name, _)| !name.is_empty() && word.starts_with(name)).map_or(-100, |(_, order)| *order)
}

fn is_number(part: &str) -> bool {
    part.starts_with(|letter: char| letter.is_ascii_digit())
}

fn compare_parts(left: &str, right: &str) -> Ordering {
    match (is_number(left), is_number(right)) {
        (true, true) => left.parse::<i64>().unwrap_or(i64::MAX).cmp(&right.parse::<i64>().unwrap_or(i64::MAX)),
        (false, false) => form(left).cmp(&form(right)),
        (true, false) => form("#").cmp(&form(right)),
        (false, true) => form(left).cmp(&form("#")),
    }
}

/// The order of two versions.
pub fn compare(left: &str, right: &str) -> Ordering {
    if left.is_empty() || right.is_empty() {
        return left.is_empty().cmp(&right.is_empty()).reverse();
    }
    let (left, right) = (canonical(left), canonical(right));
    for (left, right) in left.iter().zip(&right) {
        match compare_parts(left, right) {
            Ordering::Equal => {}
            order => return order,
        }
    }
    let rest = |longer: &[String], shorter: &[String]| {
        longer.get(shorter.len()).map(|part| {
            if is_number(part) { Ordering::Greater } else { compare_parts(part, "#N#") }
        })
    };
    rest(&left, &right).or_else(|| rest(&right, &left).map(Ordering::reverse)).unwrap_or(Ordering::Equal)
}

fn version_compare(args: &[Value]) -> Result<Kind, Reason> {
    let order = compare(&input::text(args, 0)?, &input::text(args, 1)?);
    if !input::given(args, 2) {
        return Ok(Kind::Int(order as i64));
    }
    Ok(Kind::Bool(match &*input::text(args, 2)? {
        "<" | "lt" => order.is_lt(),
        "<=" | "le" => order.is_le(),
        ">" | "gt" => order.is_gt(),
        ">=" | "ge" => order.is_ge(),
        "==" | "eq" => order.is_eq(),
        "!=" | "<>" | "ne" => order.is_ne(),
        _ => return Err(Reason::new("an operator that PHP refuses")),
    }))
}
