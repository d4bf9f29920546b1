//! Services: how many tasks run, and what is in front of them.

use std::sync::Arc;

use super::keys::get;
use crate::deploy::Replicas;
use crate::deploy::reading::{at, number};
use crate::facts::Place;
use crate::parse::node::Node;
use crate::text::Source;

/// How many tasks a service runs. AWS CloudFormation user guide, AWS::ECS::Service: without `DesiredCount` a new
/// service has 1; with the `DAEMON` strategy there is one on each machine.
pub(super) fn replicas(source: &Arc<Source>, service: &Node) -> Replicas {
    let strategy = get(service, "schedulingStrategy");
    if let Some(strategy) = strategy.filter(|strategy| strategy.scalar_text() == Some("DAEMON")) {
        return Replicas { min: Some(1), max: None, place: Some(at(source, strategy)) };
    }
    match get(service, "desiredCount") {
        Some(node) => {
            let count = number(node);
            Replicas { min: count, max: count, place: Some(at(source, node)) }
        }
        None => Replicas { min: Some(1), max: Some(1), place: None },
    }
}

/// The line that puts a load balancer in front of a service.
pub(super) fn balanced(source: &Arc<Source>, service: &Node) -> Option<Place> {
    let balancers = get(service, "loadBalancers")?;
    (!balancers.items().is_empty() || balancers.is_open()).then(|| at(source, balancers))
}

/// The family of a reference to a task definition: `shop:12`, `arn:..:task-definition/shop:12`.
pub(super) fn family(reference: &str) -> &str {
    let last = reference.rsplit('/').next().unwrap_or(reference);
    last.split(':').next().unwrap_or(last)
}
