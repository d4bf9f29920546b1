//! The stages of a service.
//!
//! serverless/serverless, docs/guides (parameters, variables): `sls:stage` is what `--stage` says, else `provider.stage`,
//! else `dev`. That nobody deploys `dev` for people is why a service without another stage has one of an unknown name.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::SOURCE;
use crate::deploy::reading::{Document, Stage, named};
use crate::parse::node::Node;

/// How many stages of a service are read.
const MAX_STAGES: usize = 20;

/// A stage that is deployed for people.
pub(super) struct DeployedStage {
    /// What `${sls:stage}` is; `None` when the command line says it.
    pub name: Option<Arc<str>>,
    /// The environment it stands for.
    pub environment: Arc<str>,
}

/// The stages that a manifest speaks of.
pub(super) fn of(document: &Document) -> Vec<DeployedStage> {
    let root = &document.root;
    let keys = |key: &str| root.get(key).map(Node::entries).unwrap_or_default().iter();
    let names = keys("params").chain(keys("stages")).filter_map(|(key, _)| key.as_str());
    let mut names: BTreeSet<&str> = names.filter(|name| *name != "default").take(MAX_STAGES).collect();
    names.extend(root.path(&["provider", "stage"]).and_then(Node::as_str).and_then(literal));
    let mut stages: Vec<DeployedStage> = Vec::new();
    for name in names {
        if let Stage::Deployed(environment) = named(name)
            && stages.iter().all(|stage| stage.environment != environment)
        {
            stages.push(DeployedStage { name: Some(name.into()), environment });
        }
    }
    if stages.is_empty() {
        stages.push(DeployedStage { name: None, environment: SOURCE.into() });
    }
    stages
}

/// A stage that is written out, or the default of `${opt:stage, 'prod'}`.
fn literal(text: &str) -> Option<&str> {
    if !text.contains("${") {
        return Some(text);
    }
    let inner = text.strip_prefix("${opt:stage,")?.strip_suffix('}')?.trim();
    let inner = inner.trim_matches(['\'', '"']);
    (!inner.is_empty() && !inner.contains(['$', ',', ':'])).then_some(inner)
}
