//! What a template prints of a value, and how that is read again as YAML.

use super::actions;
use crate::deploy::kubernetes::tree::{Item, Kind};
use crate::facts::{Note, Place, Step, TrailStep};

/// How a value of the values came to be printed.
pub(super) fn steps(item: &Item, place: &Place) -> Vec<TrailStep> {
    let mut steps = item.before().to_vec();
    let is_own = item.place == *place;
    let (step, words) = match is_own {
        true => (Step::Default, "the default of the template"),
        false => (Step::Set, "the values of the chart"),
    };
    steps.push(TrailStep { step, place: Some(item.place.clone()), note: Note::Text(words.into()) });
    steps
}

/// A value within quotes that have no escapes, and whether there are any.
pub(super) fn unquoted(text: &str) -> Option<(&str, bool)> {
    let text = text.trim();
    if text.contains('\n') {
        return None;
    }
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            let inner = inner.strip_suffix(quote)?;
            let outside: String = outside(inner);
            return (!outside.contains(quote) && !outside.contains('\\')).then_some((inner, true));
        }
    }
    Some((text, false))
}

/// A text without its actions.
fn outside(text: &str) -> String {
    let mut at = 0;
    let mut outside = String::new();
    for action in actions::all(text) {
        outside.push_str(text.get(at..action.start).unwrap_or_default());
        at = action.end;
    }
    outside.push_str(text.get(at..).unwrap_or_default());
    outside
}

/// Whether a template prints a value as the values file spells it: large and fractional numbers it may not.
pub(super) fn is_printed_as_written(item: &Item) -> bool {
    match &item.kind {
        Kind::Plain(text) => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            let is_small =
                digits.len() <= 6 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            matches!(&**text, "true" | "false") || is_small && (digits == "0" || !digits.starts_with('0'))
        }
        _ => true,
    }
}

/// Whether a text without quotes is read as itself.
pub(super) fn is_plain_yaml(text: &str) -> bool {
    let first = text
        .chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '$' | '('));
    let inner = !text.contains(": ") && !text.contains(" #") && !text.contains('\n') && !text.ends_with(':');
    let is_null = matches!(text, "null" | "Null" | "NULL" | "~");
    first && inner && !is_null && text.trim() == text && !text.starts_with("- ") && !text.starts_with("---")
}
