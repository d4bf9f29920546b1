//! Containers of a task: which of them run an app, with what variables and commands.

use std::sync::Arc;

use super::keys::get;
use super::{SOURCE, volumes};
use crate::deploy::reading::{Collected, MAX_PARTS, at, commands, is_others, literal, role_of, without_tag};
use crate::deploy::{Command, Deployment, Given, Layer, Role, Value, When};
use crate::facts::Reason;
use crate::parse::node::Node;
use crate::text::Source;

/// The deployments of a task definition, one for each container that runs an app.
pub(super) fn of(source: &Arc<Source>, task: &Node, environment: &str) -> Vec<Deployment> {
    let list = get(task, "containerDefinitions").map_or(&[][..], Node::items);
    let apps: Vec<&Node> = list.iter().take(MAX_PARTS).filter(|container| is_app(container)).collect();
    let ports = list
        .iter()
        .any(|container| get(container, "portMappings").is_some_and(|ports| !ports.items().is_empty()));
    let alone = apps.len() == 1;
    let family = get(task, "family").and_then(Node::scalar_text);
    apps.iter()
        .map(|container| {
            let name = get(container, "name").and_then(Node::scalar_text).or(family).unwrap_or(SOURCE);
            let mut deployment = Deployment::new(SOURCE, environment, name, at(source, container));
            fill(&mut deployment, source, task, container);
            let has_ports = get(container, "portMappings").is_some_and(|ports| !ports.items().is_empty());
            let by_ports = has_ports || (alone && ports);
            deployment.runs.role =
                role_of(&deployment.commands).unwrap_or(if by_ports { Role::Web } else { Role::Unknown });
            deployment
        })
        .collect()
}

fn is_app(container: &Node) -> bool {
    if container.entries().is_empty() {
        return false;
    }
    let image = get(container, "image").and_then(Node::scalar_text).map(without_tag);
    !image.is_some_and(is_others)
}

fn fill(deployment: &mut Deployment, source: &Arc<Source>, task: &Node, container: &Node) {
    let image = get(container, "image").and_then(Node::scalar_text);
    deployment.runs.image = image.map(without_tag).filter(|image| !is_placeholder(image)).map(Arc::from);
    deployment.layers = layers(source, container);
    let (mounts, problems) = volumes::mounts(source, task, container);
    deployment.mounts = mounts;
    deployment.problems = problems;
    deployment.health = get(container, "healthCheck").map(|health| at(source, health));
    deployment.commands = command(source, container);
}

/// Amazon ECS API reference, ContainerDefinition: `environment` wins over what is in `environmentFiles`.
fn layers(source: &Arc<Source>, container: &Node) -> Vec<Layer> {
    let mut variables = Collected::default();
    let environment = get(container, "environment");
    for item in environment.map_or(&[][..], Node::items) {
        let Some(name) = get(item, "name").and_then(Node::scalar_text) else { continue };
        let node = get(item, "value").unwrap_or(item);
        let value = match literal(source, node) {
            Value::Known(text) if is_placeholder(&text) => {
                Value::Unknown(Reason::at("a template fills it in", at(source, node)))
            }
            value => value,
        };
        variables.put(Given { name: name.into(), value, place: at(source, node), before: Vec::new() });
    }
    let secrets = get(container, "secrets");
    for item in secrets.map_or(&[][..], Node::items) {
        let Some(name) = get(item, "name").and_then(Node::scalar_text) else { continue };
        let reason = Reason::at("its value is kept in a secret store", at(source, item));
        variables.put(Given {
            name: name.into(),
            value: Value::Unknown(reason),
            place: at(source, item),
            before: Vec::new(),
        });
    }
    let variables = variables.into_list();
    let open = [environment, secrets].into_iter().flatten().find(|node| is_filled_in(node));
    let more = open.map(|node| Reason::at("a parameter or a template adds variables", at(source, node)));
    let origin = |what: &str| Arc::from(format!("{} ({what})", source.path()));
    let mut layers = Vec::new();
    if !variables.is_empty() || more.is_some() {
        layers.push(Layer { origin: Arc::clone(source.path()), variables, more });
    }
    if let Some(files) = get(container, "environmentFiles").filter(|files| !files.items().is_empty()) {
        let more = Some(Reason::at("a file in S3 sets variables", at(source, files)));
        layers.push(Layer { origin: origin("environmentFiles"), variables: Vec::new(), more });
    }
    layers
}

/// Whether a list is not written out here, or something in it is not.
fn is_filled_in(node: &Node) -> bool {
    use crate::parse::node::Kind;
    let unnamed = |item: &Node| get(item, "name").and_then(Node::scalar_text).is_none();
    node.is_open() || matches!(node.kind, Kind::Tagged(..) | Kind::Map(_)) || node.items().iter().any(unnamed)
}

/// Marks that scripts replace before a definition is sent: `${NAME}`, `<NAME>`, `{{ name }}`, `%NAME%`, `__NAME__`.
pub(super) fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let within = |start: &str, end: &str| {
        text.len() > start.len() + end.len() && text.starts_with(start) && text.ends_with(end)
    };
    text.contains("${")
        || text.contains("{{")
        || within("<", ">")
        || within("%", "%")
        || within("__", "__")
        || within("@@", "@@")
        || (text.starts_with('$')
            && text.len() > 1
            && text.chars().skip(1).all(|c| c.is_ascii_alphanumeric() || c == '_'))
}

/// `entryPoint` and `command` are the words of one command.
fn command(source: &Arc<Source>, container: &Node) -> Vec<Command> {
    let part = |key: &str| get(container, key).filter(|node| !node.items().is_empty());
    let parts: Vec<&Node> = ["entryPoint", "command"].into_iter().filter_map(part).collect();
    let Some(first) = parts.last() else { return Vec::new() };
    let words: Vec<(Option<Arc<str>>, &Node)> = parts
        .iter()
        .flat_map(|node| node.items())
        .map(|item| (item.scalar_text().map(Arc::from), item))
        .collect();
    // `sh -c "..."`: the script is what runs.
    let known: Vec<&str> = words.iter().map_while(|(word, _)| word.as_deref()).collect();
    if let [program, option, script, ..] = known.as_slice() {
        let shell = matches!(program.rsplit('/').next(), Some("sh" | "bash" | "ash"));
        if let (true, Some((_, node))) =
            (shell && option.starts_with('-') && option.ends_with('c'), words.get(2))
        {
            return commands(source, node.span, script, When::Start);
        }
    }
    let words = words.into_iter().map(|(word, _)| word).collect();
    vec![Command { when: When::Start, words, place: at(source, first), guard: None }]
}
