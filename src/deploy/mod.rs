//! What a repository deploys: manifests to deployments. A deployment is what one manifest runs: its variables, replicas,
//! volumes, commands. No framework is known here.

pub mod appengine;
pub mod beanstalk;
pub mod bref;
pub mod compose;
pub mod deployer;
pub mod digitalocean;
pub mod docker;
pub mod ecs;
pub mod env_files;
mod files;
pub mod fly;
pub mod fpm;
mod groups;
pub mod helm;
pub mod heroku;
pub mod image;
pub mod kubernetes;
pub mod kustomize;
mod matching;
mod model;
pub mod platformsh;
pub mod proxy;
pub mod railway;
mod reading;
pub mod render;
mod repository;
pub mod scripts;
pub mod vapor;
mod variables;
mod volumes;
mod weight;
pub mod workflow;

pub use crate::facts::{Replicas, Sticky};
pub use files::{Files, folder, join};
pub use groups::{grouped, name_of};
pub use matching::{main_of, runs};
pub use model::{Command, Deployment, Given, Layer, Mount, Problem, Role, Runs, Sharing, Value, When};
pub use repository::Repository;
pub use variables::take;
pub use volumes::{place, under};
pub use weight::weigh;

/// Reads one kind of manifest.
type Source = fn(&Files<'_>) -> Vec<Deployment>;

/// Every kind of manifest, in the order of the reports.
const SOURCES: &[Source] = &[
    compose::read,
    kubernetes::read,
    kustomize::read,
    helm::read,
    beanstalk::read,
    ecs::read,
    docker::read,
    fly::read,
    render::read,
    heroku::read,
    vapor::read,
    bref::read,
    platformsh::read,
    scripts::read,
    deployer::read,
    railway::read,
    digitalocean::read,
    appengine::read,
    proxy::read,
    fpm::read,
    workflow::read,
];

/// Every deployment that the manifests describe, in a fixed order of the sources.
#[must_use]
pub fn all(files: &Files<'_>) -> Vec<Deployment> {
    SOURCES.iter().flat_map(|read| read(files)).collect()
}
