//! Manifests of Cargo to packages, what they depend on, and which of them serve.
//!
//! A manifest tells what may be in a program, not what the program does: that a feature is on means that its code is
//! compiled in. Only normal dependencies are evidence; those of tests and build scripts are kept apart.

mod data;
mod declare;
mod environment;
mod features;
mod glob;
mod lock;
mod manifest;
mod model;
mod packages;
mod paths;
mod platform;
mod requirement;
mod servers;
mod targets;
#[cfg(test)]
mod tests;
mod workspace;

pub use data::crate_name;
pub use environment::{CargoEnv, cargo_env};
pub use model::{
    Bin, Dependency, DependencyKind, Feature, FeatureRow, Library, Membership, Origin, Package, Skipped,
    State,
};
pub use packages::Packages;
pub use servers::{Asked, Certainty, Framework, Reached, Server};
