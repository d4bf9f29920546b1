//! Which environments a folder is deployed to: saved configurations, `env.yaml`, the EB CLI's `config.yml`.

use std::sync::Arc;

use super::{Config, SOURCE, options};
use crate::deploy::reading::{self, Stage, at, within};
use crate::deploy::{Files, join};
use crate::facts::Place;
use crate::parse::node::Node;
use crate::text::{Source, Span};

/// Saved configurations that are read.
const MAX_SAVED: usize = 50;

/// An environment.
#[derive(Debug)]
pub(super) struct Environment {
    /// The name it is judged by: `production`.
    pub name: Arc<str>,
    /// Its own name: `shop-prod`.
    pub service: Arc<str>,
    /// Where it is described.
    pub place: Option<Place>,
    /// Its own settings, the strongest first.
    pub configs: Vec<Config>,
    /// Whether it is of the worker tier.
    pub worker: bool,
}

/// The environments of a folder: one for each saved configuration that is no developer's; else the one that the code
/// itself describes.
pub(super) fn of(files: &Files<'_>, folder: &str, extensions: Option<&Config>) -> Vec<Environment> {
    let saved = saved(files, folder);
    let manifest = || join(folder, "env.yaml").and_then(|path| config(files, &path));
    let mut environments: Vec<Environment> = saved
        .into_iter()
        .filter_map(|(name, config)| {
            let environment = match within(&name) {
                Some(Stage::Developers) => return None,
                Some(Stage::Deployed(environment)) => environment,
                None => name.as_str().into(),
            };
            Some(environment_of(environment, name.as_str().into(), vec![config]))
        })
        .collect();
    if environments.is_empty() {
        environments.extend(described(files, folder, manifest(), extensions));
    }
    environments
}

fn environment_of(name: Arc<str>, service: Arc<str>, configs: Vec<Config>) -> Environment {
    let place = configs.first().map(|config| Place::new(&config.source, Span::default()));
    let worker = configs.iter().any(|config| is_worker(&config.document));
    Environment { name, service, place, configs, worker }
}

/// The environment that the code describes, when none is saved; `None` when it is a developer's.
fn described(
    files: &Files<'_>,
    folder: &str,
    manifest: Option<Config>,
    extensions: Option<&Config>,
) -> Option<Environment> {
    let own_name = manifest.as_ref().and_then(|manifest| {
        let name = manifest.document.get("EnvironmentName")?;
        // `front+`: the name of a group is appended when it is created.
        Some((name.as_str()?.trim_end_matches('+').to_owned(), at(&manifest.source, name)))
    });
    let (service, named_at) = own_name.or_else(|| default_environment(files, folder)).unzip();
    let service: Arc<str> = service.unwrap_or_else(|| SOURCE.to_owned()).into();
    let name = match within(&service) {
        Some(Stage::Deployed(name)) => name,
        // The settings are those of the code: only the place it is usually sent to is a developer's.
        Some(Stage::Developers) if manifest.is_some() => return None,
        _ => SOURCE.into(),
    };
    let extensions = extensions.map(|config| Place::new(&config.source, Span::default()));
    let mut environment = environment_of(name, service, manifest.into_iter().collect());
    environment.place = environment.place.or(extensions).or(named_at);
    Some(environment)
}

/// Page "Environment manifest": `EnvironmentTier` with the name `Worker`; without it, it is a web server.
fn is_worker(document: &Node) -> bool {
    let name = document.path(&["EnvironmentTier", "Name"]).and_then(Node::as_str);
    name.is_some_and(|name| name.eq_ignore_ascii_case("worker"))
}

/// Page "Using Elastic Beanstalk saved configurations": the EB CLI keeps them as NAME.cfg.yml.
fn saved(files: &Files<'_>, folder: &str) -> Vec<(String, Config)> {
    let Some(inner) = join(folder, ".elasticbeanstalk/saved_configs") else { return Vec::new() };
    let name_of = |path: &String| {
        let name = path.strip_prefix(inner.as_str())?.strip_prefix('/')?.strip_suffix(".cfg.yml")?;
        Some((name.to_owned(), config(files, path)?))
    };
    files.paths().iter().filter_map(name_of).take(MAX_SAVED).collect()
}

fn config(files: &Files<'_>, path: &str) -> Option<Config> {
    let source: Arc<Source> = files.read(path)?;
    let document = reading::yaml(files, &source).documents.into_iter().next()?;
    let is_template = document.get("AWSConfigurationTemplateVersion").is_some();
    let settings = options::of(&source, document.get("OptionSettings"));
    (is_template || !settings.is_empty()).then_some(Config { source, document, settings })
}

/// The environment that the EB CLI sends the main branch to, else the only one it knows.
fn default_environment(files: &Files<'_>, folder: &str) -> Option<(String, Place)> {
    let source = files.read(&join(folder, ".elasticbeanstalk/config.yml")?)?;
    let document = reading::yaml(files, &source).documents.into_iter().next()?;
    let branches = document.get("branch-defaults")?.entries();
    let environment = |branch: &str| {
        let (_, defaults) = branches.iter().find(|(name, _)| name.scalar_text() == Some(branch))?;
        defaults.get("environment")
    };
    let production = branches.iter().filter_map(|(_, defaults)| defaults.get("environment")).find(|name| {
        name.as_str().is_some_and(|name| within(name) == Some(Stage::Deployed("production".into())))
    });
    let found = production.or_else(|| environment("main")).or_else(|| environment("master"));
    let found = found.or_else(|| branches.first().and_then(|(_, defaults)| defaults.get("environment")))?;
    Some((found.as_str()?.to_owned(), at(&source, found)))
}
