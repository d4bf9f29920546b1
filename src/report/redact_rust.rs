//! A piece of Rust as it may be shown: names, and no text that a string holds.

use crate::text::MASK;

/// Digits in a row that may be a secret rather than a size or a port.
const MAX_DIGITS: usize = 6;

/// A piece of Rust without comments and without what its strings hold, but for what `told` says anyway.
pub fn rust(text: &str, told: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("//") || rest.starts_with("/*") {
            break;
        }
        let (piece, end) = match c {
            '"' => string(rest, told),
            'r' if is_raw(rest) && !ends_in_name(&shown) => (format!("r\"{MASK}\""), raw_end(rest)),
            '\'' => character(rest),
            '0'..='9' => number(rest),
            _ => (c.to_string(), c.len_utf8()),
        };
        shown.push_str(&piece);
        rest = rest.get(end.max(c.len_utf8())..).unwrap_or_default();
    }
    shown.trim_end().to_owned()
}

fn ends_in_name(text: &str) -> bool {
    text.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// A string, and where it ends.
fn string(text: &str, told: &str) -> (String, usize) {
    let mut escaped = false;
    let closing = text.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    let end = closing.map_or(text.len(), |(at, _)| at + 1);
    let inside = text.get(1..end.saturating_sub(1)).unwrap_or_default();
    let is_told = inside.len() > 2 && told.contains(inside) && closing.is_some();
    (if is_told { format!("\"{inside}\"") } else { format!("\"{MASK}\"") }, end)
}

fn is_raw(text: &str) -> bool {
    text.get(1..).unwrap_or_default().trim_start_matches('#').starts_with('"')
}

fn raw_end(text: &str) -> usize {
    let hashes = text.chars().skip(1).take_while(|c| *c == '#').count();
    let closing = format!("\"{}", "#".repeat(hashes));
    let from = 2 + hashes;
    let after = text.get(from..).and_then(|rest| rest.find(&closing));
    after.map_or(text.len(), |at| from + at + closing.len())
}

/// A character, which is masked, or a lifetime.
fn character(text: &str) -> (String, usize) {
    let mut chars = text.char_indices().skip(1);
    let first = chars.next().map(|(_, c)| c);
    let closes = match first {
        Some('\\') => text.get(2..).and_then(|rest| rest.find('\'')).map(|at| at + 3),
        Some(_) => chars.next().filter(|(_, c)| *c == '\'').map(|(at, _)| at + 1),
        None => None,
    };
    closes.map_or_else(|| ("'".to_owned(), 1), |end| (format!("'{MASK}'"), end))
}

fn number(text: &str) -> (String, usize) {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    let digits = text.get(..end).unwrap_or_default();
    (if digits.len() > MAX_DIGITS { MASK.to_owned() } else { digits.to_owned() }, end)
}

#[cfg(test)]
mod tests {
    use super::rust;

    #[test]
    fn names_are_shown_and_texts_are_not() {
        for (text, told, shown) in [
            ("MemoryStore::default()", "", "MemoryStore::default()"),
            ("Key::from(b\"secret\")", "", "Key::from(b\"***\")"),
            ("connect(\"postgres://u:p@h/d\")", "", "connect(\"***\")"),
            ("daily(\"./logs\", \"app\")", "the log (./logs)", "daily(\"./logs\", \"***\")"),
            ("f(r#\"a\"b\"#, 1)", "", "f(r\"***\", 1)"),
            ("f(\"a\\\"secret\", 'x', '\\n', 8080)", "", "f(\"***\", '***', '***', 8080)"),
            ("&'static str // secret", "", "&'static str"),
            ("\"open", "", "\"***\""),
            ("r\"open", "", "r\"***\""),
            ("f(123456789012, 0xdeadbeef)", "", "f(***, ***)"),
            ("for(é) + \"é\"", "", "for(é) + \"***\""),
            ("", "", ""),
        ] {
            assert_eq!(rust(text, told), shown, "{text}");
        }
    }
}
