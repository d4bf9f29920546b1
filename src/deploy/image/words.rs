//! A program with its arguments, wherever it was written.

use std::sync::Arc;

use crate::facts::Place;
use crate::parse::shell;

/// A word; its text is `None` when it is not known.
pub type Text = Option<Arc<str>>;

/// A program with its arguments.
#[derive(Debug, Clone)]
pub struct Invocation {
    /// The words.
    pub words: Vec<Text>,
    /// Where they are written.
    pub place: Place,
    /// A text for a shell takes the place of the words: where it is written, when it is a part of its file as it is.
    pub script: Option<Script>,
}

/// A text that a shell runs.
#[derive(Debug, Clone)]
pub struct Script {
    /// Its commands, placed in the file of the invocation.
    pub commands: Vec<shell::Command>,
}

impl Invocation {
    /// Whether nothing is started.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty() && self.script.is_none()
    }
}

/// The words of an exec form.
#[must_use]
pub const fn exec(words: Vec<Text>, place: Place) -> Invocation {
    Invocation { words, place, script: None }
}

/// A text for a shell.
#[must_use]
pub const fn shell(commands: Vec<shell::Command>, place: Place) -> Invocation {
    Invocation { words: Vec::new(), place, script: Some(Script { commands }) }
}

/// A part of a text on one line.
pub(super) fn on_one_line(text: &str) -> String {
    let text = text.replace("\\\r\n", " ").replace("\\\n", " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as it may be shown.
pub(super) fn shortened(mut text: String) -> String {
    const MAX: usize = 160;
    if let Some((cut, _)) = text.char_indices().nth(MAX) {
        text.truncate(cut);
        text.push_str("..");
    }
    text
}

/// The text behind the last slash.
pub(super) fn base_name(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// The words of a text that no shell reads: quotes and backslashes count, nothing is expanded.
#[must_use]
pub fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(mark), c) if mark == c => quote = None,
            (None | Some('"'), '\\') => word.get_or_insert_default().extend(chars.next()),
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (None, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn words_are_split() {
        for (text, expected) in [
            ("", vec![]),
            ("  php artisan\nqueue:work ", vec!["php", "artisan", "queue:work"]),
            ("sh -c 'a && \"b\" $$c' \"d e\" f\\ g ''", vec!["sh", "-c", "a && \"b\" $$c", "d e", "f g", ""]),
            ("a 'b", vec!["a", "b"]),
            ("a\\", vec!["a"]),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }
}
