//! Which environments of a Rust app are judged, and the variables of each.

use std::path::Path;
use std::sync::Arc;

use super::app::App;
use super::deployed;
use crate::deploy::{Deployment, env_files};
use crate::discover::{self, Skipped};
use crate::facts::{
    Basis, Environment, Note, Place, Selection, Step, Trail, TrailStep, Variable, Variables, VariablesError,
};
use crate::parse::dotenvy::{self, Outer, Reader};
use crate::text::Source;

/// An environment and what its sources hold.
#[derive(Debug)]
pub struct Loaded {
    /// The environment.
    pub environment: Environment,
    /// The variables that the process has.
    pub variables: Variables,
    /// The deployments that it is described by; none for one that is an env file.
    pub deployments: Vec<Deployment>,
    /// What of an env file is not read by the crate that reads it.
    pub errors: Vec<VariablesError>,
}

/// The environments of an app that are judged.
///
/// # Errors
/// When a file that was asked for cannot be read, or no environment has a name that was asked for.
pub fn select(app: &App, selection: &Selection) -> Result<Vec<Loaded>, Skipped> {
    if !selection.files.is_empty() {
        return selection.files.iter().map(|path| asked_file(app, path, selection)).collect();
    }
    if selection.no_env_file {
        return Ok(vec![load(app, "no env file", Basis::Asked, None, selection)]);
    }
    let (judged, others) = discover_all(app, selection);
    if selection.names.is_empty() {
        return Ok(judged);
    }
    let mut all: Vec<Loaded> = judged.into_iter().chain(others).collect();
    let mut chosen = Vec::new();
    for name in &selection.names {
        let Some(index) = all.iter().position(|loaded| loaded.environment.name.as_ref() == name) else {
            let known: Vec<&str> = all.iter().map(|loaded| loaded.environment.name.as_ref()).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            let reason = format!("no environment is named `{name}`; there is: {known}");
            return Err(Skipped { path: app.shown(), reason });
        };
        let mut loaded = all.remove(index);
        loaded.environment.basis = Basis::Asked;
        chosen.push(loaded);
    }
    Ok(chosen)
}

/// What is judged, and what only when it is named.
fn discover_all(app: &App, selection: &Selection) -> (Vec<Loaded>, Vec<Loaded>) {
    let (mut judged, mut others) =
        if selection.here { (Vec::new(), Vec::new()) } else { deployed::environments(app, selection) };
    let mut own = None;
    let mut example = None;
    for (name, path) in env_file_names(app) {
        let Some(source) = read(app, &path) else { continue };
        if judged.iter().any(|loaded: &Loaded| loaded.environment.sources.contains(source.path())) {
            continue;
        }
        let suffix = name.trim_start_matches(".env").trim_matches('.');
        let parts = || suffix.split(['.', '-', '_']).filter(|part| !part.is_empty());
        if suffix.is_empty() {
            own = own.or(Some(source));
        } else if env_files::EXAMPLES.contains(&name.as_str()) {
            example = example.or(Some(source));
        } else if parts().any(env_files::is_never) {
        } else if parts().any(env_files::is_production_like) {
            judged.push(load(app, suffix, Basis::Production, Some(source), selection));
        } else {
            others.push(load(app, suffix, Basis::AsIfDeployed, Some(source), selection));
        }
    }
    // Rust has no variable that tells a developer's file from another.
    if let Some(source) = own {
        let loaded = load(app, ".env", Basis::AsIfDeployed, Some(source), selection);
        if judged.is_empty() { judged.push(loaded) } else { others.push(loaded) }
    }
    if judged.is_empty()
        && let Some(source) = example
    {
        judged.push(load(app, "as documented", Basis::AsDocumented, Some(source), selection));
    }
    if judged.is_empty() {
        judged.push(load(app, "code", Basis::Code, None, selection));
    }
    (judged, others)
}

