//! The config files of a Rust app to settings, and what those mean for the place of its state.

mod discover;
mod document;
mod flatten;
mod formats;
mod layers;
mod meaning;
mod overrides;
mod stage;
mod tera;
#[cfg(test)]
mod tests;
mod url;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::discover::{Skipped, Tree};
use crate::facts::{Confidence, Place, Reason, TrailStep, Variables};

pub use meaning::{Fact, Meaning, meanings, of_variables};
pub use url::{Located, of_url};

/// Which reader of config files a setting belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `Rocket.toml` and `ROCKET_*`.
    Rocket,
    /// `config/{environment}.yaml` of loco.
    Loco,
    /// `config/{name}.toml` of cot.
    Cot,
    /// The layouts of the crate `config`.
    Config,
    /// figment, outside of Rocket.
    Figment,
    /// The appenders of log4rs.
    Log4rs,
    /// The `[application]` part of actix-settings.
    ActixSettings,
}

impl Format {
    /// The crate that reads it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rocket => "rocket",
            Self::Loco => "loco",
            Self::Cot => "cot",
            Self::Config => "config",
            Self::Figment => "figment",
            Self::Log4rs => "log4rs",
            Self::ActixSettings => "actix-settings",
        }
    }
}

/// One leaf of an app's config files.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The key, its profile left out: `databases.main.url`. A dot inside a part is written `\.`.
    pub key: Arc<str>,
    /// The value as text; `None` for null and for what is not known.
    pub value: Option<Arc<str>>,
    /// Why the value is not known.
    pub unknown: Option<Reason>,
    /// Where it is written; a variable of the process may have no place.
    pub place: Option<Place>,
    /// The profile or environment it is written for; `None`: for all of them.
    pub profile: Option<Arc<str>>,
    /// The reader.
    pub format: Format,
    /// How sure it is that this is what runs.
    pub confidence: Confidence,
    /// How it came about, causes before effects.
    pub trail: Vec<TrailStep>,
}

/// The settings of one profile.
#[derive(Debug, Clone)]
pub struct Configured {
    /// The profile or environment: `release`, `production`; `default` where the files know none.
    pub profile: Arc<str>,
    /// The settings, layer over layer.
    pub settings: Vec<Setting>,
    /// The files they come from, the strongest first.
    pub files: Vec<Arc<str>>,
    /// What was not read.
    pub skipped: Vec<Skipped>,
}

/// What is to be read.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The repository.
    pub tree: &'a Tree,
    /// The package's folder in it; empty for the tree itself.
    pub folder: &'a str,
    /// The package's name.
    pub package: &'a str,
    /// The packages it depends on, by name.
    pub crates: &'a BTreeSet<String>,
    /// The variables of the process.
    pub variables: &'a Variables,
    /// Prefixes of variables that the code gives to `config` or figment: `SVIX`.
    pub prefixes: &'a [Arc<str>],
}

impl Request<'_> {
    pub(self) fn depends_on(&self, name: &str) -> bool {
        self.crates.contains(name)
    }

    /// The text of a variable that is known.
    pub(self) fn text(&self, name: &str) -> Option<Arc<str>> {
        self.variables.get(name)?.value.clone().filter(|value| !value.is_empty())
    }
}

impl Configured {
    /// The setting of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Setting> {
        self.settings.iter().find(|setting| &*setting.key == key)
    }
}

/// Reads the config files of a package: one answer for each profile that may be deployed. Files for developers and
/// tests count only where there are no others.
#[must_use]
pub fn read(request: &Request<'_>) -> Vec<Configured> {
    let mut skipped = Vec::new();
    let found = formats::all(request, &mut skipped);
    let mut profiles: Vec<Arc<str>> = Vec::new();
    for name in found.iter().filter_map(|found| found.profile.as_ref()) {
        if !profiles.contains(name) {
            profiles.push(Arc::clone(name));
        }
    }
    if profiles.is_empty() && (!found.is_empty() || !skipped.is_empty()) {
        profiles.push("default".into());
    }
    let configured = |profile: Arc<str>| {
        let own = |found: &&formats::Found| found.profile.as_ref().is_none_or(|name| *name == profile);
        let mut settings = Vec::new();
        let mut files: Vec<Arc<str>> = Vec::new();
        for found in found.iter().filter(own) {
            settings.extend(found.settings.iter().cloned());
            files.extend(found.files.iter().cloned());
        }
        Configured { profile, settings, files, skipped: skipped.clone() }
    };
    profiles.into_iter().map(configured).collect()
}
