//! Variables that a script gives itself: `ARTISAN="php ${ROOT}/artisan"`, then `${ARTISAN} migrate`.
//!
//! POSIX.1-2017, Shell Command Language, 2.6: what an expansion without quotes gives is split into words.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::words::Text;
use crate::parse::shell::{Command, GuardKind};
use crate::text::Span;

/// How long a value may become, as one is put into the other.
const MAX: usize = 2_000;
/// How many variables are kept.
const MAX_VARIABLES: usize = 200;
/// Commands that give variables values which are not seen, or give them one in their arguments.
const SETS: &[&str] =
    &["read", "export", "local", "declare", "typeset", "readonly", "unset", "getopts", "mapfile", "printf"];

/// The variables of a script that have one value in all of it.
#[derive(Debug, Default)]
pub(super) struct Shell {
    values: BTreeMap<Arc<str>, String>,
}

impl Shell {
    /// The variables that commands set; `text` is how a part of them is written.
    pub(super) fn of<'t>(all: &[Command], text: &dyn Fn(Span) -> &'t str) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for command in all {
            let alone = command.words.is_empty();
            for (name, _) in command.assignments.iter().filter(|_| alone) {
                *counts.entry(name).or_default() += 1;
            }
            for guard in command.guards.iter().filter(|guard| guard.kind == GuardKind::Each) {
                if let Some(name) = text(guard.span).split_whitespace().nth(1) {
                    *counts.entry(name).or_default() += 2;
                }
            }
            let program = command.words.first().and_then(|word| word.text.as_deref());
            for word in
                command.words.iter().skip(1).filter(|_| program.is_some_and(|name| SETS.contains(&name)))
            {
                let written = text(word.span);
                let end = written.find(|c: char| !is_of_name(c)).unwrap_or(written.len());
                *counts.entry(written.get(..end).unwrap_or_default()).or_default() += 2;
            }
        }
        let mut shell = Self::default();
        for command in all.iter().filter(|command| command.words.is_empty()) {
            for (name, word) in &command.assignments {
                let once = counts.get(&**name) == Some(&1) && shell.values.len() < MAX_VARIABLES;
                let value = || match &word.text {
                    Some(text) => Some(text.to_string()),
                    None => shell.value(text(word.span)),
                };
                if let Some(value) = once.then(value).flatten() {
                    shell.values.insert(Arc::clone(name), value);
                }
            }
        }
        shell
    }

    /// A word as the value of a variable: not split.
    fn value(&self, written: &str) -> Option<String> {
        let parts = self.parts(written)?;
        Some(parts.into_iter().map(|(text, _)| text).collect())
    }

    /// The words that a word with variables in it comes to; one that is not known when a variable is not.
    pub(super) fn words(&self, written: &str) -> Vec<Text> {
        let Some(parts) = self.parts(written) else { return vec![None] };
        let mut words: Vec<String> = Vec::new();
        let mut open: Option<String> = None;
        for (text, splits) in parts {
            if !splits {
                open.get_or_insert_default().push_str(&text);
                continue;
            }
            for c in text.chars() {
                if c.is_whitespace() {
                    words.extend(open.take());
                } else {
                    open.get_or_insert_default().push(c);
                }
            }
        }
        words.extend(open);
        words.into_iter().map(|word| Some(word.into())).collect()
    }

    /// The parts of a word, each with whether it is split; `None` when it holds more than texts and known variables.
    fn parts(&self, written: &str) -> Option<Vec<(String, bool)>> {
        let mut parts: Vec<(String, bool)> = Vec::new();
        let mut quote: Option<char> = None;
        let mut length = 0usize;
        let mut rest = written;
        while let Some(c) = rest.chars().next() {
            let after = rest.get(c.len_utf8()..).unwrap_or_default();
            match (quote, c) {
                (Some(open), _) if open == c => (quote, rest) = (None, after),
                (None, '"' | '\'') => {
                    parts.push((String::new(), false));
                    (quote, rest) = (Some(c), after);
                }
                (None | Some('"'), '$') => {
                    let (name, behind) = named(after)?;
                    let value = self.values.get(name)?;
                    length = length.saturating_add(value.len());
                    if length > MAX || (quote.is_none() && value.contains(['*', '?', '['])) {
                        return None;
                    }
                    parts.push((value.clone(), quote.is_none()));
                    rest = behind;
                }
                (None | Some('"'), '`' | '\\') | (None, '*' | '?' | '[' | '~' | '{' | '(' | ')') => {
                    return None;
                }
                _ => {
                    parts.push((c.to_string(), false));
                    rest = after;
                }
            }
        }
        quote.is_none().then_some(parts)
    }
}

const fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The name behind a `$`, and what comes after it: `NAME` or `{NAME}`, nothing else.
fn named(after: &str) -> Option<(&str, &str)> {
    let (inner, braces) = after.strip_prefix('{').map_or((after, false), |inner| (inner, true));
    let end = inner.find(|c: char| !is_of_name(c)).unwrap_or(inner.len());
    let (name, rest) = inner.split_at_checked(end)?;
    let rest = if braces { rest.strip_prefix('}')? } else { rest };
    (!name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit())).then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::shell;

    fn words(script: &str) -> Vec<String> {
        let all = shell::commands(script);
        let text = |span: Span| script.get(span.range()).unwrap_or_default();
        let variables = Shell::of(&all, &text);
        let last = all.last().unwrap();
        let each = last.words.iter().flat_map(|word| match &word.text {
            Some(_) => vec![word.text.clone()],
            None => variables.words(text(word.span)),
        });
        each.map(|word| word.as_deref().unwrap_or("?").to_owned()).collect()
    }

    #[test]
    fn variables_are_put_in_when_a_script_sets_them_once() {
        for (script, expected) in [
            ("ROOT=/app\nA=\"php ${ROOT}/artisan\"\n$A migrate", vec!["php", "/app/artisan", "migrate"]),
            ("if x; then A='php artisan'; $A up; fi\n${A} down", vec!["php", "artisan", "down"]),
            ("A='php artisan'\n\"$A\" up", vec!["php artisan", "up"]),
            ("P=php\n${P}8 x$P y\"$P\"z", vec!["php8", "xphp", "yphpz"]),
            ("A='a b'\nx${A}y '$A' \"\"$A", vec!["xa", "by", "$A", "a", "b"]),
            ("A=php\nA=node\n$A x", vec!["?", "x"]),
            ("A=${PHP:-php}\n$A x", vec!["?", "x"]),
            ("for A in a b; do $A x; done", vec!["?", "x"]),
            ("A=a\nread A\n$A x", vec!["?", "x"]),
            ("A=a\nexport A=b\n$A x", vec!["?", "x"]),
            ("A=a B=b x\n$A $B", vec!["?", "?"]),
            ("A=*\n$A ${A:-x} $(a) $1 ${A", vec!["?"; 5]),
            ("A=\nx $A y", vec!["x", "y"]),
        ] {
            assert_eq!(words(script), expected, "{script}");
        }
    }

    #[test]
    fn values_do_not_grow_without_end() {
        let mut script = "A0=aaaaaaaaaaaaaaaa\n".to_owned();
        for n in 1..60 {
            script.push_str(&format!("A{n}=$A{}$A{}\n", n - 1, n - 1));
        }
        script.push_str("$A59");
        assert_eq!(words(&script), ["?"]);
    }
}
