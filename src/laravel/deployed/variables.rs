//! The variables of a deployed app: the manifests over the env file, each layer over the next.

use std::sync::Arc;

use super::{frozen, main_of};
use crate::deploy::{Deployment, Given, Layer, Value};
use crate::facts::{Basis, Confidence, Note, Reason, Step, Trail, TrailStep, Variable, Variables};
use crate::laravel::app::App;
use crate::laravel::bootstrap::Layout;
use crate::laravel::environments::{self, LoadedEnvironment, Selection};
use crate::laravel::timeline;
use crate::text::Source;

/// An environment as its deployments describe it.
pub fn load(
    app: &App,
    layout: &Layout,
    group: &[&Deployment],
    name: &str,
    selection: &Selection,
) -> LoadedEnvironment {
    let mut strong = environments::process_variables(selection);
    let mut sources: Vec<Arc<str>> = Vec::new();
    if !selection.process.is_empty() {
        sources.push(Arc::clone(&selection.process_origin));
    }
    let Some(main) = main_of(group) else {
        return environments::load_with(app, name, Basis::Production, None, strong, sources);
    };
    let frozen = frozen::at(main);
    for layer in &main.layers {
        // What is set where the image runs does nothing once the configuration was cached inside it.
        match frozen {
            Some(cached) => take(&mut strong, &frozen::built_in(main, cached, layer)),
            None => take(&mut strong, layer),
        }
    }
    for file in group.iter().flat_map(|deployment| &deployment.files) {
        if !sources.contains(file) {
            sources.push(Arc::clone(file));
        }
    }
    let file = env_file(app, layout, main, &strong);
    let mut loaded = environments::load_with(app, name, Basis::Production, file, strong, sources);
    let environment = &mut loaded.environment;
    environment.deployed_by = Some(main.source);
    environment.replicas = main.replicas.clone();
    environment.sticky = main.sticky.clone();
    environment.confidence = main.confidence;
    if environment.confidence == Confidence::Low {
        environment.basis = Basis::AsIfDeployed;
    }
    loaded.deployments = group.iter().map(|deployment| (*deployment).clone()).collect();
    loaded
}

/// The env file under the manifests: the one that the image puts in place, else the one that the framework would pick.
fn env_file(app: &App, layout: &Layout, main: &Deployment, strong: &Variables) -> Option<Arc<Source>> {
    let read = |path: &str| app.tree.read(path).ok().flatten();
    if let Some((path, _)) = &main.env_file {
        let inside = if app.folder.is_empty() {
            Some(path.as_ref())
        } else {
            path.strip_prefix(app.folder.as_str()).map(|rest| rest.trim_start_matches('/'))
        };
        return match inside {
            Some(inside) => read(inside),
            None => {
                app.repository.as_ref().and_then(|repository| repository.tree().read(path).ok().flatten())
            }
        };
    }
    let named = strong.get("APP_ENV").and_then(|variable| variable.value.clone());
    if let Some(named) = named
        && timeline::picks_file_by_app_env(app.version_or_newest())
        && let Some(file) = read(&layout.env_path(&format!("{}.{named}", layout.env_file)))
    {
        return Some(file);
    }
    // A developer's own file is not deployed.
    let file = read(&layout.env_path(&layout.env_file))?;
    environments::is_for_production(app, &file).then_some(file)
}

/// Adds what a layer sets, below what is there already.
pub fn take(variables: &mut Variables, layer: &Layer) {
    for given in &layer.variables {
        let set = TrailStep {
            step: Step::Set,
            place: Some(given.place.clone()),
            note: Note::Variable(Arc::clone(&given.name)),
        };
        let trail = trail_of(given, set);
        if let Some(stronger) = variables.get_mut(&given.name) {
            let own = stronger.trail.last().map(|step| TrailStep { step: Step::Override, ..step.clone() });
            stronger.trail = own.map_or_else(|| trail.clone(), |own| trail.then(own));
            continue;
        }
        // A stronger source that is not seen may set it otherwise.
        let hidden = variables.more.clone();
        let variable = match (&given.value, hidden) {
            (Value::Unset, _) => continue,
            (Value::Unknown(reason), _) => Variable {
                value: None,
                unknown: Some(reason.clone()),
                trail,
                place: Some(given.place.clone()),
            },
            (Value::Known(_), Some(reason)) => {
                Variable { value: None, unknown: Some(reason), trail, place: Some(given.place.clone()) }
            }
            (Value::Known(text), None) => Variable {
                value: Some(Arc::clone(text)),
                unknown: None,
                trail,
                place: Some(given.place.clone()),
            },
        };
        variables.insert(Arc::clone(&given.name), variable);
    }
    if let Some(reason) = &layer.more {
        let words = format!("it may be set where we cannot see it: {}", reason.text());
        let reason = reason
            .place()
            .map_or_else(|| Reason::new(words.clone()), |place| Reason::at(words.clone(), place.clone()));
        variables.more.get_or_insert(reason);
    }
}

fn trail_of(given: &Given, set: TrailStep) -> Trail {
    let before = given.before.iter().fold(Trail::none(), |trail, step| trail.then(step.clone()));
    before.then(set)
}
