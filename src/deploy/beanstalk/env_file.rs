//! The file that scripts put in the place of the app's env file: one of the repository, or one from outside.

use std::sync::Arc;

use super::script::{Script, without_sudo};
use crate::deploy::{Deployment, Layer, join};
use crate::facts::{Place, Reason};

/// Folders that the app lies in while it is deployed, and then.
const APP: &[&str] = &["/var/app/staging/", "/var/app/current/", "/var/app/ondeck/"];

/// What an env file is made from.
enum From {
    /// A file of the repository.
    Repository(Arc<str>),
    /// Something that is not in the repository.
    Outside,
}

/// Sets the env file of a deployment by what its scripts do; the last that does something counts.
pub(super) fn apply(deployment: &mut Deployment, folder: &str, scripts: &[Script]) {
    let mut found: Option<(From, Place)> = None;
    for script in scripts.iter().filter(|script| script.in_app) {
        for (command, place) in &script.commands {
            let words = command.known_words();
            let into = command.redirects.iter().any(|word| word.text.as_deref().is_some_and(is_env));
            if let Some(from) = from(without_sudo(&words), into, folder, &script.text) {
                found = Some((from, place.clone()));
            }
        }
    }
    match found {
        Some((From::Repository(path), place)) => deployment.env_file = Some((path, place)),
        Some((From::Outside, place)) => {
            let origin = format!("{} (.env)", place.path()).into();
            let reason = "a file that is not in the repository takes the place of .env";
            let more = Some(Reason::at(reason, place));
            deployment.layers.push(Layer { origin, variables: Vec::new(), more });
        }
        None => {}
    }
}

fn from(words: &[&str], into: bool, folder: &str, script: &str) -> Option<From> {
    let path = match words {
        ["cp" | "mv" | "install", .., path, target] if is_env(target) => path,
        ["ln", .., path, target] if is_env(target) => path,
        ["cat", path] if into => path,
        ["aws", .., target] if is_env(target) => return Some(From::Outside),
        // What `get-config` prints are the environment's own variables: they are known already.
        [_, ..] if into && !script.contains("get-config") => return Some(From::Outside),
        _ => return None,
    };
    let local = APP.iter().find_map(|app| path.strip_prefix(app));
    let path = if path.starts_with('/') { local } else { Some(*path) };
    Some(match path.and_then(|path| join(folder, path)) {
        Some(path) => From::Repository(path.into()),
        None => From::Outside,
    })
}

fn is_env(path: &str) -> bool {
    let local = APP.iter().find_map(|app| path.strip_prefix(app));
    matches!(local.unwrap_or(path), ".env" | "./.env")
}
