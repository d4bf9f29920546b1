//! Which files are a project together, and which environment they describe.
//!
//! compose-spec/compose-go, cli/options.go (v2.9): the names that are found without `-f`, the first that is there.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::deploy::reading::{Stage, named, within};
use crate::deploy::{Files, folder};
use crate::facts::Confidence;

/// Names that `docker compose` finds by itself, in its order.
const DEFAULTS: &[&str] = &["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
/// Names of files that show what one may look like.
const EXAMPLES: &[&str] = &["example", "sample", "dist", "template"];
/// Folders of tools that make their own compose files.
const TOOLS: &[&str] = &[".ddev", ".devcontainer", ".lando", "laradock", "examples", "example"];

/// Files that are read together.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) paths: Vec<String>,
    /// The environment; `None` when the names do not say.
    pub(super) environment: Option<Arc<str>>,
    pub(super) confidence: Confidence,
}

/// A file by what its name says.
#[derive(Debug)]
enum Kind {
    Base,
    Override,
    Example,
    Deployed(Arc<str>),
    Developers,
    /// A name that says no environment.
    Variant(Arc<str>),
}

/// The groups of all folders. `is_whole` says whether the services of a file stand on their own.
pub(super) fn groups(files: &Files<'_>, is_whole: &dyn Fn(&str) -> bool) -> Vec<Group> {
    let mut folders: BTreeMap<&str, Vec<(&str, Kind)>> = BTreeMap::new();
    for path in files.paths() {
        let home = folder(path);
        let name = path.rsplit('/').next().unwrap_or_default();
        if let Some(kind) = kind(name)
            && !home.split('/').any(|part| TOOLS.contains(&part))
        {
            folders.entry(home).or_default().push((path, kind));
        }
    }
    folders.into_iter().flat_map(|(home, found)| in_folder(home, &found, is_whole)).collect()
}

fn kind(name: &str) -> Option<Kind> {
    let stem = name.strip_suffix(".yml").or_else(|| name.strip_suffix(".yaml"))?;
    let lower = stem.to_ascii_lowercase();
    let words: Vec<&str> = lower.split(['.', '-', '_']).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| *word == "compose");
    let stack = words.iter().position(|word| *word == "stack").filter(|_| words.first() == Some(&"docker"));
    let at = at.or(stack)?;
    let rest: Vec<&str> = words
        .iter()
        .enumerate()
        .filter(|(index, word)| *index != at && !(**word == "docker" && *index + 1 == at))
        .map(|(_, word)| *word)
        .collect();
    // Some other file that only speaks of it: `composer-compose-check`.
    if rest.len() > 3 {
        return None;
    }
    let text = rest.join("-");
    Some(match rest.as_slice() {
        [] => Kind::Base,
        _ if rest.contains(&"override") => Kind::Override,
        _ if rest.contains(&"sail") => Kind::Developers,
        _ if rest.iter().any(|word| EXAMPLES.contains(word)) => Kind::Example,
        ["deploy" | "swarm" | "server" | "release"] => Kind::Deployed("production".into()),
        _ => match within(&text) {
            Some(Stage::Deployed(name)) => Kind::Deployed(name),
            Some(Stage::Developers) => Kind::Developers,
            None => match named(&text) {
                Stage::Deployed(name) => Kind::Variant(name),
                Stage::Developers => Kind::Developers,
            },
        },
    })
}

