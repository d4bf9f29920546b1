//! Which environments of an app are judged, and the variables of each.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::app::App;
use super::bootstrap::Layout;
use super::deployed;
use super::timeline;
use crate::deploy::{Deployment, env_files};
use crate::discover::{self, Skipped};
use crate::facts::{
    Basis, Environment, Note, Place, Selection, Step, Trail, TrailStep, Variable, Variables, VariablesError,
};
use crate::parse::dotenv::{self, Document, Setting};
use crate::text::Source;

/// An environment and what its sources hold.
#[derive(Debug)]
pub struct LoadedEnvironment {
    /// The environment.
    pub environment: Environment,
    /// What the framework would find.
    pub variables: Variables,
    /// Files of variables as they were parsed.
    pub files: Vec<EnvFile>,
    /// Why a file could not be used; then nothing of it is concluded.
    pub errors: Vec<VariablesError>,
    /// What is stronger than every file.
    pub strong: Variables,
    /// The deployments that it is described by; none for one that is an env file.
    pub deployments: Vec<Deployment>,
}

/// A parsed file of variables.
#[derive(Debug, Clone)]
pub struct EnvFile {
    /// Its text.
    pub source: Arc<Source>,
    /// Its entries.
    pub document: Document,
}

impl LoadedEnvironment {
    /// The same environment if its files, by their shown path, had another text.
    #[must_use]
    pub fn with_texts(self, app: &App, text: &dyn Fn(&str) -> Option<String>) -> Self {
        let Some(file) = self.files.first() else { return self };
        let path = Arc::clone(file.source.path());
        let Some(text) = text(&path) else { return self };
        let source = Arc::new(Source::new(&path, text));
        let strong = self.strong.clone();
        let mut changed = load_with(app, "", self.environment.basis, Some(source), strong, Vec::new());
        changed.environment = self.environment;
        changed.deployments = self.deployments;
        changed
    }
}

/// The environments of an app that are judged.
///
/// # Errors
/// When a file that was asked for cannot be read, or no environment has a name that was asked for.
pub fn select(app: &App, layout: &Layout, selection: &Selection) -> Result<Vec<LoadedEnvironment>, Skipped> {
    if !selection.files.is_empty() {
        return selection.files.iter().map(|path| asked_file(app, path, selection)).collect();
    }
    if selection.no_env_file {
        return Ok(vec![load(app, "no env file", Basis::Asked, None, selection)]);
    }
    let found = discover_all(app, layout, selection);
    if selection.names.is_empty() {
        return Ok(found.judged);
    }
    let mut all: Vec<LoadedEnvironment> = found.judged;
    all.extend(found.others);
    let mut chosen = Vec::new();
    for name in &selection.names {
        match all.iter().position(|loaded| loaded.environment.name.as_ref() == name) {
            Some(index) => {
                let mut loaded = all.remove(index);
                loaded.environment.basis = Basis::Asked;
                chosen.push(loaded);
            }
            None => {
                let known: Vec<&str> = all.iter().map(|loaded| loaded.environment.name.as_ref()).collect();
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                let reason = format!("no environment is named `{name}`; there is: {known}");
                return Err(Skipped { path: app.tree.shown_root().to_owned(), reason });
            }
        }
    }
    Ok(chosen)
}

struct Found {
    judged: Vec<LoadedEnvironment>,
    others: Vec<LoadedEnvironment>,
}

