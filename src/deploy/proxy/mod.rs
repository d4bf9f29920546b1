//! Proxies whose configurations are in the repository: nginx and HAProxy. A list of several servers says that what they
//! run is replicated, and how clients are spread over them.

mod haproxy;
mod nginx;
mod servers;
#[cfg(test)]
mod tests;

use super::{Deployment, Files};

/// The deployments that proxies stand in front of.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let mut deployments = nginx::read(files);
    deployments.extend(haproxy::read(files));
    deployments
}
