//! What a repository deploys: manifests to deployments. A deployment is what one manifest runs: its variables, replicas,
//! volumes, commands. No framework is known here.

mod files;
pub mod helm;
pub mod kubernetes;
pub mod kustomize;
mod model;

pub use files::{Files, folder, join};
pub use model::{
    Command, Deployment, Given, Layer, Mount, Problem, Replicas, Role, Runs, Sharing, Sticky, Value, When,
};
