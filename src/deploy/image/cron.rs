//! Crontabs.

use std::sync::Arc;

use super::content::{Body, Content};
use super::run;
use crate::deploy::{Command, Files, When};
use crate::facts::Place;
use crate::parse::shell;
use crate::text::Span;

/// Folders of crontabs, and whether their lines name a user before the command.
const FOLDERS: &[(&str, bool)] = &[
    ("/etc/cron.d", true),
    ("/etc/crontabs", false),
    ("/var/spool/cron/crontabs", false),
    ("/var/spool/cron", false),
];
/// How many lines of a crontab are read.
const MAX_LINES: usize = 1_000;

/// The crontabs of an image, and whether their lines name a user.
pub(super) fn tables(files: &Files<'_>, content: &Content) -> Vec<(Body, bool)> {
    let mut found: Vec<(Body, bool)> = content.crontabs.iter().map(|body| (body.clone(), false)).collect();
    for (folder, has_user) in FOLDERS {
        found.extend(content.in_folder(files, folder).into_values().map(|body| (body, *has_user)));
    }
    found.extend(content.read(files, "/etc/crontab").map(|(body, _)| (body, true)));
    found
}

/// Whether a line says when something is run.
pub(super) fn is_entry(line: &str) -> bool {
    command_at(line).is_some()
}

/// Where the command of a line starts, behind the times.
fn command_at(line: &str) -> Option<usize> {
    let is_time = |word: &str| word.chars().all(|c| c.is_ascii_alphanumeric() || "*/,-?#L".contains(c));
    let starts_time = |word: &str| word.starts_with(|c: char| c.is_ascii_digit() || c == '*');
    let trimmed = line.trim_start();
    let mut at = line.len() - trimmed.len();
    let fields = if trimmed.starts_with('@') { 1 } else { 5 };
    for field in 0..fields {
        let rest = line.get(at..)?;
        let length = rest.find([' ', '\t'])?;
        let word = rest.get(..length)?;
        let fits =
            if fields == 1 { word.len() > 3 } else { is_time(word) && (field > 2 || starts_time(word)) };
        if !fits || word.is_empty() {
            return None;
        }
        let behind = rest.get(length..)?;
        at += length + (behind.len() - behind.trim_start_matches([' ', '\t']).len());
    }
    (at < line.trim_end().len()).then_some(at)
}

/// The commands of a crontab.
pub(super) fn read(body: &Body, has_user: bool, guard: Option<&Arc<str>>, out: &mut Vec<Command>) {
    let mut start = 0;
    for line in body.text.split_inclusive('\n').take(MAX_LINES) {
        let from = start;
        start += line.len();
        // `printf` writes its line breaks out.
        let line = line.trim_end_matches(['\n', '\r']);
        let line = line.strip_suffix("\\n").unwrap_or(line);
        if line.trim_start().starts_with('#') {
            continue;
        }
        let Some(mut at) = command_at(line) else { continue };
        let command = line.get(at..).unwrap_or_default();
        let word = command.split_whitespace().next().unwrap_or_default();
        if names_user(word, has_user) {
            let rest = command.get(word.len()..).unwrap_or_default();
            at += word.len() + (rest.len() - rest.trim_start().len());
        }
        let text = line.get(at..).unwrap_or_default();
        let offset = u32::try_from(from + at).unwrap_or(u32::MAX);
        for command in shell::commands(text) {
            let program = command.words.first().and_then(|word| word.text.as_deref()).unwrap_or_default();
            if command.words.is_empty() || run::is_noise(program) {
                continue;
            }
            let span = command.span;
            let span = Span::new(span.start.saturating_add(offset), span.end.saturating_add(offset));
            out.push(Command {
                when: When::Clock,
                words: command.words.into_iter().map(|word| word.text).collect(),
                place: Place::new(&body.source, body.span(span)),
                guard: guard.cloned(),
            });
        }
    }
}

/// Whether the first word behind the times is a user.
fn names_user(word: &str, has_user: bool) -> bool {
    let usual = matches!(word, "root" | "www-data" | "nginx" | "apache" | "application" | "nobody");
    usual || (has_user && !word.contains('/') && !matches!(word, "cd" | "php" | "flock" | "sh" | "bash"))
}
