//! What may be shown of a piece of an env file or of PHP.

use crate::text::{MASK, is_secret_name, mask_urls};

/// A line of an env file: the name, and the value only when it may be shown. A comment behind it is not.
pub fn env_line(line: &str, shown: bool) -> String {
    let Some((name, value)) = line.split_once('=') else { return plain_name(line) };
    if !shown || is_secret_name(name) {
        return format!("{}={MASK}", plain_name(name));
    }
    let value = value.trim_start();
    let end = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => closing(value, quote),
        _ => value.find(|c: char| c.is_whitespace() || c == '#').unwrap_or(value.len()),
    };
    let (value, rest) = value.split_at(end);
    let more = if rest.trim().is_empty() { "" } else { " …" };
    format!("{}={}{more}", plain_name(name), mask_urls(value))
}

/// What stands before a value of a manifest: one key, or nothing that we would show.
pub fn before_value(text: &str) -> String {
    let trimmed = text.trim_start();
    let indent = text.get(..text.len() - trimmed.len()).unwrap_or_default();
    let item = trimmed.strip_prefix("- ").unwrap_or(trimmed);
    let key = item.trim_end_matches(['"', '\'', ' ']).trim_end_matches([':', '=']);
    let key = key.trim_end().trim_matches(['"', '\'']);
    let word = |c: char| c.is_ascii_alphanumeric() || "_.-/".contains(c);
    let is_key = key.len() <= 64 && key.chars().all(|c| word(c) || c == ':') && item.len() < 80;
    let is_instruction = matches!(
        item.split_whitespace().next(),
        Some("ENV" | "RUN" | "COPY" | "CMD" | "ENTRYPOINT" | "HEALTHCHECK")
    ) && item.split_whitespace().count() == 1;
    if is_key || is_instruction { text.to_owned() } else { format!("{indent}… ") }
}

/// A value of a manifest: itself when it may be shown, or when it counts something; `NAME=value` keeps its name.
pub fn value(text: &str, shown: bool, count: bool) -> String {
    let is_count = text.len() <= 10 && text.chars().all(|c| c.is_ascii_digit());
    if count && (is_count || matches!(text.trim_matches(['"', '\'']), "true" | "false")) {
        return text.to_owned();
    }
    let inner = text.trim_matches(['"', '\'']);
    if inner.split_once('=').is_some_and(|(name, _)| plain_name(name) == name) {
        return env_line(inner, shown);
    }
    if shown { mask_urls(text) } else { MASK.to_owned() }
}

/// What stands before `=`, unless it may be a piece of something else, such as a key of several lines.
fn plain_name(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "_ .-\t".contains(c);
    let name = name.trim_end();
    let bare = name.trim_start().trim_start_matches("export").trim_start();
    let plain =
        bare.len() <= 64 && bare.starts_with(|c: char| c.is_ascii_uppercase()) && bare.chars().all(is_plain);
    if plain { name.to_owned() } else { MASK.to_owned() }
}

/// How the strings of a piece of PHP are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strings<'a> {
    /// As they are, but for urls: the piece reads a variable, or is the value that a finding is about.
    Shown,
    /// Only the names of variables, and names that this text says anyway: `public` of `files on disk public`.
    Told(&'a str),
}

/// A piece of PHP without comments and without what a string must not say.
pub fn php(text: &str, strings: Strings<'_>) -> String {
    let secret = names_a_secret(text);
    let told = match strings {
        Strings::Told(message) if !secret => message,
        _ => "",
    };
    let hide = strings != Strings::Shown || secret || !(is_simple(text) || reads_first(text));
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let end = match c {
            '\'' | '"' | '`' => {
                let end = closing(rest, c);
                let literal = rest.get(..end).unwrap_or_default();
                if !hide || (is_variable_name(literal) && reads_variable(&shown)) || is_told(literal, told) {
                    shown.push_str(&mask_urls(literal));
                } else {
                    shown.push_str(&format!("{c}{MASK}{c}"));
                }
                end
            }
            '/' if rest.starts_with("/*") => {
                shown.push('…');
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            }
            '/' if rest.starts_with("//") => rest.len(),
            '#' if !rest.starts_with("#[") => rest.len(),
            '<' if rest.starts_with("<<<") => {
                shown.push('…');
                rest.len()
            }
            c => {
                shown.push(c);
                c.len_utf8()
            }
        };
        rest = rest.get(end..).unwrap_or_default();
    }
    // Also over the whole: a url may be put together from several strings.
    if hide { shown } else { mask_urls(&shown) }
}

/// Nothing of a piece of PHP that could not be read: a quote too many makes a password look like code.
pub fn broken_php(text: &str) -> String {
    if text.contains(char::is_alphanumeric) { MASK.to_owned() } else { text.to_owned() }
}

