//! AWS Elastic Beanstalk: `.ebextensions`, `.platform`, saved configurations and `env.yaml`.
//!
//! Facts are from the AWS Elastic Beanstalk developer guide (awsdocs/aws-elastic-beanstalk-developer-guide, commit
//! 5d7c96f); its pages are named where they decide. Options win in the order of page "Configuration options",
//! section "Precedence": settings made directly, saved configurations, `.ebextensions` (by name, a later file over an
//! earlier one), defaults. What is set directly in the console or by `eb setenv` is in no repository.

mod capacity;
mod crontabs;
mod efs;
mod env_file;
mod environments;
mod options;
mod resources;
mod script;
mod scripts;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::reading::{self, Collected, at};
use super::{Deployment, Files, Given, Layer, Problem, Role, Value, join};
use crate::facts::{Confidence, Place, Reason};
use crate::parse::node::Node;
use crate::text::{Source, Span};
use environments::Environment;
use options::Setting;

/// What describes these deployments.
const SOURCE: &str = "elastic beanstalk";
/// The namespace of the app's variables (page "General options for all environments").
const VARIABLES: &str = "aws:elasticbeanstalk:application:environment";
/// The one whose values are references to secrets and parameters (the same page, since 2025).
const SECRETS: &str = "aws:elasticbeanstalk:application:environmentsecrets";

/// A file of settings.
#[derive(Debug)]
struct Config {
    source: Arc<Source>,
    document: Node,
    settings: Vec<Setting>,
}

/// The deployments to Elastic Beanstalk.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    folders(files).iter().flat_map(|folder| of_folder(files, folder)).collect()
}

/// The folders that are sent to Elastic Beanstalk.
fn folders(files: &Files<'_>) -> BTreeSet<String> {
    let folder_of = |path: &String| {
        let inner = [".ebextensions/", ".platform/hooks/", ".platform/confighooks/", ".elasticbeanstalk/"];
        let inner = inner.iter().filter_map(|name| {
            let at = path.find(name)?;
            (at == 0 || path.as_bytes().get(at - 1) == Some(&b'/')).then_some(at)
        });
        if let Some(at) = inner.min() {
            return path.get(..at).map(|folder| folder.trim_end_matches('/').to_owned());
        }
        let folder = path.strip_suffix("env.yaml").filter(|rest| rest.is_empty() || rest.ends_with('/'))?;
        // Other tools have files of this name too; the first of its keys is required.
        let source = files.read(path)?;
        let is_manifest = source.text().contains("AWSConfigurationTemplateVersion");
        is_manifest.then(|| folder.trim_end_matches('/').to_owned())
    };
    files.paths().iter().filter_map(folder_of).collect()
}

fn of_folder(files: &Files<'_>, folder: &str) -> Vec<Deployment> {
    let mut problems = Vec::new();
    let extensions = extensions(files, folder, &mut problems);
    let scripts = scripts::of(files, folder, &extensions);
    let environments = environments::of(files, folder, extensions.first());
    let build = |environment: Environment| {
        let mut deployment = deployment(folder, environment, &extensions, &scripts)?;
        deployment.problems.extend(problems.iter().cloned());
        Some(deployment)
    };
    environments.into_iter().filter_map(build).collect()
}

/// The files of `.ebextensions` in the order they are read. Page "Advanced environment customization with
/// configuration files": they lie in this folder itself and end in `.config`; a key that is given twice loses one of
/// its sections.
fn extensions(files: &Files<'_>, folder: &str, problems: &mut Vec<Problem>) -> Vec<Config> {
    let Some(inner) = join(folder, ".ebextensions") else { return Vec::new() };
    let mut found = Vec::new();
    for path in files.paths() {
        let name = path.strip_prefix(inner.as_str()).and_then(|rest| rest.strip_prefix('/'));
        if !name.is_some_and(|name| name.ends_with(".config") && !name.contains('/')) {
            continue;
        }
        let Some(source) = files.read(path) else { continue };
        let read = reading::yaml(files, &source);
        if let Some(span) = read.duplicate {
            let message = "a key is given twice: Elastic Beanstalk drops one of its sections";
            problems.push(Problem { message: message.into(), place: Place::new(&source, span) });
        }
        if let Some(document) = read.documents.into_iter().next() {
            let settings = options::of(&source, document.get("option_settings"));
            found.push(Config { source, document, settings });
        }
    }
    found
}

/// One environment: what is told of it, over what the code brings along.
fn deployment(
    folder: &str,
    environment: Environment,
    extensions: &[Config],
    scripts: &scripts::Scripts,
) -> Option<Deployment> {
    // The strongest first.
    let configs: Vec<&Config> = environment.configs.iter().chain(extensions.iter().rev()).collect();
    let place = configs.first().map(|config| Place::new(&config.source, Span::default()));
    let place = environment.place.clone().or(place).or_else(|| scripts.place())?;
    let mut deployment = Deployment::new(SOURCE, &environment.name, &environment.service, place);
    deployment.runs.folder = Some(folder.into());
    deployment.runs.role = if environment.worker { Role::Worker } else { Role::Web };
    for config in configs.iter().copied() {
        add_file(&mut deployment, &config.source);
        deployment.layers.extend(layer(config));
        deployment.problems.extend(config.settings.iter().filter_map(|setting| setting.problem.clone()));
    }
    let settings: Vec<&Setting> = configs.iter().flat_map(|config| config.settings.iter().rev()).collect();
    capacity::apply(&mut deployment, &settings, environment.worker);
    for config in extensions {
        resources::apply(&mut deployment, config);
    }
    scripts.apply(&mut deployment, folder, &settings);
    // The defaults of the API; the console's presets and `eb create --single` differ.
    if deployment.replicas.place.is_none() && !settings.iter().any(|setting| capacity::is_told_by(setting)) {
        deployment.confidence = Confidence::Medium;
    }
    Some(deployment)
}

fn add_file(deployment: &mut Deployment, source: &Source) {
    if !deployment.files.contains(source.path()) {
        deployment.files.push(Arc::clone(source.path()));
    }
}

/// The variables of a file, each name once: the last one counts.
fn layer(config: &Config) -> Option<Layer> {
    let mut variables = Collected::default();
    let mut more = None;
    for setting in &config.settings {
        let value = match &*setting.namespace {
            VARIABLES => setting.value.clone(),
            SECRETS => {
                let reason = "its value is kept in a secret store";
                Value::Unknown(Reason::at(reason, setting.place.clone()))
            }
            // Page "Adding a database to your environment": RDS_HOSTNAME and others are set by the platform.
            "aws:rds:dbinstance" => {
                let reason = "the database of the environment sets variables of its own";
                more.get_or_insert_with(|| Reason::at(reason, setting.place.clone()));
                continue;
            }
            _ => continue,
        };
        let (name, place) = (Arc::clone(&setting.name), setting.place.clone());
        variables.put(Given { name, value, place, before: Vec::new() });
    }
    let variables = variables.into_list();
    let origin = Arc::clone(config.source.path());
    (!variables.is_empty() || more.is_some()).then_some(Layer { origin, variables, more })
}

/// A problem at a node.
fn problem(source: &Arc<Source>, node: &Node, message: &str) -> Problem {
    Problem { message: message.into(), place: at(source, node) }
}
