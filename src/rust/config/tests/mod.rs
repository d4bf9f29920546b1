//! Folders of config files, and what is read from them, as lines of text.

mod frameworks;
mod free;
mod hostile;

use std::collections::BTreeSet;
use std::fs;

use super::{Configured, Request, meanings, of_variables, read};
use crate::discover::Tree;
use crate::facts::{Trail, TrailStep, Variable, Variables};

/// A folder with files.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    fn read(&self, folder: &str, crates: &[&str], variables: &Variables) -> Vec<Configured> {
        let tree = Tree::open(self.0.path()).unwrap();
        let crates: BTreeSet<String> = crates.iter().map(|name| (*name).to_owned()).collect();
        let request = Request {
            tree: &tree,
            folder,
            package: "shop-server",
            crates: &crates,
            variables,
            prefixes: &[],
        };
        read(&request)
    }
}

/// `NAME=value`; without `=` the value is not known.
fn variables(given: &[&str]) -> Variables {
    let mut variables = Variables::new();
    for given in given {
        let (name, value) = given.split_once('=').map_or((*given, None), |(name, value)| (name, Some(value)));
        let variable =
            Variable { value: value.map(Into::into), unknown: None, trail: Trail::none(), place: None };
        variables.insert(name.into(), variable);
    }
    variables
}

fn trail(steps: &[TrailStep]) -> String {
    let step = |step: &TrailStep| format!("{} {}", step.step.name(), step.note.text());
    steps.iter().map(step).collect::<Vec<_>>().join(", ")
}

/// The settings as lines.
fn settings(files: &[(&str, &str)], crates: &[&str], given: &[&str]) -> Vec<String> {
    let mut lines = Vec::new();
    for configured in Folder::new(files).read("", crates, &variables(given)) {
        let profile = &configured.profile;
        for setting in &configured.settings {
            if let Some(place) = &setting.place {
                assert!(place.source.text().get(place.span.range()).is_some(), "{setting:?}");
            }
            let value = match (&setting.value, &setting.unknown) {
                (_, Some(reason)) => format!("? {}", reason.text()),
                (Some(value), None) => value.to_string(),
                (None, None) => "null".to_owned(),
            };
            lines.push(format!(
                "{profile} {}={value} {}: {}",
                setting.key,
                setting.confidence.name(),
                trail(&setting.trail)
            ));
        }
        lines.extend(configured.skipped.iter().map(|skipped| {
            let name = skipped.path.rsplit('/').next().unwrap_or_default();
            format!("{profile} skipped {name}: {}", skipped.reason)
        }));
    }
    lines
}

/// What it means, as lines.
fn meant(files: &[(&str, &str)], crates: &[&str], given: &[&str]) -> Vec<String> {
    let mut lines = Vec::new();
    for configured in Folder::new(files).read("", crates, &variables(given)) {
        for meaning in meanings(&configured) {
            let kind = meaning.concern.map_or_else(
                || meaning.fact.map_or("?", super::Fact::name).to_owned(),
                |concern| format!("{} {}", concern.name(), meaning.locality.name()),
            );
            let detail = meaning.detail.as_ref().map(|detail| format!(" ({detail})")).unwrap_or_default();
            let unknown =
                meaning.unknown.as_ref().map(|reason| format!(": {}", reason.text())).unwrap_or_default();
            let line = meaning.place.as_ref().map_or(0, |place| place.start().line);
            lines.push(format!(
                "{} {kind} {}{detail} {} {} @{line}{unknown}",
                configured.profile,
                meaning.store,
                meaning.severity.name(),
                meaning.confidence.name(),
            ));
        }
    }
    lines
}

#[test]
fn variables_of_the_process_lead_somewhere() {
    let given = variables(&[
        "DATABASE_URL=postgres://u:hunter2@db/app",
        "SHOP_DATABASE_URL=sqlite://shop.db",
        "REDIS_URL=redis://127.0.0.1",
        "CACHE_REDIS_URL",
        "AMQP_URL=hunter2",
        "DB_URL=",
        "OTHER=sqlite://x.db",
    ]);
    let lines: Vec<String> = of_variables(&given)
        .iter()
        .map(|meaning| {
            format!(
                "{} {} {} {}",
                meaning.store,
                meaning.locality.name(),
                meaning.detail.as_deref().unwrap_or("-"),
                meaning.unknown.as_ref().map_or("", |reason| reason.text())
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            "a service of AMQP_URL unknown - AMQP_URL does not say where it leads",
            "a service of CACHE_REDIS_URL unknown - the value of CACHE_REDIS_URL is kept elsewhere",
            "postgres of DATABASE_URL shared db ",
            "redis of REDIS_URL host 127.0.0.1 ",
            "sqlite of SHOP_DATABASE_URL disk shop.db ",
        ]
    );
}
