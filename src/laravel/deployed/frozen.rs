//! Configuration that was cached while the image was built: what is set where it runs does nothing.

use super::commands::artisan;
use crate::deploy::{Command, Deployment, Layer, When};

/// The command of the build that caches the configuration, unless the start does it again or takes it away.
pub fn at(deployment: &Deployment) -> Option<&Command> {
    let caches =
        |command: &&Command| artisan(command).is_some_and(|name| matches!(name, "config:cache" | "optimize"));
    let again = |command: &Command| {
        artisan(command).is_some_and(|name| {
            matches!(name, "config:cache" | "optimize" | "config:clear" | "optimize:clear" | "cache:clear")
                && name != "cache:clear"
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
    let followed = deployment.commands.iter().filter(at_start).any(|command| {
        deployment.runs.dockerfile.as_deref().is_none_or(|file| !command.place.path().ends_with(file))
    });
    if !followed && deployment.commands.iter().filter(at_start).any(|command| is_script(&command)) {
        return None;
    }
    // The last word of the build counts: it may clear what it cached.
    let last = deployment.commands.iter().filter(at_build).rfind(|command| again(command));
    last.filter(caches)
}

/// Whether a layer is there while the image is built.
pub fn is_built_in(deployment: &Deployment, layer: &Layer) -> bool {
    let Some(dockerfile) = deployment.runs.dockerfile.as_deref() else { return false };
    let of_image = |path: &str| path == dockerfile || path.ends_with(&format!("/{dockerfile}"));
    layer.variables.iter().any(|given| of_image(given.place.path())) || of_image(&layer.origin)
}
