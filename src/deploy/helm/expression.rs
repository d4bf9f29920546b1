//! The few expressions whose outcome the values decide alone.

use crate::deploy::kubernetes::tree::{Item, Kind};
use crate::facts::Place;

/// What names stand for at a place of a template.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub values: &'a Item,
    pub chart: &'a Item,
    /// What `.` stands for; `None` when it is not known. At the top it is everything: `.Values`, `.Chart`.
    pub dot: Dot<'a>,
    /// Variables of a loop.
    pub variables: &'a [(&'a str, &'a Item)],
}

/// What `.` stands for.
#[derive(Clone, Copy)]
pub(super) enum Dot<'a> {
    Top,
    Item(&'a Item),
    Unknown,
}

/// What an expression comes to.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    pub item: Item,
    /// Whether it is printed in quotes, as `quote` does.
    pub quoted: bool,
    /// Whether it is printed as lines of YAML, as `toYaml` does.
    pub yaml: bool,
}

/// How deep parentheses are followed.
const MAX_DEPTH: usize = 16;

/// What the body of an action prints.
pub(super) fn value(body: &str, scope: Scope<'_>, place: &Place) -> Option<Outcome> {
    let words = words(body)?;
    pipeline(&words, scope, place, 0)
}

/// Whether a condition holds.
pub(super) fn condition(body: &str, scope: Scope<'_>, place: &Place) -> Option<bool> {
    truth(&words(body)?, scope, place, 0)
}

/// Splits at blanks outside of quotes and parentheses; `|` is a word of its own.
fn words(body: &str) -> Option<Vec<&str>> {
    let bytes = body.as_bytes();
    let mut words = Vec::new();
    let (mut start, mut depth, mut quote) = (None, 0_usize, None);
    for (at, &byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            // An escape within a text is not followed.
            (Some(b'"'), b'\\') => return None,
            (Some(_), _) => {}
            (None, b'"' | b'`') => {
                quote = Some(byte);
                start.get_or_insert(at);
            }
            (None, b'(') => {
                depth += 1;
                start.get_or_insert(at);
            }
            (None, b')') => depth = depth.checked_sub(1)?,
            (None, b' ' | b'\t' | b'\n' | b'\r') if depth == 0 => {
                words.extend(start.take().and_then(|start| body.get(start..at)));
            }
            (None, b'|') if depth == 0 => {
                words.extend(start.take().and_then(|start| body.get(start..at)));
                words.extend(body.get(at..=at));
            }
            _ => {
                start.get_or_insert(at);
            }
        }
    }
    words.extend(start.and_then(|start| body.get(start..)));
    (quote.is_none() && depth == 0 && words.len() <= 64).then_some(words)
}

fn pipeline(words: &[&str], scope: Scope<'_>, place: &Place, depth: usize) -> Option<Outcome> {
    let mut parts = words.split(|word| *word == "|");
    let first = parts.next()?;
    let plain = |item: Item| Outcome { item, quoted: false, yaml: false };
    let mut rest = parts.clone();
    let has_default = matches!(rest.next(), Some(["default", _]));
    let mut outcome = match first {
        [word] if has_default => plain(operand_or_null(word, scope, place, depth)?),
        [word] => plain(operand(word, scope, place, depth)?),
        ["default", fallback, word] => {
            let item = operand_or_null(word, scope, place, depth)?;
            plain(or(item, operand(fallback, scope, place, depth)?))
        }
        ["required", _, word] => plain(operand(word, scope, place, depth).filter(|item| !is_empty(item))?),
        ["toYaml", word] => Outcome { yaml: true, ..plain(operand(word, scope, place, depth)?) },
        ["quote" | "squote", word] => Outcome { quoted: true, ..plain(operand(word, scope, place, depth)?) },
        ["toString" | "int" | "int64", word] => plain(operand(word, scope, place, depth)?),
        _ => return None,
    };
    for part in parts {
        outcome = match part {
            ["default", fallback] => {
                Outcome { item: or(outcome.item, operand(fallback, scope, place, depth)?), ..outcome }
            }
            ["quote" | "squote"] if !outcome.yaml => Outcome { quoted: true, ..outcome },
            ["toString" | "int" | "int64"] => outcome,
            ["toYaml"] => Outcome { yaml: true, ..outcome },
            ["nindent" | "indent", _] if outcome.yaml => outcome,
            ["required", _] if !is_empty(&outcome.item) => outcome,
            _ => return None,
        };
    }
    Some(outcome)
}

fn or(item: Item, fallback: Item) -> Item {
    if is_empty(&item) { fallback } else { item }
}

/// An operand; null for a value that the values do not have.
fn operand_or_null(word: &str, scope: Scope<'_>, place: &Place, depth: usize) -> Option<Item> {
    let null = || Item::new(place.clone(), Kind::Null);
    operand(word, scope, place, depth).or_else(|| matches!(path(word, scope), Path::Missing).then(null))
}

