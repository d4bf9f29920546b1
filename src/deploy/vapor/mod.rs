//! Laravel Vapor: `vapor.yml`.
//!
//! laravel/vapor-docs, src/projects (environments, deployments, queues): an environment answers requests, works on queued
//! jobs and runs the scheduler, each in functions of AWS Lambda of its own, many at once. A function's disk is gone with
//! it. Its variables are set in Vapor, not in the repository, and win over what Vapor injects. laravel/vapor-cli,
//! src/BuildProcess/RemoveIgnoredFiles.php: `.env` is not deployed.

mod injected;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::reading::{Document, MAX_PARTS, Stage, count, file_name, map, named, scripts};
use super::{Deployment, Files, Layer, Replicas, Role, When, folder, join};
use crate::facts::Reason;
use crate::parse::node::Node;
use crate::text::Span;

const SOURCE: &str = "vapor";

/// The environments of each `vapor.yml`.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let manifests = files.paths().iter().filter(|path| file_name(path) == "vapor.yml");
    manifests.take(MAX_PARTS).flat_map(|path| read_one(files, path)).collect()
}

fn read_one(files: &Files<'_>, path: &str) -> Vec<Deployment> {
    let Some(document) = Document::open(files, path) else { return Vec::new() };
    let environments = document.root.get("environments").map(Node::entries).unwrap_or_default();
    environments
        .iter()
        .take(MAX_PARTS)
        .filter_map(|(key, node)| Some((key.scalar_text()?, key.span, node)))
        .filter_map(|(name, span, node)| match named(name) {
            Stage::Deployed(environment) => {
                Some(Environment { document: &document, path, name, environment, span, node })
            }
            Stage::Developers => None,
        })
        .flat_map(|environment| environment.deployments(files))
        .collect()
}

/// An environment of a manifest.
struct Environment<'d> {
    document: &'d Document,
    path: &'d str,
    name: &'d str,
    environment: Arc<str>,
    span: Span,
    node: &'d Node,
}

impl Environment<'_> {
    fn deployments(&self, files: &Files<'_>) -> Vec<Deployment> {
        let layers = [self.own_variables(files), injected::layer(self)];
        let is_off = |key: &str| self.node.get(key).and_then(Node::as_bool) == Some(false);
        let mut found = vec![self.web()];
        if !is_off("queues") {
            found.push(self.function("queue", Role::Worker, self.many("queue-concurrency")));
        }
        if !is_off("scheduler") {
            let place = self.document.place_of(self.span);
            found.push(self.function("scheduler", Role::Scheduler, Replicas::exactly(1, place)));
        }
        for deployment in &mut found {
            deployment.layers.extend(layers.iter().cloned());
        }
        found
    }

    fn web(&self) -> Deployment {
        let mut web = self.function("web", Role::Web, self.many("concurrency"));
        web.balanced = Some(self.document.place_of(self.span));
        for (key, when) in [("build", When::Build), ("deploy", When::Release)] {
            let hooks = self.node.get(key).map(|hooks| scripts(self.document, hooks, when));
            web.commands.extend(hooks.unwrap_or_default());
        }
        web
    }

    fn function(&self, service: &str, role: Role, replicas: Replicas) -> Deployment {
        let mut deployment = self.document.deployment(SOURCE, &self.environment, service, self.span);
        let own = folder(self.path);
        deployment.runs.role = role;
        deployment.runs.folder = Some(own.into());
        let text = |key: &str| self.node.get(key).and_then(Node::as_str);
        if text("runtime").is_some_and(|runtime| runtime.starts_with("docker")) {
            let default = format!("{}.Dockerfile", self.name);
            deployment.runs.dockerfile = join(own, text("dockerfile").unwrap_or(&default)).map(Arc::from);
        }
        deployment.replicas = replicas;
        deployment
    }

    /// As many as there are requests or jobs at a time, up to what is declared; AWS's own bound is the account's.
    fn many(&self, key: &str) -> Replicas {
        let declared = self.node.get(key);
        let max = count(declared).filter(|&max| max > 0);
        let place = match declared.filter(|_| max.is_some()) {
            Some(node) => self.document.place(node),
            None => self.document.place_of(self.span),
        };
        Replicas { min: Some(1), max: Some(max.unwrap_or(u32::MAX)), place: Some(place) }
    }

    fn own_variables(&self, files: &Files<'_>) -> Layer {
        let encrypted = format!(".env.{}.encrypted", self.name);
        let beside = join(folder(self.path), &encrypted).unwrap_or_default();
        let why = if files.paths().contains(&beside) {
            format!(
                "variables that are set in Vapor, or in `{encrypted}`, cannot be read from the repository"
            )
        } else {
            "variables that are set in Vapor are not in the repository".to_owned()
        };
        Layer {
            origin: format!("variables of the Vapor environment {}", self.name).into(),
            variables: self.node.get("variables").map(|node| map(self.document, node)).unwrap_or_default(),
            more: Some(Reason::at(why, self.document.place_of(self.span))),
        }
    }
}
