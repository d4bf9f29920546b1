//! The `.env` that the steps of a job write: lines by `echo`, a here-document or `sed`, or a file that is copied.

use std::sync::Arc;

use super::variables;
use crate::deploy::reading::{Collected, lines_of};
use crate::deploy::{Given, Layer, Value, join};
use crate::facts::{Place, Reason};
use crate::parse::node::Node;
use crate::parse::shell;
use crate::text::Source;

/// What steps make of `.env`.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// The lines they write.
    pub layer: Option<Layer>,
    /// The file that they copy.
    pub file: Option<(Arc<str>, Place)>,
}

/// Stands for an expression while a line is read as shell; no file has it.
const HOLE: char = '\u{1}';

/// What the steps write.
pub(super) fn written(source: &Arc<Source>, steps: &[Node]) -> Written {
    let mut variables = Collected::default();
    let mut more = None;
    let mut written = Written::default();
    for run in steps.iter().filter_map(|step| step.get("run")) {
        let Some(text) = run.scalar_text() else { continue };
        // The end of the here-document that is being written.
        let mut until: Option<String> = None;
        for (line, place) in lines_of(source, run.span, text) {
            if let Some(end) = &until {
                if line == *end {
                    until = None;
                } else {
                    add(&mut variables, &mut more, &line, &holes(&line), &place, true);
                }
                continue;
            }
            until = here_document(&line);
            let plain = holes(&line);
            for command in shell::commands(&plain) {
                let words: Vec<Option<&str>> =
                    command.words.iter().map(|word| word.text.as_deref()).collect();
                let into = command.redirects.iter().any(|word| word.text.as_deref().is_some_and(is_env));
                match words.as_slice() {
                    [Some("echo" | "printf"), .., last] if into => {
                        let raw = command.words.last().and_then(|word| plain.get(word.span.range()));
                        let text = last.or(raw).unwrap_or_default();
                        add(&mut variables, &mut more, &line, text.trim_matches('"'), &place, last.is_some());
                    }
                    [Some("cp" | "mv"), .., Some(from), Some(to)] if is_env(to) => {
                        written.file = join("", from).map(|path| (path.into(), place.clone()));
                    }
                    [Some("sed"), rest @ .., Some(file)] if is_env(file) => {
                        for (name, value) in rest.iter().flatten().filter_map(|script| replaced(script)) {
                            let value = known(&line, value, &place, true);
                            let place = place.clone();
                            variables.put(Given { name: name.into(), value, place, before: Vec::new() });
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    let variables = variables.into_list();
    if !variables.is_empty() || more.is_some() {
        let origin = format!("{} (writes .env)", source.path()).into();
        written.layer = Some(Layer { origin, variables, more });
    }
    written
}

fn is_env(path: &str) -> bool {
    path.trim_start_matches("./") == ".env"
}

/// A line whose `${{ .. }}` are holes of the same length.
fn holes(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("${{") {
        text.push_str(before);
        let length = after.find("}}").map_or(after.len(), |end| end + 2);
        text.extend(std::iter::repeat_n(HOLE, length + 3));
        rest = after.get(length..).unwrap_or_default();
    }
    text.push_str(rest);
    text
}

/// The delimiter of a here-document that a line puts into `.env`.
fn here_document(line: &str) -> Option<String> {
    let (before, after) = line.split_once("<<")?;
    let end: String =
        after.trim_start_matches('-').trim_start().chars().take_while(|c| !c.is_whitespace()).collect();
    let target = |text: &str| {
        text.split('>').skip(1).any(|word| is_env(word.trim().split(' ').next().unwrap_or_default()))
    };
    let is_target = target(before) || target(after);
    let end = end.trim_matches(['"', '\'']).to_owned();
    (is_target && !end.is_empty()).then_some(end)
}

/// Adds a line of `.env`: a variable, or a secret that is the whole file.
fn add(
    variables: &mut Collected,
    more: &mut Option<Reason>,
    line: &str,
    text: &str,
    place: &Place,
    resolved: bool,
) {
    match text.split_once('=') {
        Some((name, value)) if is_name(name) => {
            let value = known(line, value, place, resolved);
            variables.put(Given {
                name: name.trim().into(),
                value,
                place: place.clone(),
                before: Vec::new(),
            });
        }
        _ if text.contains(HOLE) || !resolved => {
            let reason = variables::expression(line).map_or_else(
                || "a value of the shell is written into .env".to_owned(),
                |_| "an expression of the workflow is written into .env".to_owned(),
            );
            more.get_or_insert_with(|| Reason::at(reason, place.clone()));
        }
        _ => {}
    }
}

fn is_name(name: &str) -> bool {
    let name = name.trim();
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn known(line: &str, value: &str, place: &Place, resolved: bool) -> Value {
    if value.contains(HOLE) {
        let why = variables::expression(line).map_or_else(String::new, variables::why);
        return Value::Unknown(Reason::at(why, place.clone()));
    }
    if !resolved || value.contains(['$', '`', '\\']) {
        return Value::Unknown(Reason::at("the shell fills it in", place.clone()));
    }
    let bare = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    Value::Known(bare('"').or_else(|| bare('\'')).unwrap_or(value).into())
}

/// The variable that `s/^NAME=.*/NAME=value/` writes.
fn replaced(script: &str) -> Option<(&str, &str)> {
    let rest = script.strip_prefix('s')?;
    let sign = rest.chars().next().filter(char::is_ascii_punctuation)?;
    let new = rest.split(sign).nth(2)?;
    new.split_once('=').filter(|(name, _)| is_name(name))
}
