//! Functions, and what they run for.

use std::sync::Arc;

use super::SOURCE;
use super::variables::Scope;
use crate::deploy::reading::{Document, MAX_PARTS, count, role_of, script};
use crate::deploy::{Command, Deployment, Layer, Mount, Replicas, Role, Sharing, When};
use crate::facts::Reason;
use crate::parse::node::Node;

/// The functions of a service, those of queues made by the plugin serverless-lift among them
/// (getlift/lift, docs/queue.md: `constructs.<name>.worker`).
pub(super) fn all(root: &Node) -> impl Iterator<Item = (&Node, &Node)> {
    let entries = |key: &str| root.get(key).map(Node::entries).unwrap_or_default().iter();
    let functions = entries("functions").map(|(key, function)| (key, function));
    let workers = entries("constructs").filter_map(|(key, construct)| Some((key, construct.get("worker")?)));
    functions.chain(workers).take(MAX_PARTS)
}

/// Whether a function, or the provider for all of them, runs PHP by Bref.
pub(super) fn runs_php(function: &Node) -> bool {
    let runtime = function.get("runtime").and_then(Node::as_str).unwrap_or_default();
    runtime.starts_with("php-") || layers(function).any(|layer| layer.contains("bref"))
}

fn layers(function: &Node) -> impl Iterator<Item = &str> {
    function.get("layers").map(Node::items).unwrap_or_default().iter().filter_map(Node::as_str)
}

pub(super) fn read(scope: &Scope<'_>, environment: &str, folder: &str) -> Vec<Deployment> {
    let root = &scope.document.root;
    let shared = layer(scope, root.path(&["provider", "environment"]), "provider.environment");
    let workers: Vec<&Node> = root
        .get("constructs")
        .map(Node::entries)
        .unwrap_or_default()
        .iter()
        .filter_map(|(_, construct)| construct.get("worker"))
        .collect();
    all(root)
        .filter_map(|(key, function)| {
            let name = key.as_str()?;
            let mut deployment = scope.document.deployment(SOURCE, environment, name, key.span);
            deployment.runs.folder = Some(folder.into());
            deployment.commands = commands(scope.document, function);
            let is_worker = workers.iter().any(|worker| std::ptr::eq(*worker, function));
            deployment.runs.role = role(function, is_worker, &deployment.commands);
            deployment.replicas = replicas(scope.document, key, function, deployment.runs.role);
            deployment.balanced = web_event(function).map(|event| scope.document.place(event));
            deployment.layers = variables(scope, function, shared.as_ref());
            let provider = root.path(&["provider", "fileSystemConfig"]);
            let file_system = function.get("fileSystemConfig").or(provider);
            deployment.mounts.extend(file_system.and_then(|node| mount(scope.document, node)));
            Some(deployment)
        })
        .collect()
}

/// The variables of a function, and those of all functions.
fn variables(scope: &Scope<'_>, function: &Node, all: Option<&Layer>) -> Vec<Layer> {
    let own = layer(scope, function.get("environment"), "environment of the function");
    let bref = Layer { origin: "Bref".into(), variables: Vec::new(), more: None };
    own.into_iter().chain(all.cloned()).chain([bref]).collect()
}

fn layer(scope: &Scope<'_>, node: Option<&Node>, what: &str) -> Option<Layer> {
    let node = node?;
    // `environment: ${file(..)}` is a whole set of variables from elsewhere.
    let whole = node.as_str().is_some() || node.is_open();
    let why = "the variables are taken from another file";
    Some(Layer {
        origin: format!("{} {what}", scope.document.source.path()).into(),
        variables: scope.map(node),
        more: whole.then(|| Reason::at(why, scope.document.place(node))),
    })
}

fn events(function: &Node) -> impl Iterator<Item = &Node> {
    function.get("events").map(Node::items).unwrap_or_default().iter()
}

fn web_event(function: &Node) -> Option<&Node> {
    let kinds = ["httpApi", "http", "alb", "websocket"];
    let by_event = events(function).find_map(|event| kinds.iter().find_map(|kind| event.get(kind)));
    by_event.or_else(|| function.get("url").filter(|url| url.as_bool() != Some(false)))
}

/// What the schedule of a function runs: `input: '"schedule:run"'` is the JSON text that the console gets.
fn commands(document: &Document, function: &Node) -> Vec<Command> {
    let handler = function.get("handler").and_then(Node::as_str).unwrap_or_default();
    let mut commands = Vec::new();
    for schedule in events(function).filter_map(|event| event.get("schedule")).take(MAX_PARTS) {
        let Some(input) = schedule.get("input") else { continue };
        let text = match input.as_str() {
            Some(text) => serde_json::from_str::<String>(text).unwrap_or_else(|_| text.to_owned()),
            None => match input.get("cli").and_then(Node::as_str) {
                Some(text) => text.to_owned(),
                None => continue,
            },
        };
        for mut command in script(&document.source, &text, input.span, When::Clock) {
            command.place = document.place(input);
            let console = [Some(Arc::from("php")), Some(Arc::from(handler))];
            command.words.splice(0..0, console);
            commands.push(command);
        }
    }
    commands
}

fn role(function: &Node, is_worker: bool, commands: &[Command]) -> Role {
    let handler = function.get("handler").and_then(Node::as_str).unwrap_or_default();
    let runtime = function.get("runtime").and_then(Node::as_str).unwrap_or_default();
    let is_fpm = runtime.ends_with("-fpm") || layers(function).any(|layer| layer.contains("fpm"));
    if is_fpm || web_event(function).is_some() {
        Role::Web
    } else if is_worker
        || handler.contains("QueueHandler")
        || events(function).any(|e| e.get("sqs").is_some())
    {
        Role::Worker
    } else if let Some(role) = role_of(commands) {
        role
    } else if runtime.ends_with("-console") || layers(function).any(|layer| layer.contains("console")) {
        Role::Job
    } else {
        Role::Unknown
    }
}

fn replicas(document: &Document, key: &Node, function: &Node, role: Role) -> Replicas {
    if role == Role::Scheduler {
        let schedule = events(function).find_map(|event| event.get("schedule"));
        return Replicas::exactly(1, document.place(schedule.unwrap_or(key)));
    }
    let declared = function.get("reservedConcurrency");
    let max = count(declared).filter(|&max| max > 0);
    let place = document.place(declared.filter(|_| max.is_some()).unwrap_or(key));
    Replicas { min: Some(1), max: Some(max.unwrap_or(u32::MAX)), place: Some(place) }
}

fn mount(document: &Document, node: &Node) -> Option<Mount> {
    let path = node.get("localMountPath")?;
    Some(Mount {
        path: path.as_str()?.into(),
        what: "EFS file system".into(),
        sharing: Sharing::Shared,
        place: document.place(path),
    })
}
