//! PCRE patterns that mean the same to the `regex` crate. What may differ is refused.

use regex::bytes::{Regex, RegexBuilder};

use super::translate::Translate;
use crate::facts::Reason;

/// A pattern that can be run.
pub struct Pattern {
    /// The pattern.
    pub regex: Regex,
    /// Whether an end of line matters, where PCRE and we see a last line feed differently.
    ends: bool,
    /// Whether it has `\b`, which PCRE and we decide differently outside ASCII.
    words: bool,
    unicode: bool,
}

/// Why a pattern is not run.
pub fn refused() -> Reason {
    Reason::new("a pattern that we do not follow")
}

/// The flags after a pattern.
pub struct Flags {
    pub caseless: bool,
    pub multiline: bool,
    pub dotall: bool,
    pub extended: bool,
    pub dollar_end: bool,
    pub unicode: bool,
    pub ungreedy: bool,
}

/// Splits `/body/flags`.
fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']);
    let open = text.chars().next().filter(|open| open.is_ascii_punctuation() && *open != '\\')?;
    let close = match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        other => other,
    };
    let rest = text.get(1..)?;
    // A pattern inside brackets may hold that bracket; the flags hold none.
    let end = rest.rfind(close)?;
    let (body, flags) = (rest.get(..end)?, rest.get(end + 1..)?);
    if open == close && has_bare(body, close) {
        return None;
    }
    if open != close && (body.contains(open) || body.contains(close)) {
        return None;
    }
    Some((body, flags))
}

fn has_bare(body: &str, sign: char) -> bool {
    let mut escaped = false;
    body.chars().any(|letter| {
        let bare = letter == sign && !escaped;
        escaped = letter == '\\' && !escaped;
        bare
    })
}

fn flags(text: &str) -> Result<Flags, Reason> {
    let mut flags = Flags {
        caseless: false,
        multiline: false,
        dotall: false,
        extended: false,
        dollar_end: false,
        unicode: false,
        ungreedy: false,
    };
    for letter in text.chars() {
        match letter {
            'i' => flags.caseless = true,
            'm' => flags.multiline = true,
            's' => flags.dotall = true,
            'x' => flags.extended = true,
            'D' => flags.dollar_end = true,
            'u' => flags.unicode = true,
            'U' => flags.ungreedy = true,
            'S' | '\n' | '\r' | ' ' => {}
            _ => return Err(refused()),
        }
    }
    Ok(flags)
}

impl Pattern {
    /// Reads a pattern of PHP's `preg_` functions.
    pub fn new(text: &str) -> Result<Self, Reason> {
        let (body, letters) = split(text).ok_or_else(refused)?;
        let flags = flags(letters)?;
        let mut translate = Translate::new(body, flags);
        translate.run()?;
        let flags = &translate.flags;
        let regex = RegexBuilder::new(&translate.out)
            .unicode(flags.unicode)
            .case_insensitive(flags.caseless)
            .multi_line(flags.multiline)
            .dot_matches_new_line(flags.dotall)
            .swap_greed(flags.ungreedy)
            .size_limit(1 << 20)
            .build()
            .map_err(|_| refused())?;
        Ok(Self { regex, ends: translate.ends, words: translate.words, unicode: flags.unicode })
    }

    /// Whether both engines agree on this subject.
    pub fn suits(&self, subject: &str) -> Result<(), Reason> {
        let last_line = self.ends && subject.ends_with('\n');
        let word_edges = self.words && self.unicode && !subject.is_ascii();
        if last_line || word_edges { Err(refused()) } else { Ok(()) }
    }
}
