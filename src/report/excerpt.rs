//! One line of a file, as much of it as may be shown: what a step is about, never its neighbours.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::escape::clean;
use super::redact::{self, Strings};
use super::redact_rust::rust;
use crate::facts::{Note, Place, Step, TrailStep};
use crate::text::is_secret_name;

/// Longer lines are cut: nobody reads them.
const MAX_WIDTH: usize = 160;

/// A line with the part that matters.
#[derive(Debug)]
pub struct Excerpt {
    path: String,
    line: usize,
    column: usize,
    text: String,
    mark: (usize, usize),
}

impl Excerpt {
    /// The excerpt of a step; `None` when it is in no file of the repository.
    /// `about` says that the step's variable is the one the finding is about, so that its value may be shown; `told` is
    /// what the finding says anyway, such as the name of a disk.
    pub fn of(step: &TrailStep, about: bool, told: &str) -> Option<Self> {
        let place = step.place.as_ref().filter(|place| !place.is_foreign())?;
        Some(match (step.step, &step.note) {
            (_, Note::Variable(name)) if is_manifest(place) => {
                Self::manifest(place, about && !is_secret_name(name), false)
            }
            _ if is_manifest(place) => Self::manifest(place, false, true),
            (Step::Set, Note::Variable(_)) => Self::env(place, about),
            _ if is_rust(place) => Self::code(place, |text| rust(text, told)),
            _ if !is_php(place) => Self::env(place, false),
            (_, Note::Variable(name)) if !is_secret_name(name) => {
                Self::code(place, |text| redact::php(text, Strings::Shown))
            }
            (_, Note::Setting(key)) if !is_secret_name(key) => {
                Self::code(place, |text| redact::php(text, Strings::Shown))
            }
            _ => Self::code(place, |text| redact::php(text, Strings::Told(told))),
        })
    }

    /// The excerpt of a place of which nothing is known but that something is there.
    pub fn at(place: &Place) -> Self {
        if is_php(place) {
            Self::code(place, redact::broken_php)
        } else if is_rust(place) {
            Self::code(place, |text| rust(text, ""))
        } else if is_manifest(place) {
            Self::manifest(place, false, true)
        } else {
            Self::env(place, false)
        }
    }

    /// A value of a manifest with its key, when the key is all that stands before it. `count`: it is no variable's, so a
    /// number or a switch may be shown.
    fn manifest(place: &Place, shown: bool, count: bool) -> Self {
        let start = place.start();
        let line = place.source.line(start.line);
        let begin = byte_of_column(line, start.column);
        let end = if place.end().line == start.line {
            byte_of_column(line, place.end().column)
        } else {
            line.len()
        };
        let marked = line.get(begin..end.max(begin)).unwrap_or_default().trim_end();
        let before = redact::before_value(line.get(..begin).unwrap_or_default());
        Self::new(place, &before, &redact::value(marked, shown, count), "")
    }

    /// A line of an env file, from its start: whatever the place points at, the name tells more.
    fn env(place: &Place, shown: bool) -> Self {
        let line = place.source.line(place.start().line).trim();
        Self::new(place, "", &redact::env_line(line, shown), "")
    }

    fn code(place: &Place, redact: impl Fn(&str) -> String) -> Self {
        let start = place.start();
        let line = place.source.line(start.line);
        let begin = byte_of_column(line, start.column);
        let end = if place.end().line == start.line {
            byte_of_column(line, place.end().column)
        } else {
            line.len()
        };
        let marked = line.get(begin..end.max(begin)).unwrap_or_default().trim_end();
        let before = before(line.get(..begin).unwrap_or_default());
        Self::new(place, &before, &redact(marked), &after(line.get(end..).unwrap_or_default()))
    }

    fn new(place: &Place, before: &str, marked: &str, after: &str) -> Self {
        let start = place.start();
        let before = clean(before).into_owned();
        let marked: String = clean(marked).chars().take(MAX_WIDTH).collect();
        let text = format!("{before}{marked}{after}");
        let mark = (before.len(), marked.len());
        Self {
            path: clean(place.path()).into_owned(),
            line: start.line as usize,
            column: start.column as usize,
            text,
            mark,
        }
    }

    /// The marked part.
    pub fn span(&self) -> SourceSpan {
        self.mark.into()
    }
}

fn byte_of_column(line: &str, column: u32) -> usize {
    line.char_indices().nth(column.saturating_sub(1) as usize).map_or(line.len(), |(index, _)| index)
}

fn is_php(place: &Place) -> bool {
    place.path().ends_with(".php")
}

fn is_rust(place: &Place) -> bool {
    place.path().ends_with(".rs")
}

/// Whether a file is neither code nor an env file.
fn is_manifest(place: &Place) -> bool {
    let name = place.path().rsplit('/').next().unwrap_or_default();
    let kinds = [".yml", ".yaml", ".json", ".toml", ".config", ".conf", ".cfg", ".sh", ".template"];
    let named = ["Dockerfile", "Containerfile", "Procfile", "crontab"];
    let is_env = name.contains(".env") || name.starts_with("env.");
    kinds.iter().any(|end| name.ends_with(end)) || (!is_env && named.iter().any(|known| name.contains(known)))
}

/// What stands before the marked part: an array key, or nothing that we would show.
fn before(text: &str) -> String {
    let trimmed = text.trim_start();
    let indent = &text[..text.len() - trimmed.len()];
    let is_key = trimmed.strip_suffix("=> ").is_some_and(|key| {
        let key = key.trim_end();
        key.len() > 2
            && key.starts_with(['\'', '"'])
            && key.ends_with(['\'', '"'])
            && key[1..key.len() - 1].chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
    });
    if trimmed.is_empty() || is_key || trimmed == "return " {
        text.to_owned()
    } else {
        format!("{indent}… ")
    }
}

/// What stands after it: closing punctuation, or nothing that we would show.
fn after(text: &str) -> String {
    let text = text.trim_end();
    if text.chars().all(|c| ",;)]".contains(c)) { text.to_owned() } else { " …".to_owned() }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        if span.offset() + span.len() > self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        Ok(Box::new(MietteSpanContents::new_named(
            self.path.clone(),
            self.text.as_bytes(),
            (0, self.text.len()).into(),
            self.line.saturating_sub(1),
            self.column.saturating_sub(1),
            1,
        )))
    }
}
