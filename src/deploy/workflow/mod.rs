//! GitHub workflows: jobs that deploy, with the variables they set and the lines of `.env` that they write.
//!
//! What such a job has in its environment is for its tools first; whether the app gets it is not certain. GitHub's
//! documentation, "Store information in variables": a step's `env` wins over its job's, and that over the workflow's.

mod env_file;
mod jobs;
#[cfg(test)]
mod tests;
mod variables;

use std::sync::Arc;

use super::reading::{self, MAX_PARTS, commands};
use super::{Deployment, Files, Layer, Role, When};
use crate::facts::{Confidence, Place};
use crate::parse::node::Node;
use crate::text::Source;

/// What describes these deployments.
const SOURCE: &str = "github workflow";

/// The deployments of workflows.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let is_workflow = |path: &&String| {
        let name = path.strip_prefix(".github/workflows/");
        name.is_some_and(|name| !name.contains('/') && (name.ends_with(".yml") || name.ends_with(".yaml")))
    };
    files.paths().iter().filter(is_workflow).flat_map(|path| of(files, path)).collect()
}

fn of(files: &Files<'_>, path: &str) -> Vec<Deployment> {
    let Some(source) = files.read(path) else { return Vec::new() };
    let Some(document) = reading::yaml(files, &source).documents.into_iter().next() else {
        return Vec::new();
    };
    let jobs = document.get("jobs").map_or(&[][..], Node::entries);
    let build = |(id, job): &(Node, Node)| {
        let id = id.scalar_text()?;
        let environment = jobs::environment(&source, id, job)?;
        deployment(&source, &document, id, job, &environment)
    };
    jobs.iter().take(MAX_PARTS).filter_map(build).collect()
}

fn deployment(
    source: &Arc<Source>,
    document: &Node,
    id: &str,
    job: &Node,
    environment: &str,
) -> Option<Deployment> {
    let mut deployment = Deployment::new(SOURCE, environment, id, Place::new(source, job.span));
    let steps = job.get("steps").map_or(&[][..], Node::items);
    let written = env_file::written(source, steps);
    deployment.layers.extend(written.layer);
    deployment.env_file = written.file;
    let deploying = steps.iter().rev().filter(|step| jobs::deploys(step)).filter_map(|step| step.get("env"));
    let levels = deploying.map(|env| (env, "step")).chain(job.get("env").map(|env| (env, "job")));
    for (env, level) in levels.chain(document.get("env").map(|env| (env, "workflow"))) {
        deployment.layers.extend(variables::layer(source, env, level));
    }
    let empty = |layer: &Layer| layer.variables.is_empty() && layer.more.is_none();
    if deployment.layers.iter().all(empty) && deployment.env_file.is_none() {
        return None;
    }
    for step in steps {
        if let Some((node, text)) = jobs::remote_script(step) {
            deployment.commands.extend(commands(source, node.span, text, When::Release));
        }
    }
    deployment.runs.role = Role::Unknown;
    deployment.confidence = Confidence::Low;
    Some(deployment)
}
