//! Texts that name variables, and the way compose writes them: `$NAME`, `${NAME:-default}`, `$$`.
//!
//! compose-spec/compose-go, template/template.go (v2): names start with a letter or `_`; `:` before the sign means
//! "or empty"; `$` before anything else makes the text invalid, and so does a line break within the braces.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::text::Span;

/// A text with variables in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template {
    /// Its parts in order.
    pub parts: Vec<Part>,
}

/// A part of a [`Template`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text that stands for itself.
    Text(Arc<str>),
    /// A variable.
    Variable(Variable),
}

/// A variable in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: Arc<str>,
    /// What is done when it has a value, or none.
    pub modifier: Option<Modifier>,
}

/// What `:-default` and the like do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modifier {
    /// What is done.
    pub kind: ModifierKind,
    /// Whether an empty value counts as none (`:-`, not `-`).
    pub or_empty: bool,
    /// The default, the replacement or the message.
    pub text: Template,
}

/// The kinds of [`Modifier`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModifierKind {
    /// `-`: what it is without a value.
    Default,
    /// `+`: what it is with a value; without one it is empty.
    Replacement,
    /// `?`: it must have a value.
    Required,
    /// Cuts or replaces parts of the value, in a Dockerfile. Not followed.
    Pattern,
}

/// What a [`Template`] comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// A text.
    Text(Arc<str>),
    /// Not known: this variable has no value and no default. compose warns and takes an empty text.
    Unset(Arc<str>),
    /// Nothing: this variable must have a value and has none.
    Missing(Arc<str>),
    /// Not known: what is done with this variable is not followed, or the text grows beyond all use.
    Unfollowed(Arc<str>),
}

/// How deep defaults are nested at most.
const MAX_DEPTH: usize = 32;
/// How long a text grows at most.
const MAX_LENGTH: usize = 1 << 20;

/// Reads a text as compose does.
///
/// # Errors
/// The place in the text that compose refuses, or that its releases read differently.
pub fn parse(text: &str) -> Result<Template, Span> {
    parse_within(text, 0, text.len(), 0)
}

fn place(start: usize, end: usize) -> Span {
    Span::new(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX))
}

fn parse_within(text: &str, start: usize, end: usize, depth: usize) -> Result<Template, Span> {
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let mut template = Builder::default();
    let mut at = start;
    while let Some(dollar) = part(at, end).find('$') {
        let dollar = at + dollar;
        template.push(part(at, dollar));
        let rest = part(dollar + 1, end);
        if rest.starts_with('$') {
            template.push("$");
            at = dollar + 2;
        } else if rest.starts_with('{') {
            let (variable, behind) = braced(text, dollar, end, depth)?;
            template.variable(variable);
            at = behind;
        } else {
            let name = name_of(rest).ok_or_else(|| place(dollar, dollar + 1))?;
            template.variable(Variable { name: name.into(), modifier: None });
            at = dollar + 1 + name.len();
        }
    }
    template.push(part(at, end));
    Ok(template.finish())
}

/// The name that a text starts with.
pub(super) fn name_of(text: &str) -> Option<&str> {
    let length = text.bytes().take_while(|c| c.is_ascii_alphanumeric() || *c == b'_').count();
    text.get(..length).filter(|name| name.starts_with(|c: char| !c.is_ascii_digit()))
}

/// The variable whose `${` starts at `dollar`, and the offset behind it.
fn braced(text: &str, dollar: usize, end: usize, depth: usize) -> Result<(Variable, usize), Span> {
    let refused = || place(dollar, (dollar + 2).min(end));
    let inner = dollar + 2;
    let body = text.get(inner..end).unwrap_or_default();
    let name = name_of(body).ok_or_else(refused)?;
    let sign = inner + name.len();
    let rest = text.get(sign..end).unwrap_or_default();
    if rest.starts_with('}') {
        return Ok((Variable { name: name.into(), modifier: None }, sign + 1));
    }
    let or_empty = rest.starts_with(':');
    let kind = match rest.strip_prefix(':').unwrap_or(rest).chars().next() {
        Some('-') => ModifierKind::Default,
        Some('+') => ModifierKind::Replacement,
        Some('?') => ModifierKind::Required,
        _ => return Err(refused()),
    };
    let from = sign + 1 + usize::from(or_empty);
    let close = closing(text, from, end).filter(|_| depth < MAX_DEPTH).ok_or_else(refused)?;
    let modifier = Modifier { kind, or_empty, text: parse_within(text, from, close, depth + 1)? };
    Ok((Variable { name: name.into(), modifier: Some(modifier) }, close + 1))
}

/// The brace that closes what is open at `from`. `None` when there is none on the line, or when a brace without `$`
/// stands before it: older releases end at the next closing brace, newer ones count it.
fn closing(text: &str, from: usize, end: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open = 1;
    for at in from..end {
        match bytes.get(at)? {
            b'{' if bytes.get(at - 1) != Some(&b'$') => return None,
            b'{' => open += 1,
            b'}' if open == 1 => return Some(at),
            b'}' => open -= 1,
            b'\n' => return None,
            _ => {}
        }
    }
    None
}

/// A [`Template`] that grows.
#[derive(Debug, Default)]
pub(super) struct Builder {
    parts: Vec<Part>,
    text: String,
}

impl Builder {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn variable(&mut self, variable: Variable) {
        self.flush();
        self.parts.push(Part::Variable(variable));
    }

    pub(super) fn finish(mut self) -> Template {
        self.flush();
        Template { parts: self.parts }
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.parts.push(Part::Text(std::mem::take(&mut self.text).into()));
        }
    }
}

