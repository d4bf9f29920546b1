//! One line of a file, as much of it as may be shown: what a step is about, never its neighbours.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::escape::clean;
use crate::facts::{Note, Place, TrailStep};
use crate::text::{MASK, is_secret_name, mask_urls};

/// Longer lines are cut: nobody reads them.
const MAX_WIDTH: usize = 160;

/// A line with the part that matters.
#[derive(Debug)]
pub struct Excerpt {
    path: String,
    line: usize,
    text: String,
    mark: (usize, usize),
}

impl Excerpt {
    /// The excerpt of a step; `None` when it is in no file of the repository.
    /// `about` says that the step's variable is the one the finding is about, so that its value may be shown.
    pub fn of(step: &TrailStep, about: bool) -> Option<Self> {
        let place = step.place.as_ref().filter(|place| !place.is_foreign())?;
        Some(Self::at(place, matches!(step.note, Note::Variable(_)).then_some(about)))
    }

    /// The excerpt of a place. `variable`: it is a line of an env file whose value may (or may not) be shown.
    pub fn at(place: &Place, variable: Option<bool>) -> Self {
        let start = place.start();
        let line = place.source.line(start.line);
        let begin = byte_of_column(line, start.column);
        let end = if place.end().line == start.line { byte_of_column(line, place.end().column) } else { line.len() };
        let marked = line.get(begin..end.max(begin)).unwrap_or_default().trim_end();
        let is_env_line = begin == 0 && !place.path().ends_with(".php") && variable.is_some();
        let (before, marked, after) = if is_env_line {
            (String::new(), env_line(marked, variable == Some(true)), String::new())
        } else {
            (before(line.get(..begin).unwrap_or_default()), mask_urls(marked), after(line.get(end..).unwrap_or_default()))
        };
        let before = clean(&before).into_owned();
        let marked: String = clean(&marked).chars().take(MAX_WIDTH).collect();
        let text = format!("{before}{marked}{after}");
        let mark = (before.len(), marked.len());
        Self { path: clean(place.path()).into_owned(), line: start.line as usize, text, mark }
    }

    /// The marked part.
    pub fn span(&self) -> SourceSpan {
        self.mark.into()
    }
}

fn byte_of_column(line: &str, column: u32) -> usize {
    line.char_indices().nth(column.saturating_sub(1) as usize).map_or(line.len(), |(index, _)| index)
}

/// `NAME=value`, with the value only when it may be shown.
fn env_line(line: &str, shown: bool) -> String {
    let Some((name, value)) = line.split_once('=') else { return line.to_owned() };
    if shown && !is_secret_name(name) { format!("{name}={}", mask_urls(value)) } else { format!("{name}={MASK}") }
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
    if trimmed.is_empty() || is_key || trimmed == "return " { text.to_owned() } else { format!("{indent}… ") }
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
            0,
            1,
        )))
    }
}
