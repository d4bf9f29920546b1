//! AWS ECS: task definitions, services, CloudFormation and SAM templates, copilot's manifests.
//!
//! Facts are from the Amazon ECS API reference (TaskDefinition, ContainerDefinition, Volume), the AWS CloudFormation
//! user guide (AWS::ECS::Service and others) and the copilot CLI's documentation (aws/copilot-cli, site/content/docs).

mod containers;
mod copilot;
mod found;
mod keys;
mod service;
mod template;
#[cfg(test)]
mod tests;
mod volumes;

use super::{Deployment, Files};
use found::Found;

/// What describes these deployments.
const SOURCE: &str = "ecs";

/// The deployments to ECS.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let mut found = Found::default();
    for path in files.paths() {
        if may_hold_tasks(path) {
            found.add(files, path);
        }
    }
    let mut deployments = found.deployments();
    deployments.extend(copilot::read(files));
    deployments
}

fn may_hold_tasks(path: &str) -> bool {
    let name = super::reading::file_name(path);
    let kind = [".json", ".yml", ".yaml", ".template"].iter().any(|end| name.ends_with(end));
    // Large files of other tools, which hold no such thing; Dockerrun.aws.json is Elastic Beanstalk's.
    let other = ["package", "composer", "tsconfig", "pnpm-lock", "Dockerrun"];
    kind && !other.iter().any(|start| name.starts_with(start)) && !path.starts_with("copilot/")
}
