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
    for failure in app.workspace.repository.skipped() {
        app.skip(failure.clone());
    }
    let mut loaded: Vec<Loaded> = Vec::new();
    for group in deploy::grouped(of_app(app)) {
        let known: Vec<&Environment> = loaded.iter().map(|one| &one.environment).collect();
        let name = deploy::name_of(&group, &known);
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
