//! What a repository deploys: manifests to deployments. A deployment is what one manifest runs: its variables, replicas,
//! volumes, commands. No framework is known here.

mod files;
mod model;
mod repository;

pub use crate::facts::{Replicas, Sticky};
pub use files::{Files, folder, join};
pub use model::{Command, Deployment, Given, Layer, Mount, Problem, Role, Runs, Sharing, Value, When};
pub use repository::Repository;

/// Every deployment that the manifests describe, in a fixed order of the sources.
#[must_use]
pub fn all(_files: &Files<'_>) -> Vec<Deployment> {
    Vec::new()
}
