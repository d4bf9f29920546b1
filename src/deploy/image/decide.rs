//! Which branches of a script are taken, where the values that decide are known: the arguments, variables that are set.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::content::is_match;
use super::words::Invocation;
use crate::deploy::{Layer, Value};
use crate::parse::interpolation::{Resolved, parse};
use crate::parse::shell::{self, Guard, GuardKind};
use crate::text::Span;

/// What is known of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Known {
    Text(Arc<str>),
    /// Nothing sets it.
    Unset,
    Unknown,
}

/// The variables that are set from outside.
#[derive(Debug, Clone, Default)]
pub(super) struct Environment {
    known: BTreeMap<Arc<str>, Known>,
    /// Whether a source is not seen that may set more.
    open: bool,
}

impl Environment {
    /// What layers set together, the strongest first.
    pub(super) fn of<'l>(layers: impl IntoIterator<Item = &'l Layer>) -> Self {
        let mut all = Self::default();
        for layer in layers {
            for given in &layer.variables {
                let known = match &given.value {
                    // A source before this one that is not seen may say otherwise.
                    Value::Known(text) if !all.open => Known::Text(text.clone()),
                    Value::Unset if !all.open => Known::Unset,
                    _ => Known::Unknown,
                };
                all.known.entry(given.name.clone()).or_insert(known);
            }
            all.open |= layer.more.is_some();
        }
        all
    }

    fn get(&self, name: &str) -> Known {
        let unset = if self.open { Known::Unknown } else { Known::Unset };
        self.known.get(name).cloned().unwrap_or(unset)
    }
}

/// The values within a script at one of its commands.
pub(super) struct Values<'v> {
    pub(super) environment: &'v Environment,
    /// What the script itself set.
    pub(super) own: &'v BTreeMap<Arc<str>, Known>,
    pub(super) arguments: &'v Invocation,
    /// The text under a span of the script.
    pub(super) text: &'v dyn Fn(Span) -> String,
}

impl Values<'_> {
    fn variable(&self, name: &str) -> Known {
        self.own.get(name).cloned().unwrap_or_else(|| self.environment.get(name))
    }

    /// What a word comes to.
    pub(super) fn word(&self, word: &shell::Word) -> Known {
        match &word.text {
            Some(text) => Known::Text(text.clone()),
            None => self.written((self.text)(word.span).trim()),
        }
    }

    /// What a word as it is written comes to.
    pub(super) fn written(&self, text: &str) -> Known {
        let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        if matches!(inner, "$1" | "${1}") {
            return match self.arguments.words.first() {
                Some(Some(text)) => Known::Text(text.clone()),
                None if self.arguments.script.is_none() => Known::Text("".into()),
                _ => Known::Unknown,
            };
        }
        // Quotes within a default; what else quotes and commands would change is not followed.
        if inner.contains(['`', '\'', '\\']) || inner.contains("$(") {
            return Known::Unknown;
        }
        let Ok(template) = parse(&inner.replace('"', "")) else { return Known::Unknown };
        let names = template.names();
        if names.iter().any(|name| self.variable(name) == Known::Unknown) {
            return Known::Unknown;
        }
        let resolved = template.resolve(&|name| match self.variable(name) {
            Known::Text(text) => Some(text),
            _ => None,
        });
        match resolved {
            Resolved::Text(text) => Known::Text(text),
            Resolved::Unset(_) if names.len() == 1 && template.parts.len() == 1 => Known::Text("".into()),
            _ => Known::Unknown,
        }
    }

    /// Whether a condition holds: `[ "$x" = y ]`, `[ -z "$x" ]`.
    fn holds(&self, span: Span) -> Option<bool> {
        let text = (self.text)(span);
        let text = ["if ", "elif "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(&text);
        let commands = shell::commands(text);
        let [command] = commands.as_slice() else { return None };
        if text.trim_start().starts_with('!') || !command.redirects.is_empty() {
            return None;
        }
        let inner = Values { text: &|span| text.get(span.range()).unwrap_or_default().to_owned(), ..*self };
        let word = |at: usize| command.words.get(at);
        let known = |at: usize| match inner.word(word(at)?) {
            Known::Text(text) => Some(text),
            _ => None,
        };
        let program = known(0)?;
        let end = match &*program {
            "[" => "]",
            "[[" => "]]",
            "test" => "",
            _ => return None,
        };
        let count = command.words.len().checked_sub(usize::from(!end.is_empty()))?;
        if !end.is_empty() && known(count).as_deref() != Some(end) {
            return None;
        }
        match count {
            3 => {
                let value = known(2)?;
                match &*known(1)? {
                    "-z" => Some(value.is_empty()),
                    "-n" => Some(!value.is_empty()),
                    _ => None,
                }
            }
            4 => {
                let (left, right) = (known(1)?, known(3)?);
                // `[[` reads patterns on the right.
                if &*program == "[[" && right.contains(['*', '?', '[']) {
                    return None;
                }
                match &*known(2)? {
                    "=" | "==" => Some(left == right),
                    "!=" => Some(left != right),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The guards that remain of these; `None` when the command is not run. `patterns` are all of one `case`.
    pub(super) fn remaining(
        &self,
        guards: &[Guard],
        patterns: &dyn Fn(Span) -> Vec<Span>,
    ) -> Option<Vec<Guard>> {
        let mut left = Vec::new();
        let mut decided_case = false;
        for (at, guard) in guards.iter().enumerate() {
            match guard.kind {
                GuardKind::Pattern if decided_case => decided_case = false,
                GuardKind::Case => {
                    let pattern = guards.get(at + 1).filter(|next| next.kind == GuardKind::Pattern);
                    match pattern.and_then(|pattern| self.case(guard.span, pattern.span, patterns)) {
                        Some(true) => decided_case = true,
                        Some(false) => return None,
                        None => left.push(*guard),
                    }
                }
                GuardKind::Holds => match self.holds(guard.span) {
                    Some(true) => {}
                    Some(false) => return None,
                    None => left.push(*guard),
                },
                GuardKind::Or => match self.holds(guard.span) {
                    Some(true) => return None,
                    Some(false) => {}
                    None => left.push(*guard),
                },
                // Conditions before the last one are not seen here: that one fails does not say that this runs.
                GuardKind::Fails if self.holds(guard.span) == Some(true) => return None,
                _ => left.push(*guard),
            }
        }
        Some(left)
    }

    /// Whether this pattern of a `case` is the first that fits.
    fn case(&self, case: Span, pattern: Span, patterns: &dyn Fn(Span) -> Vec<Span>) -> Option<bool> {
        let text = (self.text)(case);
        let Known::Text(value) = self.written(text.strip_prefix("case ")?.trim()) else { return None };
        let mut first = None;
        for span in patterns(case) {
            let text = (self.text)(span);
            let mut alternatives = text.split('|').map(|one| one.trim().trim_matches(['"', '\'', '(']));
            if text.contains(['$', '[', '`']) {
                return None;
            }
            if alternatives.any(|one| is_match(one, &value)) {
                first = Some(span);
                break;
            }
        }
        Some(first == Some(pattern))
    }
}
