//! A config file of loco is a template of Tera: `get_env` is filled in, all else is left for the YAML reader, to which
//! it is not known (loco-rs/loco src/config.rs `from_folder`, v0.16; Tera's `get_env` takes `name` and `default`).

use std::ops::Range;
use std::sync::Arc;

use crate::facts::{Reason, Variables};
use crate::text::Span;

/// A text whose calls of `get_env` are filled in.
#[derive(Debug, Clone, Default)]
pub(super) struct Rendered {
    pub text: String,
    pub pieces: Vec<Piece>,
}

/// What was filled in.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Where in the rendered text.
    pub printed: Range<usize>,
    /// The whole `{{ .. }}`.
    pub written: Range<usize>,
    /// The variable; a comment has none.
    pub variable: Option<Arc<str>>,
    /// Where the value comes from.
    pub from: From,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum From {
    /// The variable's own value.
    Variable,
    /// The default beside it.
    Default,
    /// Nowhere.
    Nowhere(Reason),
}

impl Rendered {
    /// Where a span of the rendered text is written.
    pub(super) fn origin(&self, span: Span) -> Span {
        let start = self.offset(span.start as usize, false);
        Span::new(start, self.offset(span.end as usize, true).max(start))
    }

    fn offset(&self, at: usize, is_end: bool) -> u32 {
        let index = self.pieces.partition_point(|piece| piece.printed.start <= at);
        let origin = match index.checked_sub(1).and_then(|index| self.pieces.get(index)) {
            None => at,
            Some(piece) if at < piece.printed.end => {
                if is_end && at == piece.printed.start {
                    piece.written.start
                } else if is_end {
                    piece.written.end
                } else {
                    piece.written.start
                }
            }
            Some(piece) => piece.written.end + (at - piece.printed.end),
        };
        u32::try_from(origin).unwrap_or(u32::MAX)
    }

    /// What was filled in within a span of the rendered text.
    pub(super) fn within(&self, span: Span) -> impl Iterator<Item = &Piece> {
        let (start, end) = (span.start as usize, span.end as usize);
        self.pieces.iter().filter(move |piece| {
            piece.printed.start < end && start < piece.printed.end
                || piece.printed.is_empty() && (start..=end).contains(&piece.printed.start)
        })
    }
}

/// Fills in what `get_env` gives.
pub(super) fn render(text: &str, variables: &Variables) -> Rendered {
    let mut rendered = Rendered::default();
    let mut at = 0;
    while let Some((open, opening)) = next(text, at) {
        let close = if opening == "{#" { "#}" } else { "}}" };
        let Some(length) = text.get(open + 2..).and_then(|rest| end(rest, close)) else { break };
        let body = text.get(open + 2..open + 2 + length).unwrap_or_default();
        let after = open + 2 + length + 2;
        rendered.text.push_str(text.get(at..open).unwrap_or_default());
        at = after;
        let start = rendered.text.len();
        let whole = text.get(open..after).unwrap_or_default();
        let (printed, variable, from) = if opening == "{#" {
            // A comment of Tera prints nothing.
            (Some(String::new()), None, From::Default)
        } else if let Some(call) = call(body) {
            let (value, from) = call.value(variables);
            (value, Some(call.name.into()), from)
        } else {
            (None, None, From::Default)
        };
        rendered.text.push_str(printed.as_deref().unwrap_or(whole));
        if printed.is_some() || variable.is_some() {
            let printed = start..rendered.text.len();
            rendered.pieces.push(Piece { printed, written: open..after, variable, from });
        }
    }
    rendered.text.push_str(text.get(at..).unwrap_or_default());
    rendered
}

fn next(text: &str, from: usize) -> Option<(usize, &'static str)> {
    let rest = text.get(from..)?;
    let found = |opening: &'static str| rest.find(opening).map(|at| (from + at, opening));
    [found("{{"), found("{#")].into_iter().flatten().min()
}

/// Where the closing mark stands; not within quotes.
fn end(text: &str, close: &str) -> Option<usize> {
    if close == "#}" {
        return text.find(close);
    }
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if text.get(at..).is_some_and(|rest| rest.starts_with(close)) => return Some(at),
            None => {}
        }
    }
    None
}

/// `get_env(name="..", default="..") | filters`.
struct Call {
    name: String,
    default: Option<String>,
    filters: Vec<String>,
}

/// The call in a body; `None` for all else.
fn call(body: &str) -> Option<Call> {
    let rest = body.trim().strip_prefix("get_env")?.trim_start().strip_prefix('(')?;
    let close = end(rest, ")")?;
    let mut filters = Vec::new();
    let after = rest.get(close + 1..)?.trim();
    if !after.is_empty() {
        for filter in after.strip_prefix('|')?.split('|') {
            let filter = filter.trim();
            matches!(filter, "int" | "float" | "trim" | "lower" | "upper" | "safe").then_some(())?;
            filters.push(filter.to_owned());
        }
    }
    let (mut name, mut default) = (None, None);
    let mut rest = rest.get(..close)?.trim();
    while !rest.is_empty() {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
        let (value, after) = match quote {
            Some(quote) => after.get(1..)?.split_once(quote)?,
            None => {
                let length = after.find(',').unwrap_or(after.len());
                let value = after.get(..length)?.trim();
                // A bare word that is no number or boolean is a variable of the template.
                (value == "true" || value == "false" || value.parse::<f64>().is_ok()).then_some(())?;
                (value, after.get(length..)?)
            }
        };
        match key.trim() {
            "name" => name = Some(value.to_owned()),
            "default" => default = Some(value.to_owned()),
            _ => return None,
        }
        let after = after.trim_start();
        rest = after.strip_prefix(',').unwrap_or(after).trim();
        if !after.is_empty() && !after.starts_with(',') {
            return None;
        }
    }
    Some(Call { name: name?, default, filters })
}

impl Call {
    fn value(&self, variables: &Variables) -> (Option<String>, From) {
        let nowhere = |reason| (None, From::Nowhere(reason));
        match (variables.get(self.name.as_str()), &self.default) {
            (Some(variable), _) => {
                match &variable.value {
                    Some(value) => (Some(self.filtered(value)), From::Variable),
                    None => nowhere(variable.unknown.clone().unwrap_or_else(|| {
                        Reason::new(format!("the value of {} is kept elsewhere", self.name))
                    })),
                }
            }
            (None, Some(default)) => (Some(self.filtered(default)), From::Default),
            (None, None) => nowhere(Reason::new(format!("the variable {} is not set here", self.name))),
        }
    }

    fn filtered(&self, value: &str) -> String {
        self.filters.iter().fold(value.to_owned(), |value, filter| match filter.as_str() {
            "trim" => value.trim().to_owned(),
            "lower" => value.to_lowercase(),
            "upper" => value.to_uppercase(),
            _ => value,
        })
    }
}
