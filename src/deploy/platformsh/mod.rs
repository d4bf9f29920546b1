//! Platform.sh, now Upsun: `.platform.app.yaml`, `.platform/applications.yaml`, `.upsun/config.yaml`.
//!
//! platformsh/platformsh-docs, sites/upsun/src/create-apps/image-properties: variables of the app are the weakest, those of
//! the project and the environment are set elsewhere (variables.md); workers are copies of the app that take no requests
//! and may have other properties (workers.md); crons run on the app, not on workers (crons.md); files outside of mounts
//! cannot be written to (mounts.md). How many instances run is set by `upsun resources:set`, in no file.

mod app;
mod mounts;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::reading::{Document, MAX_PARTS, Stage, file_name, within};
use super::{Deployment, Files, folder};
use crate::facts::Place;
use crate::parse::node::{Kind, Node};
use app::App;

const SOURCE: &str = "platform.sh";

/// The apps of a project, each with its workers and crons.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let apps = files.paths().iter().filter(|path| is_configuration(path));
    let mut found: Vec<Deployment> = apps.take(MAX_PARTS).flat_map(|path| read_one(files, path)).collect();
    found.truncate(MAX_PARTS);
    found
}

fn is_configuration(path: &str) -> bool {
    let in_folder = |name: &str| path == name || path.ends_with(&format!("/{name}"));
    let is_upsun = matches!(file_name(folder(path)), ".upsun") && path.ends_with(".yaml");
    (file_name(path) == ".platform.app.yaml" || in_folder(".platform/applications.yaml") || is_upsun)
        && within(path) != Some(Stage::Developers)
}

fn read_one(files: &Files<'_>, path: &str) -> Vec<Deployment> {
    let Some(document) = Document::open(files, path) else { return Vec::new() };
    let own = folder(path);
    let beside = file_name(path) != ".platform.app.yaml";
    let is_list = file_name(path) == "applications.yaml";
    // The project's root: where `.platform` or `.upsun` lies.
    let project = if beside { folder(own) } else { own };
    let project_files = Project::open(files, project, &document);
    let apps = match document.root.get("applications") {
        Some(apps) => list(apps),
        None if is_list => list(&document.root),
        None if beside => Vec::new(),
        None => vec![(name_of(&document.root), &document.root)],
    };
    apps.into_iter()
        .take(MAX_PARTS)
        .flat_map(|(name, node)| App::new(&document, &project_files, name, node, project).deployments(files))
        .collect()
}

/// Apps as a list, or by their names.
fn list(apps: &Node) -> Vec<(&str, &Node)> {
    match &apps.kind {
        Kind::List(items) => items.iter().map(|app| (name_of(app), app)).collect(),
        _ => apps.entries().iter().filter_map(|(key, app)| Some((key.as_str()?, app))).collect(),
    }
}

fn name_of(app: &Node) -> &str {
    app.get("name").and_then(Node::as_str).unwrap_or("app")
}

/// The routes and services of a project.
struct Project {
    routes: Option<(Arc<Document>, Node)>,
    services: Option<Node>,
}

impl Project {
    fn open(files: &Files<'_>, root: &str, document: &Document) -> Self {
        let path = |name: &str| if root.is_empty() { name.to_owned() } else { format!("{root}/{name}") };
        let own = |key: &str| document.root.get(key).cloned();
        let other = |name: &str| {
            let path = path(name);
            files.paths().contains(&path).then(|| Document::open(files, &path)).flatten().map(Arc::new)
        };
        let routes = match own("routes") {
            Some(node) => {
                let source = Arc::clone(&document.source);
                let routes = Document { source, root: node.clone(), problems: Vec::new() };
                Some((Arc::new(routes), node))
            }
            None => other(".platform/routes.yaml").map(|routes| (Arc::clone(&routes), routes.root.clone())),
        };
        let services = own("services")
            .or_else(|| other(".platform/services.yaml").map(|services| services.root.clone()));
        Self { routes, services }
    }

    /// The route that leads to an app, `upstream: "app:http"`, and whether it is sticky.
    fn route(&self, app: &str) -> Option<(Place, Option<(bool, Place)>)> {
        let (document, routes) = self.routes.as_ref()?;
        let leads = |route: &&Node| {
            let upstream = route.get("upstream").and_then(Node::as_str).unwrap_or_default();
            upstream.split(':').next() == Some(app)
        };
        let route = routes.entries().iter().map(|(_, route)| route).find(leads)?;
        let sticky = route.path(&["sticky", "enabled"]);
        let sticky = sticky.and_then(|node| Some((node.as_bool()?, document.place(node))));
        Some((document.place(route.get("upstream")?), sticky))
    }

    /// Whether a service is missing; `None` when the project's services cannot be seen.
    fn lacks(&self, service: &str) -> Option<bool> {
        self.services.as_ref().map(|services| services.get(service).is_none())
    }
}
