//! Crontabs to commands: lines of five times (or `@daily`), a user in a system's crontab, a command.

use std::sync::Arc;

use super::script::guard;
use super::script::lines_of;
use crate::deploy::{Command, When};
use crate::facts::Place;
use crate::parse::shell;
use crate::text::{Source, Span};

/// The commands of a crontab that stands under `within` in a file. With `user`, the sixth word is who runs it, as in
/// `/etc/crontab` and `/etc/cron.d` (crontab(5)).
pub fn crontab(source: &Arc<Source>, within: Span, text: &str, user: bool) -> Vec<Command> {
    lines_of(source, within, text).into_iter().flat_map(|(line, place)| entry(&line, &place, user)).collect()
}

/// The commands of a line that a script writes into a crontab.
pub fn echoed(text: &str, place: &Place, user: bool) -> Vec<Command> {
    text.lines().flat_map(|line| entry(line.trim(), place, user)).collect()
}

fn entry(line: &str, place: &Place, user: bool) -> Vec<Command> {
    let Some(command) = command_of(line, user) else { return Vec::new() };
    // Leaders are chosen by scripts of all kinds: what such a test comes to is not known.
    let leader = command.to_ascii_lowercase().contains("leader");
    let of = |found: shell::Command| {
        let by = leader.then(|| Arc::from("a test for the leader"));
        let guard = by.or_else(|| guard(command, &found.guards));
        Command {
            when: When::Clock,
            words: found.words.into_iter().map(|word| word.text).collect(),
            place: place.clone(),
            guard,
        }
    };
    shell::commands(command).into_iter().filter(|found| !found.words.is_empty()).map(of).collect()
}

/// The command of a line, if it is one of a crontab.
fn command_of(line: &str, user: bool) -> Option<&str> {
    if line.starts_with('#') {
        return None;
    }
    let times = if line.starts_with('@') { 1 } else { 5 };
    let mut rest = line;
    for _ in 0..times {
        let (time, after) = rest.split_once(char::is_whitespace)?;
        let is_time = |c: char| c.is_ascii_alphanumeric() || "*/,-@?~#LW".contains(c);
        if !time.chars().all(is_time) {
            return None;
        }
        rest = after.trim_start();
    }
    if times == 5 && !line.starts_with(|c: char| c.is_ascii_digit() || c == '*') {
        return None;
    }
    let command = if user { rest.split_once(char::is_whitespace)?.1.trim_start() } else { rest };
    (!command.is_empty()).then_some(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_crontab_are_read() {
        for (line, user, expected) in [
            (
                "* * * * * root cd /app && php artisan schedule:run",
                true,
                Some("cd /app && php artisan schedule:run"),
            ),
            ("*/5 0-4 1,2 * MON php a", false, Some("php a")),
            ("@hourly root php a", true, Some("php a")),
            ("SHELL=/bin/bash", false, None),
            ("# * * * * * a", false, None),
            ("* * * *", false, None),
            ("php artisan a b c d", false, None),
            ("é * * * * a", false, None),
            ("", true, None),
        ] {
            assert_eq!(command_of(line, user), expected, "{line}");
        }
    }

    #[test]
    fn a_test_for_the_leader_is_kept() {
        let place = Place::new(&Arc::new(Source::new("a", String::new())), Span::default());
        let found = echoed("* * * * * root /usr/bin/is_leader.sh && php artisan schedule:run", &place, true);
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].guard.as_deref(), Some("a test for the leader"));
    }
}
