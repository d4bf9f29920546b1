//! Network file systems that scripts mount on each instance, and the folders of the app that are links into them.
//!
//! Page "Using Elastic Beanstalk with Amazon Elastic File System": storage-efs-mountfilesystem.config mounts one to
//! the folder that the variable `MOUNT_DIRECTORY` names.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::VARIABLES;
use super::options::Setting;
use super::script::{Script, without_sudo};
use crate::deploy::{Mount, Sharing};
use crate::facts::Place;
use crate::parse::shell::Word;

/// Variables that the platform's own example has the folder in.
const FOLDERS: &[&str] = &["MOUNT_DIRECTORY", "EFS_MOUNT_DIR"];
/// Mounts and links that are kept.
const MAX_MOUNTS: usize = 100;

/// What the scripts mount.
pub(super) fn mounts(scripts: &[Script], settings: &[&Setting]) -> Vec<Mount> {
    let mut mounts: Vec<Mount> = Vec::new();
    let variables = settings.iter().rev().filter(|setting| &*setting.namespace == VARIABLES);
    let settings: BTreeMap<&str, &Setting> = variables.map(|setting| (&*setting.name, *setting)).collect();
    for links in [false, true] {
        for script in scripts {
            let names = Names::of(script, &settings);
            for (command, place) in &script.commands {
                let words = names.words(&command.words);
                let mount = if links {
                    link(&words, &mounts, script.in_app)
                        .map(|path| (path, "a link into a network file system"))
                } else {
                    mounted(&words, &names)
                };
                if let Some((path, what)) = mount {
                    push(&mut mounts, &path, what, place.clone());
                }
            }
        }
    }
    mounts
}

fn push(mounts: &mut Vec<Mount>, path: &str, what: &str, place: Place) {
    if mounts.len() < MAX_MOUNTS && !mounts.iter().any(|mount| &*mount.path == path) {
        mounts.push(Mount { path: path.into(), what: what.into(), sharing: Sharing::Shared, place });
    }
}

/// The folder that a command mounts a network file system to.
fn mounted(words: &[Option<String>], names: &Names<'_>) -> Option<(String, &'static str)> {
    let known = |word: &Option<String>| word.clone().unwrap_or_default();
    let all: Vec<String> = words.iter().map(known).collect();
    // `echo "fs-1:/ /efs efs .." >> /etc/fstab`
    if let Some("echo" | "printf") = all.first().map(String::as_str) {
        let line = all.iter().find(|word| word.contains(":/"))?;
        let fields: Vec<&str> = line.split_whitespace().collect();
        return match fields.as_slice() {
            [_, path, kind, ..] => Some((folder(path)?, what(kind)?)),
            _ => None,
        };
    }
    let at = all.iter().position(|word| matches!(word.as_str(), "mount" | "/bin/mount" | "mount.nfs4"))?;
    if all.iter().take(at).any(|word| !matches!(word.as_str(), "sudo" | "/usr/bin/sudo")) {
        return None;
    }
    let arguments = all.get(at + 1..)?;
    let kind = arguments.iter().position(|word| word == "-t").and_then(|at| arguments.get(at + 1))?;
    let target = words.last()?.clone().or_else(|| names.default_folder())?;
    Some((folder(&target)?, what(kind)?))
}

fn what(kind: &str) -> Option<&'static str> {
    match kind {
        "efs" => Some("EFS file system"),
        "nfs" | "nfs4" => Some("NFS file system"),
        _ => None,
    }
}

/// The folder of the app that a command makes a link into what is mounted.
fn link(words: &[Option<String>], mounts: &[Mount], in_app: bool) -> Option<String> {
    let words: Vec<&str> = words.iter().map_while(|word| word.as_deref()).collect();
    let ["ln", options @ .., target, path] = without_sudo(&words) else { return None };
    let symbolic = options.iter().any(|option| option.starts_with('-') && option.contains('s'));
    let inside = |mount: &Mount| {
        target.strip_prefix(&*mount.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if !symbolic || !mounts.iter().any(inside) {
        return None;
    }
    let path = match path.strip_suffix('/') {
        Some(path) => format!("{path}/{}", target.trim_end_matches('/').rsplit('/').next()?),
        None => (*path).to_owned(),
    };
    if path.starts_with('/') {
        return folder(&path);
    }
    in_app.then(|| format!("/var/app/current/{}", path.trim_start_matches("./")))
}

/// An absolute path; the app's staging folder becomes its final one.
fn folder(path: &str) -> Option<String> {
    let path = path.trim_end_matches('/');
    for staging in ["/var/app/staging", "/var/app/ondeck"] {
        if let Some(rest) = path.strip_prefix(staging) {
            return Some(format!("/var/app/current{rest}"));
        }
    }
    (path.starts_with('/') && path.len() > 1).then(|| path.to_owned())
}

/// The variables that a script may use.
struct Names<'a> {
    script: &'a Script,
    /// Those of the environment, by name; the strongest counts.
    settings: &'a BTreeMap<&'a str, &'a Setting>,
    /// Those that the script sets, by name; the last counts.
    assigned: BTreeMap<Arc<str>, Option<String>>,
}

impl<'a> Names<'a> {
    fn of(script: &'a Script, settings: &'a BTreeMap<&'a str, &'a Setting>) -> Self {
        let mut names = Self { script, settings, assigned: BTreeMap::new() };
        for (command, _) in &script.commands {
            for (name, value) in &command.assignments {
                let value = names.word(value);
                names.assigned.insert(Arc::clone(name), value);
            }
        }
        names
    }

    fn words(&self, words: &[Word]) -> Vec<Option<String>> {
        words.iter().map(|word| self.word(word)).collect()
    }

    fn word(&self, word: &Word) -> Option<String> {
        if let Some(text) = &word.text {
            return Some(text.to_string());
        }
        let written = self.script.text.get(word.span.range())?.trim_matches('"');
        // `$(/opt/elasticbeanstalk/bin/get-config environment -k NAME)` (page "Platform script tools").
        if written.contains("get-config") {
            let (_, name) = written.split_once("-k ")?;
            return self.variable(name.trim_matches(|c: char| c.is_whitespace() || ")`\"'".contains(c)));
        }
        self.expanded(written)
    }

    /// A word with `$NAME` and `${NAME}` put in.
    fn expanded(&self, written: &str) -> Option<String> {
        let mut text = String::new();
        let mut rest = written;
        while let Some((before, after)) = rest.split_once('$') {
            text.push_str(before);
            let (name, behind) = match after.strip_prefix('{') {
                Some(after) => after.split_once('}')?,
                None => {
                    let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
                    after.split_at(end.unwrap_or(after.len()))
                }
            };
            text.push_str(&self.variable(name)?);
            rest = behind;
        }
        text.push_str(rest);
        (!text.contains(['`', '"', '\'', '\\'])).then_some(text)
    }

    fn variable(&self, name: &str) -> Option<String> {
        match self.assigned.get(name) {
            Some(value) => value.clone(),
            None => self.settings.get(name)?.text().map(str::to_owned),
        }
    }

    /// The folder of the platform's own example, when the word itself says nothing.
    fn default_folder(&self) -> Option<String> {
        FOLDERS.iter().find_map(|name| self.variable(name))
    }
}
