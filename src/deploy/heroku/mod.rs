//! Heroku: `app.json` and `Procfile`.
//!
//! devcenter.heroku.com/articles/app-json-schema, procfile, release-phase, dynos: each process type runs on dynos of its
//! own; `release` runs once for each release on a dyno of its own. The disk of a dyno is its own and is emptied when it
//! restarts, at least once a day, so no volume is ever mounted. Config vars are set by `heroku config:set`; `env` of
//! `app.json` is what a new app is made with.

mod app_json;
mod procfile;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::reading::{MAX_PARTS, Stage, file_name, role_of, within};
use super::{Command, Deployment, Files, Role, When, folder};
use crate::facts::Confidence;
use app_json::AppJson;

const SOURCE: &str = "heroku";

/// The process types of each folder with a `Procfile` or an `app.json` of Heroku's.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let own = |path: &&String| matches!(file_name(path), "Procfile" | "app.json");
    let folders: BTreeSet<&str> = files.paths().iter().filter(own).map(|path| folder(path)).collect();
    let deployed = folders.into_iter().filter(|folder| within(folder) != Some(Stage::Developers));
    deployed.take(MAX_PARTS).flat_map(|folder| read_one(files, folder)).collect()
}

fn read_one(files: &Files<'_>, folder: &str) -> Vec<Deployment> {
    let path = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let app = AppJson::open(files, &path("app.json"));
    let mut found = procfile::read(files, &path("Procfile"));
    let is_release = |process: &Deployment| &*process.service == "release";
    let release: Vec<_> =
        found.iter().filter(|process| is_release(process)).flat_map(once_a_release).collect();
    found.retain(|process| !is_release(process));
    if found.is_empty() {
        // Without a process type in a Procfile the buildpack starts a web server.
        found.extend(app.as_ref().map(AppJson::deployment));
    }
    for process in &mut found {
        process.runs.folder = Some(folder.into());
        // Other platforms read a Procfile too, and `app.json` is what a new app is made with.
        process.confidence = Confidence::Medium;
        if &*process.service == "web" {
            process.runs.role = Role::Web;
            process.balanced = Some(process.place.clone());
            process.commands.extend(release.iter().cloned());
        } else {
            process.runs.role = role_of(&process.commands).unwrap_or_default();
        }
        match &app {
            Some(app) => app.put_into(process),
            None => process.layers.push(app_json::config_vars()),
        }
    }
    found
}

fn once_a_release(process: &Deployment) -> impl Iterator<Item = Command> {
    process.commands.iter().cloned().map(|command| Command { when: When::Release, ..command })
}
