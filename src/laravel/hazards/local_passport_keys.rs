//! `local-passport-keys`: the keys that sign Passport's tokens, in files of each server.

use std::sync::Arc;

use super::code::{Code, call_step};
use crate::deploy::{Command, When};
use crate::eval::Kind;
use crate::facts::{Confidence, Observation, Place, Severity};
use crate::laravel::deployed::artisan;
use crate::laravel::env_value;
use crate::laravel::partial::is_partial;

const IDS: &[&str] = &["passport-used", "passport-keys"];

/// Keys that no variable gives (laravel/passport config/passport.php, src/PassportServiceProvider.php `makeCryptKey`).
pub fn look(code: &Code<'_>) -> Vec<Observation> {
    observation(code).into_iter().collect()
}

fn observation(code: &Code<'_>) -> Option<Observation> {
    // Keys are secrets: they are among what a file of the repository leaves out.
    if !code.app.composer.has("laravel/passport") || is_given(code) || is_partial(code.loaded) {
        return None;
    }
    let uses: Vec<_> = code.of(IDS).collect();
    let first = uses.iter().find(|found| found.id == "passport-used").or_else(|| uses.first())?;
    // A folder that the code names is mostly one that something mounts.
    if uses.iter().any(|found| found.id == "passport-keys") {
        return None;
    }
    let mounted = code.loaded.deployments.iter().flat_map(|one| &one.mounts).any(|mount| {
        let path = mount.path.trim_end_matches('/');
        path.ends_with("/storage") || path.contains("oauth-") || path.contains("passport")
    });
    let in_repository = code.app.tree.is_file("storage/oauth-private.key");
    if mounted || in_repository {
        return None;
    }
    let made = code.loaded.deployments.iter().flat_map(|one| &one.commands).find(|command| makes(command));
    let (how, severity, sure, place) = match made {
        Some(command) if command.when == When::Build => {
            ("made anew with each image", Severity::Warning, Confidence::High, command.place.clone())
        }
        Some(command) => {
            ("made anew by each replica", Severity::Error, Confidence::High, command.place.clone())
        }
        None => ("kept in files of each server", Severity::Warning, Confidence::Low, first.place.clone()),
    };
    let words = vec![("how", Arc::from(how))];
    let mut trail = vec![call_step(&first.place, "Passport's tokens are used here")];
    trail.extend(made.map(|command| step_of(&command.place)));
    let found = Observation::new("local-passport-keys", words, Some(place)).led_to_by(trail);
    Some(code.weighed(found, severity, sure))
}

fn step_of(place: &Place) -> crate::facts::TrailStep {
    call_step(place, "the keys are generated here")
}

fn makes(command: &Command) -> bool {
    matches!(artisan(command), Some("passport:keys" | "passport:install"))
        && matches!(command.when, When::Build | When::Start)
}

/// Whether a setting or a variable gives the private key, or may.
fn is_given(code: &Code<'_>) -> bool {
    let is_empty = |kind: &Kind| match kind {
        Kind::Null | Kind::Bool(false) => true,
        Kind::Str(text) => text.is_empty(),
        _ => false,
    };
    if code.resolver().has("passport.private_key") {
        return !is_empty(&code.setting("passport.private_key").kind);
    }
    let variable = env_value::value_of(code.app, &code.loaded.variables, "PASSPORT_PRIVATE_KEY");
    variable.is_some_and(|value| !is_empty(&value.kind))
}
