//! A kustomization file: what it names.

use std::sync::Arc;

use crate::deploy::kubernetes::load::{complain, is_yaml};
use crate::deploy::kubernetes::reading::Reading;
use crate::deploy::kubernetes::tree::Item;
use crate::deploy::{Files, folder, join};
use crate::facts::Place;
use crate::parse::yaml;
use crate::text::Source;

/// kubernetes-sigs/kustomize, api/konfig/general.go, `RecognizedKustomizationFileNames`.
const NAMES: &[&str] = &["kustomization.yaml", "kustomization.yml", "Kustomization"];
/// A repository with more kustomizations than this is not read to its end.
const MAX_FILES: usize = 500;

/// A kustomization.
#[derive(Debug)]
pub(super) struct Kustomization {
    pub folder: String,
    pub source: Arc<Source>,
    pub root: Item,
}

/// What a resource of a kustomization is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Resource {
    File(String),
    Folder(String),
    /// It is fetched from somewhere else.
    Remote,
    /// It lies outside of the repository.
    Outside,
}

/// Every kustomization that is known, sorted by folder.
pub(super) fn all(files: &Files<'_>) -> Vec<Kustomization> {
    let is_one = |path: &&String| NAMES.contains(&path.rsplit('/').next().unwrap_or_default());
    let mut folders: Vec<&str> = files.paths().iter().filter(is_one).map(|path| folder(path)).collect();
    folders.sort_unstable();
    folders.dedup();
    folders.truncate(MAX_FILES);
    folders.into_iter().filter_map(|folder| find(files, folder)).collect()
}

/// The kustomization of a folder.
pub(super) fn find(files: &Files<'_>, folder: &str) -> Option<Kustomization> {
    let read = |name: &&str| files.read(&join(folder, name)?);
    let source = NAMES.iter().find_map(read)?;
    let yaml = yaml::read(source.text());
    complain(files, &source, &yaml);
    let root = Reading::plain(&source).item(yaml.documents.first()?);
    let version = root.text_of(&["apiVersion"]);
    // Flux has a kind of the same name.
    let is_other = version.is_some_and(|version| !version.starts_with("kustomize.config.k8s.io"));
    (!is_other).then(|| Kustomization { folder: folder.to_owned(), source, root })
}

impl Kustomization {
    pub fn is_component(&self) -> bool {
        self.root.text_of(&["kind"]).is_some_and(|kind| &**kind == "Component")
    }

    pub fn list(&self, key: &str) -> &[Item] {
        self.root.path(&[key]).map(Item::items).unwrap_or_default()
    }

    /// What the given lists name, with its place.
    fn named(&self, keys: &[&str]) -> Vec<(Resource, Place)> {
        let items = keys.iter().flat_map(|key| self.list(key));
        items.filter_map(|item| Some((self.resource(item.text()?), item.place.clone()))).collect()
    }

    /// The files, bases and remote bases it starts from.
    pub fn resources(&self) -> Vec<(Resource, Place)> {
        self.named(&["resources", "bases"])
    }

    pub fn components(&self) -> Vec<(Resource, Place)> {
        self.named(&["components"])
    }

    /// The folders of the kustomizations it uses.
    pub fn folders(&self) -> Vec<(String, Place)> {
        let all = self.named(&["resources", "bases", "components"]).into_iter();
        all.filter_map(|(resource, place)| match resource {
            Resource::Folder(path) => Some((path, place)),
            _ => None,
        })
        .collect()
    }

    /// The files it uses.
    pub fn files(&self) -> Vec<String> {
        let resources = self.named(&["resources", "bases", "generators", "transformers", "crds"]).into_iter();
        let resources = resources.filter_map(|(resource, _)| match resource {
            Resource::File(path) => Some(path),
            _ => None,
        });
        let patches = ["patches", "patchesJson6902", "replacements"].iter().flat_map(|key| self.list(key));
        let patches = patches.filter_map(|patch| patch.text_of(&["path"]));
        let merged = self.list("patchesStrategicMerge").iter().filter_map(Item::text);
        let patches = patches.chain(merged).filter_map(|path| join(&self.folder, path));
        resources.chain(patches).collect()
    }

    fn resource(&self, text: &str) -> Resource {
        let is_remote = text.contains("://")
            || text.contains("?ref=")
            || ["git@", "git::", "github.com/", "gitlab.com/", "bitbucket.org/"]
                .iter()
                .any(|start| text.starts_with(start));
        if is_remote {
            return Resource::Remote;
        }
        match join(&self.folder, text) {
            Some(path) if is_yaml(&path) => Resource::File(path),
            Some(path) => Resource::Folder(path),
            None => Resource::Outside,
        }
    }
}
