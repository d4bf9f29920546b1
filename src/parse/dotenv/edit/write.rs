//! How a value is written.

use crate::parse::dotenv::version::ValueRule;
use crate::parse::dotenv::{Entry, Quote, Version};
use crate::text::{Edit, Span};

/// The edits that may give an entry a value, the best first. Whether one does is for the reader to say.
pub(super) fn in_entry(entry: &Entry, written: &str, value: &str, version: Version) -> Vec<Edit> {
    let mut edits = Vec::new();
    if let Some(inner) = inside(entry, written)
        && let Some(new) = between(value, entry.quote, version)
    {
        edits.push(Edit { span: inner, new });
    }
    edits.extend(ways(value, version).into_iter().map(|new| Edit { span: entry.value_span, new }));
    edits
}

/// The ways to write a value after `=`, the best first.
pub(super) fn ways(value: &str, version: Version) -> Vec<String> {
    let mut ways = Vec::new();
    if is_plain(value) {
        ways.push(value.to_owned());
    }
    for (quote, sign) in [(Quote::Double, '"'), (Quote::Single, '\'')] {
        ways.extend(between(value, quote, version).map(|inner| format!("{sign}{inner}{sign}")));
    }
    ways
}

/// The span between an entry's quotes; `None` when it has none, or none at its end.
pub(super) fn inside(entry: &Entry, written: &str) -> Option<Span> {
    let sign = match entry.quote {
        Quote::None => return None,
        Quote::Single => '\'',
        Quote::Double => '"',
    };
    let closed = written.len() >= 2 && written.starts_with(sign) && written.ends_with(sign);
    closed.then(|| Span::new(entry.value_span.start + 1, entry.value_span.end - 1))
}

/// Whether a value means the same in every version without quotes (`0` in version 1 apart).
fn is_plain(value: &str) -> bool {
    let plain = |byte| matches!(byte, b'_' | b'.' | b',' | b':' | b'/' | b'@' | b'+' | b'-');
    value.bytes().all(|byte| byte.is_ascii_alphanumeric() || plain(byte))
}

/// A value as it is written between quotes; `None` when it cannot be, or would be more than one line.
fn between(value: &str, quote: Quote, version: Version) -> Option<String> {
    if value.contains(char::is_control) {
        return None;
    }
    let literal = version.value_rule() == ValueRule::Distinct;
    match quote {
        Quote::None => None,
        Quote::Single if literal => (!value.contains('\'')).then(|| value.to_owned()),
        Quote::Single => Some(value.replace('\\', "\\\\").replace('\'', "\\'")),
        Quote::Double => {
            let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
            // A reference to a variable, unless its `$` is escaped.
            Some(if literal { escaped.replace("${", "\\${") } else { escaped })
        }
    }
}
