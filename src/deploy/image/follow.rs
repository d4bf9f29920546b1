//! From what is started to all that runs then: through wrappers, scripts of the repository, supervisors.

use std::sync::Arc;

use super::content::{Body, Content, absolute};
use super::decide::Environment;
use super::words::{Invocation, Text, base_name, exec};
use super::{cron, env_file, run, script, supervisor};
use crate::deploy::{Command, Files, When};
use crate::facts::Place;
use crate::parse::shell;

/// How deep scripts call scripts.
const MAX_DEPTH: usize = 8;
/// How many commands are looked at.
const MAX_COMMANDS: usize = 3_000;
/// Folders that programs without a path are looked for in.
const BINARIES: &[&str] =
    &["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/"];
/// Folders whose scripts base images run when they start.
const START_FOLDERS: &[&str] = &[
    "/etc/entrypoint.d",
    "/docker-entrypoint.d",
    "/entrypoint.d",
    "/etc/cont-init.d",
    "/opt/docker/provision/entrypoint.d",
];
/// Programs that run what follows them, and their options that have a value.
const WRAPPERS: &[(&str, &[&str], usize)] = &[
    ("tini", &["-p", "-e"], 0),
    ("dumb-init", &["-r", "--rewrite"], 0),
    ("docker-php-entrypoint", &[], 0),
    ("docker-entrypoint.sh", &[], 0),
    ("docker-php-serversideup-entrypoint", &[], 0),
    ("su-exec", &[], 1),
    ("gosu", &[], 1),
    ("s6-setuidgid", &[], 1),
    ("setpriv", &[], 0),
    ("sudo", &["-u", "-g", "--user", "--group"], 0),
    ("runuser", &["-u", "-g"], 0),
    ("nice", &["-n"], 0),
    ("nohup", &[], 0),
    ("exec", &[], 0),
    ("command", &[], 0),
    ("time", &[], 0),
    ("with-contenv", &[], 0),
    ("catatonit", &[], 0),
];
/// Programs that run a script.
const SHELLS: &[&str] = &["sh", "bash", "dash", "ash", "zsh"];

/// Collects what runs.
pub(super) struct Follower<'a> {
    pub(super) files: &'a Files<'a>,
    pub(super) content: Option<&'a Content>,
    pub(super) workdir: Option<&'a str>,
    pub(super) when: When,
    /// The variables that what runs sees.
    pub(super) environment: Environment,
    out: Vec<Command>,
    crontabs: Vec<(Body, bool)>,
    env_file: Option<(Arc<str>, Place)>,
    cron_runs: bool,
    budget: usize,
}

impl<'a> Follower<'a> {
    pub(super) fn new(files: &'a Files<'a>, content: Option<&'a Content>, workdir: Option<&'a str>) -> Self {
        Self {
            files,
            content,
            workdir,
            when: When::Start,
            environment: Environment::default(),
            out: Vec::new(),
            crontabs: Vec::new(),
            env_file: None,
            cron_runs: false,
            budget: MAX_COMMANDS,
        }
    }

    /// The commands, those of crontabs last.
    pub(super) fn finish(mut self) -> (Vec<Command>, Option<(Arc<str>, Place)>) {
        if let Some(content) = self.content {
            self.crontabs.extend(cron::tables(self.files, content));
        }
        let guard = (!self.cron_runs)
            .then(|| Arc::from("only when cron is started, and nothing seen here starts it"));
        for (body, has_user) in std::mem::take(&mut self.crontabs) {
            cron::read(&body, has_user, guard.as_ref(), &mut self.out);
        }
        (self.out, self.env_file)
    }

    pub(super) fn finish_without_clock(self) -> (Vec<Command>, Option<(Arc<str>, Place)>) {
        (self.out, self.env_file)
    }

    /// The scripts that a base image runs before all else.
    pub(super) fn start_folders(&mut self) {
        let Some(content) = self.content else { return };
        for folder in START_FOLDERS {
            for (path, body) in content.in_folder(self.files, folder) {
                if script::is_script(&path, &body.text) {
                    let arguments = exec(Vec::new(), Place::new(&body.source, body.span(Default::default())));
                    script::follow(self, &body, &arguments, None, 1);
                }
            }
        }
    }

    /// Runs an entrypoint with its command.
    pub(super) fn run(&mut self, entrypoint: Option<&Invocation>, command: Option<&Invocation>) {
        let (Some(entrypoint), Some(command)) = (entrypoint, command) else {
            if let Some(alone) = entrypoint.or(command) {
                self.argv(alone.clone(), None, 0);
            }
            return;
        };
        // A text for a shell is given no command.
        if entrypoint.script.is_some() {
            self.argv(entrypoint.clone(), None, 0);
            return;
        }
        let mut words = entrypoint.words.clone();
        words.extend(command.words.iter().cloned());
        let place = if command.is_empty() { &entrypoint.place } else { &command.place };
        let all = Invocation { words, place: place.clone(), script: command.script.clone() };
        self.argv(all, None, 0);
    }

    /// Counts a command; whether it is still followed.
    pub(super) const fn may_go_on(&mut self, depth: usize) -> bool {
        self.budget = self.budget.saturating_sub(1);
        self.budget > 0 && depth <= MAX_DEPTH
    }

