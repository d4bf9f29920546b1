//! Proxies whose configuration is in the repository: they run nothing of the app, but tell how many servers do.

use std::sync::Arc;

use crate::deploy::Deployment;
use crate::laravel::environments::LoadedEnvironment;

/// Whether a deployment is only a list of servers behind a proxy.
pub fn is_front(deployment: &Deployment) -> bool {
    matches!(deployment.source, "nginx" | "haproxy") && deployment.layers.is_empty()
}

/// Puts environments behind the proxies: where nothing else tells how many replicas run, these do.
pub fn put_behind(fronts: &[Deployment], environments: &mut [LoadedEnvironment]) {
    for loaded in environments {
        let environment = &mut loaded.environment;
        if environment.replicas.min.is_some() || environment.replicas.max.is_some() {
            continue;
        }
        // One that names no environment stands before each.
        let is_same = |front: &&Deployment| front.environment == environment.name;
        let is_any = |front: &&Deployment| &*front.environment == front.source;
        let Some(front) = fronts.iter().find(is_same).or_else(|| fronts.iter().find(is_any)) else {
            continue;
        };
        environment.replicas = front.replicas.clone();
        if environment.sticky.is_none() {
            environment.sticky.clone_from(&front.sticky);
        }
        for file in &front.files {
            if !environment.sources.contains(file) {
                environment.sources.push(Arc::clone(file));
            }
        }
        loaded.deployments.push(front.clone());
    }
}
