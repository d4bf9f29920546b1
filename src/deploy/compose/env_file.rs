//! Env files as compose reads them.
//!
//! compose-spec/compose-go, dotenv/parser.go and types/project.go (v2.9): `=` or `:` parts name and value, a name alone
//! is taken from where compose is started, ` #` starts a comment behind a value without quotes, within double quotes
//! escapes and variables are resolved, within single quotes nothing is.

use std::sync::Arc;

use super::scope::resolve;
use super::tree::Text;
use crate::deploy::{Files, Given, Problem, Value, folder, join};
use crate::facts::{Place, Reason};
use crate::text::{Source, Span};

/// How many variables a file has at most.
const MAX: usize = 2_000;

/// What a file sets.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Its variables, the last of each name.
    pub(super) variables: Vec<Given>,
    /// What makes compose refuse the file.
    pub(super) problem: Option<Problem>,
}

/// Whether a file of the disk belongs to the repository, and not only to who works on it.
pub(super) fn is_ours(files: &Files<'_>, path: &str) -> bool {
    let listed = files.paths().binary_search_by(|known| known.as_str().cmp(path)).is_ok();
    // Names that say nothing are not listed, though the file may well be there.
    let name = path.rsplit('/').next().unwrap_or_default();
    listed || !(name.starts_with(".env") || name.ends_with(".env"))
}

/// Whether the repository says that a file is not to be in it, or shows how to make it.
pub(super) fn is_expected_to_miss(files: &Files<'_>, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let example = |known: &String| {
        let rest = known.strip_prefix(path).unwrap_or_default();
        matches!(rest, ".example" | ".dist" | ".sample" | ".template" | "-example" | ".default")
    };
    if files.paths().iter().any(example) {
        return true;
    }
    let mut at = path;
    while !at.is_empty() {
        at = folder(at);
        let rules = join(at, ".gitignore").and_then(|path| files.read(&path));
        let ignores = rules.is_some_and(|rules| {
            rules.text().lines().any(|line| {
                let pattern = line.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
                !line.starts_with(['#', '!']) && super::is_match(pattern, name) && !pattern.is_empty()
            })
        });
        if ignores {
            return true;
        }
    }
    false
}

/// Reads a file. `outer` has what wins over the file's own earlier lines when a value names variables; `raw` leaves
/// quotes and variables as they are.
pub(super) fn read(source: &Arc<Source>, outer: &dyn Fn(&str) -> Option<Given>, raw: bool) -> Read {
    let mut read = Read::default();
    let text = source.text();
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while let Some(start) = statement(text, at) {
        if read.variables.len() >= MAX {
            break;
        }
        let line_end =
            text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| start + end);
        let here = Place::new(source, span(start, line_end));
        let Some(name) = name(text, start, line_end) else {
            let message = "compose refuses this line: it does not start with the name of a variable";
            read.problem = Some(Problem { message: message.into(), place: here });
            break;
        };
        let (given, end) = match name.value {
            None => (inherited(name.name, here, outer), line_end),
            Some(from) => {
                let Some((value, place, end)) = value(source, from, line_end, raw) else {
                    let message =
                        format!("compose refuses this file: the quotes of {} are not closed", name.name);
                    read.problem = Some(Problem { message: message.into(), place: here });
                    break;
                };
                let own = |name: &str| {
                    outer(name).or_else(|| read.variables.iter().find(|own| &*own.name == name).cloned())
                };
                (given(name.name, value, place, &own), end)
            }
        };
        at = end;
        read.variables.retain(|other| other.name != given.name);
        read.variables.push(given);
    }
    read
}

fn span(start: usize, end: usize) -> Span {
    Span::new(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX))
}

/// Where the next statement starts, past blanks and comments.
fn statement(text: &str, mut at: usize) -> Option<usize> {
    loop {
        let rest = text.get(at..)?;
        at += rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        if !rest.starts_with('#') {
            return Some(at);
        }
        at += rest.find('\n')?;
    }
}

