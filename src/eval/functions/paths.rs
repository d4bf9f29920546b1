//! Paths as text (php-src, ext/standard/string.c, 8.2, on Linux).

use super::super::{Array, Key, Kind, Value};
use super::{Builtin, array_kind, input, text_kind};
use crate::facts::Reason;

/// Paths.
pub const FUNCTIONS: &[Builtin] = &[
    Builtin::new("basename", &["path", "suffix"], 1, |args| {
        text_kind(basename(&input::text(args, 0)?, &input::text_or(args, 1, "")?))
    }),
    Builtin::new("dirname", &["path", "levels"], 1, |args| {
        let path = input::text(args, 0)?;
        let levels = input::int_or(args, 1, 1)?;
        if levels < 1 {
            return Err(Reason::new("a number of levels that PHP refuses"));
        }
        let mut path: &str = &path;
        for _ in 0..levels.min(4096) {
            let above = dirname(path);
            if above == path {
                break;
            }
            path = above;
        }
        text_kind(path)
    }),
    Builtin::new("pathinfo", &["path", "flags"], 1, pathinfo),
];

/// The last part of a path, without `suffix` unless that is all of it.
pub fn basename<'a>(path: &'a str, suffix: &str) -> &'a str {
    let path = path.trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or_default();
    name.strip_suffix(suffix).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// The path above; `.` when there is none.
pub fn dirname(path: &str) -> &str {
    if path.is_empty() {
        return "";
    }
    let trimmed = path.trim_end_matches('/');
    if trimmed.is_empty() {
        return "/";
    }
    match trimmed.rfind('/') {
        None => ".",
        Some(at) => {
            let above = trimmed.get(..at).unwrap_or_default().trim_end_matches('/');
            if above.is_empty() { "/" } else { above }
        }
    }
}

fn pathinfo(args: &[Value]) -> Result<Kind, Reason> {
    let (path, flags) = (input::text(args, 0)?, input::int_or(args, 1, 15)?);
    let mut parts = Array::new();
    let mut put = |flag: i64, name: &str, text: &str| {
        if flags & flag != 0 {
            parts.insert(Key::Str(name.into()), Value::str(text));
        }
    };
    let above = dirname(&path);
    if !above.is_empty() {
        put(1, "dirname", above);
    }
    let name = basename(&path, "");
    put(2, "basename", name);
    let dot = name.rfind('.');
    if let Some(extension) = dot.and_then(|at| name.get(at + 1..)) {
        put(4, "extension", extension);
    }
    put(8, "filename", dot.and_then(|at| name.get(..at)).unwrap_or(name));
    if flags == 15 {
        return array_kind(parts);
    }
    Ok(parts.values().next().map_or_else(|| Kind::Str("".into()), |part| part.kind.clone()))
}
