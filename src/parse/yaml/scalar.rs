//! What a scalar is: by its tag, or by its spelling when it has neither tag nor quotes.

use saphyr_parser::{ScalarStyle, Tag};

use super::super::node::{Kind, Node};
use crate::text::Span;

/// A scalar's node. `inner` is the place of the value, `outer` with its tag.
pub(super) fn node(value: &str, style: ScalarStyle, tag: Option<&Tag>, inner: Span, outer: Span) -> Node {
    let text = || Node::new(inner, Kind::Str(value.into()));
    let Some(tag) = tag else {
        return if style == ScalarStyle::Plain { plain(value, inner) } else { text() };
    };
    match core(tag) {
        Some("str") => text(),
        Some("null" | "bool" | "int" | "float") => plain(value, inner),
        // `!` alone says: not what the spelling looks like.
        None if is_bare(tag) => text(),
        _ => Node::new(outer, Kind::Tagged(name(tag).into(), Box::new(text()))),
    }
}

/// Wraps a list or map in its tag, when that says more than what it is.
pub(super) fn tagged(node: Node, tag: Option<&Tag>, outer: Span) -> Node {
    match tag {
        Some(tag) if !matches!(core(tag), Some("map" | "seq")) && !is_bare(tag) => {
            Node::new(outer, Kind::Tagged(name(tag).into(), Box::new(node)))
        }
        _ => node,
    }
}

fn core(tag: &Tag) -> Option<&str> {
    let suffix = if tag.is_yaml_core_schema() {
        Some(tag.suffix.as_str())
    } else {
        // The verbose form, `!<tag:yaml.org,2002:str>`.
        tag.suffix.strip_prefix("tag:yaml.org,2002:").filter(|_| tag.handle.is_empty())
    };
    suffix.filter(|name| matches!(*name, "str" | "null" | "bool" | "int" | "float" | "map" | "seq"))
}

fn is_bare(tag: &Tag) -> bool {
    tag.handle.is_empty() && tag.suffix == "!" || tag.handle == "!" && tag.suffix.is_empty()
}

fn name(tag: &Tag) -> String {
    if tag.is_yaml_core_schema() {
        format!("!!{}", tag.suffix)
    } else {
        format!("{}{}", tag.handle, tag.suffix)
    }
}

/// A value known by its spelling.
fn plain(value: &str, span: Span) -> Node {
    let kind = match value {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" => Kind::Bool(true),
        "false" | "False" | "FALSE" => Kind::Bool(false),
        // Told apart from a quoted text by being plain: it merges.
        "<<" => return Node::plain(span, Kind::Str(value.into()), value),
        _ => match number(value) {
            Some(kind) => kind,
            None => return Node::new(span, Kind::Str(value.into())),
        },
    };
    Node::plain(span, kind, value)
}

/// A number as go-yaml reads it (yaml.v3, resolve.go): `0x1f`, `0o17`, `017` and `0b1` are whole numbers, `_` parts
/// digits.
fn number(value: &str) -> Option<Kind> {
    let digits: String = value.chars().filter(|c| *c != '_').collect();
    let (negative, rest) = match digits.strip_prefix(['-', '+']) {
        Some(rest) => (digits.starts_with('-'), rest),
        None => (false, digits.as_str()),
    };
    if value.starts_with('_') || rest.is_empty() {
        return None;
    }
    let (radix, body) = match rest.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, rest.get(2..)?),
        [b'0', b'o' | b'O', ..] => (8, rest.get(2..)?),
        [b'0', b'b' | b'B', ..] => (2, rest.get(2..)?),
        [b'0', _, ..] if rest.bytes().all(|c| c.is_ascii_digit()) => (8, rest.get(1..)?),
        _ => (10, rest),
    };
    if !body.is_empty() && body.chars().all(|c| c.is_digit(radix)) {
        let signed = if negative { format!("-{body}") } else { body.to_owned() };
        // A number too large for 64 bits is known by its spelling only.
        return Some(i64::from_str_radix(&signed, radix).map_or(Kind::Float, Kind::Int));
    }
    let special = matches!(rest, ".inf" | ".Inf" | ".INF")
        || !value.starts_with(['-', '+']) && matches!(rest, ".nan" | ".NaN" | ".NAN");
    (special || is_decimal(rest)).then_some(Kind::Float)
}

/// `1.5`, `.5`, `1.`, `1e3`.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))),
        None => (text, None),
    };
    let digits = |part: &str| part.bytes().all(|c| c.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| !exponent.is_empty() && digits(exponent))
}
