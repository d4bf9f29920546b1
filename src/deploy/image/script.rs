//! Shell scripts of the repository that an image runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::content::Body;
use super::follow::{self, Follower};
use super::shell_variables::Shell;
use super::words::{Invocation, Text, exec, on_one_line};
use crate::facts::Place;
use crate::parse::shell::{self, Guard, GuardKind};
use crate::text::{Source, Span};

/// A text within a word, all of whose places are the word's.
pub(super) struct Spoken<'t> {
    pub(super) text: &'t str,
    pub(super) here: Span,
}

/// How the places in a text are places in a source.
type Move<'m> = &'m dyn Fn(Span) -> Span;

/// Whether a file is a script for a shell.
pub(super) fn is_script(path: &str, text: &str) -> bool {
    match text.strip_prefix("#!") {
        Some(rest) => {
            let line = rest.lines().next().unwrap_or_default();
            let mut words = line.split_whitespace().map(|word| word.rsplit('/').next().unwrap_or_default());
            words.any(|word| matches!(word, "sh" | "bash" | "dash" | "ash" | "zsh" | "with-contenv"))
        }
        None => path.ends_with(".sh"),
    }
}

/// Runs a script with these arguments.
pub(super) fn follow(
    follower: &mut Follower<'_>,
    body: &Body,
    arguments: &Invocation,
    guard: Option<&Arc<str>>,
    depth: usize,
) {
    let all = shell::commands(&body.text);
    let show = |guards: &[Guard]| self::guard(&body.source, guards, |span| body.span(span));
    let written = |span: Span| body.text.get(span.range()).unwrap_or_default();
    let text = Written { source: &body.source, place: &|span| body.span(span), text: &written, show: &show };
    Script::new(&all, &text).run(follower, arguments, guard, depth);
}

/// Runs the commands of a text within a word.
pub(super) fn spoken(
    follower: &mut Follower<'_>,
    all: &[shell::Command],
    source: &Arc<Source>,
    text: &Spoken<'_>,
    arguments: &Invocation,
    guard: Option<&Arc<str>>,
    depth: usize,
) {
    let own = Source::new(source.path(), text.text.to_owned());
    let show = |guards: &[Guard]| self::guard(&own, guards, |span| span);
    let written = |span: Span| text.text.get(span.range()).unwrap_or_default();
    let text = Written { source, place: &|_| text.here, text: &written, show: &show };
    Script::new(all, &text).run(follower, arguments, guard, depth);
}

/// Runs commands.
pub(super) fn commands(
    follower: &mut Follower<'_>,
    all: &[shell::Command],
    source: &Arc<Source>,
    place: Move<'_>,
    arguments: &Invocation,
    guard: Option<&Arc<str>>,
    depth: usize,
) {
    let show = |guards: &[Guard]| self::guard(source, guards, place);
    let written = |span: Span| source.slice(place(span));
    let text = Written { source, place, text: &written, show: &show };
    Script::new(all, &text).run(follower, arguments, guard, depth);
}

/// What a script is written in.
struct Written<'s> {
    source: &'s Arc<Source>,
    place: Move<'s>,
    text: &'s dyn Fn(Span) -> &'s str,
    /// Conditions in words.
    show: &'s dyn Fn(&[Guard]) -> Option<Arc<str>>,
}

struct Script<'s> {
    all: &'s [shell::Command],
    written: &'s Written<'s>,
    variables: Shell,
    /// The commands of each function.
    functions: BTreeMap<String, Vec<usize>>,
    called: Vec<String>,
    /// The functions that are being followed.
    within: Vec<String>,
}

impl<'s> Script<'s> {
    fn new(all: &'s [shell::Command], written: &'s Written<'s>) -> Self {
        let mut script = Self {
            all,
            written,
            variables: Shell::of(all, written.text),
            functions: BTreeMap::new(),
            called: Vec::new(),
            within: Vec::new(),
        };
        for (at, command) in all.iter().enumerate() {
            if let Some(name) = script.function_of(command) {
                script.functions.entry(name).or_default().push(at);
            }
        }
        script
    }

    /// The function that a command stands in.
    fn function_of(&self, command: &shell::Command) -> Option<String> {
        let guard = command.guards.iter().find(|guard| guard.kind == GuardKind::Function)?;
        (self.written.show)(&[*guard]).map(|words| words.trim_start_matches(FUNCTION).to_owned())
    }

    fn run(
        &mut self,
        follower: &mut Follower<'_>,
        arguments: &Invocation,
        guard: Option<&Arc<str>>,
        depth: usize,
    ) {
        let top: Vec<usize> = (0..self.all.len())
            .filter(|at| self.all.get(*at).is_some_and(|command| self.function_of(command).is_none()))
            .collect();
        self.each(follower, &top, arguments, guard, depth, false);
        // What is called by a name that is put together is not seen.
        let rest: Vec<usize> = self
            .functions
            .iter()
            .filter(|(name, _)| !self.called.contains(name))
            .flat_map(|(_, commands)| commands.iter().copied())
            .collect();
        for at in rest {
            self.one(follower, at, arguments, guard, depth, false);
        }
    }