impl Template {
    /// A text without variables.
    #[must_use]
    pub fn literal(text: &str) -> Self {
        let mut template = Builder::default();
        template.push(text);
        template.finish()
    }

    /// The text, when no variable is in it.
    #[must_use]
    pub fn as_literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The names of all variables in it, those in defaults too.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for part in &self.parts {
            if let Part::Variable(variable) = part {
                names.push(&*variable.name);
                names.extend(variable.modifier.iter().flat_map(|modifier| modifier.text.names()));
            }
        }
        names
    }

    /// What it comes to with these values.
    #[must_use]
    pub fn resolve(&self, value_of: &dyn Fn(&str) -> Option<Arc<str>>) -> Resolved {
        let mut text = String::new();
        match self.add_to(&mut text, value_of) {
            ControlFlow::Continue(()) => Resolved::Text(text.into()),
            ControlFlow::Break(other) => other,
        }
    }

    fn add_to(
        &self,
        text: &mut String,
        value_of: &dyn Fn(&str) -> Option<Arc<str>>,
    ) -> ControlFlow<Resolved> {
        for part in &self.parts {
            let variable = match part {
                Part::Text(own) => {
                    text.push_str(own);
                    continue;
                }
                Part::Variable(variable) => variable,
            };
            let value = value_of(&variable.name);
            let is_set = |or_empty: bool| value.as_ref().is_some_and(|value| !or_empty || !value.is_empty());
            let name = || Arc::clone(&variable.name);
            match (&variable.modifier, &value) {
                (Some(modifier), _) if modifier.kind == ModifierKind::Pattern => {
                    return ControlFlow::Break(Resolved::Unfollowed(name()));
                }
                (Some(modifier), _) if modifier.kind == ModifierKind::Replacement => {
                    if is_set(modifier.or_empty) {
                        modifier.text.add_to(text, value_of)?;
                    }
                }
                (Some(modifier), _) if !is_set(modifier.or_empty) => {
                    if modifier.kind == ModifierKind::Required {
                        return ControlFlow::Break(Resolved::Missing(name()));
                    }
                    modifier.text.add_to(text, value_of)?;
                }
                (_, Some(value)) => text.push_str(value),
                (_, None) => return ControlFlow::Break(Resolved::Unset(name())),
            }
            if text.len() > MAX_LENGTH {
                return ControlFlow::Break(Resolved::Unfollowed(name()));
            }
        }
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let values = |name: &str| match name {
            "A" => Some(Arc::from("a")),
            "EMPTY" => Some(Arc::from("")),
            _ => None,
        };
        match parse(text).map(|template| template.resolve(&values)) {
            Ok(Resolved::Text(text)) => text.to_string(),
            Ok(Resolved::Unset(name)) => format!("<{name} unset>"),
            Ok(Resolved::Missing(name)) => format!("<{name} missing>"),
            Ok(Resolved::Unfollowed(name)) => format!("<{name} unfollowed>"),
            Err(place) => format!("<refused at {}..{}>", place.start, place.end),
        }
    }

    #[test]
    fn variables_are_resolved() {
        for (text, expected) in [
            ("", ""),
            ("plain", "plain"),
            ("$A-${A}é", "a-aé"),
            ("$A_B", "<A_B unset>"),
            ("$A.B", "a.B"),
            ("$$A $${A}", "$A ${A}"),
            ("$NO", "<NO unset>"),
            ("${EMPTY}", ""),
            ("${NO:-d}${NO-d}${EMPTY:-d}${EMPTY-d}${A:-d}", "ddda"),
            ("${NO:-}", ""),
            ("${A:+r}${A+r}${NO:+r}${NO+r}${EMPTY:+r}${EMPTY+r}", "rrr"),
            ("${A:?e}${A?e}${EMPTY?e}", "aa"),
            ("${NO?must be set}", "<NO missing>"),
            ("${EMPTY:?e}", "<EMPTY missing>"),
            ("${NO:-${ALSO:-$A}/x}", "a/x"),
            ("${NO:-${ALSO}}", "<ALSO unset>"),
            ("${A:-${ALSO:?e}}", "a"),
            ("${NO:-a:b-c?d}", "a:b-c?d"),
            ("${NO:-$$x}", "$x"),
            ("redis://${HOST:-cache}:${PORT:-6379}/0", "redis://cache:6379/0"),
            ("$", "<refused at 0..1>"),
            ("é $1", "<refused at 3..4>"),
            ("${}", "<refused at 0..2>"),
            ("${A", "<refused at 0..2>"),
            ("${A:-x", "<refused at 0..2>"),
            ("${A:x}", "<refused at 0..2>"),
            ("${A b}", "<refused at 0..2>"),
            ("${A:-x\ny}", "<refused at 0..2>"),
            ("${NO:-{\"a\": 1}}", "<refused at 0..2>"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
        assert!(shown(&"${A:-".repeat(100_000)).starts_with("<refused"));
        assert!(shown(&format!("{}x{}", "${N:-".repeat(100), "}".repeat(100))).starts_with("<refused"));
    }

    #[test]
    fn names_are_those_of_defaults_too() {
        let template = parse("$A ${B:-${C}} $$D").unwrap_or_default();
        assert_eq!(template.names(), ["A", "B", "C"]);
        assert_eq!(template.as_literal(), None);
        assert_eq!(parse("a$$b").unwrap_or_default().as_literal(), Some("a$b"));
    }

    #[test]
    fn a_text_does_not_grow_without_bound() {
        let long: Arc<str> = "x".repeat(MAX_LENGTH).into();
        let template = parse("$A$A$A").unwrap_or_default();
        assert_eq!(template.resolve(&|_| Some(Arc::clone(&long))), Resolved::Unfollowed("A".into()));
    }
}
