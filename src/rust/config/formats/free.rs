//! The crates `config` and figment: files whose names and schema are the app's own. Layers by what people write: a base,
//! the environment's own file, variables with a prefix (rust-cli/config-rs examples and src/env.rs, 0.15; figment 0.10).

use std::sync::Arc;

use super::super::document::{self, Document};
use super::super::layers::Weight;
use super::super::stage::{self, Stage};
use super::super::{Format, Request, discover, overrides};
use super::{Found, Stack, names, table, whole};
use crate::discover::Skipped;
use crate::facts::Confidence;

const FOLDERS: &[&str] = &["config", "configuration", "configs", "settings", "conf"];
/// Words that the name of such a file holds when it does not lie in one of those folders.
const WORDS: &[&str] = &["config", "configuration", "settings", "conf", "cfg"];
/// Files that others read.
const OTHERS: &[&str] = &["Cargo.toml", "Rocket.toml", "app.json", "package.json", "tsconfig.json"];
const EXAMPLES: &[&str] = &["example", "sample", "template", "dist", "tmpl"];
const SELECTED: &[&str] =
    &["RUN_MODE", "RUN_ENV", "APP_ENVIRONMENT", "APP_ENV", "RUST_ENV", "ENVIRONMENT", "ENV"];

/// What the name of a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    stage: Stage,
    is_example: bool,
}

pub(super) fn read(request: &Request<'_>, skipped: &mut Vec<Skipped>) -> Vec<Found> {
    let format = match (request.depends_on("config"), request.depends_on("figment")) {
        (true, _) => Format::Config,
        (false, true) if !request.depends_on("rocket") => Format::Figment,
        _ => return Vec::new(),
    };
    let folders = discover::upward(request.folder);
    let mut files = folders.iter().map(|folder| in_folder(request, folder));
    let files = files.find(|files| !files.is_empty()).unwrap_or_default();
    let mut documents = Vec::new();
    for (path, named) in files {
        let document = document::read(request, &path, skipped).filter(|document| !is_of_cargo(document));
        documents.extend(document.map(|document| (named, document)));
    }
    // Examples count where the real file is not in the repository.
    if documents.iter().any(|(named, _)| !named.is_example && !matches!(named.stage, Stage::Developers(_))) {
        documents.retain(|(named, _)| !named.is_example);
    }
    let names: Vec<Arc<str>> = documents.iter().filter_map(|(named, _)| named.own()).collect();
    let base = documents.iter().any(|(named, _)| named.stage == Stage::Base);
    let asked = names::selected(request, SELECTED);
    let mut judged = names::judged(&names, asked.as_deref());
    judged.retain(|(name, _)| {
        !base || !matches!(stage::of(name), Some(Stage::Developers(_))) || asked.as_deref() == Some(name)
    });
    let profiles: Vec<Option<(Arc<str>, Confidence)>> =
        if judged.is_empty() { vec![None] } else { judged.into_iter().map(Some).collect() };
    profiles.into_iter().filter_map(|profile| stack(request, format, &documents, profile)).collect()
}

fn stack(
    request: &Request<'_>,
    format: Format,
    documents: &[(Named, Document)],
    profile: Option<(Arc<str>, Confidence)>,
) -> Option<Found> {
    let mut stack = Stack::default();
    for (named, document) in documents {
        if named.stage == Stage::Base {
            // What a variable or another file gives in its place may not be seen.
            let confidence = named.cap(Confidence::Medium);
            add(&mut stack, document, &Weight { format, profile: None, confidence });
        }
    }
    if let Some((profile, confidence)) = &profile {
        for (named, document) in documents {
            if named.own().as_ref() == Some(profile) {
                let confidence = named.cap(*confidence);
                add(&mut stack, document, &Weight { format, profile: Some(Arc::clone(profile)), confidence });
            }
        }
    }
    overrides::prefixed(request, format, &mut stack.layers);
    let found = stack.found(profile.map(|(profile, _)| profile));
    (!found.settings.is_empty() || !found.files.is_empty()).then_some(found)
}

