use std::sync::Arc;

use crate::eval::Value;
use crate::facts::{Concern, Note, Place, State, Step, TrailStep};
use crate::laravel::app::App;
use crate::laravel::environments::LoadedEnvironment;
use crate::laravel::load::Configuration;
use crate::laravel::source::{FileRole, Found};
use crate::laravel::state::{Lives, Resolver};

/// The code of an app in one environment, with everything that decides what a call means there.
pub struct Code<'a> {
    /// The app.
    pub app: &'a App,
    /// Its configuration in the environment.
    pub configuration: &'a Configuration,
    /// The environment.
    pub loaded: &'a LoadedEnvironment,
    /// Where its state lives.
    pub states: &'a [State],
    /// The calls that mean something, in the order of files and places.
    pub found: &'a [Found],
}

impl<'a> Code<'a> {
    /// The calls of some ids that replicas run: not those of tests, seeders, factories, migrations and config files.
    pub fn of(&self, ids: &'a [&'static str]) -> impl Iterator<Item = &'a Found> {
        self.found.iter().filter(move |found| ids.contains(&found.id) && runs_on_replicas(found))
    }

    /// A resolver over the settings in effect.
    #[must_use]
    pub fn resolver(&self) -> Resolver<'a> {
        Resolver::new(self.app, self.configuration)
    }

    /// The value of a setting; `null` when it is absent.
    #[must_use]
    pub fn setting(&self, key: &str) -> Value {
        self.resolver().get(key)
    }

    /// Where a cache store lives; `None`: the default one.
    #[must_use]
    pub fn store(&self, name: Option<&str>) -> Lives {
        let mut resolver = self.resolver();
        match name {
            Some(name) => resolver
                .store(&Arc::from(name))
                .after(resolver_steps(&resolver, &format!("cache.stores.{name}.driver"))),
            None => {
                let default = resolver.get("cache.default");
                let steps = resolver.trail("cache.default");
                resolver.store_named(&default).after(steps)
            }
        }
    }

    /// The state of a concern.
    #[must_use]
    pub fn state(&self, concern: Concern) -> Option<&'a State> {
        self.states.iter().find(|state| state.concern == concern)
    }
}

fn resolver_steps(resolver: &Resolver<'_>, key: &str) -> Vec<TrailStep> {
    resolver.trail(key)
}

/// Whether replicas run a call while they serve, work or run scheduled tasks.
#[must_use]
pub fn runs_on_replicas(found: &Found) -> bool {
    !matches!(
        found.context.role,
        FileRole::Test | FileRole::Seeder | FileRole::Factory | FileRole::Migration | FileRole::Config
    )
}

/// The step that shows a call.
#[must_use]
pub fn call_step(place: &Place, words: impl Into<Arc<str>>) -> TrailStep {
    TrailStep { step: Step::Built, place: Some(place.clone()), note: Note::Text(words.into()) }
}