    /// Runs words, and behind them a text for a shell when there is one.
    pub(super) fn argv(&mut self, mut all: Invocation, guard: Option<&Arc<str>>, depth: usize) {
        if !self.may_go_on(depth) {
            return;
        }
        unwrap(&mut all.words, &|program| self.script_of(program).is_some());
        if all.words.is_empty() {
            if let Some(text) = all.script.take() {
                let arguments = exec(Vec::new(), all.place.clone());
                script::commands(
                    self,
                    &text.commands,
                    &all.place.source,
                    &|span| span,
                    &arguments,
                    guard,
                    depth,
                );
            }
            return;
        }
        let program = all.words.first().cloned().flatten().unwrap_or_default();
        let name = base_name(&program);
        if SHELLS.contains(&name) && self.shell(&all, guard, depth) {
            return;
        }
        if let Some(body) = self.script_of(&program) {
            let rest = all.words.get(1..).unwrap_or_default().to_vec();
            let arguments = Invocation { words: rest, ..all };
            script::follow(self, &body, &arguments, guard, depth + 1);
            return;
        }
        match name {
            "supervisord" => {
                let tables = supervisor::tables(self, &all.words);
                for (words, place) in tables {
                    self.argv(exec(words, place), guard, depth + 1);
                }
            }
            "cron" | "crond" | "go-crond" | "supercronic" | "busybox" | "service" | "rc-service" => {
                self.cron(name, &all.words);
            }
            "cp" | "ln" | "mv" => self.env_file_by(&all),
            "crontab" => self.cron("crontab", &all.words),
            _ => {}
        }
        if !run::is_noise(name) && !run::only_cleans(&all.words) {
            let Invocation { words, place, .. } = all;
            self.out.push(Command { when: self.when, words, place, guard: guard.cloned() });
        }
    }

    /// A shell that is given a text or a script; whether that is known.
    fn shell(&mut self, all: &Invocation, guard: Option<&Arc<str>>, depth: usize) -> bool {
        let mut words = all.words.iter().enumerate().skip(1);
        while let Some((at, word)) = words.next() {
            let Some(word) = word else { return false };
            let rest = |from: usize| Invocation {
                words: all.words.get(from..).unwrap_or_default().to_vec(),
                place: all.place.clone(),
                script: all.script.clone(),
            };
            let is_option = word.starts_with('-') && !word.starts_with("--");
            if is_option && word.contains('c') {
                let Some((_, Some(text))) = words.next() else { return false };
                let commands = shell::commands(text);
                let here = all.place.span;
                let source = all.place.source.clone();
                let arguments = rest(at + 3);
                let body = script::Spoken { text, here };
                script::spoken(self, &commands, &source, &body, &arguments, guard, depth + 1);
                return true;
            }
            if word.starts_with('-') || word.starts_with('+') {
                continue;
            }
            let Some(body) = self.body_of(word) else { return false };
            script::follow(self, &body, &rest(at + 1), guard, depth + 1);
            return true;
        }
        false
    }

    /// The file of a path in the image.
    pub(super) fn body_of(&self, path: &str) -> Option<Body> {
        let content = self.content?;
        let path = absolute(self.workdir, path)?;
        content.read(self.files, &path).map(|(body, _)| body)
    }

    fn script_of(&self, program: &str) -> Option<Body> {
        let content = self.content.filter(|_| !program.is_empty())?;
        let is_script = |body: &Body| script::is_script(program, &body.text);
        if program.contains('/') {
            return self.body_of(program).filter(is_script);
        }
        let found = BINARIES.iter().find_map(|folder| {
            content.read(self.files, &absolute(Some(folder), program)?).map(|(body, _)| body)
        });
        found.filter(is_script)
    }

    fn cron(&mut self, name: &str, words: &[Text]) {
        let known = |at: usize| words.get(at).and_then(|word| word.as_deref()).unwrap_or_default();
        match name {
            "busybox" => self.cron_runs |= known(1) == "crond",
            "service" | "rc-service" => self.cron_runs |= matches!(known(1), "cron" | "crond"),
            "supercronic" | "crontab" => {
                self.cron_runs |= name == "supercronic";
                let path = words.iter().skip(1).rev().flatten().find(|word| !word.starts_with('-'));
                if let Some(body) = path.and_then(|path| self.body_of(path)) {
                    self.crontabs.push((body, false));
                }
            }
            _ => self.cron_runs = true,
        }
    }

    fn env_file_by(&mut self, all: &Invocation) {
        if self.env_file.is_none()
            && let Some(content) = self.content
        {
            let found = env_file::copied(self.files, content, self.workdir, &all.words);
            self.env_file = found.map(|path| (path, all.place.clone()));
        }
    }
}

/// Takes away programs that only run what follows them, unless the image has a script of its own under that name.
pub(super) fn unwrap(words: &mut Vec<Text>, is_ours: &dyn Fn(&str) -> bool) {
    // Each round takes a word away.
    while let Some(Some(program)) = words.first() {
        let name = base_name(program);
        if is_ours(program) {
            return;
        }
        let Some((_, valued, skipped)) = WRAPPERS.iter().find(|(wrapper, ..)| *wrapper == name) else {
            let is_env = name == "env";
            if !is_env {
                return;
            }
            let skip = words.iter().skip(1).take_while(|word| {
                word.as_deref().is_some_and(|word| word.starts_with('-') || word.contains('='))
            });
            let count = 1 + skip.count();
            words.drain(..count);
            continue;
        };
        let mut count = 1;
        while let Some(option) =
            words.get(count).and_then(|word| word.as_deref()).filter(|w| w.starts_with('-'))
        {
            count += if valued.contains(&option) { 2 } else { 1 };
            if option == "--" {
                break;
            }
        }
        words.drain(..(count + skipped).min(words.len()));
    }
}
