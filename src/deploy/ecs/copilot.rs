//! AWS Copilot: `copilot/<service>/manifest.yml`. Facts: aws/copilot-cli, site/content/docs/manifest/lb-web-service and
//! include/common-svc-fields: any value may be overridden under `environments.<name>`; `efs: true` is a managed one.

use std::sync::Arc;

use crate::deploy::reading::{
    self, Collected, MAX_PARTS, Stage, at, commands, literal, number, role_of, truth, within,
};
use crate::deploy::{
    Deployment, Files, Given, Layer, Mount, Replicas, Role, Sharing, Sticky, Value, When, folder, join,
};
use crate::facts::{Place, Reason};
use crate::parse::node::{Kind, Node};
use crate::text::{Source, Span};

const SOURCE: &str = "copilot";

/// The deployments of copilot's manifests.
pub(super) fn read(files: &Files<'_>) -> Vec<Deployment> {
    let is_manifest = |path: &&String| {
        let parts: Vec<&str> = path.split('/').collect();
        let at = parts.len().checked_sub(3).filter(|&at| parts.get(at) == Some(&"copilot"));
        at.is_some() && matches!(parts.last(), Some(&"manifest.yml" | &"manifest.yaml"))
    };
    files.paths().iter().filter(is_manifest).flat_map(|path| of(files, path)).collect()
}

fn of(files: &Files<'_>, path: &str) -> Vec<Deployment> {
    let Some(source) = files.read(path) else { return Vec::new() };
    let Some(document) = reading::yaml(files, &source).documents.into_iter().next() else {
        return Vec::new();
    };
    let kind = document.get("type").and_then(Node::as_str).unwrap_or_default();
    if !(kind.ends_with("Service") || kind == "Scheduled Job") {
        return Vec::new();
    }
    let overrides = document.get("environments").map_or(&[][..], Node::entries);
    let mut deployments: Vec<Deployment> = overrides
        .iter()
        .take(MAX_PARTS)
        .filter_map(|(name, own)| {
            let name = name.scalar_text()?;
            let environment = match within(name) {
                Some(Stage::Developers) => return None,
                Some(Stage::Deployed(known)) => known,
                None => name.into(),
            };
            Some(deployment(&source, &environment, kind, &[own, &document]))
        })
        .collect();
    if deployments.is_empty() {
        deployments.push(deployment(&source, SOURCE, kind, &[&document]));
    }
    deployments
}

/// One environment: its own values over the manifest's.
fn deployment(source: &Arc<Source>, environment: &str, kind: &str, levels: &[&Node]) -> Deployment {
    let get = |path: &[&str]| levels.iter().find_map(|level| level.path(path));
    let name = get(&["name"]).and_then(Node::scalar_text).unwrap_or(SOURCE);
    let place = levels.first().map_or_else(|| Place::new(source, Span::default()), |level| at(source, level));
    let mut deployment = Deployment::new(SOURCE, environment, name, place);
    build(&mut deployment, source, get(&["image", "build"]), get(&["image", "location"]));
    for level in levels {
        deployment.layers.extend(layer(source, level));
    }
    if let Some(file) = get(&["env_file"]) {
        let more = Some(Reason::at("an env file sets variables", at(source, file)));
        let origin = format!("{} (env_file)", source.path()).into();
        deployment.layers.push(Layer { origin, variables: Vec::new(), more });
    }
    deployment.replicas = get(&["count"]).map(|count| replicas(source, count)).unwrap_or_default();
    let http = get(&["http"]);
    let web = matches!(kind, "Load Balanced Web Service" | "Request-Driven Web Service");
    deployment.balanced = http.filter(|http| http.as_bool() != Some(false)).map(|http| at(source, http));
    deployment.health = get(&["http", "healthcheck"]).map(|health| at(source, health));
    deployment.sticky = get(&["http", "stickiness"]).and_then(|node| {
        let by = "a cookie of the load balancer".into();
        Some(Sticky { on: truth(node)?, by, place: at(source, node) })
    });
    for key in ["entrypoint", "command"] {
        if let Some(node) = get(&[key]) {
            let text = node.scalar_text().map(str::to_owned);
            let words = || node.items().iter().filter_map(Node::scalar_text).collect::<Vec<_>>().join(" ");
            deployment.commands.extend(commands(source, node.span, &text.unwrap_or_else(words), When::Start));
        }
    }
    deployment.mounts = mounts(source, levels);
    deployment.runs.role = match kind {
        "Scheduled Job" => Role::Job,
        _ => role_of(&deployment.commands).unwrap_or(match kind {
            "Worker Service" => Role::Worker,
            _ if web || http.is_some() => Role::Web,
            _ => Role::Unknown,
        }),
    };
    deployment
}

