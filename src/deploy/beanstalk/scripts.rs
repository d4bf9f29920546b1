//! What is run on the instances: commands, container commands, platform hooks, crontabs.
//!
//! Page "Customizing software on Linux servers": `commands` run before the app is set up, `container_commands` from
//! its staging folder, both by name and on every instance; with `leader_only` on one of them, and then `test` does not
//! count. Page "Extending Elastic Beanstalk Linux platforms": the files of `.platform/hooks/prebuild`, `predeploy` and
//! `postdeploy`, and of `.platform/confighooks`, run on every instance, by name.

use std::sync::Arc;

use super::options::Setting;
use super::script::Script;
use super::{Config, crontabs, efs, env_file};
use crate::deploy::reading::{self, at, commands, crontab};
use crate::deploy::{Command, Deployment, Files, When, join};
use crate::facts::Place;
use crate::parse::node::Node;
use crate::parse::shell;
use crate::text::{Source, Span};

/// All that the code has an instance run.
#[derive(Debug, Default)]
pub(super) struct Scripts {
    texts: Vec<Script>,
    commands: Vec<Command>,
    sources: Vec<Arc<Source>>,
}

/// Scripts that are followed, and how long one is at most.
const MAX_SCRIPTS: usize = 200;
const MAX_LENGTH: usize = 1 << 18;

/// Folders that instances run what is in them from, after a deployment. `/opt/elasticbeanstalk/hooks` is the old
/// Amazon Linux's.
const OLD_HOOKS: &str = "/opt/elasticbeanstalk/hooks/appdeploy/";

/// The scripts of a folder.
pub(super) fn of(files: &Files<'_>, folder: &str, extensions: &[Config]) -> Scripts {
    let mut scripts = Scripts::default();
    for config in extensions {
        scripts.of_map(files, folder, config, "commands");
    }
    hooks(files, folder, "prebuild", &mut scripts);
    for config in extensions {
        scripts.of_map(files, folder, config, "container_commands");
    }
    hooks(files, folder, "predeploy", &mut scripts);
    hooks(files, folder, "postdeploy", &mut scripts);
    for config in extensions {
        scripts.of_files(config);
    }
    scripts
}

fn hooks(files: &Files<'_>, folder: &str, step: &str, scripts: &mut Scripts) {
    for kind in ["hooks", "confighooks"] {
        let Some(inner) = join(folder, &format!(".platform/{kind}/{step}")) else { continue };
        for path in files.paths() {
            let name = path.strip_prefix(inner.as_str()).and_then(|rest| rest.strip_prefix('/'));
            if name.is_none_or(|name| name.contains('/')) {
                continue;
            }
            let Some(source) = files.read(path).filter(|source| is_shell(source.text())) else { continue };
            let script = Script::of_file(&source, true);
            scripts.sources.push(source);
            scripts.commands.extend(script.run(When::Start));
            scripts.commands.extend(crontabs::written(files, folder, &script));
            scripts.texts.push(script);
        }
    }
}

/// Whether a file is for a shell: by its first line, or without one.
fn is_shell(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    !first.starts_with("#!") || first.trim_end().ends_with("sh") || first.contains("sh ")
}

impl Scripts {
    /// A place in them, when nothing else describes the environment.
    pub fn place(&self) -> Option<Place> {
        self.sources.first().map(|source| Place::new(source, Span::default()))
    }

    /// Adds what is run, and what it mounts, to a deployment.
    pub fn apply(&self, deployment: &mut Deployment, folder: &str, settings: &[&Setting]) {
        deployment.commands.extend(self.commands.iter().cloned());
        for source in &self.sources {
            super::add_file(deployment, source);
        }
        deployment.mounts.extend(efs::mounts(&self.texts, settings));
        env_file::apply(deployment, folder, &self.texts);
    }

    /// `commands` or `container_commands`.
    fn of_map(&mut self, files: &Files<'_>, folder: &str, config: &Config, key: &str) {
        let Some(map) = config.document.get(key) else { return };
        let is_leader = |node: &Node| node.get("leader_only").and_then(reading::truth) == Some(true);
        let mut entries: Vec<(&str, &Node)> =
            map.entries().iter().filter_map(|(name, node)| Some((name.scalar_text()?, node))).collect();
        // Those for the leader are run first.
        entries.sort_by_key(|(name, node)| (!is_leader(node), *name));
        for (_, node) in entries.into_iter().take(MAX_SCRIPTS) {
            let leader = key == "container_commands" && is_leader(node);
            let test = node.get("test").and_then(Node::scalar_text).filter(|_| !leader);
            let when = if leader || test.is_some_and(tests_leader) { When::Release } else { When::Start };
            let Some(command) = node.get("command") else { continue };
            let mut found = self.command(files, folder, config, command, when, key == "container_commands");
            for command in &mut found {
                if when == When::Start && command.guard.as_deref().is_some_and(tests_leader) {
                    command.when = When::Release;
                }
                if let Some(test) = test {
                    command.guard = Some(test.into());
                }
            }
            self.commands.extend(found);
        }
    }

