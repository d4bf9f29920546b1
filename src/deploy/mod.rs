//! What a repository deploys: manifests to deployments. A deployment is what one manifest runs: its variables, replicas,
//! volumes, commands. No framework is known here.

pub mod appengine;
pub mod bref;
pub mod deployer;
pub mod digitalocean;
mod files;
pub mod fly;
pub mod heroku;
mod model;
pub mod platformsh;
pub mod railway;
mod reading;
pub mod render;
pub mod scripts;
pub mod vapor;

pub use files::{Files, folder, join};
pub use model::{
    Command, Deployment, Given, Layer, Mount, Problem, Replicas, Role, Runs, Sharing, Sticky, Value, When,
};