fn discover_all(app: &App, layout: &Layout, selection: &Selection) -> Found {
    let process_env =
        selection.process.iter().find(|(name, _)| name == "APP_ENV").map(|(_, value)| value.as_str());
    if let Some(name) = process_env
        && timeline::picks_file_by_app_env(app.version_or_newest())
        && let Some(file) = read(app, &layout.env_path(&format!("{}.{name}", layout.env_file)))
    {
        return Found {
            judged: vec![load(app, name, Basis::Production, Some(file), selection)],
            others: Vec::new(),
        };
    }
    let found = if selection.here {
        deployed::Deployed::default()
    } else {
        deployed::environments(app, layout, selection)
    };
    let (deployed, mut others) = (found.judged, found.others);
    // An env file that a deployment puts in place is judged with that deployment.
    let used: Vec<Arc<str>> =
        deployed.iter().flat_map(|one| &one.files).map(|file| Arc::clone(file.source.path())).collect();
    let is_deployed = deployed.iter().any(deployed::is_telling);
    let mut production = Vec::new();
    for name in app.tree.names(&layout.env_folder) {
        let Some(suffix) = name.strip_prefix(&layout.env_file).and_then(|rest| rest.strip_prefix('.')) else {
            continue;
        };
        if suffix.split('.').any(env_files::is_never) || suffix.is_empty() {
            continue;
        }
        let Some(file) = read(app, &layout.env_path(&name)) else { continue };
        if used.contains(file.path()) {
            continue;
        }
        let likely = env_files::is_production_like(suffix);
        let strong = Some(suffix).filter(|suffix| *suffix == "docker");
        let strong = strong.and_then(|_| deployed::over_template(&deployed, selection));
        let mut loaded = match strong {
            Some(strong) => load_with(app, suffix, Basis::Production, Some(file), strong, Vec::new()),
            None => load(app, suffix, Basis::Production, Some(file), selection),
        };
        if likely || app_env(&loaded).is_some_and(env_files::is_production_like) {
            production.push(loaded);
        } else {
            loaded.environment.basis = Basis::AsIfDeployed;
            others.push(loaded);
        }
    }
    let own = read(app, &layout.env_path(&layout.env_file))
        .map(|file| load(app, &layout.env_file, Basis::Production, Some(file), selection));
    match own {
        Some(mut own) if app_env(&own).is_some_and(env_files::is_developers) => {
            own.environment.basis = Basis::AsIfDeployed;
            if production.is_empty() && !is_deployed { production.push(own) } else { others.push(own) }
        }
        Some(own) if !own.files.iter().any(|file| used.contains(file.source.path())) => {
            production.insert(0, own);
        }
        Some(_) | None => {}
    }
    let silent = production.is_empty() && !is_deployed;
    if silent && !env_files::EXAMPLES.iter().any(|name| app.tree.is_file(&layout.env_path(name))) {
        let (kept, files) = others.into_iter().partition(|one| !one.deployments.is_empty());
        (others, production) = (kept, files);
    }
    if silent && production.is_empty() {
        let example = env_files::EXAMPLES.iter().find_map(|name| read(app, &layout.env_path(name)));
        match example {
            Some(file) => {
                production.push(load(app, "as documented", Basis::AsDocumented, Some(file), selection));
            }
            // What is deployed is not known; that it has no variables is not likely.
            None if !deployed.is_empty() => {}
            None => production.push(load(app, "defaults", Basis::Defaults, None, selection)),
        }
    }
    for one in deployed {
        production.push(told_apart(one, &production));
    }
    deployed::put_behind(&found.fronts, &mut production);
    Found { judged: production, others }
}

/// A deployed environment under a name that no env file has.
fn told_apart(mut deployed: LoadedEnvironment, others: &[LoadedEnvironment]) -> LoadedEnvironment {
    let environment = &mut deployed.environment;
    if others.iter().any(|other| other.environment.name == environment.name) {
        let source = environment.deployed_by.unwrap_or("deployed");
        environment.name = format!("{} ({source})", environment.name).into();
    }
    deployed
}

fn read(app: &App, path: &str) -> Option<Arc<Source>> {
    match app.tree.read(path) {
        Ok(source) => source,
        Err(failure) => {
            app.skip(failure);
            None
        }
    }
}

fn asked_file(app: &App, path: &Path, selection: &Selection) -> Result<LoadedEnvironment, Skipped> {
    let shown = discover::show(path);
    let source = discover::read_source(path, &shown)?;
    Ok(load(app, &shown, Basis::Asked, Some(source), selection))
}

