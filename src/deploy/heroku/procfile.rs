use std::sync::Arc;

use crate::deploy::reading::{MAX_PARTS, script};
use crate::deploy::{Deployment, Files, When};
use crate::facts::Place;
use crate::text::{Source, Span};

use super::SOURCE;

/// The process types of a Procfile, `release` among them. The last one of a name counts.
pub(super) fn read(files: &Files<'_>, path: &str) -> Vec<Deployment> {
    let Some(source) = files.read(path) else { return Vec::new() };
    let mut found: Vec<Deployment> = Vec::new();
    let mut offset = 0;
    for line in source.text().split_inclusive('\n') {
        if let Some((name, command, start)) = process(line) {
            let deployment = deployment(&source, name, command, offset + start, offset);
            let room = found.len() < MAX_PARTS;
            match found.iter_mut().find(|known| *known.service == *name) {
                Some(known) => *known = deployment,
                None if room => found.push(deployment),
                None => {}
            }
        }
        offset += line.len();
    }
    found
}

/// The name and the command of a line, and where the command starts in it: `web: php artisan serve`.
fn process(line: &str) -> Option<(&str, &str, usize)> {
    let (name, command) = line.split_once(':')?;
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || !name.chars().all(fits) {
        return None;
    }
    let start = name.len() + 1 + (command.len() - command.trim_start().len());
    let command = command.trim();
    (!command.is_empty()).then_some((name, command, start))
}

fn deployment(source: &Arc<Source>, name: &str, command: &str, start: usize, line: usize) -> Deployment {
    let at = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let span = Span::new(at(start), at(start + command.len()));
    let place = Place::new(source, Span::new(at(line), span.end));
    let mut deployment = Deployment::new(SOURCE, SOURCE, name, place);
    deployment.commands = script(source, command, span, When::Start);
    deployment
}
