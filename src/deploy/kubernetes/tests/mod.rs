//! Manifests and the deployments they make.

mod broken;
mod fronts;
mod mounts;
mod shop;
mod values;

use crate::deploy::{Deployment, Files, Sharing, Value};
use crate::facts::Place;

/// The deployments of some files, and what was skipped.
pub fn read(files: &[(&str, &str)]) -> (Vec<Deployment>, Vec<String>) {
    let files = Files::from_texts(files);
    let found = super::read(&files);
    (
        found,
        files.skipped().into_iter().map(|skipped| format!("{}: {}", skipped.path, skipped.reason)).collect(),
    )
}

/// `file:line`
pub fn at(place: &Place) -> String {
    format!("{}:{}", place.path(), place.start().line)
}

/// The value that counts of a variable, where it is set, and the lines before it.
pub fn variable(deployment: &Deployment, name: &str) -> String {
    let mut layers = deployment.layers.iter().flat_map(|layer| &layer.variables);
    let Some(given) = layers.find(|given| &*given.name == name) else { return "absent".to_owned() };
    let value = match &given.value {
        Value::Known(text) => text.to_string(),
        Value::Unknown(reason) => format!("?{}", reason.text()),
        Value::Unset => "unset".to_owned(),
    };
    let before: Vec<String> = given.before.iter().filter_map(|step| step.place.as_ref()).map(at).collect();
    let before = if before.is_empty() { String::new() } else { format!(" < {}", before.join(" < ")) };
    format!("{value} @ {}{before}", at(&given.place))
}

/// The replicas in words.
pub fn replicas(deployment: &Deployment) -> String {
    let bound = |count: Option<u32>| count.map_or_else(|| "?".to_owned(), |count| count.to_string());
    let replicas = &deployment.replicas;
    let place = replicas.place.as_ref().map(at).unwrap_or_default();
    format!("{}..{} @ {place}", bound(replicas.min), bound(replicas.max))
}

/// The mounts in words.
pub fn mounts(deployment: &Deployment) -> Vec<String> {
    let sharing = |sharing: &Sharing| match sharing {
        Sharing::Shared => "shared".to_owned(),
        Sharing::OneServer => "one server".to_owned(),
        Sharing::OneReplica => "one replica".to_owned(),
        Sharing::Unknown(reason) => format!("?{}", reason.text()),
    };
    let mounts = deployment.mounts.iter();
    mounts
        .map(|mount| {
            format!("{} {}: {} @ {}", mount.path, mount.what, sharing(&mount.sharing), at(&mount.place))
        })
        .collect()
}

/// The problems in words.
pub fn problems(deployment: &Deployment) -> Vec<String> {
    let problems = deployment.problems.iter();
    problems.map(|problem| format!("{} @ {}", problem.message, at(&problem.place))).collect()
}

/// The commands in words.
pub fn commands(deployment: &Deployment) -> Vec<String> {
    let words = |words: &[Option<std::sync::Arc<str>>]| {
        words.iter().map(|word| word.as_deref().unwrap_or("?")).collect::<Vec<_>>().join(" ")
    };
    let commands = deployment.commands.iter();
    commands
        .map(|command| format!("{:?}: {} @ {}", command.when, words(&command.words), at(&command.place)))
        .collect()
}

/// The first deployment of this service.
pub fn service<'a>(found: &'a [Deployment], name: &str) -> &'a Deployment {
    found.iter().find(|one| &*one.service == name).unwrap_or_else(|| {
        panic!("no {name} among {:?}", found.iter().map(|one| one.service.as_ref()).collect::<Vec<_>>())
    })
}
