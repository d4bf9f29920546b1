//! supervisord: its programs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::content::{Body, is_match};
use super::follow::Follower;
use super::words::{Text, split};
use crate::deploy::folder;
use crate::facts::Place;
use crate::parse::ini;

/// Where supervisord looks when it is not told (supervisor/options.py, 4.2).
const DEFAULTS: &[&str] =
    &["/etc/supervisord.conf", "/etc/supervisor/supervisord.conf", "/etc/supervisor.conf"];
/// Folders that distributions include, when the main file is theirs.
const FOLDERS: &[&str] = &["/etc/supervisor/conf.d", "/etc/supervisor.d", "/etc/supervisord.d"];

/// The commands of the programs that a supervisord with these words starts.
pub(super) fn tables(follower: &Follower<'_>, words: &[Text]) -> Vec<(Vec<Text>, Place)> {
    let known = |at: usize| words.get(at).and_then(|word| word.as_deref());
    let option = words.iter().position(|word| matches!(word.as_deref(), Some("-c" | "--configuration")));
    let joined = words.iter().flatten().find_map(|word| {
        word.strip_prefix("--configuration=")
            .or_else(|| word.strip_prefix("-c").filter(|path| !path.is_empty()))
    });
    let given = joined.or_else(|| option.and_then(|at| known(at + 1)));
    let main = match given {
        Some(path) => follower.body_of(path).map(|body| (path, body)),
        None => DEFAULTS.iter().find_map(|path| Some((*path, follower.body_of(path)?))),
    };
    let mut files: BTreeMap<Arc<str>, Body> = BTreeMap::new();
    let mut programs = Vec::new();
    match main {
        Some((path, body)) => {
            for pattern in included(&body, path) {
                files.extend(in_pattern(follower, &pattern));
            }
            add_programs(&body, &mut programs);
        }
        // The main file is the distribution's.
        None => {
            for path in FOLDERS {
                files.extend(in_pattern(follower, &format!("{path}/*.conf")));
                files.extend(in_pattern(follower, &format!("{path}/*.ini")));
            }
        }
    }
    for body in files.values() {
        add_programs(body, &mut programs);
    }
    programs
}

/// The patterns of `[include] files`, from the folder of the file.
fn included(body: &Body, path: &str) -> Vec<String> {
    let ini = ini::read(&body.text);
    let value = ini.get("include", "files").and_then(|entry| entry.value.as_ref());
    let Some(value) = value else { return Vec::new() };
    let absolute = |pattern: &str| {
        if pattern.starts_with('/') { pattern.to_owned() } else { format!("{}/{pattern}", folder(path)) }
    };
    value.text.split_whitespace().map(absolute).collect()
}

fn in_pattern(follower: &Follower<'_>, pattern: &str) -> BTreeMap<Arc<str>, Body> {
    let Some(content) = follower.content else { return BTreeMap::new() };
    let mut found = content.in_folder(follower.files, folder(pattern));
    let name = pattern.rsplit('/').next().unwrap_or_default();
    found.retain(|path, _| is_match(name, path.rsplit('/').next().unwrap_or_default()));
    found
}

fn add_programs(body: &Body, programs: &mut Vec<(Vec<Text>, Place)>) {
    const MAX: usize = 200;
    let ini = ini::read(&body.text);
    for entry in &ini.entries {
        let Some(value) = entry.value.as_ref().filter(|_| &*entry.name == "command") else { continue };
        let off = |name: &str| {
            let value = ini.get(&entry.section, name).and_then(|entry| entry.value.as_ref());
            value.is_some_and(|value| value.text.eq_ignore_ascii_case("false"))
        };
        if !entry.section.starts_with("program:") || off("autostart") || programs.len() >= MAX {
            continue;
        }
        // supervisord has no shell; what it puts in for `%(..)s` is not followed.
        let words = split(&value.text).into_iter().map(|word| Some(word).filter(|word| !word.contains("%(")));
        let words = words.map(|word| word.map(Arc::from));
        programs.push((words.collect(), Place::new(&body.source, body.span(entry.span))));
    }
}
