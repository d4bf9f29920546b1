//! Names: `export`, quotes around them, and which characters they may hold.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::error::Problem;
use super::version::Version;
use super::{is_space, is_trimmed, part, trim, trimmed};

/// The left side of an entry.
#[derive(Debug)]
pub(super) struct Name<'a> {
    /// The name as PHP sees it.
    pub(super) text: Cow<'a, str>,
    /// Where `export` ends, when it stands before the name.
    pub(super) export_end: Option<usize>,
    /// The name with its quotes.
    pub(super) raw: (usize, usize),
    /// The name without its quotes, or all of `raw` when they stand inside it.
    pub(super) inner: (usize, usize),
    pub(super) problem: Option<Problem>,
}

/// Reads the name in a range. `assigned` says whether `=` follows: a line without `=` is not trimmed
/// first.
pub(super) fn read_name(text: &str, start: usize, end: usize, assigned: bool, version: Version) -> Name<'_> {
    let (start, end) = if assigned { trim(text, start, end) } else { (start, end) };
    if version.cleans_names_everywhere() {
        clean_everywhere(text, start, end, assigned, version)
    } else {
        clean_edges(text, start, end, assigned, version)
    }
}

/// Versions 1 to 4: `export ` and quotes vanish wherever they stand.
fn clean_everywhere(text: &str, start: usize, end: usize, assigned: bool, version: Version) -> Name<'_> {
    const EXPORT: &str = "export ";
    let whole = part(text, start, end);
    let name = if whole.contains(['\'', '"']) || whole.contains(EXPORT) {
        let cleaned = whole.replace(EXPORT, "").replace(['\'', '"'], "");
        Cow::Owned(trimmed(&cleaned).to_owned())
    } else {
        Cow::Borrowed(trimmed(whole))
    };
    let (first, last) = trim(text, start, end);
    let export_end = part(text, first, end).starts_with(EXPORT).then_some(first + EXPORT.len() - 1);
    let raw = export_end.map_or((first, last), |after| trim(text, after, end));
    let inner = match part(text, raw.0, raw.1).find(&*name) {
        Some(found) if !name.is_empty() => (raw.0 + found, raw.0 + found + name.len()),
        _ => raw,
    };
    let problem =
        if version.checks_names() { check(whole, &name, assigned, version) } else { empty_name(&name) };
    Name { text: name, export_end, raw, inner, problem }
}

/// Version 5: one `export` before a name that makes the whole longer than eight characters, then one pair of quotes.
fn clean_edges(text: &str, start: usize, end: usize, assigned: bool, version: Version) -> Name<'_> {
    let whole = part(text, start, end);
    let spaced = whole.as_bytes().get(6).is_some_and(|&byte| is_space(byte));
    let mut export_end = None;
    let mut first = start;
    if whole.starts_with("export") && spaced && whole.chars().nth(8).is_some() {
        export_end = Some(start + 6);
        let skipped = part(text, start + 6, end).bytes().take_while(|&byte| match byte {
            0x0c => version.trims_form_feed_after_export(),
            0 => !version.trims_form_feed_after_export(),
            _ => is_trimmed(byte),
        });
        first = start + 6 + skipped.count();
    }
    let raw = (first, end);
    let rest = part(text, first, end);
    let quoted = [b'"', b'\''].into_iter().any(|quote| {
        rest.len() > 2 && rest.as_bytes().first() == Some(&quote) && rest.as_bytes().last() == Some(&quote)
    });
    let inner = if quoted { (first + 1, end - 1) } else { raw };
    let name = part(text, inner.0, inner.1);
    Name { text: Cow::Borrowed(name), export_end, raw, inner, problem: check(whole, name, assigned, version) }
}

/// `putenv()` refuses an empty name: a `ValueError` since PHP 8, a warning before.
fn empty_name(name: &str) -> Option<Problem> {
    name.is_empty().then_some(Problem::NoName)
}

fn check(whole: &str, name: &str, assigned: bool, version: Version) -> Option<Problem> {
    if whole.is_empty() {
        return Some(Problem::NoName);
    }
    if !name.is_empty() && name.chars().all(|letter| is_name_letter(letter, version)) {
        return None;
    }
    Some(match name.strip_prefix("export").map(str::trim_start) {
        _ if !assigned => Problem::NotAnAssignment,
        Some(rest) if !version.cleans_names_everywhere() && rest.chars().count() == 1 => Problem::ShortExport,
        _ if name.contains(char::is_whitespace) => Problem::NameWithSpace,
        _ => Problem::Name,
    })
}

fn is_name_letter(letter: char, version: Version) -> bool {
    static LETTER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\A[\p{Ll}\p{Lu}\p{M}\p{N}]\z").ok());
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.');
    }
    version.has_unicode_names()
        && LETTER.as_ref().is_some_and(|pattern| pattern.is_match(letter.encode_utf8(&mut [0; 4])))
}
