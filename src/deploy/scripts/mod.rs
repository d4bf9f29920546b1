//! Scripts that deploy to servers: Laravel Envoy's `Envoy.blade.php`, and shell scripts that pull the code where it runs,
//! as Laravel Forge's deploy script does.
//!
//! laravel.com/docs/envoy, forge.laravel.com/docs/sites/deployments: the variables are in a file on the servers; the disk
//! of a server stays. Which servers there are is told by `@servers` alone.

mod envoy;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::reading::{MAX_PARTS, Stage, file_name, script, within};
use super::{Deployment, Files, Layer, Role, When, folder};
use crate::facts::{Confidence, Place, Reason};
use crate::text::{Source, Span};

const SOURCE: &str = "deploy script";

/// What scripts deploy.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let mut found = envoy::read(files);
    let scripts = files.paths().iter().filter(|path| is_script(file_name(path)));
    let scripts = scripts.map(String::as_str).chain([".forge-deploy"]).take(MAX_PARTS);
    found.extend(scripts.filter_map(|path| shell(files, path)));
    found
}

fn is_script(name: &str) -> bool {
    name.strip_suffix(".sh").is_some_and(|stem| stem.split(['-', '_', '.']).any(|part| part == "deploy"))
}

/// A script that updates the code in place: it pulls, and then runs commands of the app.
fn shell(files: &Files<'_>, path: &str) -> Option<Deployment> {
    let environment = environment(path)?;
    let source = files.read(path)?;
    let text = source.text();
    let in_place =
        text.contains("git pull") || text.contains("git fetch") || text.contains("git reset --hard");
    if !in_place || !text.contains("artisan") {
        return None;
    }
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let commands = script(&source, text, Span::new(0, length), When::Release);
    let place = commands.iter().find(|command| command.words.iter().flatten().any(|word| &**word == "git"));
    let place = place.map(|command| command.place.clone())?;
    let mut deployment = on_servers(SOURCE, &environment, &source, place);
    deployment.runs.folder = Some(folder(path).into());
    deployment.commands = commands;
    Some(deployment)
}

/// The environment that a name speaks of; `None` for one of developers.
fn environment(name: &str) -> Option<Arc<str>> {
    match within(name) {
        Some(Stage::Deployed(name)) => Some(name),
        Some(Stage::Developers) => None,
        None => Some(SOURCE.into()),
    }
}

fn on_servers(source: &'static str, environment: &str, file: &Arc<Source>, place: Place) -> Deployment {
    let mut deployment = Deployment::new(source, environment, "app", place.clone());
    deployment.confidence = Confidence::Low;
    deployment.runs.role = Role::Web;
    deployment.layers.push(Layer {
        origin: format!("the servers of {}", file.path()).into(),
        variables: Vec::new(),
        more: Some(Reason::at("the variables are on the servers, not in the repository", place)),
    });
    deployment
}
