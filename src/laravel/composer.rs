//! `composer.json` and `composer.lock`: which packages, which versions, what is autoloaded.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value as Json;

use super::version::Version;
use crate::discover::{Skipped, Tree};
use crate::parse::json;

/// What Composer's files say about an app.
#[derive(Debug, Default)]
pub struct Composer {
    /// The name of the app's own package: `snipe/snipe-it`; empty when it has none.
    pub name: String,
    /// Required packages with their constraints.
    pub require: BTreeMap<String, String>,
    /// Locked packages with their versions.
    pub locked: BTreeMap<String, String>,
    /// Whether there is a readable `composer.lock`.
    pub has_lock: bool,
    /// PSR-4 prefixes with their folders, the longest prefix first.
    pub psr4: Vec<(String, String)>,
    /// Helper files that the autoloader runs, in order.
    pub files: Vec<String>,
}

#[derive(Deserialize, Default)]
struct Lock {
    #[serde(default)]
    packages: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    #[serde(default)]
    name: String,
    #[serde(default)]
    version: String,
}

impl Composer {
    /// Reads both files of a tree. What could not be read is added to `skipped`.
    #[must_use]
    pub fn read(tree: &Tree, skipped: &mut Vec<Skipped>) -> Self {
        let mut composer = Self::default();
        if let Some(manifest) = read_json::<Json>(tree, "composer.json", skipped) {
            composer.take_manifest(&manifest);
        }
        if let Some(lock) = read_json::<Lock>(tree, "composer.lock", skipped) {
            composer.has_lock = true;
            for package in lock.packages {
                composer.locked.insert(package.name, package.version);
            }
        }
        composer
    }

    /// The version of a package: the locked one, else the newest that the constraint allows.
    #[must_use]
    pub fn version(&self, package: &str) -> Option<Version> {
        match self.locked.get(package) {
            Some(version) => Version::parse(version),
            None => Version::newest_of(self.require.get(package)?),
        }
    }

    /// Whether a package is installed: locked, or required when there is no lock.
    #[must_use]
    pub fn has(&self, package: &str) -> bool {
        self.locked.contains_key(package) || self.require.contains_key(package)
    }

    /// The file that the autoloader would look into for a class.
    #[must_use]
    pub fn class_file(&self, class: &str) -> Vec<String> {
        self.psr4
            .iter()
            .filter_map(|(prefix, folder)| {
                let rest = class.strip_prefix(prefix.as_str())?;
                Some(format!("{folder}{}.php", rest.replace('\\', "/")))
            })
            .collect()
    }

    fn take_manifest(&mut self, manifest: &Json) {
        manifest["name"].as_str().unwrap_or_default().clone_into(&mut self.name);
        for (name, constraint) in manifest["require"].as_object().into_iter().flatten() {
            if let Some(constraint) = constraint.as_str() {
                self.require.insert(name.clone(), constraint.to_owned());
            }
        }
        for (prefix, folders) in manifest["autoload"]["psr-4"].as_object().into_iter().flatten() {
            let folders = match folders {
                Json::Array(list) => list.iter().filter_map(Json::as_str).collect(),
                Json::String(folder) => vec![folder.as_str()],
                _ => Vec::new(),
            };
            for folder in folders {
                let folder = folder.trim_start_matches("./").trim_end_matches('/');
                let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
                self.psr4.push((prefix.clone(), folder));
            }
        }
        self.psr4.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        let files = manifest["autoload"]["files"].as_array().into_iter().flatten();
        self.files =
            files.filter_map(Json::as_str).map(|file| file.trim_start_matches("./").to_owned()).collect();
    }
}

fn read_json<T: for<'de> Deserialize<'de>>(tree: &Tree, name: &str, skipped: &mut Vec<Skipped>) -> Option<T> {
    let source = match tree.read(name) {
        Ok(source) => source?,
        Err(failure) => {
            skipped.push(failure);
            return None;
        }
    };
    match json::read(source.text()) {
        Ok(value) => Some(value),
        Err(error) => {
            let reason = format!("not JSON: line {}, column {}: {}", error.line, error.column, error.message);
            skipped.push(Skipped { path: tree.shown(name), reason });
            None
        }
    }
}