struct Name<'t> {
    name: &'t str,
    /// Where the value starts.
    value: Option<usize>,
}

fn name(text: &str, start: usize, end: usize) -> Option<Name<'_>> {
    let line = text.get(start..end)?;
    let body = match line.strip_prefix("export").filter(|rest| rest.starts_with(char::is_whitespace)) {
        Some(rest) => rest.trim_start(),
        None => line,
    };
    let from = end - body.len();
    let sign = body.find(['=', ':']).unwrap_or(body.len());
    let name = body.get(..sign)?.trim_end();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '[' | ']');
    let is_name = !name.is_empty() && name.chars().all(fits);
    is_name.then(|| {
        let rest = body.get(sign + 1..);
        let value = rest.map(|rest| {
            from + body.len() - rest.trim_start_matches([' ', '\t', '\r', '\u{b}', '\u{c}']).len()
        });
        Name { name, value }
    })
}

fn inherited(name: &str, place: Place, outer: &dyn Fn(&str) -> Option<Given>) -> Given {
    let value = match outer(name) {
        Some(given) => given.value,
        None => Value::Unknown(Reason::at("it is taken from where compose is started", place.clone())),
    };
    Given { name: name.into(), value, place, before: Vec::new() }
}

/// What stands behind the name.
enum Written {
    /// As it is.
    Literal(String),
    /// Variables are put in.
    Template(String),
    /// Escapes in it are not followed.
    Escaped,
}

/// The value at `from`, its place, and where the next statement may start. `None`: its quotes are not closed.
fn value(source: &Arc<Source>, from: usize, line_end: usize, raw: bool) -> Option<(Written, Place, usize)> {
    let text = source.text();
    let line = text.get(from..line_end).unwrap_or_default();
    let quote = line.chars().next().filter(|c| matches!(c, '"' | '\'') && !raw);
    let Some(quote) = quote else {
        let value = if raw {
            line.trim_end_matches('\r')
        } else {
            line.split(" #").next().unwrap_or_default().trim_end()
        };
        let place = Place::new(source, span(from, from + value.len()));
        let written =
            if raw { Written::Literal(value.to_owned()) } else { Written::Template(value.to_owned()) };
        return Some((written, place, line_end));
    };
    let body = text.get(from + 1..)?;
    let mut value = String::new();
    let mut chars = body.char_indices();
    let mut is_escaped = false;
    while let Some((at, c)) = chars.next() {
        if c == quote {
            let place = Place::new(source, span(from, from + 1 + at + 1));
            let written = match quote {
                '\'' => Written::Literal(value),
                _ if is_escaped => Written::Escaped,
                _ => Written::Template(value),
            };
            return Some((written, place, from + 1 + at + 1));
        }
        if c != '\\' {
            value.push(c);
            continue;
        }
        match chars.next() {
            Some((_, next)) if next == quote => value.push(next),
            Some((_, next)) if quote == '"' => match next {
                'n' => value.push('\n'),
                't' => value.push('\t'),
                'r' => value.push('\r'),
                '\\' => value.push('\\'),
                '$' => value.push_str("$$"),
                'a' | 'b' | 'c' | 'f' | 'v' | '0' => is_escaped = true,
                other => value.extend(['\\', other]),
            },
            Some((_, next)) => value.extend(['\\', next]),
            None => return None,
        }
    }
    None
}

fn given(name: &str, written: Written, place: Place, look_up: &dyn Fn(&str) -> Option<Given>) -> Given {
    let text = match written {
        Written::Literal(text) => {
            Text { value: Ok(text.as_str().into()), raw: text.into(), before: Vec::new() }
        }
        Written::Template(text) => resolve(&text, &place, look_up),
        Written::Escaped => {
            let reason = Reason::at("the escapes in its quotes are not followed", place.clone());
            Text { value: Err(reason), raw: "".into(), before: Vec::new() }
        }
    };
    let value = text.value.map_or_else(Value::Unknown, Value::Known);
    Given { name: name.into(), value, place, before: text.before }
}