/// The env files that the app may read: those beside its manifest, and those at the root of its workspace and of the
/// repository, where it is started. Without a crate that reads them they are read by what starts the app, if at all.
fn env_file_names(app: &App) -> Vec<(String, String)> {
    let package = app.package();
    let mut folders = vec![package.folder.as_str(), package.workspace.as_str(), ""];
    folders.dedup();
    let reads = reader(app).is_some();
    let mut found: Vec<(String, String)> = Vec::new();
    for folder in folders {
        for name in app.workspace.repository.tree().names(folder) {
            let is_one = name.starts_with(".env") || env_files::EXAMPLES.contains(&name.as_str());
            let is_plain = name == ".env" || env_files::EXAMPLES.contains(&name.as_str());
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            if is_one && (reads || !is_plain) && !found.iter().any(|(_, known)| *known == path) {
                found.push((name, path));
            }
        }
    }
    found
}

/// The crate that reads the app's env file.
fn reader(app: &App) -> Option<Reader> {
    let has = |name: &str| app.server.dependencies_on(name).next().is_some();
    if has("dotenvy") || has("dotenvy_macro") {
        return Some(Reader::Dotenvy);
    }
    has("dotenv").then_some(Reader::Dotenv)
}

fn read(app: &App, path: &str) -> Option<Arc<Source>> {
    app.workspace.repository.tree().read(path).unwrap_or_else(|failure| {
        app.skip(failure);
        None
    })
}

fn asked_file(app: &App, path: &Path, selection: &Selection) -> Result<Loaded, Skipped> {
    let shown = discover::show(path);
    let source = discover::read_source(path, &shown)?;
    Ok(load(app, &shown, Basis::Asked, Some(source), selection))
}

/// The variables of an environment: the process over the file.
fn load(app: &App, name: &str, basis: Basis, source: Option<Arc<Source>>, selection: &Selection) -> Loaded {
    let mut sources: Vec<Arc<str>> = Vec::new();
    if !selection.process.is_empty() {
        sources.push(Arc::clone(&selection.process_origin));
    }
    let environment = Environment { name: name.into(), basis, sources, ..Environment::default() };
    let variables = selection.process_variables();
    let mut loaded = Loaded { environment, variables, deployments: Vec::new(), errors: Vec::new() };
    if let Some(source) = source {
        take_file(&mut loaded, &source, reader(app).unwrap_or_default());
    }
    loaded
}

/// Adds what a file sets, below what is there already.
pub fn take_file(loaded: &mut Loaded, source: &Arc<Source>, reader: Reader) {
    loaded.environment.sources.push(Arc::clone(source.path()));
    let variables = &mut loaded.variables;
    let outer = |name: &str| match variables.get(name) {
        None => Outer::Unset,
        Some(Variable { value: Some(value), .. }) => Outer::Value(Arc::clone(value)),
        Some(_) => Outer::Unknown,
    };
    let file = dotenvy::load(source.text(), reader, &outer);
    if let Some(error) = &file.error {
        let place = Place::new(source, error.span);
        loaded.errors.push(VariablesError { message: error.message.to_owned(), place });
    }
    for found in file.variables {
        let place = Place::new(source, found.entry.span);
        let note = Note::Variable(Arc::clone(&found.entry.name));
        let set = TrailStep { step: Step::Set, place: Some(place.clone()), note };
        if found.outer_wins {
            if let Some(strong) = variables.get_mut(&found.entry.name) {
                let own = strong.trail.last().map(|step| TrailStep { step: Step::Override, ..step.clone() });
                let before = Trail::start(set);
                strong.trail = own.map_or_else(|| before.clone(), |own| before.then(own));
            }
            continue;
        }
        let trails: Vec<Trail> =
            found.uses.iter().filter_map(|name| Some(variables.get(name)?.trail.clone())).collect();
        let trail = Trail::join(&trails, set);
        // A stronger source that is not seen may set it otherwise.
        let unknown = variables.more.clone();
        let value = found.value.filter(|_| unknown.is_none());
        variables.insert(found.entry.name, Variable { value, unknown, trail, place: Some(place) });
    }
}
