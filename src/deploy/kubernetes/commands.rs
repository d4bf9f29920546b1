//! The commands of containers.

use std::sync::Arc;

use super::tree::Item;
use crate::deploy::{Command, Role, When};

/// A script with more commands than this is not read to its end.
const MAX_COMMANDS: usize = 200;

/// The commands that a container runs.
pub(super) fn of(container: &Item, when: When) -> Vec<Command> {
    let mut found = Vec::new();
    let [command, args] = ["command", "args"].map(|key| container.path(&[key]));
    let parts: Vec<&Item> = [command, args].into_iter().flatten().collect();
    // Something that may add words may stand anywhere between them.
    let words = |item: &&Item| -> Vec<(Option<Arc<str>>, Item)> {
        let known = item.items().iter().map(|word| (known(word), word.clone()));
        known.chain(item.open().iter().map(|open| (None, open.clone()))).collect()
    };
    let words: Vec<(Option<Arc<str>>, Item)> = parts.iter().flat_map(words).collect();
    if let Some((_, first)) = words.first() {
        read(&words, first, when, &mut found);
    }
    if let Some(hook) = container.path(&["lifecycle", "postStart", "exec", "command"]) {
        let words: Vec<_> = hook.items().iter().map(|word| (known(word), word.clone())).collect();
        if let Some((_, first)) = words.first() {
            read(&words, first, when, &mut found);
        }
    }
    found
}

/// A word, when Kubernetes and tools leave it as it stands.
fn known(item: &Item) -> Option<Arc<str>> {
    item.text().filter(|text| !text.contains("$(") && !super::expand::is_placeholder(text)).cloned()
}

fn read(words: &[(Option<Arc<str>>, Item)], first: &Item, when: When, found: &mut Vec<Command>) {
    let texts: Vec<Option<&str>> = words.iter().map(|(word, _)| word.as_deref()).collect();
    match script(&texts) {
        Some(at) => {
            let Some((_, item)) = words.get(at) else { return };
            let text = item.text().map_or("", |text| text);
            let place = &item.place;
            let commands = crate::deploy::reading::commands(&place.source, place.span, text, when);
            found.extend(commands.into_iter().take(MAX_COMMANDS.saturating_sub(found.len())));
        }
        None if texts.iter().all(Option::is_none) => {}
        None => found.push(Command {
            when,
            words: words.iter().map(|(word, _)| word.clone()).collect(),
            place: first.place.clone(),
            guard: None,
        }),
    }
}

/// Where the script of `sh -c SCRIPT` is.
fn script(words: &[Option<&str>]) -> Option<usize> {
    let program = words.first().copied().flatten()?.rsplit('/').next()?;
    if !matches!(program, "sh" | "bash" | "ash" | "dash" | "zsh") {
        return None;
    }
    let flag = words.iter().position(|word| {
        word.is_some_and(|word| word.starts_with('-') && !word.starts_with("--") && word.ends_with('c'))
    })?;
    words.get(flag + 1).map(|_| flag + 1)
}

/// What the commands of a container say it is for.
pub(super) fn role(commands: &[Command]) -> Role {
    let words = || commands.iter().flat_map(|command| command.words.iter().flatten());
    let is_any = |known: &[&str]| {
        words().any(|word| {
            let name = word.rsplit('/').next().unwrap_or_default();
            known.contains(&name)
        })
    };
    if is_any(&[
        "php-fpm",
        "octane:start",
        "octane:frankenphp",
        "octane:roadrunner",
        "octane:swoole",
        "frankenphp",
        "rr",
        "apache2-foreground",
        "apache2ctl",
        "nginx",
        "caddy",
        "unitd",
        "serve",
        "reverb:start",
    ]) || words().any(|word| word.starts_with("php-fpm") || word.ends_with("/php-fpm"))
    {
        return Role::Web;
    }
    if is_any(&["queue:work", "queue:listen", "horizon", "queue:work-all", "pulse:work"]) {
        return Role::Worker;
    }
    if is_any(&["schedule:run", "schedule:work", "cron", "crond", "supercronic"]) {
        return Role::Scheduler;
    }
    let is_migration = |word: &Arc<str>| word.starts_with("migrate") || word.starts_with("db:seed");
    if words().any(is_migration) { Role::Job } else { Role::Unknown }
}

/// What the name of a container or workload says it is for.
pub(super) fn role_of_name(name: &str) -> Role {
    let has = |known: &[&str]| name.split(['-', '_', '.', ' ', '}']).any(|word| known.contains(&word));
    if has(&["worker", "workers", "queue", "queues", "horizon"]) {
        Role::Worker
    } else if has(&["scheduler", "schedule", "cron", "crond"]) {
        Role::Scheduler
    } else if has(&["migrate", "migration", "migrations", "migrator"]) {
        Role::Job
    } else {
        Role::Unknown
    }
}
