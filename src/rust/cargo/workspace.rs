//! Which workspace a manifest belongs to. Source: cargo `src/cargo/core/workspace.rs`, `find_workspace_root`.

use std::collections::HashMap;

use super::manifest::Manifest;
use super::paths;
use crate::parse::node::Node;

/// The manifests by their folders.
pub(super) type Folders = HashMap<String, usize>;

/// The index of the manifest with the `[workspace]` table that holds for a manifest: its own, the one that
/// `package.workspace` points to, or the nearest above that does not exclude it.
pub(super) fn root_of(manifests: &[Manifest], folders: &Folders, index: usize) -> Option<usize> {
    let manifest = manifests.get(index)?;
    if manifest.workspace().is_some() {
        return Some(index);
    }
    if let Some(path) = pointer(manifest) {
        return pointed(manifests, folders, path);
    }
    for folder in paths::above(&manifest.folder) {
        let Some(&above) = folders.get(folder) else { continue };
        let Some(other) = manifests.get(above) else { continue };
        if other.workspace().is_some() {
            if !other.excludes(&manifest.folder) {
                return Some(above);
            }
        } else if let Some(path) = pointer(other) {
            return pointed(manifests, folders, path);
        }
    }
    None
}

/// The folder that `package.workspace` points to.
pub(super) fn pointer(manifest: &Manifest) -> Option<String> {
    let path = manifest.package()?.get("workspace").and_then(Node::as_str)?;
    paths::join(&manifest.folder, path)
}

fn pointed(manifests: &[Manifest], folders: &Folders, folder: String) -> Option<usize> {
    let index = *folders.get(&folder)?;
    manifests.get(index)?.workspace().map(|_| index)
}
