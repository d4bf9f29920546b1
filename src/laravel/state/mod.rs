//! From settings to state: each concern followed to where its data lives.

mod broadcasts;
mod caches;
mod databases;
mod disks;
mod follow;
mod hosts;
mod logs;
mod maintenance;
mod queues;
mod redis;
mod resolver;
mod sessions;

use crate::facts::State;
use crate::laravel::app::App;
use crate::laravel::load::Configuration;

pub use resolver::{Lives, Resolver};

/// The state of an app with this configuration, in a fixed order of concerns.
#[must_use]
pub fn states(app: &App, configuration: &Configuration) -> Vec<State> {
    let mut resolver = Resolver::new(app, configuration);
    sessions::add(&mut resolver);
    caches::add(&mut resolver);
    disks::add(&mut resolver);
    logs::add(&mut resolver);
    queues::add(&mut resolver);
    broadcasts::add(&mut resolver);
    maintenance::add(&mut resolver);
    databases::add(&mut resolver);
    redis::add(&mut resolver);
    resolver.finish()
}
