use std::sync::Arc;

use super::{Document, command_of, placed};
use crate::deploy::{Command, When};
use crate::parse::node::Node;
use crate::text::{Source, Span};

/// How many scripts are looked into that a command hands to a shell: `sh -c '..'`.
const MAX_DEPTH: usize = 4;

/// The commands of a text that a shell runs, or of each text of a list.
pub fn scripts(document: &Document, node: &Node, when: When) -> Vec<Command> {
    match node.as_str() {
        Some(text) => script(&document.source, text, node.span, when),
        None => node
            .items()
            .iter()
            .filter_map(|item| Some(script(&document.source, item.as_str()?, item.span, when)))
            .flatten()
            .collect(),
    }
}

/// The commands of a script that is written within `span`. Each has the place of its first line where it can be found.
pub fn script(source: &Arc<Source>, text: &str, span: Span, when: When) -> Vec<Command> {
    let mut commands = Vec::new();
    collect(&mut commands, source, text, span, when, None, 0);
    commands
}

/// A command that is given as its words: `["php", "artisan"]`.
pub fn command(document: &Document, node: &Node, when: When) -> Vec<Command> {
    let words: Vec<_> = node.items().iter().map(|item| item.as_str().map(Arc::from)).collect();
    let place = document.place(node);
    match inner_script(&words) {
        Some(text) => script(&document.source, &text, node.span, when),
        None if words.is_empty() => Vec::new(),
        None => vec![Command { when, words, place, guard: None }],
    }
}

fn collect(
    commands: &mut Vec<Command>,
    source: &Arc<Source>,
    text: &str,
    span: Span,
    when: When,
    guard: Option<&Arc<str>>,
    depth: usize,
) {
    for (found, place) in placed(source, span, text) {
        let Some(own) = command_of(text, &found, place, when) else { continue };
        let guard = match (guard, own.guard) {
            (Some(outer), Some(inner)) => Some(format!("{outer} and {inner}").into()),
            (outer, inner) => inner.or_else(|| outer.map(Arc::clone)),
        };
        match inner_script(&own.words).filter(|_| depth < MAX_DEPTH) {
            Some(inner) => {
                collect(commands, source, &inner, own.place.span, when, guard.as_ref(), depth + 1);
            }
            None => commands.push(Command { guard, ..own }),
        }
    }
}

/// The script of `sh -c '..'`.
fn inner_script(words: &[Option<Arc<str>>]) -> Option<Arc<str>> {
    let program = words.first()?.as_deref()?.rsplit('/').next()?;
    let option = words.get(1)?.as_deref()?;
    let is_shell = matches!(program, "sh" | "bash" | "ash" | "dash" | "zsh");
    let runs = option.starts_with('-') && !option.starts_with("--") && option.ends_with('c');
    if is_shell && runs { words.get(2)?.clone() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_stand_on_their_lines() {
        let text = "x: |\n  set -e\n  if a; then\n    php artisan b\n  fi\n  bash -lc 'c d && e'\n";
        let source = Arc::new(Source::new("x", text.to_owned()));
        let script_text = "set -e\nif a; then\n  php artisan b\nfi\nbash -lc 'c d && e'\n";
        let commands = script(&source, script_text, Span::new(3, text.len() as u32), When::Build);
        let shown: Vec<String> = commands
            .iter()
            .map(|command| {
                let words: Vec<&str> =
                    command.words.iter().map(|word| word.as_deref().unwrap_or("?")).collect();
                let guard = if command.guard.is_some() { " *" } else { "" };
                format!("{}: {}{guard}", command.place.start().line, words.join(" "))
            })
            .collect();
        assert_eq!(shown, ["2: set -e", "3: a", "4: php artisan b *", "6: c d", "6: e"]);
    }

    #[test]
    fn shells_within_shells_end() {
        let source = Arc::new(Source::new("x", "sh -c x".to_owned()));
        let nested = (0..20).fold("a".to_owned(), |inner, _| {
            format!("sh -c \"{}\"", inner.replace('\\', "\\\\").replace('"', "\\\""))
        });
        assert_eq!(
            script(&source, &nested[..nested.len().min(1 << 20)], Span::new(0, 7), When::Start).len(),
            1
        );
    }
}
