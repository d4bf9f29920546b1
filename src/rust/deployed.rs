//! The app as the repository deploys it: which deployments run it, and with which variables.

use std::sync::Arc;

use super::app::App;
use super::environments::{Loaded, take_file};
use crate::deploy::{self, Deployment, main_of};
use crate::facts::{Basis, Confidence, Environment, Selection};
use crate::parse::dotenvy::Reader;

/// The environments in which the repository deploys an app: those that are judged, and those that are only judged when
/// they are named, such as a developer's.
pub fn environments(app: &App, selection: &Selection) -> (Vec<Loaded>, Vec<Loaded>) {
    let mut groups: Vec<Vec<&Deployment>> = Vec::new();
    for deployment in of_app(app) {
        let same = |group: &&mut Vec<&Deployment>| {
            group.first().is_some_and(|first| {
                first.source == deployment.source
                    && first.environment == deployment.environment
                    && project_of(first) == project_of(deployment)
            })
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(deployment),
            None => groups.push(vec![deployment]),
        }
    }
    for failure in app.workspace.repository.skipped() {
        app.skip(failure.clone());
    }
    let mut loaded: Vec<Loaded> = Vec::new();
    for group in groups {
        let name = name_of(&group, &loaded);
        loaded.extend(load(app, &group, &name, selection));
    }
    let is_image = |one: &Loaded| one.environment.deployed_by == Some("docker");
    let tells = |one: &Loaded| {
        one.environment.confidence > Confidence::Low && (!is_image(one) || !one.variables.is_empty())
    };
    let is_run = loaded.iter().any(|one| !is_image(one) && tells(one));
    loaded.into_iter().partition(|one| tells(one) && !(is_run && is_image(one)))
}

/// The deployments that run an app.
fn of_app(app: &App) -> Vec<&Deployment> {
    let repository = &app.workspace.repository;
    let apps = repository.apps();
    let is_proxy =
        |deployment: &Deployment| matches!(deployment.source, "nginx" | "haproxy" | "php-fpm" | "vapor");
    let all = repository.deployments().iter().filter(|deployment| !is_proxy(deployment));
    all.filter(|deployment| {
        let looks = || looks_like_it(app, deployment);
        deploy::runs(deployment, &app.package().folder, &apps, looks)
    })
    .collect()
}

/// Whether something whose folder nothing tells is this app: by the program that it runs, or its name.
fn looks_like_it(app: &App, deployment: &Deployment) -> bool {
    let package = app.package();
    let names: Vec<&str> = app
        .server
        .bins
        .iter()
        .map(AsRef::as_ref)
        .chain([package.name.as_str()])
        .filter(|name| name.len() > 2)
        .collect();
    let file_name = |word: &str| word.rsplit('/').next().unwrap_or(word).to_owned();
    let words = deployment.commands.iter().flat_map(|command| command.words.iter().flatten());
    let runs_it = words.map(|word| file_name(word)).any(|word| names.contains(&word.as_str()));
    let image = deployment.runs.image.as_deref().map(file_name).unwrap_or_default();
    let service = file_name(&deployment.service);
    let is_named = |name: &&str| {
        let same = |other: &str| other.replace('_', "-") == name.replace('_', "-");
        same(&image) || same(&service)
    };
    let whole_repository = matches!(deployment.source, "fly" | "heroku" | "railway" | "render");
    runs_it || names.iter().any(is_named) || deployment.runs.dockerfile.is_some() || whole_repository
}

/// What belongs together within an environment. Two compose files that are not put together are two ways to run it.
fn project_of(deployment: &Deployment) -> Option<&str> {
    let is_project = deployment.source == "docker compose";
    deployment.files.first().map(AsRef::as_ref).filter(|_| is_project)
}

/// The name of an environment; one that two sources describe is told apart by them.
fn name_of(group: &[&Deployment], loaded: &[Loaded]) -> String {
    let Some(first) = group.first() else { return String::new() };
    let name = first.environment.to_string();
    let taken = |name: &str| loaded.iter().any(|other| other.environment.name.as_ref() == name);
    // Two files of the same kind are told apart by where they lie.
    let by = if name == first.source { first.place.path() } else { first.source };
    let told_apart = format!("{name} ({by})");
    if !taken(&name) {
        name
    } else if !taken(&told_apart) {
        told_apart
    } else {
        format!("{name} ({})", first.place.path())
    }
}

fn load(app: &App, group: &[&Deployment], name: &str, selection: &Selection) -> Option<Loaded> {
    let main = main_of(group)?;
    let mut variables = selection.process_variables();
    let mut sources: Vec<Arc<str>> = Vec::new();
    if !selection.process.is_empty() {
        sources.push(Arc::clone(&selection.process_origin));
    }
    for layer in &main.layers {
        deploy::take(&mut variables, layer);
    }
    for file in group.iter().flat_map(|deployment| &deployment.files) {
        if !sources.contains(file) {
            sources.push(Arc::clone(file));
        }
    }
    let is_low = main.confidence == Confidence::Low;
    let environment = Environment {
        name: name.into(),
        basis: if is_low { Basis::AsIfDeployed } else { Basis::Production },
        sources,
        replicas: main.replicas.clone(),
        sticky: main.sticky.clone(),
        deployed_by: Some(main.source),
        confidence: main.confidence,
    };
    let deployments = group.iter().map(|deployment| (*deployment).clone()).collect();
    let mut loaded = Loaded { environment, variables, deployments, errors: Vec::new() };
    if let Some((path, _)) = &main.env_file
        && let Ok(Some(source)) = app.workspace.repository.tree().read(path)
    {
        take_file(&mut loaded, &source, Reader::default());
    }
    Some(loaded)
}
