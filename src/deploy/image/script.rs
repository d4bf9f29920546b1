//! Shell scripts of the repository that an image runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::content::Body;
use super::decide::{Known, Values};
use super::follow::{self, Follower};
use super::shell_variables::Shell;
use super::words::{Invocation, Text, exec, on_one_line, shortened};
use crate::facts::Place;
use crate::parse::shell::{self, Guard, GuardKind};
use crate::text::{Source, Span};

/// How many commands of a script are looked at.
const MAX_COMMANDS: usize = 3_000;

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
    let written = |span: Span| body.text.get(span.range()).unwrap_or_default();
    let shown = |span: Span| on_one_line(written(span));
    let text =
        Written { source: &body.source, place: &|span| body.span(span), text: &written, shown: &shown };
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
    let written = |span: Span| text.text.get(span.range()).unwrap_or_default();
    let shown = |span: Span| on_one_line(written(span));
    let text = Written { source, place: &|_| text.here, text: &written, shown: &shown };
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
    let written = |span: Span| source.slice(place(span));
    let shown = |span: Span| on_one_line(written(span));
    let text = Written { source, place, text: &written, shown: &shown };
    Script::new(all, &text).run(follower, arguments, guard, depth);
}

/// What a script is written in.
struct Written<'s> {
    source: &'s Arc<Source>,
    place: Move<'s>,
    /// The text under a span of the script.
    text: &'s dyn Fn(Span) -> &'s str,
    /// The same, on one line.
    shown: &'s dyn Fn(Span) -> String,
}

struct Script<'s> {
    all: &'s [shell::Command],
    written: &'s Written<'s>,
    /// The variables that have one value in all of it.
    constants: Shell,
    /// The commands of each function.
    functions: BTreeMap<String, Vec<usize>>,
    called: Vec<String>,
    /// The functions that are being followed.
    within: Vec<String>,
    /// The variables that it has set so far.
    variables: BTreeMap<Arc<str>, Known>,
    /// Whether nothing runs any more: `exec`, `exit`.
    ended: bool,
}

