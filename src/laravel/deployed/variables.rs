//! The variables of a deployed app: the manifests over the env file, each layer over the next.

use std::sync::Arc;

use super::frozen;
use crate::deploy::{Deployment, main_of, take};
use crate::facts::{Basis, Confidence, Selection, Variables};
use crate::laravel::app::App;
use crate::laravel::bootstrap::Layout;
use crate::laravel::environments::{self, LoadedEnvironment};
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
    let mut strong = selection.process_variables();
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