/// Whether an env file says that it is no developer's.
pub(super) fn is_for_production(app: &App, file: &Arc<Source>) -> bool {
    let loaded = dotenv::read(file.text(), &app.dotenv_version()).load(&|_| None);
    let named = loaded.get("APP_ENV").map(|variable| &variable.setting);
    !matches!(named, Some(Setting::Value(name)) if env_files::is_developers(name))
}

/// `APP_ENV` as the environment has it.
fn app_env(loaded: &LoadedEnvironment) -> Option<&str> {
    loaded.variables.get("APP_ENV").and_then(|variable| variable.value.as_deref())
}

/// The variables of an environment: the process over the file.
fn load(
    app: &App,
    name: &str,
    basis: Basis,
    source: Option<Arc<Source>>,
    selection: &Selection,
) -> LoadedEnvironment {
    let mut sources: Vec<Arc<str>> = Vec::new();
    if !selection.process.is_empty() {
        sources.push(Arc::clone(&selection.process_origin));
    }
    load_with(app, name, basis, source, selection.process_variables(), sources)
}

/// The variables of an environment: what is stronger than every file, over the file.
pub(super) fn load_with(
    app: &App,
    name: &str,
    basis: Basis,
    source: Option<Arc<Source>>,
    strong: Variables,
    mut sources: Vec<Arc<str>>,
) -> LoadedEnvironment {
    let mut variables = strong.clone();
    let mut files = Vec::new();
    let mut errors = Vec::new();
    if let Some(source) = source {
        sources.push(Arc::clone(source.path()));
        let document = dotenv::read(source.text(), &app.dotenv_version());
        if let Some(error) = &document.error {
            errors.push(VariablesError {
                message: error.message.clone(),
                place: Place::new(&source, error.span),
            });
        }
        let file = EnvFile { source, document };
        take_file(&mut variables, &file);
        files.push(file);
    }
    let environment = Environment { name: name.into(), basis, sources, ..Environment::default() };
    LoadedEnvironment { environment, variables, files, errors, strong, deployments: Vec::new() }
}

fn take_file(variables: &mut Variables, file: &EnvFile) {
    let outer = |name: &str| {
        variables.get(name).and_then(|variable| variable.value.as_ref()).map(ToString::to_string)
    };
    let loaded = file.document.load(&outer);
    let entries = file.document.effective();
    // What a stronger source sets, to a value that is not known.
    let hidden: BTreeSet<Arc<str>> = variables
        .iter()
        .filter(|(_, variable)| variable.unknown.is_some())
        .map(|(name, _)| Arc::clone(name))
        .collect();
    for variable in loaded.variables {
        let Some(entry) = entries.get(variable.entry) else { continue };
        let place = Place::new(&file.source, entry.line_span);
        let set = TrailStep {
            step: Step::Set,
            place: Some(place.clone()),
            note: Note::Variable(Arc::clone(&variable.name)),
        };
        let is_hidden = |name: &str| hidden.contains(name);
        if variable.outer_wins || is_hidden(&variable.name) {
            if let Some(strong) = variables.get_mut(&variable.name) {
                let own = strong.trail.last().map(|step| TrailStep { step: Step::Override, ..step.clone() });
                let before = Trail::start(set);
                strong.trail = own.map_or_else(|| before.clone(), |own| before.then(own));
            }
            continue;
        }
        let before: Vec<Trail> = variable
            .uses
            .iter()
            .filter_map(|used| variables.get(&used.name).map(|variable| variable.trail.clone()))
            .collect();
        let trail = Trail::join(&before, set);
        let used = variable.uses.iter().map(|used| &used.name).chain(&variable.undefined);
        let unknown = used
            .filter(|name| is_hidden(name))
            .find_map(|name| variables.get(name)?.unknown.clone())
            // What is not seen is stronger than the file.
            .or_else(|| variables.more.clone());
        let value = match variable.setting {
            Setting::Value(text) => Some(text).filter(|_| unknown.is_none()),
            Setting::Cleared => {
                variables.remove(&variable.name);
                continue;
            }
            Setting::Unknown(_) => None,
        };
        variables.insert(variable.name, Variable { value, unknown, trail, place: Some(place) });
    }
}
