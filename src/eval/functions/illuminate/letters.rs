//! The case and white space of words, as `Illuminate\Support\Str` changes them.

use super::super::super::{Kind, Value};
use super::super::{bytes_kind, input, multibyte, text, text_kind, trims};
use super::differs;
use crate::facts::Reason;

/// Which case a letter is given.
#[derive(Clone, Copy)]
pub enum Case {
    Upper,
    Lower,
}

/// `Str::snake`
pub fn snake(value: &str, delimiter: &str) -> Result<Kind, Reason> {
    if delimiter.contains(|letter: char| letter.is_ascii_digit() || matches!(letter, '$' | '\\')) {
        return Err(Reason::new("a separator that we do not follow"));
    }
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return text_kind(value);
    }
    if value.contains('\u{180e}') {
        return Err(Reason::new("white space that we do not know"));
    }
    let words = text::upper_words(value, &trims::mask(" \t\r\n\x0c\x0b"));
    let words = String::from_utf8(words).unwrap_or_default();
    let letters: Vec<char> = words.chars().filter(|letter| !letter.is_whitespace()).collect();
    let mut result = String::new();
    for (index, letter) in letters.iter().enumerate() {
        result.push(*letter);
        if letters.get(index + 1).is_some_and(char::is_ascii_uppercase) {
            result.push_str(delimiter);
        }
    }
    text_kind(multibyte::lower(&result)?)
}

/// `Str::studly`, where all versions agree: plain letters, no white space but the blank.
pub fn studly(value: &str) -> Result<String, Reason> {
    if !value.is_ascii() || value.contains(['\t', '\n', '\r', '\x0b', '\x0c']) {
        return Err(differs());
    }
    let mut result = String::new();
    for word in value.split([' ', '-', '_']) {
        let mut letters = word.chars();
        result.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        result.push_str(letters.as_str());
    }
    Ok(result)
}

/// `Str::camel`
pub fn camel(value: &str) -> Result<String, Reason> {
    let studly = studly(value)?;
    let mut letters = studly.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    Ok(first.into_iter().chain(letters).collect())
}

/// `Str::ucfirst` and `Str::lcfirst`. Letters whose title case is a third form are not followed.
pub fn first(value: &str, case: Case) -> Result<Kind, Reason> {
    let mut letters = value.chars();
    let Some(letter) = letters.next() else { return text_kind("") };
    let changed: String = match case {
        Case::Upper => letter.to_uppercase().collect(),
        Case::Lower => letter.to_lowercase().collect(),
    };
    if changed.chars().count() != 1 || ('\u{1c4}'..='\u{1f3}').contains(&letter) || letter == '\u{3a3}' {
        return Err(Reason::new("a letter whose case we do not know"));
    }
    text_kind(format!("{changed}{}", letters.as_str()))
}

/// Refuses a text at whose end (`at_ends`) or in which a sign stands that may count as white space.
fn no_strange_space(text: &str) -> Result<(), Reason> {
    let strange = |letter: char| !letter.is_ascii() && !letter.is_alphanumeric();
    if text.contains(strange) { Err(Reason::new("white space that we do not know")) } else { Ok(()) }
}

/// `Str::trim` and its kin of version 11 on.
pub fn trim(args: &[Value], left: bool, right: bool) -> Result<Kind, Reason> {
    let text = input::text(args, 0)?;
    if input::given(args, 1) {
        return bytes_kind(trims::trimmed(&text, &input::text(args, 1)?, left, right).to_vec());
    }
    let bytes = trims::trimmed(&text, " \n\r\t\x0b\x0c\0", left, right);
    let rest = std::str::from_utf8(bytes).unwrap_or_default();
    let ends = [rest.chars().next().filter(|_| left), rest.chars().next_back().filter(|_| right)];
    no_strange_space(&ends.into_iter().flatten().collect::<String>())?;
    text_kind(rest)
}

/// `Str::squish`
pub fn squish(value: &str) -> Result<Kind, Reason> {
    no_strange_space(value)?;
    if value.contains('\0') {
        return Err(differs());
    }
    let words: Vec<&str> =
        value.split([' ', '\t', '\n', '\r', '\x0b', '\x0c']).filter(|word| !word.is_empty()).collect();
    text_kind(words.join(" "))
}

/// Whether a pattern of `Str::is`, where `*` stands for anything, fits the whole text.
pub fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}
