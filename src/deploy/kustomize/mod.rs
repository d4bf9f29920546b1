//! Kustomizations: bases, overlays, patches and generators, put together to objects of Kubernetes.

use std::collections::BTreeSet;

use super::{Deployment, Files};

/// What the kustomizations of a repository deploy.
#[must_use]
pub fn read(_files: &Files<'_>) -> Vec<Deployment> {
    Vec::new()
}

/// The files that kustomizations use: they are no plain manifests.
pub(super) fn claimed(_files: &Files<'_>) -> BTreeSet<String> {
    BTreeSet::new()
}
