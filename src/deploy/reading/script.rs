//! Shell texts to commands with their places in the file that holds the text.

use std::sync::Arc;

use super::file::span;
use crate::deploy::{Command, When};
use crate::facts::Place;
use crate::parse::shell::{self, Guard, GuardKind};
use crate::text::{Source, Span};

/// How long a condition is shown at most.
const MAX_GUARD: usize = 120;
/// Lines that are looked for in vain before the search ends.
const MAX_LINES: usize = 500;
/// Commands that are kept of one script.
const MAX_COMMANDS: usize = 500;

/// The commands of a shell text that stands under `within` in a file, as it is or with its lines indented.
pub fn commands(source: &Arc<Source>, within: Span, text: &str, when: When) -> Vec<Command> {
    placed(source, within, text)
        .into_iter()
        .filter_map(|(found, place)| command(text, &found, place, when))
        .collect()
}

/// What is read of a shell text, with the places in the file.
pub fn placed(source: &Arc<Source>, within: Span, text: &str) -> Vec<(shell::Command, Place)> {
    let mut places = Places { source, within, text, line: None, at: within.start as usize, missed: 0 };
    let found = shell::commands(text).into_iter().take(MAX_COMMANDS);
    let mut placed = Vec::new();
    for command in found {
        let place = places.of(command.span);
        placed.push((command, place));
    }
    placed
}

/// A command of a shell text; `None` when it only sets variables of the shell.
pub fn command(text: &str, found: &shell::Command, place: Place, when: When) -> Option<Command> {
    let words = found.words.iter().map(|word| word.text.clone()).collect();
    let guard = guard(text, &found.guards);
    (!found.words.is_empty()).then_some(Command { when, words, place, guard })
}

/// The line of a text that an offset is in, as a range.
fn line_at(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(offset..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| offset + at);
    (start, end)
}

/// The conditions around a command, from the outside in.
pub fn guard(text: &str, guards: &[Guard]) -> Option<Arc<str>> {
    let mut parts: Vec<String> = Vec::new();
    for guard in guards {
        let written = text.get(guard.span.range()).unwrap_or_default();
        let words = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let condition = ["if ", "elif "].iter().find_map(|word| words.strip_prefix(word)).unwrap_or(&words);
        parts.push(match guard.kind {
            _ if condition.is_empty() => "sometimes".to_owned(),
            GuardKind::Holds if words.starts_with("while ") || words.starts_with("until ") => words,
            GuardKind::Holds => format!("if {condition}"),
            GuardKind::Fails => format!("unless {condition}"),
            GuardKind::Or => format!("unless {condition} succeeds"),
            GuardKind::Function => format!("when {condition} is called"),
            GuardKind::Each | GuardKind::Case | GuardKind::Pattern => words,
        });
    }
    (!parts.is_empty()).then(|| shortened(&parts.join(" and ")))
}

fn shortened(text: &str) -> Arc<str> {
    match text.char_indices().nth(MAX_GUARD) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()).into(),
        None => text.into(),
    }
}

/// Finds lines of a text in the file that holds it: a block of YAML has them indented.
struct Places<'a> {
    source: &'a Arc<Source>,
    within: Span,
    text: &'a str,
    /// The line that was found last, as where it starts in the text and its place.
    line: Option<(usize, Span)>,
    at: usize,
    missed: usize,
}

impl Places<'_> {
    fn of(&mut self, command: Span) -> Place {
        let (start, end) = line_at(self.text, command.start as usize);
        if let Some((_, place)) = self.line.filter(|(known, _)| *known == start) {
            return Place::new(self.source, place);
        }
        let line = self.text.get(start..end).unwrap_or_default().trim();
        let rest = self.source.text().get(self.at..self.within.end as usize).unwrap_or_default();
        let found = if self.missed < MAX_LINES { rest.find(line) } else { None };
        let Some(found) = found.filter(|_| !line.is_empty()) else {
            self.missed += 1;
            return Place::new(self.source, self.within);
        };
        let place = span(self.at + found, self.at + found + line.len());
        self.at = place.end as usize;
        self.line = Some((start, place));
        Place::new(self.source, place)
    }
}

/// The lines of a text that stands under `within` in a file, without the white space around them, with their places.
pub fn lines_of(source: &Arc<Source>, within: Span, text: &str) -> Vec<(String, Place)> {
    let mut places = Places { source, within, text, line: None, at: within.start as usize, missed: 0 };
    let mut offset = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            lines.push((line.trim().to_owned(), places.of(span(offset, offset))));
        }
        offset += line.len();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(file: &str, text: &str) -> Vec<String> {
        let source = Arc::new(Source::new("a", file.to_owned()));
        let commands = commands(&source, span(0, file.len()), text, When::Start);
        let word = |word: &Option<Arc<str>>| word.as_deref().unwrap_or("?").to_owned();
        let line = |command: &Command| {
            let words: Vec<String> = command.words.iter().map(word).collect();
            let guard = command.guard.as_deref().map_or_else(String::new, |guard| format!(" <{guard}>"));
            format!("{}: {}{guard}", command.place.start().line, words.join(" "))
        };
        commands.iter().map(line).collect()
    }

    #[test]
    fn commands_have_the_lines_of_the_file() {
        let text = "php artisan migrate --force\nphp artisan up && echo é\n";
        let file = format!("command: |\n  {}", text.replace('\n', "\n  "));
        assert_eq!(shown(&file, text), ["2: php artisan migrate --force", "3: php artisan up", "3: echo é"]);
        assert_eq!(shown("nothing of it", "php x"), ["1: php x"]);
    }

    #[test]
    fn conditions_are_named() {
        for (text, expected) in [
            (
                "if [ \"$LEADER\" = true ]; then\n a\nelse\n c\nfi\nb",
                &[
                    "1: [ ? = true ]",
                    "2: a <if [ \"$LEADER\" = true ]>",
                    "4: c <unless [ \"$LEADER\" = true ]>",
                    "6: b",
                ][..],
            ),
            ("a || b", &["1: a", "1: b <unless a succeeds>"]),
            ("if x\nthen\n if y; then z; fi\nfi", &["1: x", "3: y <if x>", "3: z <if x and if y>"]),
        ] {
            assert_eq!(shown(text, text), expected, "{text}");
        }
    }
}