/// A string alone, or a function of one: the value that a finding is about.
fn is_simple(text: &str) -> bool {
    let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || "_\\:".contains(c));
    let call = text.strip_suffix(')').and_then(|call| call.split_once('(')).filter(|(name, _)| is_name(name));
    let inner = call.map_or(text, |(_, argument)| argument).trim();
    match inner.chars().next() {
        Some(quote @ ('\'' | '"')) => closing(inner, quote) == inner.len(),
        _ => !inner.contains(['\'', '"', '`']),
    }
}

/// Whether the text begins with the reading of a variable.
fn reads_first(text: &str) -> bool {
    text.find(['\'', '"']).is_some_and(|quote| reads_variable(text.get(..quote).unwrap_or_default()))
}

/// Where a string that starts with `quote` ends; the end of the text when it does not.
fn closing(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (index, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return index + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// Whether a quoted name in the text is one whose value is a secret.
fn names_a_secret(text: &str) -> bool {
    text.split(['\'', '"']).skip(1).step_by(2).any(is_secret_name)
}

fn is_variable_name(literal: &str) -> bool {
    let name = literal.trim_matches(['\'', '"']);
    !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// Whether a message says the word that a string is, so that the string tells nothing more.
fn is_told(literal: &str, message: &str) -> bool {
    let word = literal.trim_matches(['\'', '"']);
    let in_word = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    let is_name = word.len() > 1 && word.chars().all(in_word) && !word.starts_with('-');
    is_name
        && message.match_indices(word).any(|(at, _)| {
            let before = message.get(..at).and_then(|text| text.chars().next_back());
            let after = message.get(at + word.len()..).and_then(|text| text.chars().next());
            !before.is_some_and(in_word) && !after.is_some_and(in_word)
        })
}

/// Whether the text ends where the name of a variable is expected.
fn reads_variable(before: &str) -> bool {
    ["env(", "Env::get(", "_ENV[", "_SERVER["].iter().any(|opening| before.trim_end().ends_with(opening))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_env_files() {
        for (line, shown, hidden) in [
            ("SESSION_DRIVER=file", "SESSION_DRIVER=file", "SESSION_DRIVER=***"),
            ("  export A=x # comment", "  export A=x …", "  export A=***"),
            ("A=\"x # y\"", "A=\"x # y\"", "A=***"),
            ("A='x' tail", "A='x' …", "A=***"),
            ("A=\"x", "A=\"x", "A=***"),
            ("URL=redis://u:p@h#x", "URL=redis://***@h …", "URL=***"),
            ("APP_KEY=x", "APP_KEY=***", "APP_KEY=***"),
            ("MAIL NAME=x", "MAIL NAME=x", "MAIL NAME=***"),
            ("some text", "***", "***"),
            ("aGVsbG8=", "***=", "***=***"),
        ] {
            assert_eq!(env_line(line, true), shown);
            assert_eq!(env_line(line, false), hidden);
        }
    }

    #[test]
    fn pieces_of_php() {
        for (text, shown, hidden) in [
            ("env('A', 'b')", "env('A', 'b')", "env('A', '***')"),
            ("env('A_SECRET', 'b')", "env('A_SECRET', '***')", "env('A_SECRET', '***')"),
            ("env('A', 'redis://u:p@h')", "env('A', 'redis://***@h')", "env('A', '***')"),
            ("'it\\'s'", "'it\\'s'", "'***'"),
            ("storage_path('x')", "storage_path('x')", "storage_path('***')"),
            ("'it\\'s' . 'x", "'***' . '***'", "'***' . '***'"),
            ("'x' . env('A')", "'***' . env('A')", "'***' . env('A')"),
            ("['x' => 'y']['x']", "['***' => '***']['***']", "['***' => '***']['***']"),
            ("f(/* x */ 1) // y", "f(… 1) ", "f(… 1) "),
            ("1 # y", "1 ", "1 "),
            ("<<<X", "…", "…"),
            ("'ABC'", "'ABC'", "'***'"),
            ("é", "é", "é"),
        ] {
            assert_eq!(php(text, Strings::Shown), shown);
            assert_eq!(php(text, Strings::Told("")), hidden);
        }
    }

    #[test]
    fn what_the_message_says_is_shown() {
        let message = "the code keeps files on disk public-2, on the disk of each server (storage/app)";
        for (text, shown) in [
            ("Storage::disk('public-2')->put('a')", "Storage::disk('public-2')->put('***')"),
            ("Storage::disk('public')->put($a)", "Storage::disk('***')->put($a)"),
            ("Storage::disk(\"public-2\")->put('storage/app')", "Storage::disk(\"public-2\")->put('***')"),
            ("f(['password' => 'public-2'])", "f(['***' => '***'])"),
            ("f('')", "f('***')"),
        ] {
            assert_eq!(php(text, Strings::Told(message)), shown);
        }
    }
}