impl<'s> Script<'s> {
    fn new(all: &'s [shell::Command], written: &'s Written<'s>) -> Self {
        // Nobody writes longer ones.
        let all = all.get(..MAX_COMMANDS).unwrap_or(all);
        let mut script = Self {
            all,
            written,
            constants: Shell::of(all, written.text),
            functions: BTreeMap::new(),
            called: Vec::new(),
            within: Vec::new(),
            variables: BTreeMap::new(),
            ended: false,
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
        Some((self.written.shown)(guard.span))
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
        let mut arguments = arguments.clone();
        self.ended = false;
        for at in rest {
            self.one(follower, at, &mut arguments, guard, depth, false);
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
            if !self.ended {
                self.one(follower, *at, &mut arguments, guard, depth, in_call);
            }
        }
    }

    /// The conditions that a command is under, without those that are known to hold; `None` when one does not.
    fn guards(
        &self,
        follower: &Follower<'_>,
        command: &shell::Command,
        arguments: &Invocation,
        in_call: bool,
    ) -> Option<Vec<Guard>> {
        let own = command.guards.iter().filter(|guard| !in_call || guard.kind != GuardKind::Function);
        let own: Vec<Guard> = own.copied().collect();
        if own.is_empty() {
            return Some(own);
        }
        let patterns = |case: Span| {
            let mut found: Vec<Span> = Vec::new();
            for command in self.all {
                let at = command.guards.iter().position(|guard| guard.span == case);
                let pattern = at.and_then(|at| command.guards.get(at + 1));
                let is_new =
                    |guard: &&Guard| guard.kind == GuardKind::Pattern && !found.contains(&guard.span);
                found.extend(pattern.filter(is_new).map(|guard| guard.span));
            }
            found
        };
        self.values(follower, arguments).remaining(&own, &patterns)
    }

    fn values<'v>(&'v self, follower: &'v Follower<'_>, arguments: &'v Invocation) -> Values<'v> {
        Values {
            environment: &follower.environment,
            own: &self.variables,
            arguments,
            text: self.written.shown,
        }
    }

    /// What a command that runs, or may run, changes for those behind it.
    fn settle(
        &mut self,
        follower: &Follower<'_>,
        command: &shell::Command,
        arguments: &mut Invocation,
        is_sure: bool,
    ) {
        let program = command.words.first().and_then(|word| word.text.as_deref()).unwrap_or_default();
        // `NAME=value` before a command is only for that one.
        if command.words.is_empty() {
            for (name, word) in &command.assignments {
                let value =
                    if is_sure { self.values(follower, arguments).word(word) } else { Known::Unknown };
                self.variables.insert(name.clone(), value);
            }
        }
        if matches!(program, "export" | "local" | "declare" | "readonly" | "typeset" | "read" | "unset") {
            for word in command.words.iter().skip(1) {
                let written = (self.written.shown)(word.span);
                let (name, value) = written.split_once('=').unwrap_or((written.as_str(), ""));
                if written.contains('=') || matches!(program, "read" | "unset") {
                    let known = if is_sure && written.contains('=') {
                        self.values(follower, arguments).written(value)
                    } else {
                        Known::Unknown
                    };
                    self.variables.insert(name.into(), known);
                }
            }
        }
        if is_sure {
            rearrange(command, arguments);
        }
    }

    fn one(
        &mut self,
        follower: &mut Follower<'_>,
        at: usize,
        arguments: &mut Invocation,
        outer: Option<&Arc<str>>,
        depth: usize,
        in_call: bool,
    ) {
        let Some(command) = self.all.get(at).filter(|_| follower.may_go_on(depth)) else { return };
        let Some(guards) = self.guards(follower, command, arguments, in_call) else { return };
        self.settle(follower, command, arguments, guards.is_empty());
        let guard = both(outer, guard(self.written.shown, &guards).as_ref());
        let program = command.words.first().and_then(|word| word.text.as_deref()).unwrap_or_default();
        let leaves = (command.exec && !command.words.is_empty()) || (program == "exit" && !in_call);
        let ends = leaves && guards.is_empty();
        self.start(follower, command, arguments, guard.as_ref(), depth);
        self.ended |= ends;
    }

    fn start(
        &mut self,
        follower: &mut Follower<'_>,
        command: &shell::Command,
        arguments: &Invocation,
        guard: Option<&Arc<str>>,
        depth: usize,
    ) {
        let program = command.words.first().and_then(|word| word.text.as_deref()).unwrap_or_default();
        if let Some(body) = self.functions.get(program).cloned() {
            self.called.push(program.to_owned());
            if self.within.iter().any(|name| name == program) {
                return;
            }
            self.within.push(program.to_owned());
            let words = command.words.iter().skip(1).map(|word| word.text.clone()).collect();
            let given = exec(words, arguments.place.clone());
            let passes_on = command.words.iter().skip(1).any(|word| self.is_all(word));
            let given = if passes_on { arguments.clone() } else { given };
            self.each(follower, &body, &given, guard, depth, true);
            self.within.pop();
            return;
        }
        if matches!(program, "." | "source")
            && let Some(body) = command.words.get(1).and_then(|word| follower.body_of(word.text.as_deref()?))
        {
            follow(follower, &body, arguments, guard, depth + 1);
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
        follower.argv(Invocation { words, place, script }, guard, depth);
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
                words.extend(self.constants.words((self.written.text)(word.span)));
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

/// The conditions in words.
pub(super) fn guard(shown: &dyn Fn(Span) -> String, guards: &[Guard]) -> Option<Arc<str>> {
    let mut parts: Vec<String> = Vec::new();
    for guard in guards {
        let text = shortened(shown(guard.span));
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
            GuardKind::Function => parts.push(format!("in the function {text}")),
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
