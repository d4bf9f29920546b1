//! Configuration that was cached while the image was built: what is set where it runs does nothing.

use super::commands::artisan;
use crate::deploy::{Command, Deployment, Given, Layer, When};
use crate::facts::Place;

/// The command of the build that caches the configuration, unless the start does it again or takes it away.
pub fn at(deployment: &Deployment) -> Option<&Command> {
    // Platforms that build from the code give its build the variables too; only an image is built without them.
    // Vapor's image is no such one: each function caches the configuration again when it starts (laravel/vapor-core,
    // stubs/fpmRuntime.php, cliRuntime.php and octaneRuntime.php).
    if deployment.runs.dockerfile.is_none() || deployment.source == "vapor" {
        return None;
    }
    let caches =
        |command: &&Command| artisan(command).is_some_and(|name| matches!(name, "config:cache" | "optimize"));
    let again = |command: &Command| {
        artisan(command).is_some_and(|name| {
            matches!(name, "config:cache" | "optimize" | "config:clear" | "optimize:clear")
        })
    };
    let at_start = |command: &&Command| matches!(command.when, When::Start);
    let at_build = |command: &&Command| command.when == When::Build;
    if deployment.commands.iter().filter(at_start).any(again) {
        return None;
    }
    // A start script that could not be followed may cache it again.
    let is_script = |command: &&Command| {
        let program = command.words.first().and_then(Option::as_deref).unwrap_or_default();
        program.ends_with(".sh") || program.contains("entrypoint") || program.starts_with("/start")
    };
    let followed =
        deployment.commands.iter().filter(at_start).any(|command| !is_of_image(deployment, &command.place));
    if !followed && deployment.commands.iter().filter(at_start).any(|command| is_script(&command)) {
        return None;
    }
    // The last word of the build counts: it may clear what it cached.
    let last = deployment.commands.iter().filter(at_build).rfind(|command| again(command));
    last.filter(caches)
}

/// What of a layer was there when the configuration was cached.
pub fn built_in(deployment: &Deployment, cached: &Command, layer: &Layer) -> Layer {
    let variables = layer.variables.iter().filter(|given| is_built_in(deployment, cached, given)).cloned();
    Layer { origin: layer.origin.clone(), variables: variables.collect(), more: None }
}

/// Whether a variable was there when the configuration was cached: the image sets it, on a line before.
pub fn is_built_in(deployment: &Deployment, cached: &Command, given: &Given) -> bool {
    let is_later =
        given.place.path() == cached.place.path() && given.place.start().line > cached.place.start().line;
    is_of_image(deployment, &given.place) && !is_later
}

/// Whether a place is in the Dockerfile. That is known from the root of the repository, a place is shown from where the
/// program runs.
fn is_of_image(deployment: &Deployment, place: &Place) -> bool {
    let Some(dockerfile) = deployment.runs.dockerfile.as_deref() else { return false };
    let path = place.path().trim_start_matches("../");
    let ends = |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.ends_with('/'));
    path == dockerfile || ends(path, dockerfile) || ends(dockerfile, path)
}
