//! Charts of Helm: templates, and the values files that fill them in.
//!
//! Only what is certain is filled in: a value of the values files as it stands, conditions on such values, lists and maps
//! that are taken as a whole. All else of a template stays unknown.

mod actions;
mod blocks;
mod chart;
mod expression;
mod printed;
mod template;
#[cfg(test)]
mod tests;
mod values;

use super::kubernetes::object::{Object, Objects};
use super::kubernetes::workload::{Environment, deployments};
use super::kubernetes::{load, names};
use super::{Deployment, Files};
use crate::facts::Confidence;
use chart::Chart;
use values::{Setting, settings};

pub(super) use chart::charts;

const SOURCE: &str = "helm";

/// What the charts of a repository deploy: each environment that has a values file of its own, or else the chart as it is.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    let mut found = Vec::new();
    for chart in chart::all(files) {
        for setting in settings(files, &chart) {
            found.extend(environment(files, &chart, &setting));
        }
    }
    found
}

fn environment(files: &Files<'_>, chart: &Chart, setting: &Setting) -> Vec<Deployment> {
    let mut all: Vec<Object> = Vec::new();
    for part in chart.parts(files, &setting.values) {
        for path in &part.templates {
            let Some(source) = files.read(path).filter(|source| load::may_hold_objects(source.text())) else {
                continue;
            };
            all.extend(template::objects(files, path, &source, &part));
        }
    }
    let objects = Objects::new(all);
    let is_example = names::is_example(&chart.folder);
    let confidence = if is_example { Confidence::Low } else { setting.confidence };
    let select =
        |_: &_| Some(Environment { source: SOURCE, name: &setting.name, confidence, made: &chart.name });
    let mut found = deployments(&objects, select);
    for deployment in &mut found {
        for file in &setting.files {
            if !deployment.files.contains(file) {
                deployment.files.push(file.clone());
            }
        }
    }
    found
}