/// A literal, a path, or a pipeline in parentheses.
fn operand(word: &str, scope: Scope<'_>, place: &Place, depth: usize) -> Option<Item> {
    if let Some(inner) = word.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        let inner = (depth < MAX_DEPTH).then(|| words(inner))??;
        let outcome = pipeline(&inner, scope, place, depth + 1)?;
        return (!outcome.quoted && !outcome.yaml).then_some(outcome.item);
    }
    for quote in ['"', '`'] {
        if let Some(text) = word.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return Some(Item::text_at(place.clone(), text));
        }
    }
    if matches!(word, "true" | "false") || word.parse::<i32>().is_ok_and(|number| number.to_string() == word)
    {
        return Some(Item::new(place.clone(), Kind::Plain(word.into())));
    }
    match path(word, scope) {
        Path::Item(item) => Some(item),
        _ => None,
    }
}

/// What a path leads to.
enum Path {
    Item(Item),
    /// Nothing: the values have no such key.
    Missing,
    /// It cannot be told.
    Unknown,
}

/// `.Values.a.b`, `$.Values.a.b`, `.`, `$value`.
fn path(word: &str, scope: Scope<'_>) -> Path {
    if let Some(rest) = word.strip_prefix("$.") {
        return from_top(rest, scope);
    }
    if let Some(rest) = word.strip_prefix('$') {
        let (name, rest) = rest.split_once('.').unwrap_or((rest, ""));
        let variable = scope.variables.iter().find(|(known, _)| *known == name);
        return variable.map_or(Path::Unknown, |(_, item)| follow(item, rest));
    }
    match (word.strip_prefix('.'), scope.dot) {
        (Some(rest), Dot::Top) => from_top(rest, scope),
        (Some(rest), Dot::Item(item)) => follow(item, rest),
        _ => Path::Unknown,
    }
}

fn from_top(rest: &str, scope: Scope<'_>) -> Path {
    match rest.split_once('.') {
        Some(("Values", rest)) => follow(scope.values, rest),
        Some(("Chart", rest)) => {
            let key = match rest {
                "Name" => "name",
                "Version" => "version",
                "AppVersion" => "appVersion",
                _ => return Path::Unknown,
            };
            let item = scope.chart.get(key).filter(|item| item.text().is_some());
            item.map_or(Path::Unknown, |item| Path::Item(item.clone()))
        }
        _ => Path::Unknown,
    }
}

fn follow(item: &Item, rest: &str) -> Path {
    let mut at = item;
    for key in rest.split('.').filter(|key| !key.is_empty()) {
        if !key.chars().all(|c| c.is_alphanumeric() || c == '_') {
            return Path::Unknown;
        }
        match at.get(key) {
            Some(next) => at = next,
            None => return Path::Missing,
        }
    }
    if at.reason().is_some() { Path::Unknown } else { Path::Item(at.clone()) }
}

/// What a template takes for false.
pub(super) fn is_empty(item: &Item) -> bool {
    match &item.kind {
        Kind::Null => true,
        Kind::Text(text) => text.is_empty(),
        Kind::Plain(text) => matches!(&**text, "false" | "0" | "False" | "FALSE" | "0.0"),
        Kind::List(list) => list.items.is_empty() && list.open.is_empty(),
        Kind::Map(map) => map.entries.is_empty() && map.open.is_empty(),
        Kind::Unknown(_) => false,
    }
}

fn truth(words: &[&str], scope: Scope<'_>, place: &Place, depth: usize) -> Option<bool> {
    if depth > MAX_DEPTH {
        return None;
    }
    let each = |words: &[&str]| -> Vec<Option<bool>> {
        words.iter().map(|word| truth(&[word], scope, place, depth + 1)).collect()
    };
    match words {
        ["not", word] => truth(&[word], scope, place, depth + 1).map(|holds| !holds),
        ["and", rest @ ..] => {
            let each = each(rest);
            if each.contains(&Some(false)) {
                Some(false)
            } else {
                each.iter().all(Option::is_some).then_some(true)
            }
        }
        ["or", rest @ ..] => {
            let each = each(rest);
            if each.contains(&Some(true)) {
                Some(true)
            } else {
                each.iter().all(Option::is_some).then_some(false)
            }
        }
        [operator @ ("eq" | "ne"), a, b] => {
            let a = operand(a, scope, place, depth)?;
            let b = operand(b, scope, place, depth)?;
            let is_text = |item: &Item| matches!(item.kind, Kind::Text(_));
            // Helm refuses to compare texts with numbers.
            let equal = (is_text(&a) == is_text(&b)).then(|| Some(a.text()? == b.text()?))??;
            Some(equal == (*operator == "eq"))
        }
        [word] => match word.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(inner) => truth(&self::words(inner)?, scope, place, depth + 1),
            None => operand(word, scope, place, depth)
                .filter(|item| item.reason().is_none())
                .map(|item| !is_empty(&item)),
        },
        _ => None,
    }
}
