use std::sync::Arc;

use super::SOURCE;
use super::variables::{Groups, layers};
use crate::deploy::reading::{Document, Stage, count, role_of, scripts, within};
use crate::deploy::{Command, Deployment, Mount, Replicas, Role, Sharing, When, join};
use crate::parse::node::Node;

/// The deployment of a service; `None` for one that runs no code of the app's, or is for developers.
pub(super) fn read(
    document: &Document,
    service: &Node,
    environment: Option<&Arc<str>>,
    groups: &Groups<'_>,
) -> Option<Deployment> {
    let kind = service.get("type")?;
    let runtime = service.get("runtime").or_else(|| service.get("env"));
    if !matches!(kind.as_str()?, "web" | "worker" | "pserv" | "cron")
        || runtime.and_then(Node::as_str) == Some("static")
    {
        return None;
    }
    let name = service.get("name").unwrap_or(kind);
    let title = name.as_str().unwrap_or("service");
    let environment = match environment {
        Some(environment) => Arc::clone(environment),
        None => match within(title) {
            Some(Stage::Developers) => return None,
            Some(Stage::Deployed(name)) => name,
            None => SOURCE.into(),
        },
    };
    let mut deployment = document.deployment(SOURCE, &environment, title, name.span);
    deployment.layers = layers(document, service, groups);
    deployment.commands = commands(document, service, kind.as_str() == Some("cron"));
    deployment.runs.role = role(kind, &deployment.commands);
    deployment.balanced = (kind.as_str() == Some("web")).then(|| document.place(kind));
    deployment.health = service.get("healthCheckPath").map(|path| document.place(path));
    deployment.mounts.extend(disk(document, service));
    deployment.replicas = replicas(document, service, kind);
    built_from(service, &mut deployment);
    Some(deployment)
}

fn commands(document: &Document, service: &Node, is_cron: bool) -> Vec<Command> {
    let run = if is_cron { When::Clock } else { When::Start };
    let keys = [
        ("buildCommand", When::Build),
        ("preDeployCommand", When::Release),
        ("initialDeployHook", When::Release),
        ("startCommand", run),
        ("dockerCommand", run),
    ];
    let mut commands = Vec::new();
    for (key, when) in keys {
        let Some(node) = service.get(key) else { continue };
        let mut found = scripts(document, node, when);
        if key == "initialDeployHook" {
            found.iter_mut().for_each(|command| command.guard = Some("only for the first deploy".into()));
        }
        commands.append(&mut found);
    }
    commands
}

fn role(kind: &Node, commands: &[Command]) -> Role {
    let at_work = || commands.iter().filter(|command| matches!(command.when, When::Start | When::Clock));
    match kind.as_str() {
        Some("web") => Role::Web,
        Some("cron") => role_of(at_work()).unwrap_or(Role::Job),
        Some("worker") => role_of(at_work()).unwrap_or(Role::Worker),
        _ => role_of(at_work()).unwrap_or_default(),
    }
}

/// render.com/docs/disks: a disk is reached by one instance of one service only.
fn disk(document: &Document, service: &Node) -> Option<Mount> {
    let path = service.path(&["disk", "mountPath"])?;
    let name = service.path(&["disk", "name"]).and_then(Node::as_str).unwrap_or("without a name");
    Some(Mount {
        path: path.as_str()?.into(),
        what: format!("render disk {name}").into(),
        sharing: Sharing::OneReplica,
        place: document.place(path),
    })
}

fn replicas(document: &Document, service: &Node, kind: &Node) -> Replicas {
    let disk = service.get("disk").filter(|disk| !disk.entries().is_empty());
    if let Some(one) = disk.or_else(|| (kind.as_str() == Some("cron")).then_some(kind)) {
        let line = one.get("mountPath").unwrap_or(one);
        return Replicas::exactly(1, document.place(line));
    }
    if let Some(scaling) = service.get("scaling") {
        let (min, max) = (scaling.get("minInstances"), scaling.get("maxInstances"));
        let place = max.or(min).map(|node| document.place(node));
        return Replicas { min: count(min), max: count(max), place };
    }
    let Some(node) = service.get("numInstances") else { return Replicas::default() };
    count(Some(node)).map_or_else(Replicas::default, |number| Replicas::exactly(number, document.place(node)))
}

/// render.com/docs/monorepo-support: commands run in `rootDir`, and paths to Docker files are relative to it.
fn built_from(service: &Node, deployment: &mut Deployment) {
    let text = |key: &str| service.get(key).and_then(Node::as_str);
    let root = text("rootDir").unwrap_or_default();
    let within_root = |path: &str| join(root, path.trim_start_matches("./")).map(Arc::from);
    let runs = &mut deployment.runs;
    runs.image = service
        .path(&["image", "url"])
        .and_then(Node::as_str)
        .map(|image| image.split('@').next().unwrap_or(image))
        .map(|image| {
            image.rsplit_once(':').filter(|(_, tag)| !tag.contains('/')).map_or(image, |(name, _)| name)
        })
        .map(Arc::from);
    if runs.image.is_none() {
        runs.folder = within_root(text("dockerContext").unwrap_or("."));
    }
    runs.dockerfile = text("dockerfilePath").and_then(within_root);
}
