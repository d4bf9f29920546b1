//! The variables of a service, the strongest first: `environment`, its env files from the last to the first.
//!
//! compose-spec/compose-go, types/project.go, WithServicesEnvironmentResolved (v2.9).

use std::sync::Arc;

use super::env_file;
use super::load::Project;
use super::merge::pairs;
use super::tree::Tree;
use crate::deploy::{Deployment, Files, Given, Layer, Problem, Value, join};
use crate::facts::Reason;

/// Adds the layers of a service.
pub(super) fn add(files: &Files<'_>, project: &Project, service: &Tree, deployment: &mut Deployment) {
    let own = environment(project, service, deployment);
    let look_up = |name: &str| {
        let of_service = || own.iter().find(|given| &*given.name == name).cloned();
        project.scope.get(name).cloned().or_else(of_service)
    };
    let files_of_service = service.get("env_file");
    let one = files_of_service.map(std::slice::from_ref).unwrap_or_default();
    let items = files_of_service.map(Tree::items).filter(|items| !items.is_empty()).unwrap_or(one);
    let mut layers: Vec<Layer> =
        items.iter().filter_map(|item| layer(files, item, &look_up, deployment)).collect();
    layers.reverse();
    if !own.is_empty() {
        let origin = format!("{} (environment of {})", deployment.place.path(), deployment.service);
        let more = None;
        layers.insert(0, Layer { origin: origin.into(), variables: own, more });
    }
    deployment.layers = layers;
}

fn environment(project: &Project, service: &Tree, deployment: &mut Deployment) -> Vec<Given> {
    let Some(tree) = service.get("environment") else { return Vec::new() };
    for item in tree.items().iter().filter(|item| item.text().is_none() && !item.is_null()) {
        let message = "compose refuses this: a variable of a list is written `NAME=value`";
        deployment.problems.push(Problem { message: message.into(), place: item.place.clone() });
    }
    let map = pairs(tree);
    let variable = |entry: &super::tree::Entry| {
        let place = entry.value.place.clone();
        let unknown = |text: &'static str| Value::Unknown(Reason::at(text, place.clone()));
        let mut before = Vec::new();
        let value = match entry.value.text() {
            Some(text) => {
                before.clone_from(&text.before);
                text.value.clone().map_or_else(Value::Unknown, Value::Known)
            }
            None if entry.value.is_null() => match project.scope.get(&entry.key) {
                Some(given) => {
                    before.clone_from(&given.before);
                    before.push(set_step(given));
                    given.value.clone()
                }
                None => {
                    unknown("it is taken from where compose is started; its value is not in the repository")
                }
            },
            None => unknown("it is not a text"),
        };
        Given { name: entry.key.clone(), value, place, before }
    };
    map.entries().iter().map(variable).collect()
}

fn set_step(given: &Given) -> crate::facts::TrailStep {
    crate::facts::TrailStep {
        step: crate::facts::Step::Set,
        place: Some(given.place.clone()),
        note: crate::facts::Note::Variable(given.name.clone()),
    }
}

fn layer(
    files: &Files<'_>,
    item: &Tree,
    look_up: &dyn Fn(&str) -> Option<Given>,
    deployment: &mut Deployment,
) -> Option<Layer> {
    let path_tree = item.get("path").unwrap_or(item);
    let text = path_tree.text()?;
    let unseen = |origin: &str, reason: Reason| Layer {
        origin: origin.into(),
        variables: Vec::new(),
        more: Some(reason),
    };
    let written = match &text.value {
        Ok(written) => written.clone(),
        Err(reason) => return Some(unseen(&text.raw, reason.clone())),
    };
    let Some(path) = join("", &written) else {
        let reason =
            Reason::at(format!("the env file {written} is not in the repository"), item.place.clone());
        return Some(unseen(&written, reason));
    };
    let format = item.get("format").map(Tree::known);
    let source = Some(&path).filter(|path| env_file::is_ours(files, path)).and_then(|path| files.read(path));
    let Some(source) = source else {
        let required = item.get("required").is_none_or(|required| required.known() != Some("false"));
        if required && !env_file::is_expected_to_miss(files, &path) {
            let message = format!("the env file `{path}` is not in the repository");
            deployment.problems.push(Problem { message: message.into(), place: path_tree.place.clone() });
        }
        let reason =
            Reason::at(format!("the env file {path} is not in the repository"), path_tree.place.clone());
        return Some(unseen(&path, reason));
    };
    let origin: Arc<str> = source.path().clone();
    if !matches!(format, None | Some(Some("raw"))) {
        let reason = Reason::at("the format of the env file is not known", path_tree.place.clone());
        return Some(unseen(&origin, reason));
    }
    deployment.files.push(origin.clone());
    let read = env_file::read(&source, look_up, format.is_some());
    deployment.problems.extend(read.problem);
    Some(Layer { origin, variables: read.variables, more: None })
}
