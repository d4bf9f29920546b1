//! Laravel's global helper functions, of version 5 and of laravel/helpers.

use super::super::super::{Array, Key, Kind, Value, convert};
use super::super::arrays::end_value;
use super::super::{escapes, input, paths, text_kind};
use super::dots::{self, Found};
use super::{arr, str};
use crate::facts::Reason;

/// Calls a global helper as Laravel's version `major` has it. `None` when we do not know it.
///
/// `str_contains` is a helper in version 5 only: later versions run on PHP 8, whose own function comes first.
#[must_use]
pub fn helper(name: &str, args: &[Value], major: u32) -> Option<Result<Kind, Reason>> {
    let method = match name {
        "str_slug" => "slug",
        "snake_case" => "snake",
        "camel_case" => "camel",
        "studly_case" => "studly",
        "kebab_case" => "kebab",
        "title_case" => "title",
        "starts_with" => "startswith",
        "ends_with" => "endswith",
        "str_contains" if major <= 5 => "contains",
        "str_is" => "is",
        "str_finish" => "finish",
        "str_start" => "start",
        "str_limit" => "limit",
        "str_before" => "before",
        "str_after" => "after",
        "str_replace_first" => "replacefirst",
        "str_replace_last" => "replacelast",
        _ => "",
    };
    if !method.is_empty() {
        return str::call(method, args, major);
    }
    let method = match name {
        "array_get" => "get",
        "array_wrap" => "wrap",
        "array_only" => "only",
        "array_except" => "except",
        "array_dot" => "dot",
        "array_has" => "has",
        "array_add" => "add",
        "array_first" => "first",
        "array_last" => "last",
        "array_flatten" => "flatten",
        "array_collapse" => "collapse",
        _ => "",
    };
    if !method.is_empty() {
        return arr::call(method, args, major);
    }
    Some(match name {
        "data_get" => data_get(args),
        "head" => input::array(args, 0).and_then(|array| end_value(array, true)),
        "last" => input::array(args, 0).and_then(|array| end_value(array, false)),
        "blank" => blank(args).map(Kind::Bool),
        "filled" => blank(args).map(|blank| Kind::Bool(!blank)),
        "value" if args.len() == 1 => arr::default(args, 0),
        "e" => e(args, major),
        "class_basename" => class_basename(args),
        _ => return None,
    })
}

fn data_get(args: &[Value]) -> Result<Kind, Reason> {
    let target = input::any(args, 0)?;
    if !input::given(args, 1) {
        return Ok(target.kind.clone());
    }
    let segments: Vec<Key> = match &input::any(args, 1)?.kind {
        Kind::Array(array) => segments(array)?,
        other => dots::key(other)?.text().split('.').map(Key::from_text).collect(),
    };
    if segments.iter().any(|segment| segment.text().contains(['*', '{', '\\'])) {
        return Err(Reason::new("a path with a wildcard"));
    }
    match dots::walk(target, &segments)? {
        Found::Value(value) => Ok(value.kind.clone()),
        Found::Absent => arr::default(args, 2),
    }
}

fn segments(array: &Array) -> Result<Vec<Key>, Reason> {
    super::super::arrays::closed(array)?;
    array.values().map(|value| dots::key(&value.kind)).collect()
}

fn blank(args: &[Value]) -> Result<bool, Reason> {
    Ok(match &input::any(args, 0)?.kind {
        Kind::Null => true,
        Kind::Str(text) => text.trim_matches([' ', '\n', '\r', '\t', '\x0b', '\0']).is_empty(),
        kind @ Kind::Array(_) => !convert::to_bool(kind)?,
        Kind::Object(_) => return Err(Reason::new("what is inside an object")),
        _ => false,
    })
}

/// `e`: from version 5.6 on it encodes entities again, before it did not.
fn e(args: &[Value], major: u32) -> Result<Kind, Reason> {
    let text = input::text(args, 0)?;
    if text.contains('&') && (major <= 5 || !input::flag_or(args, 1, true)?) {
        return Err(super::differs());
    }
    text_kind(escapes::html(&text, 3))
}

fn class_basename(args: &[Value]) -> Result<Kind, Reason> {
    let name = match &input::any(args, 0)?.kind {
        Kind::Object(class) => class.clone(),
        other => convert::to_text(other)?,
    };
    text_kind(paths::basename(&name.replace('\\', "/"), ""))
}