    fn each(
        &mut self,
        follower: &mut Follower<'_>,
        commands: &[usize],
        arguments: &Invocation,
        guard: Option<&Arc<str>>,
        depth: usize,
        in_call: bool,
    ) {
        let mut arguments = arguments.clone();
        for at in commands {
            if let Some(command) = self.all.get(*at).filter(|command| !command.conditional || in_call) {
                rearrange(command, &mut arguments);
            }
            self.one(follower, *at, &arguments, guard, depth, in_call);
        }
    }

    fn one(
        &mut self,
        follower: &mut Follower<'_>,
        at: usize,
        arguments: &Invocation,
        outer: Option<&Arc<str>>,
        depth: usize,
        in_call: bool,
    ) {
        let Some(command) = self.all.get(at).filter(|_| follower.may_go_on(depth)) else { return };
        let own: Vec<Guard> = command
            .guards
            .iter()
            .filter(|guard| !in_call || guard.kind != GuardKind::Function)
            .copied()
            .collect();
        let guard = both(outer, (self.written.show)(&own).as_ref());
        let program = command.words.first().and_then(|word| word.text.as_deref()).unwrap_or_default();
        if let Some(body) = self.functions.get(program).cloned() {
            self.called.push(program.to_owned());
            if self.within.iter().any(|name| name == program) {
                return;
            }
            self.within.push(program.to_owned());
            let words = command.words.iter().skip(1).map(|word| word.text.clone()).collect();
            let given = exec(words, arguments.place.clone());
            let given = if command.words.iter().skip(1).any(|word| self.is_all(word)) {
                arguments.clone()
            } else {
                given
            };
            self.each(follower, &body, &given, guard.as_ref(), depth, true);
            self.within.pop();
            return;
        }
        if matches!(program, "." | "source")
            && let Some(body) = command.words.get(1).and_then(|word| follower.body_of(word.text.as_deref()?))
        {
            follow(follower, &body, arguments, guard.as_ref(), depth + 1);
            return;
        }
        let (words, script) = self.expanded(command, arguments);
        if words.is_empty() && script.is_none() {
            return;
        }
        let own = command.words.iter().position(|word| self.is_all(word));
        let from_arguments = own.is_some_and(|own| {
            let before = command.words.iter().take(own).map(|word| word.text.clone());
            let mut before: Vec<Text> = before.collect();
            follow::unwrap(&mut before, &|_| false);
            before.is_empty()
        });
        let place = if from_arguments {
            arguments.place.clone()
        } else {
            Place::new(self.written.source, (self.written.place)(command.span))
        };
        follower.argv(Invocation { words, place, script }, guard.as_ref(), depth);
    }

    /// Whether a word is all arguments: `"$@"`.
    fn is_all(&self, word: &shell::Word) -> bool {
        let written = (self.written.text)(word.span).trim_matches('"');
        word.text.is_none() && matches!(written, "$@" | "${@}" | "$*")
    }

    /// The words, with the arguments in the place of `"$@"`.
    fn expanded(
        &self,
        command: &shell::Command,
        arguments: &Invocation,
    ) -> (Vec<Text>, Option<super::words::Script>) {
        let mut words = Vec::with_capacity(command.words.len());
        let mut script = None;
        for word in &command.words {
            if self.is_all(word) {
                words.extend(arguments.words.iter().cloned());
                script.clone_from(&arguments.script);
            } else if word.text.is_some() {
                words.push(word.text.clone());
            } else {
                words.extend(self.variables.words((self.written.text)(word.span)));
            }
        }
        (words, script)
    }
}

/// `shift` and `set --` change the arguments for what follows.
fn rearrange(command: &shell::Command, arguments: &mut Invocation) {
    let words = command.known_words();
    match words.as_slice() {
        ["shift"] if !arguments.words.is_empty() => {
            arguments.words.remove(0);
        }
        ["set", "--", ..] => {
            arguments.words = command.words.iter().skip(2).map(|word| word.text.clone()).collect();
            arguments.script = None;
        }
        _ => {}
    }
}

const FUNCTION: &str = "in the function ";

/// The conditions in words.
pub(super) fn guard(source: &Source, guards: &[Guard], place: impl Fn(Span) -> Span) -> Option<Arc<str>> {
    let mut parts: Vec<String> = Vec::new();
    for guard in guards {
        let text = on_one_line(source, place(guard.span));
        let condition = ["if ", "elif ", "while ", "until "].iter().find_map(|word| text.strip_prefix(word));
        match guard.kind {
            _ if text.is_empty() => parts.push("sometimes".to_owned()),
            GuardKind::Holds if text.starts_with("while ") || text.starts_with("until ") => parts.push(text),
            GuardKind::Holds => parts.push(format!("if {}", condition.unwrap_or(&text))),
            GuardKind::Fails => parts.push(format!("unless {}", condition.unwrap_or(&text))),
            GuardKind::Or => parts.push(format!("unless {text} succeeds")),
            GuardKind::Each | GuardKind::Case => parts.push(text),
            GuardKind::Pattern => match parts.last_mut() {
                Some(case) => case.push_str(&format!(" in {text})")),
                None => parts.push(text),
            },
            GuardKind::Function => parts.push(format!("{FUNCTION}{text}")),
        }
    }
    (!parts.is_empty()).then(|| parts.join(" and ").into())
}

fn both(outer: Option<&Arc<str>>, inner: Option<&Arc<str>>) -> Option<Arc<str>> {
    match (outer, inner) {
        (Some(outer), Some(inner)) => Some(format!("{outer} and {inner}").into()),
        (one, other) => one.or(other).cloned(),
    }
}
