//! Charts of Helm.

use super::{Deployment, Files, folder};

/// What the charts of a repository deploy.
#[must_use]
pub fn read(_files: &Files<'_>) -> Vec<Deployment> {
    Vec::new()
}

/// The folders of all charts.
pub(super) fn charts(files: &Files<'_>) -> Vec<String> {
    let is_chart = |path: &&String| *path == "Chart.yaml" || path.ends_with("/Chart.yaml");
    files.paths().iter().filter(is_chart).map(|path| folder(path).to_owned()).collect()
}
