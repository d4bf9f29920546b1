//! Crontabs that scripts write on each instance: `cat cron.txt > /etc/cron.d/app`, `cp`, `echo "* * .." | tee ..`.

use super::script::{Script, without_sudo};
use crate::deploy::reading::{self, crontab};
use crate::deploy::{Command, Files, join};

/// The lines that a script puts into crontabs.
pub(super) fn written(files: &Files<'_>, folder: &str, script: &Script) -> Vec<Command> {
    let mut found = Vec::new();
    // What was printed last: a pipe may hand it to `tee`.
    let mut printed = None;
    for (command, place) in &script.commands {
        let words = command.known_words();
        let words = without_sudo(&words);
        let into = command.redirects.iter().any(|word| word.text.as_deref().is_some_and(is_crontab));
        let local = match words {
            ["echo" | "printf", .., line] if into => {
                found.extend(reading::echoed(line, place, true));
                None
            }
            ["echo" | "printf", .., line] => {
                printed = Some(((*line).to_owned(), place));
                continue;
            }
            ["tee", .., target] if is_crontab(target) => {
                if let Some((line, place)) = printed.take() {
                    found.extend(reading::echoed(&line, place, true));
                }
                None
            }
            ["cat", path] if into => Some(path),
            ["cp" | "mv" | "install", .., path, target] if is_crontab(target) => Some(path),
            // `crontab FILE`: a user's own, without the name of the user.
            ["crontab", .., path] if !path.starts_with('-') => Some(path),
            _ => None,
        };
        printed = None;
        let path = local.map(|path| path.trim_start_matches("/var/app/current/"));
        let Some(source) = path.and_then(|path| files.read(&join(folder, path)?)) else { continue };
        let within = reading::span(0, source.text().len());
        found.extend(crontab(&source, within, source.text(), words.first() != Some(&"crontab")));
    }
    found
}

fn is_crontab(path: &str) -> bool {
    path.starts_with("/etc/cron.d/") || path == "/etc/crontab"
}
