//! CloudFormation and SAM templates: tasks, services, target groups, and how they are scaled.

use std::sync::Arc;

use super::keys::{get, reference};
use super::{SOURCE, containers, service};
use crate::deploy::reading::{MAX_PARTS, at, number, target_group_sticky};
use crate::deploy::{Deployment, Replicas, Role};
use crate::parse::node::{Kind, Node};
use crate::text::Source;

/// Whether there are tasks among resources.
pub(super) fn has_tasks(resources: &Node) -> bool {
    of_type(resources, "AWS::ECS::TaskDefinition").next().is_some()
}

fn of_type<'n>(resources: &'n Node, wanted: &'static str) -> impl Iterator<Item = (&'n str, &'n Node)> {
    resources.entries().iter().filter_map(move |(name, resource)| {
        let is = resource.get("Type").and_then(Node::as_str) == Some(wanted);
        Some((name.scalar_text()?, resource.get("Properties")?)).filter(|_| is)
    })
}

/// The deployments of a template.
pub(super) fn of(source: &Arc<Source>, document: &Node, environment: &str) -> Vec<Deployment> {
    let Some(resources) = document.get("Resources") else { return Vec::new() };
    let mut deployments = Vec::new();
    for (name, task) in of_type(resources, "AWS::ECS::TaskDefinition").take(MAX_PARTS) {
        let mut found = containers::of(source, task, environment);
        let services: Vec<(&str, &Node)> = of_type(resources, "AWS::ECS::Service")
            .filter(|(_, service)| get(service, "taskDefinition").and_then(reference) == Some(name))
            .collect();
        if services.is_empty() {
            // A task by itself is run by something else: a schedule, a release.
            for deployment in &mut found {
                if deployment.runs.role == Role::Unknown {
                    deployment.runs.role = Role::Job;
                }
            }
        }
        for (name, service) in services.iter().take(1) {
            for deployment in &mut found {
                apply(deployment, source, resources, name, service);
            }
        }
        deployments.append(&mut found);
    }
    deployments
}

fn apply(deployment: &mut Deployment, source: &Arc<Source>, resources: &Node, name: &str, service: &Node) {
    deployment.replicas =
        scaled(source, resources, name, service).unwrap_or_else(|| service::replicas(source, service));
    deployment.balanced = service::balanced(source, service);
    let balancers = get(service, "loadBalancers").map_or(&[][..], Node::items);
    let groups = balancers.iter().filter_map(|balancer| get(balancer, "targetGroupArn").and_then(reference));
    for group in groups {
        let Some(group) = resources.path(&[group, "Properties"]) else { continue };
        if let Some(health) = group.get("HealthCheckPath") {
            deployment.health = Some(at(source, health));
        }
        if let Some(sticky) =
            group.get("TargetGroupAttributes").and_then(|list| target_group_sticky(source, list))
        {
            deployment.sticky = Some(sticky);
        }
    }
    if &*deployment.service == SOURCE {
        deployment.service = name.into();
    }
}

/// The range of a scalable target that speaks of this service.
fn scaled(source: &Arc<Source>, resources: &Node, name: &str, service: &Node) -> Option<Replicas> {
    let own_name = get(service, "serviceName").and_then(Node::scalar_text);
    let targets: Vec<&Node> =
        of_type(resources, "AWS::ApplicationAutoScaling::ScalableTarget").map(|(_, target)| target).collect();
    let is_own = |target: &&&Node| {
        target
            .get("ResourceId")
            .is_some_and(|id| speaks_of(id, name) || own_name.is_some_and(|own| speaks_of(id, own)))
    };
    let services = of_type(resources, "AWS::ECS::Service").count();
    let only = || targets.first().filter(|_| targets.len() == 1 && services == 1);
    let target = targets.iter().find(is_own).or_else(only)?;
    let bound = |key: &str| target.get(key).and_then(number);
    let place = target.get("MaxCapacity").or_else(|| target.get("MinCapacity")).unwrap_or(target);
    Some(Replicas { min: bound("MinCapacity"), max: bound("MaxCapacity"), place: Some(at(source, place)) })
}

/// Whether a value has a name as one of its words: `service/${Cluster}/${Service.Name}`.
fn speaks_of(node: &Node, name: &str) -> bool {
    match &node.kind {
        Kind::Str(text) => {
            text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).any(|word| word == name)
        }
        Kind::Tagged(_, inner) => speaks_of(inner, name),
        Kind::List(items) => items.iter().any(|item| speaks_of(item, name)),
        Kind::Map(entries) => entries.iter().any(|(_, value)| speaks_of(value, name)),
        _ => false,
    }
}
