//! `RUN`: commands while the image is built, and the files they move.

use std::sync::Arc;

use super::content::{At, Body, Content, Origin, absolute};
use super::follow::Follower;
use super::stages::{Context, State};
use super::words::{base_name, exec, on_one_line};
use super::{cron, script};
use crate::deploy::{Command, When};
use crate::facts::Place;
use crate::parse::dockerfile::{CommandLine, Instruction, Kind};
use crate::parse::shell;
use crate::text::{Source, Span};

/// A command that was run while the image was built, and where.
#[derive(Debug, Clone)]
pub(super) struct Built {
    pub(super) command: Command,
    pub(super) workdir: Option<Arc<str>>,
}

/// How many commands are kept of all `RUN`s.
const MAX_COMMANDS: usize = 1_000;

/// Programs that only prepare the system or the script itself.
const NOISE: &[&str] = &[
    "rc-update",
    "apt-add-repository",
    "dpkg-architecture",
    "mapfile",
    "source",
    "docker-php-source",
    "userdel",
    "update-locale",
    "locale-gen",
    "readarray",
    "ldd",
    ":",
    "[",
    "[[",
    "a2dismod",
    "a2dissite",
    "a2enconf",
    "a2enmod",
    "a2ensite",
    "adduser",
    "addgroup",
    "apk",
    "apt",
    "apt-get",
    "apt-key",
    "apt-mark",
    "awk",
    "break",
    "cat",
    "cd",
    "chgrp",
    "chmod",
    "chown",
    "continue",
    "curl",
    "cut",
    "date",
    "declare",
    "dnf",
    "docker-php-ext-configure",
    "docker-php-ext-enable",
    "docker-php-ext-install",
    "dpkg",
    "dpkg-query",
    "echo",
    "exit",
    "export",
    "expr",
    "false",
    "find",
    "git",
    "gpg",
    "grep",
    "groupadd",
    "groupmod",
    "head",
    "id",
    "install-php-extensions",
    "ldconfig",
    "local",
    "ls",
    "make",
    "mkdir",
    "nc",
    "npm",
    "nslookup",
    "pecl",
    "phpenmod",
    "pnpm",
    "printf",
    "pwd",
    "read",
    "readonly",
    "return",
    "rmdir",
    "sed",
    "set",
    "setcap",
    "shift",
    "sleep",
    "sort",
    "stat",
    "sudo",
    "sync",
    "tail",
    "tar",
    "tee",
    "test",
    "tr",
    "trap",
    "true",
    "ulimit",
    "umask",
    "unset",
    "unzip",
    "update-ca-certificates",
    "useradd",
    "usermod",
    "wait",
    "wc",
    "wget",
    "which",
    "xargs",
    "yarn",
    "yum",
];

/// Folders of the system.
const SYSTEM: &[&str] =
    &["/var/lib/", "/var/cache/", "/tmp/", "/etc/", "/usr/", "/root/", "/var/tmp/", "/var/log/"];

/// Whether a program says nothing about what the app does.
pub(super) fn is_noise(program: &str) -> bool {
    NOISE.contains(&base_name(program))
}

/// Whether a command removes nothing but files of the system.
pub(super) fn only_cleans(words: &[Option<Arc<str>>]) -> bool {
    let mut words = words.iter().flatten();
    let is_rm = words.next().is_some_and(|program| base_name(program) == "rm");
    let mut paths = words.filter(|word| !word.starts_with('-')).peekable();
    is_rm && paths.peek().is_some() && paths.all(|path| SYSTEM.iter().any(|folder| path.starts_with(folder)))
}

pub(super) fn run(context: &Context<'_>, instruction: &Instruction, state: &mut State) {
    let source = context.source;
    if let Kind::Run(CommandLine::Exec(words), _) = &instruction.kind {
        let words = words.iter().map(|word| word.as_literal().map(Arc::from)).collect();
        let started = exec(words, Place::new(source, instruction.span));
        let mut follower = Follower::new(context.files, Some(&state.content), state.workdir.as_deref());
        follower.when = When::Build;
        follower.run(None, Some(&started));
        let (commands, _) = follower.finish_without_clock();
        keep(state, commands, state.workdir.clone());
        return;
    }
    let mut folder = state.workdir.clone();
    for command in instruction.kind.run_commands() {
        let words = command.known_words();
        let Some(program) = words.first() else { continue };
        if let ("cd", Some(path), false) = (*program, words.get(1), command.conditional) {
            folder = absolute(folder.as_deref(), path);
            continue;
        }
        effects(context, source, &command, folder.as_deref(), &mut state.content);
        let mut follower = Follower::new(context.files, Some(&state.content), folder.as_deref());
        follower.when = When::Build;
        let shown = |span: Span| on_one_line(source.slice(span));
        let guard = script::guard(&shown, &command.guards);
        let words = command.words.iter().map(|word| word.text.clone()).collect();
        follower.argv(exec(words, Place::new(source, command.span)), guard.as_ref(), 0);
        let (commands, _) = follower.finish_without_clock();
        keep(state, commands, folder.clone());
    }
}

fn keep(state: &mut State, commands: Vec<Command>, workdir: Option<Arc<str>>) {
    let room = MAX_COMMANDS.saturating_sub(state.built.len());
    let built = commands.into_iter().map(|command| Built { command, workdir: workdir.clone() });
    state.built.extend(built.take(room));
}

/// What a command does to the files of the image.
fn effects(
    context: &Context<'_>,
    source: &Arc<Source>,
    command: &shell::Command,
    folder: Option<&str>,
    content: &mut Content,
) {
    let place = Place::new(source, command.span);
    let words = command.known_words();
    let all_known = words.len() == command.words.len();
    let program = words.first().copied().unwrap_or_default();
    let arguments: Vec<&str> = words.iter().skip(1).filter(|word| !word.starts_with('-')).copied().collect();
    match program {
        "cp" | "mv" | "ln" if all_known => {
            let Some((to, sources)) = arguments.split_last() else { return };
            let Some(target) = absolute(folder, to) else { return };
            for path in sources {
                let Some(from) = absolute(folder, path) else { continue };
                if command.conditional && content.read(context.files, &target).is_some() {
                    continue;
                }
                if content.read(context.files, &from).is_none() && base_name(to) == ".env" {
                    content.add(target.clone(), Origin::Gone, place.clone());
                    continue;
                }
                content.copy_within(&from, &target, &place);
                if program == "mv" && !command.conditional {
                    content.add(from, Origin::Gone, place.clone());
                }
            }
        }
        "rm" if !command.conditional => {
            for path in arguments {
                if let Some(path) = absolute(folder, path).filter(|path| !path.contains('*')) {
                    content.add(path, Origin::Gone, place.clone());
                }
            }
        }
        "crontab" => {
            let path = arguments.last().and_then(|path| absolute(folder, path));
            if let Some((body, _)) = path.and_then(|path| content.read(context.files, &path)) {
                content.crontabs.push(body);
            }
        }
        "echo" | "printf" => {
            for word in command.words.iter().skip(1) {
                if let Some(text) = word.text.as_ref().filter(|text| cron::is_entry(text)) {
                    content.crontabs.push(Body {
                        source: source.clone(),
                        text: text.clone(),
                        at: At::Here(word.span),
                    });
                }
            }
        }
        _ => {}
    }
}
