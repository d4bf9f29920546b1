//! What the bridge of a platform changes while the app starts there.

use crate::facts::{Concern, Locality, Reason, State};
use crate::laravel::app::App;
use crate::laravel::environments::LoadedEnvironment;

/// Puts states where the platform's bridge puts them.
pub fn rewrite(app: &App, loaded: &LoadedEnvironment, states: &mut [State]) {
    match loaded.environment.deployed_by {
        // brefphp/laravel-bridge src/BrefServiceProvider.php: `file` sessions become cookies, a `stack` log goes to stderr.
        Some("bref") if app.composer.has("bref/laravel-bridge") => {
            for state in states {
                let moved = match state.concern {
                    Concern::Session if &*state.store == "file" => Some(("cookie", Locality::Client)),
                    Concern::Log if state.store.contains("stack") => {
                        Some(("channel stderr", Locality::Shared))
                    }
                    _ => None,
                };
                if let Some((store, locality)) = moved {
                    state.store = store.into();
                    state.locality = locality;
                    state.detail = Some("rewritten by bref/laravel-bridge".into());
                }
            }
        }
        // platformsh/laravel-bridge README: a redis relationship sets the drivers of cache and session.
        Some("platform.sh") if app.composer.has("platformsh/laravel-bridge") => {
            for state in states {
                if matches!(state.concern, Concern::Session | Concern::Cache) && state.locality.is_local() {
                    state.locality = Locality::Unknown;
                    state.unknown = Some(Reason::new(
                        "platformsh/laravel-bridge sets it from the relationships of the environment",
                    ));
                }
            }
        }
        _ => {}
    }
}