    fn command(
        &mut self,
        files: &Files<'_>,
        folder: &str,
        config: &Config,
        node: &Node,
        when: When,
        in_app: bool,
    ) -> Vec<Command> {
        let source = &config.source;
        if !node.items().is_empty() {
            // A list holds the words of one command.
            let words: Vec<Option<Arc<str>>> =
                node.items().iter().map(|item| item.scalar_text().map(Arc::from)).collect();
            return vec![Command { when, words, place: at(source, node), guard: None }];
        }
        let Some(text) = node.scalar_text() else { return Vec::new() };
        let script = Script::new(source, node.span, text, in_app);
        let mut found: Vec<Command> = script.run(when).collect();
        // What a crontab is filled with on one instance only is not known to run on the others.
        if when == When::Start {
            found.extend(crontabs::written(files, folder, &script));
        }
        found.extend(self.called(files, folder, config, &script, when));
        self.texts.push(script);
        found
    }

    /// The commands of the scripts that a script calls: files of the repository, or what `files` writes.
    fn called(
        &mut self,
        files: &Files<'_>,
        folder: &str,
        config: &Config,
        script: &Script,
        when: When,
    ) -> Vec<Command> {
        let mut found = Vec::new();
        for (command, _) in &script.commands {
            if self.texts.len() > MAX_SCRIPTS || found.len() > MAX_SCRIPTS * 10 {
                break;
            }
            let words = command.known_words();
            let mut words = words.into_iter().filter(|word| !word.starts_with('-'));
            let called = words.find(|word| !matches!(*word, "sudo" | "bash" | "sh" | "." | "source"));
            let Some(path) = called.filter(|path| path.contains('/') || path.ends_with(".sh")) else {
                continue;
            };
            let written = config.document.path(&["files", path, "content"]);
            if let Some((node, text)) = written.and_then(|node| Some((node, node.scalar_text()?))) {
                found.extend(commands(&config.source, node.span, text, when));
                continue;
            }
            let local =
                path.strip_prefix("/var/app/current/").or_else(|| path.strip_prefix("/var/app/staging/"));
            let Some(path) = join(folder, local.unwrap_or(path)).filter(|_| local.is_some() || script.in_app)
            else {
                continue;
            };
            let is_script =
                |source: &Arc<Source>| source.text().len() < MAX_LENGTH && is_shell(source.text());
            let Some(source) = files.read(&path).filter(is_script) else { continue };
            let called = Script::of_file(&source, script.in_app);
            found.extend(called.run(when));
            self.sources.push(source);
            self.texts.push(called);
        }
        found
    }

    /// `files`: crontabs, services and scripts that are written to every instance.
    fn of_files(&mut self, config: &Config) {
        let source = &config.source;
        for (path, node) in
            config.document.get("files").map_or(&[][..], Node::entries).iter().take(MAX_SCRIPTS)
        {
            let Some(path) = path.scalar_text() else { continue };
            let Some((content, text)) =
                node.get("content").and_then(|node| Some((node, node.scalar_text()?)))
            else {
                continue;
            };
            if node.get("encoding").and_then(Node::scalar_text).is_some_and(|encoding| encoding != "plain") {
                continue;
            }
            if path.starts_with("/etc/cron.d/") || path == "/etc/crontab" {
                self.commands.extend(crontab(source, content.span, text, true));
            } else if path.starts_with("/var/spool/cron/") {
                self.commands.extend(crontab(source, content.span, text, false));
            } else if path.starts_with("/etc/cron.") {
                self.commands.extend(commands(source, content.span, text, When::Clock));
            } else if path.starts_with(OLD_HOOKS) && is_shell(text) {
                self.commands.extend(commands(source, content.span, text, When::Start));
            } else if path.starts_with("/etc/systemd/") || path.contains("supervisor") {
                self.commands.extend(services(source, content.span, text));
            }
            self.texts.push(Script::new(source, content.span, text, false));
        }
    }
}

/// Whether a condition asks if this instance leads the deployment: `EB_IS_COMMAND_LEADER`, `leader-test.sh`.
fn tests_leader(condition: &str) -> bool {
    let negated = condition.contains("unless ") || condition.contains("!");
    !negated && (condition.contains("EB_IS_COMMAND_LEADER") || condition.contains("leader-test"))
}

/// What the services of systemd and supervisor run: they are kept running on each instance.
fn services(source: &Arc<Source>, within: Span, text: &str) -> Vec<Command> {
    let run = |(line, place): (String, Place)| {
        let (key, command) = line.split_once('=')?;
        matches!(key.trim(), "ExecStart" | "command").then(|| {
            let words = shell::commands(command).into_iter().next().map(|command| command.words);
            let words = words.unwrap_or_default().into_iter().map(|word| word.text).collect();
            Command { when: When::Start, words, place, guard: None }
        })
    };
    reading::lines_of(source, within, text).into_iter().filter_map(run).collect()
}
