//! log4rs: files with `appenders`, under any name that speaks of logging (estk/log4rs docs/Configuration.md, 1.3).

use std::sync::Arc;

use super::super::document::{self, Document};
use super::super::layers::Weight;
use super::super::stage::{self, Stage};
use super::super::{Format, Request, discover};
use super::{Found, Stack, whole};
use crate::discover::Skipped;
use crate::facts::Confidence;

const FOLDERS: &[&str] = &["", "config", "configs", "conf", "configuration", "etc", "log", "resources"];

pub(super) fn read(request: &Request<'_>, skipped: &mut Vec<Skipped>) -> Vec<Found> {
    let mut there: Vec<(Option<Stage>, Document)> = Vec::new();
    for folder in discover::upward(request.folder) {
        for inner in FOLDERS {
            let folder = discover::join(&folder, inner);
            let names = request.tree.names(&folder);
            for name in names.iter().filter(|name| speaks_of_logging(name)) {
                let document = document::read(request, &discover::join(&folder, name), skipped);
                let document = document
                    .filter(|document| document.leaves.iter().any(|leaf| leaf.key.starts_with("appenders.")));
                there.extend(document.map(|document| (stage::within(discover::stem(name).0), document)));
            }
        }
        if !there.is_empty() {
            break;
        }
    }
    let is_for_developers = |stage: &Option<Stage>| matches!(stage, Some(Stage::Developers(_)));
    let all = there.iter().all(|(stage, _)| is_for_developers(stage));
    let mut found = Vec::new();
    for (stage, document) in there {
        if is_for_developers(&stage) && !all {
            continue;
        }
        let profile: Option<Arc<str>> = match stage {
            Some(Stage::Deployed(name)) => Some(name),
            _ => None,
        };
        // Which of them the code names is not known here.
        let confidence = if all { Confidence::Medium } else { Confidence::High };
        let weight = Weight { format: Format::Log4rs, profile: profile.clone(), confidence };
        let mut stack = Stack::default();
        stack.add(&document, &weight, whole);
        found.push(stack.found(profile));
    }
    found
}

fn speaks_of_logging(name: &str) -> bool {
    let (stem, extension) = discover::stem(name);
    matches!(extension, "yaml" | "yml" | "toml" | "json") && stem.to_ascii_lowercase().contains("log")
}
