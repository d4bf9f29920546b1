//! `Resources`: what a file changes in the resources that Elastic Beanstalk makes. Their names are from page
//! "Modifying the resources that Elastic Beanstalk creates for your environment"; a change of one wins over options.

use super::Config;
use crate::deploy::reading::{at, number, target_group_sticky};
use crate::deploy::{Deployment, Replicas, Sticky};
use crate::parse::node::Node;

/// Applies what a file changes.
pub(super) fn apply(deployment: &mut Deployment, config: &Config) {
    let Some(resources) = config.document.get("Resources") else { return };
    let properties = |name: &str| resources.path(&[name, "Properties"]);
    if let Some(group) = properties("AWSEBAutoScalingGroup") {
        sizes(deployment, config, group);
    }
    for name in ["AWSEBLoadBalancer", "AWSEBV2LoadBalancer", "AWSEBV2LoadBalancerTargetGroup"] {
        let Some(balancer) = properties(name) else { continue };
        deployment.balanced.get_or_insert_with(|| at(&config.source, balancer));
        let health = balancer.get("HealthCheckPath").or_else(|| balancer.get("HealthCheck"));
        if let Some(health) = health {
            deployment.health = Some(at(&config.source, health));
        }
        stickiness(deployment, config, balancer);
    }
}

fn sizes(deployment: &mut Deployment, config: &Config, group: &Node) {
    let before = deployment.replicas.clone();
    let size = |key: &str, weaker: Option<u32>| match group.get(key) {
        Some(node) => (number(node), Some(at(&config.source, node))),
        None => (weaker, None),
    };
    let (min, min_place) = size("MinSize", before.min);
    let (max, max_place) = size("MaxSize", before.max);
    let place = max_place.or(min_place).or(before.place);
    deployment.replicas = Replicas { min, max, place };
}

fn stickiness(deployment: &mut Deployment, config: &Config, balancer: &Node) {
    for (key, by) in [
        ("LBCookieStickinessPolicy", "a cookie of the load balancer"),
        ("AppCookieStickinessPolicy", "a cookie of the app"),
    ] {
        if let Some(policy) = balancer.get(key).filter(|policy| !policy.items().is_empty()) {
            deployment.sticky = Some(Sticky { on: true, by: by.into(), place: at(&config.source, policy) });
        }
    }
    if let Some(attributes) = balancer.get("TargetGroupAttributes") {
        let sticky = target_group_sticky(&config.source, attributes);
        deployment.sticky = sticky.or_else(|| deployment.sticky.take());
    }
}