fn in_folder(home: &str, found: &[(&str, Kind)], is_whole: &dyn Fn(&str) -> bool) -> Vec<Group> {
    let by_folder = home.split('/').rev().find_map(within);
    let home_stage = match by_folder {
        Some(Stage::Developers) => return Vec::new(),
        Some(Stage::Deployed(name)) => Some(name),
        None => None,
    };
    let name_of = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let base = DEFAULTS
        .iter()
        .find_map(|name| {
            found.iter().find(|(path, kind)| matches!(kind, Kind::Base) && name_of(path) == **name)
        })
        .or_else(|| found.iter().find(|(_, kind)| matches!(kind, Kind::Base)))
        .map(|(path, _)| *path);
    let group = |paths: &[&str], environment: Option<&Arc<str>>, confidence: Confidence| Group {
        paths: paths.iter().map(|path| (*path).to_owned()).collect(),
        environment: environment.cloned().or_else(|| home_stage.clone()),
        confidence,
    };
    let mut groups = Vec::new();
    for (path, kind) in found {
        let Kind::Deployed(name) = kind else { continue };
        match base.filter(|_| !is_whole(path)) {
            Some(base) => groups.push(group(&[base, path], Some(name), Confidence::High)),
            None => groups.push(group(&[path], Some(name), Confidence::High)),
        }
    }
    let has_production = !groups.is_empty();
    let sure = if home_stage.is_some() { Confidence::High } else { Confidence::Medium };
    let over = found.iter().find(|(_, kind)| matches!(kind, Kind::Override)).map(|(path, _)| *path);
    if let Some(base) = base.filter(|_| !has_production) {
        groups.push(match over {
            Some(over) => group(&[base, over], None, Confidence::Low),
            None => group(&[base], None, sure),
        });
    }
    let alone = base.is_none() && !has_production;
    for (path, kind) in found {
        let (name, confidence) = match kind {
            Kind::Variant(name) if alone => (Some(name), sure),
            Kind::Variant(name) if is_whole(path) => (Some(name), Confidence::Low),
            Kind::Example if alone => (None, Confidence::Low),
            _ => continue,
        };
        // Variants of one environment are told apart.
        let both = home_stage.as_ref().zip(name).map(|(stage, name)| Arc::from(format!("{stage}-{name}")));
        groups.push(group(&[path], both.as_ref().or(name), confidence));
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_put_together_by_their_names() {
        for (paths, whole, expected) in [
            (vec!["docker-compose.yml"], vec![], vec!["- medium docker-compose.yml"]),
            (vec!["compose.yaml", "docker-compose.yml"], vec![], vec!["- medium compose.yaml"]),
            (
                vec!["docker-compose.yml", "docker-compose.prod.yml", "docker-compose.override.yml"],
                vec![],
                vec!["production high docker-compose.yml docker-compose.prod.yml"],
            ),
            (
                vec!["docker-compose.yml", "docker-compose-production.yml", "docker-compose.dev.yml"],
                vec!["docker-compose-production.yml"],
                vec!["production high docker-compose-production.yml"],
            ),
            (
                vec!["docker-compose.yml", "docker-compose.override.yml"],
                vec![],
                vec!["- low docker-compose.yml docker-compose.override.yml"],
            ),
            (
                vec!["docker-compose.stg.yml", "prod.compose.yaml"],
                vec![],
                vec!["staging high docker-compose.stg.yml", "production high prod.compose.yaml"],
            ),
            (vec!["docker-compose.test.yml", "dev.docker-compose.yml", "compose.sail.yml"], vec![], vec![]),
            (
                vec!["docker/production/docker-compose.mysql.yml"],
                vec![],
                vec!["production-mysql high docker/production/docker-compose.mysql.yml"],
            ),
            (vec!["docker/development/docker-compose.yml", ".ddev/docker-compose.x.yaml"], vec![], vec![]),
            (vec!["docker-compose.example.yml"], vec![], vec!["- low docker-compose.example.yml"]),
            (
                vec!["compose.yml", "compose-bind.yml", "compose-x.yml"],
                vec!["compose-bind.yml"],
                vec!["- medium compose.yml", "bind low compose-bind.yml"],
            ),
            (vec!["docker-stack.yml"], vec![], vec!["- medium docker-stack.yml"]),
            (vec!["composer.yml", "decompose.yml", "docker-compose.json"], vec![], vec![]),
        ] {
            let texts: Vec<(&str, &str)> = paths.iter().map(|path| (*path, "")).collect();
            let files = Files::from_texts(&texts);
            let found = groups(&files, &|path| whole.contains(&path));
            let found: Vec<String> = found
                .iter()
                .map(|group| {
                    let environment = group.environment.as_deref().unwrap_or("-");
                    format!("{environment} {} {}", group.confidence.name(), group.paths.join(" "))
                })
                .collect();
            assert_eq!(found, expected, "{paths:?}");
        }
    }
}