/// figment's nested profiles are tables of the file.
fn add(stack: &mut Stack, document: &Document, weight: &Weight) {
    let is_profile = |key: &str| {
        let first = key.split('.').next().unwrap_or_default();
        matches!(first, "default" | "debug" | "release" | "global") && first.len() < key.len()
    };
    let nested = weight.format == Format::Figment
        && !document.leaves.is_empty()
        && document.leaves.iter().all(|leaf| is_profile(&leaf.key));
    if nested {
        for profile in ["default", "release", "global"] {
            stack.add(document, weight, |key| table(key, profile));
        }
    } else {
        stack.add(document, weight, whole);
    }
}

impl Named {
    fn own(&self) -> Option<Arc<str>> {
        match &self.stage {
            Stage::Deployed(name) | Stage::Developers(name) => Some(Arc::clone(name)),
            Stage::Base => None,
        }
    }

    fn cap(&self, confidence: Confidence) -> Confidence {
        if self.is_example { Confidence::Low } else { confidence }
    }
}

/// The config files in a folder and in those below it that are made for them.
fn in_folder(request: &Request<'_>, folder: &str) -> Vec<(String, Named)> {
    let mut found = Vec::new();
    for inner in FOLDERS.iter().copied().chain([""]) {
        let folder = discover::join(folder, inner);
        for name in request.tree.names(&folder) {
            if let Some(named) = named(&name, request.package, !inner.is_empty()) {
                found.push((discover::join(&folder, &name), named));
            }
        }
    }
    found
}

/// Whether it is a config of Cargo that lies outside of its folder.
fn is_of_cargo(document: &Document) -> bool {
    const TABLES: &[&str] = &["build", "target", "alias", "net", "registries", "unstable"];
    let first = |key: &str| TABLES.contains(&key.split('.').next().unwrap_or_default());
    !document.leaves.is_empty() && document.leaves.iter().all(|leaf| first(&leaf.key))
}

/// What a file's name says; `None`: it is no such file.
fn named(name: &str, package: &str, in_config: bool) -> Option<Named> {
    if name.starts_with(['.', '_']) || OTHERS.contains(&name) {
        return None;
    }
    let (stem, extension) = discover::stem(name);
    let is_example = EXAMPLES.contains(&extension);
    let (stem, extension) = if is_example { discover::stem(stem) } else { (stem, extension) };
    if !document::is_readable(extension) {
        return None;
    }
    let mut named = Named { stage: Stage::Base, is_example };
    let mut known = in_config;
    let package = package.to_ascii_lowercase();
    let words = stem.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    for word in words.map(str::to_ascii_lowercase) {
        let word = word.as_str();
        if WORDS.contains(&word) || package.split(['-', '_']).any(|part| part == word) {
            known = true;
        } else if EXAMPLES.contains(&word) {
            named.is_example = true;
        } else if matches!(word, "app" | "application" | "docker" | "server") {
            known |= extension == "toml" && word == "app";
        } else {
            match stage::of(word)? {
                Stage::Base => {}
                stage => named.stage = stage,
            }
        }
    }
    known.then_some(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files() {
        let named = |name: &str, in_config| {
            named(name, "svix-server", in_config).map(|named| {
                let stage = match named.stage {
                    Stage::Deployed(name) | Stage::Developers(name) => name.to_string(),
                    Stage::Base => "Base".to_owned(),
                };
                format!("{stage}{}", if named.is_example { " example" } else { "" })
            })
        };
        for (name, in_config, expected) in [
            ("config.toml", false, Some("Base")),
            ("config.default.toml", false, Some("Base")),
            ("Settings.yaml", false, Some("Base")),
            ("App.toml", false, Some("Base")),
            ("app.json", false, None),
            ("app.yaml", false, None),
            ("svix_config.docker_template.toml", false, Some("Base example")),
            ("svix.toml", false, Some("Base")),
            ("config.production.yml", false, Some("production")),
            ("production.toml", false, None),
            ("production.toml", true, Some("production")),
            ("default.json", true, Some("Base")),
            ("local.toml", true, Some("local")),
            ("prod.toml.example", true, Some("prod example")),
            ("routes.yaml", true, None),
            ("Cargo.toml", false, None),
            ("_config.yml", false, None),
            ("config.rs", false, None),
            ("é.toml", true, Some("Base")),
        ] {
            assert_eq!(named(name, in_config).as_deref(), expected, "{name}");
        }
    }
}
