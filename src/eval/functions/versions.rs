//! `version_compare` (php-src, ext/standard/versioning.c, 8.2).

use std::cmp::Ordering;

use super::super::{Kind, Value};
use super::{Builtin, input};
use crate::facts::Reason;

/// Versions.
pub const FUNCTIONS: &[Builtin] =
    &[Builtin::new("version_compare", &["version1", "version2", "operator"], 2, version_compare)];

/// A version with a dot wherever digits and letters meet, and for `-`, `_` and `+`.
fn canonical(version: &str) -> String {
    let is_letter = |letter: char| !letter.is_ascii_digit() && letter != '.';
    let is_sign = |letter: char| matches!(letter, '-' | '_' | '+');
    let mut result = String::new();
    let mut previous = None;
    for letter in version.chars() {
        let Some(last) = previous.replace(letter) else {
            result.push(letter);
            continue;
        };
        let turn = is_letter(last) && letter.is_ascii_digit() || last.is_ascii_digit() && is_letter(letter);
        let dot = is_sign(letter) || turn || !letter.is_ascii_alphanumeric();
        if dot && !result.ends_with('.') {
            result.push('.');
        }
        if !is_sign(letter) && (turn || letter.is_ascii_alphanumeric()) {
            result.push(letter);
        }
    }
    result
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
    FORMS
        .iter()
        .find(|(name, _)| !name.is_empty() && word.starts_with(name))
        .map_or(-100, |(_, order)| *order)
}

fn is_number(part: &str) -> bool {
    part.starts_with(|letter: char| letter.is_ascii_digit())
}

fn compare_parts(left: &str, right: &str) -> Ordering {
    match (is_number(left), is_number(right)) {
        (true, true) => {
            left.parse::<i64>().unwrap_or(i64::MAX).cmp(&right.parse::<i64>().unwrap_or(i64::MAX))
        }
        (false, false) => form(left).cmp(&form(right)),
        (true, false) => form("#").cmp(&form(right)),
        (false, true) => form(left).cmp(&form("#")),
    }
}

/// The order of two versions.
pub fn compare(left: &str, right: &str) -> Ordering {
    match (left.is_empty(), right.is_empty()) {
        (true, true) => return Ordering::Equal,
        (true, false) => return Ordering::Less,
        (false, true) => return Ordering::Greater,
        (false, false) => {}
    }
    let whole =
        |version: &str| if version.starts_with('#') { version.to_owned() } else { canonical(version) };
    let (left, right) = (whole(left), whole(right));
    let (mut first, mut second) = (Some(&*left), Some(&*right));
    while let (Some(one), Some(two)) = (first, second)
        && !one.is_empty()
        && !two.is_empty()
    {
        let (one, rest) = one.split_once('.').map_or((one, None), |(part, rest)| (part, Some(rest)));
        let (two, other) = two.split_once('.').map_or((two, None), |(part, rest)| (part, Some(rest)));
        match compare_parts(one, two) {
            Ordering::Equal => (first, second) = (rest, other),
            order => return order,
        }
    }
    match (first, second) {
        (Some(rest), _) if is_number(rest) => Ordering::Greater,
        (Some(rest), _) => compare(rest, "#N#"),
        (None, Some(rest)) if is_number(rest) => Ordering::Less,
        (None, Some(rest)) => compare("#N#", rest),
        (None, None) => Ordering::Equal,
    }
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
