//! Attributes of a target group of a load balancer, as CloudFormation has them.

use std::sync::Arc;

use super::{at, truth};
use crate::deploy::Sticky;
use crate::parse::node::Node;
use crate::text::Source;

/// Whether a client stays with one target. AWS CloudFormation user guide, AWS::ElasticLoadBalancingV2::TargetGroup
/// TargetGroupAttribute: `stickiness.enabled` (default `false`), `stickiness.type` (`lb_cookie`, `app_cookie`,
/// `source_ip`, ..).
pub fn sticky(source: &Arc<Source>, attributes: &Node) -> Option<Sticky> {
    let value = |key: &str| {
        let named = |item: &&Node| item.get("Key").and_then(Node::scalar_text) == Some(key);
        attributes.items().iter().rev().find(named)?.get("Value")
    };
    let enabled = value("stickiness.enabled")?;
    let by = match value("stickiness.type").and_then(Node::scalar_text) {
        Some("app_cookie") => "a cookie of the app",
        Some(kind) if kind.starts_with("source_ip") => "the client's address",
        _ => "a cookie of the load balancer",
    };
    Some(Sticky { on: truth(enabled)?, by: by.into(), place: at(source, enabled) })
}