/// `image.build`: the Dockerfile, or a map of it. Paths are relative to the folder that `copilot` is in.
fn build(deployment: &mut Deployment, source: &Source, build: Option<&Node>, location: Option<&Node>) {
    let root = source.path().rsplit_once("copilot/").map_or("", |(root, _)| root.trim_end_matches('/'));
    if let Some(build) = build {
        let text = |key: &str| build.get(key).and_then(Node::scalar_text);
        let dockerfile = build.as_str().or_else(|| text("dockerfile"));
        let dockerfile = dockerfile.and_then(|path| join(root, path));
        let context = text("context").and_then(|path| join(root, path));
        let context = context.or_else(|| dockerfile.as_deref().map(|path| folder(path).to_owned()));
        deployment.runs.folder = context.map(Arc::from);
        deployment.runs.dockerfile = dockerfile.map(Arc::from);
        deployment.runs.stage = text("target").map(Arc::from);
    }
    deployment.runs.image = location.and_then(Node::scalar_text).map(Arc::from);
}

fn layer(source: &Arc<Source>, level: &Node) -> Option<Layer> {
    let mut variables = Collected::default();
    for (name, node) in level.get("variables").map_or(&[][..], Node::entries) {
        let Some(name) = name.scalar_text() else { continue };
        let value = match literal(source, node) {
            // `${COPILOT_ENVIRONMENT_NAME}`: the manifest's own interpolation.
            Value::Known(text) if text.contains("${") => {
                Value::Unknown(Reason::at("an interpolation fills it in", at(source, node)))
            }
            value => value,
        };
        variables.put(Given { name: name.into(), value, place: at(source, node), before: Vec::new() });
    }
    for (name, node) in level.get("secrets").map_or(&[][..], Node::entries) {
        let Some(name) = name.scalar_text() else { continue };
        let reason = Reason::at("its value is kept in a secret store", at(source, node));
        let (value, place) = (Value::Unknown(reason), at(source, node));
        variables.put(Given { name: name.into(), value, place, before: Vec::new() });
    }
    let variables = variables.into_list();
    (!variables.is_empty()).then(|| Layer { origin: Arc::clone(source.path()), variables, more: None })
}

fn replicas(source: &Arc<Source>, count: &Node) -> Replicas {
    let place = Some(at(source, count));
    if let Some(range) = count.get("range") {
        let text = range.scalar_text().and_then(|text| text.split_once('-'));
        let (min, max) = match text {
            Some((min, max)) => (min.trim().parse().ok(), max.trim().parse().ok()),
            None => (range.get("min").and_then(number), range.get("max").and_then(number)),
        };
        return Replicas { min, max, place: Some(at(source, range)) };
    }
    let exact = number(count).or_else(|| count.get("spot").and_then(number));
    Replicas { min: exact, max: exact, place }
}

fn mounts(source: &Arc<Source>, levels: &[&Node]) -> Vec<Mount> {
    let mut mounts: Vec<Mount> = Vec::new();
    for level in levels {
        for (name, volume) in
            level.path(&["storage", "volumes"]).map_or(&[][..], Node::entries).iter().take(MAX_PARTS)
        {
            let (Some(name), Some(path)) =
                (name.scalar_text(), volume.get("path").and_then(Node::scalar_text))
            else {
                continue;
            };
            let efs = volume.get("efs").filter(|efs| efs.as_bool() != Some(false) && efs.kind != Kind::Null);
            let (what, sharing) = match efs {
                Some(_) => ("EFS file system".to_owned(), Sharing::Shared),
                None => (format!("volume {name}"), Sharing::OneReplica),
            };
            if !mounts.iter().any(|mount| *mount.path == *path) {
                mounts.push(Mount {
                    path: path.into(),
                    what: what.into(),
                    sharing,
                    place: at(source, volume),
                });
            }
        }
    }
    mounts
}
