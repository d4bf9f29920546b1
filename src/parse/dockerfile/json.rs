//! The exec form: a JSON list of texts.

use super::super::interpolation::Template;
use super::Word;
use super::lines::Line;
use super::words::template;

/// The texts of the list that is all of the line from `start` on. `None` when it is no such list. In the lists of `COPY`
/// and `VOLUME` variables are expanded: those give their escape character.
pub(super) fn list(line: &Line, start: usize, expand: Option<char>) -> Option<Vec<Word>> {
    let text = line.text.as_str();
    let mut words = Vec::new();
    let mut at = skip(text, start);
    at = skip(text, expect(text, at, '[')?);
    if let Some(end) = expect(text, at, ']') {
        return text.get(end..)?.trim().is_empty().then_some(words);
    }
    loop {
        let end = string_end(text, at)?;
        let written = text.get(at..end)?;
        let decoded: String = serde_json::from_str(written).ok()?;
        let value = match expand {
            Some(escape) => template(&decoded, escape),
            None => Some(Template::literal(&decoded)),
        };
        words.push(Word { written: written.into(), value, span: line.span(at, end) });
        at = skip(text, end);
        if let Some(end) = expect(text, at, ']') {
            return text.get(end..)?.trim().is_empty().then_some(words);
        }
        at = skip(text, expect(text, at, ',')?);
    }
}

fn skip(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    text.len() - rest.trim_start().len()
}

fn expect(text: &str, at: usize, c: char) -> Option<usize> {
    text.get(at..)?.starts_with(c).then(|| at + c.len_utf8())
}

/// The end of the quoted text that starts at `at`.
fn string_end(text: &str, at: usize) -> Option<usize> {
    let mut chars = text.get(at..)?.char_indices();
    chars.next().filter(|(_, c)| *c == '"')?;
    while let Some((index, c)) = chars.next() {
        match c {
            '"' => return Some(at + index + 1),
            '\\' => {
                chars.next()?;
            }
            _ => {}
        }
    }
    None
}
