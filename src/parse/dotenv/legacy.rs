//! Values before the state machine: ` #` comments (1, 2) and quotes taken away by a regex (1, 2.0 to 2.5).

use super::error::Problem;
use super::value::{Quote, Scan};
use super::version::Version;
use super::{is_space, part, trim, trimmed};

/// So many repetitions of the regex's group exhaust the stack of PCRE's JIT (192 KB in php-src `ext/pcre/php_pcre.c`,
/// 24 bytes each, measured on PHP 8.2 x86-64): `preg_replace()` gives null and the value becomes empty.
const JIT_LIMIT: usize = 8191;
/// 2.5 repeats a repetition: when the regex does not match, each byte of a run but the first doubles the work. From
/// so many doublings on `pcre.backtrack_limit` (a million) always stops it and the value becomes empty.
const DOUBLING_LIMIT: usize = 22;
/// Up to so many steps it surely ends before that limit (it stopped between one and two million, measured on PHP 8.2).
const STEP_LIMIT: usize = 50_000;
/// 2.5 matches a run and an escape as two repetitions with larger frames: surely within the JIT's stack up to here.
const ESCAPE_LIMIT: usize = 1000;
/// The first release whose regex repeats a repetition.
const NESTED_REPETITION: Version = Version::new(2, 5, 0);

/// A value without quotes: it ends at ` #` and may hold no whitespace (from version 2 on).
pub(super) fn unquoted(text: &str, start: usize, end: usize, version: Version) -> Scan {
    let whole = part(text, start, end);
    let before = whole.find(" #").unwrap_or(whole.len());
    let (first, last) = trim(text, start, start + before);
    let value = part(text, first, last);
    let mut scan = Scan { text: value.to_owned(), end: last, ..Scan::default() };
    if version.major < 2 {
        // PHP takes the string "0" for false, and version 1 gives '' for a false value.
        if whole == "0" {
            scan.text.clear();
        }
        return scan;
    }
    let spaced = value.bytes().any(is_space);
    let comment = value.starts_with('#')
        && match (version.minor, version.patch) {
            (0..=4, _) => false,
            (5, 0) => true,
            _ => spaced,
        };
    if comment {
        return Scan::empty(start);
    }
    if spaced {
        scan.problem = Some(Problem::Space);
    }
    scan
}

/// A value that begins with a quote. Text after the closing quote is dropped; without a match nothing is taken away.
pub(super) fn quoted_by_regex(text: &str, start: usize, end: usize, quote: u8, version: Version) -> Scan {
    let mut scan = Scan { end, ..Scan::default() };
    let mut kept = String::new();
    let mut position = start;
    // `^` and `$` match at every line; a value has several only when lines end in `\r` alone.
    while position < end {
        let line = part(text, position, end);
        let line_end = line.find('\n').map_or(end, |found| position + found + 1);
        let attempt = closing_quote(line.as_bytes(), quote);
        if attempt.gives_up(version) {
            kept.clear();
            break;
        }
        scan.doubtful |= attempt.is_doubtful(version);
        let Some(closing) = attempt.closing else {
            kept.push_str(part(text, position, line_end));
            position = line_end;
            continue;
        };
        kept.push_str(line.get(1..closing).unwrap_or_default());
        if position == start {
            scan.quote = Quote::of(quote);
            scan.end = start + closing + 1;
        }
        let after = line.get(closing..).unwrap_or_default();
        let rest = after.find('\n').map_or(end, |found| position + closing + found);
        // The newline itself stays, the next attempt begins after it.
        let next = (rest + 1).min(end);
        kept.push_str(part(text, rest, next));
        position = next;
    }
    let quote = char::from(quote);
    let unescaped = kept.replace(&format!("\\{quote}"), &quote.to_string()).replace("\\\\", "\\");
    scan.text = trimmed(&unescaped).to_owned();
    scan
}

/// One attempt of the regex at the start of a line.
#[derive(Debug, Default)]
struct Attempt {
    closing: Option<usize>,
    plain: usize,
    runs: usize,
    escapes: usize,
}

impl Attempt {
    fn doublings(&self) -> usize {
        self.plain.saturating_sub(self.runs)
    }

    fn gives_up(&self, version: Version) -> bool {
        if version >= NESTED_REPETITION {
            return self.closing.is_none() && self.doublings() >= DOUBLING_LIMIT;
        }
        self.plain + self.escapes >= JIT_LIMIT
    }

    fn is_doubtful(&self, version: Version) -> bool {
        let steps = (self.plain + self.escapes).saturating_mul(1 << self.doublings().min(DOUBLING_LIMIT));
        let slow = self.closing.is_none() && steps >= STEP_LIMIT;
        version >= NESTED_REPETITION && (self.escapes >= ESCAPE_LIMIT || slow)
    }
}

/// Where the closing quote stands, if only `\\` and the escaped quote are escaped before it.
fn closing_quote(line: &[u8], quote: u8) -> Attempt {
    let mut attempt = Attempt::default();
    if line.first() != Some(&quote) {
        return attempt;
    }
    let mut index = 1;
    let mut in_run = false;
    while let Some(&byte) = line.get(index) {
        if byte == quote {
            attempt.closing = Some(index);
            break;
        }
        if byte != b'\\' {
            attempt.plain += 1;
            attempt.runs += usize::from(!in_run);
            index += 1;
        } else if line.get(index + 1).is_some_and(|&next| next == b'\\' || next == quote) {
            attempt.escapes += 1;
            index += 2;
        } else {
            break;
        }
        in_run = byte != b'\\';
    }
    attempt
}
