//! Fly.io: `fly.toml`, `fly.production.toml` and the like.
//!
//! superfly/docs, reference/configuration.mdx: `[env]` holds texts, secrets win over them; `release_command` runs once for
//! each release, in a machine of its own without volumes; `min_machines_running` counts only where `auto_stop_machines` is
//! `stop` or `suspend` (or `true`, its older form). Fly creates two machines for a group with a service and one with a
//! volume (app-availability), but `fly scale count` changes that and is in no file: the number is not known.

mod groups;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::reading::{Document, MAX_PARTS, Stage, file_name, map, within, without_tag};
use super::{Deployment, Files, Layer, folder, join};
use crate::facts::{Confidence, Reason};
use crate::parse::node::Node;
use groups::Group;

const SOURCE: &str = "fly";

/// The apps that fly's configurations describe, a deployment for each group of processes.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let configurations = files.paths().iter().filter(|path| is_configuration(file_name(path)));
    configurations.take(MAX_PARTS).flat_map(|path| read_one(files, path)).collect()
}

/// `fly.toml`, or another one that `fly deploy -c` is given; the same in YAML and JSON.
fn is_configuration(name: &str) -> bool {
    let stem =
        name.strip_suffix(".toml").or_else(|| matches!(name, "fly.json" | "fly.yaml").then_some("fly"));
    stem.is_some_and(|stem| stem == "fly" || stem.starts_with("fly.") || stem.starts_with("fly-"))
}

fn read_one(files: &Files<'_>, path: &str) -> Vec<Deployment> {
    let by_path = within(path);
    if by_path == Some(Stage::Developers) {
        return Vec::new();
    }
    let Some(document) = Document::open(files, path) else { return Vec::new() };
    let app = document.root.get("app").and_then(Node::as_str).unwrap_or_default();
    let (environment, confidence) = match by_path.or_else(|| within(app)) {
        Some(Stage::Deployed(name)) => (name, Confidence::High),
        // The only configuration of a hobby project may have such a name.
        Some(Stage::Developers) => (Arc::from("development"), Confidence::Low),
        None => (Arc::from(SOURCE), Confidence::High),
    };
    let layer = variables(&document);
    let build = Build::of(&document, path);
    groups::of(&document)
        .iter()
        .map(|group| {
            let mut deployment = document.deployment(SOURCE, &environment, group.name, group.span);
            deployment.confidence = confidence;
            deployment.layers.push(layer.clone());
            build.put_into(&mut deployment);
            fill(&document, group, &mut deployment);
            deployment
        })
        .collect()
}

fn fill(document: &Document, group: &Group<'_>, deployment: &mut Deployment) {
    group.fill(document, deployment);
    if group.is_default {
        deployment.commands.extend(groups::release(document));
    }
}

fn variables(document: &Document) -> Layer {
    Layer {
        origin: format!("{} [env]", document.source.path()).into(),
        variables: document.root.get("env").map(|env| map(document, env)).unwrap_or_default(),
        more: Some(Reason::new("secrets that were set by `fly secrets set` are not in the repository")),
    }
}

/// What the image is built from. The context is the folder `fly deploy` is started in, which is the file's own unless the
/// file lies in a folder of manifests.
struct Build {
    folder: Option<Arc<str>>,
    dockerfile: Option<Arc<str>>,
    stage: Option<Arc<str>>,
    image: Option<Arc<str>>,
}

impl Build {
    fn of(document: &Document, path: &str) -> Self {
        let text = |key: &str| document.root.path(&["build", key]).and_then(Node::as_str);
        let own = folder(path);
        let last = own.rsplit('/').next().unwrap_or_default();
        let of_manifests = ["deploy", "deployment", "fly", ".fly", "infra", "ops", "docker", "config"];
        let image = text("image").map(without_tag);
        Self {
            folder: (image.is_none() && !of_manifests.contains(&last)).then(|| own.into()),
            dockerfile: text("dockerfile").and_then(|file| join(own, file)).map(Arc::from),
            stage: text("build-target").or_else(|| text("build_target")).map(Arc::from),
            image: image.map(Arc::from),
        }
    }

    fn put_into(&self, deployment: &mut Deployment) {
        deployment.runs.folder.clone_from(&self.folder);
        deployment.runs.dockerfile.clone_from(&self.dockerfile);
        deployment.runs.stage.clone_from(&self.stage);
        deployment.runs.image.clone_from(&self.image);
    }
}
