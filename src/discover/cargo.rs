use std::path::Path;

use ignore::WalkBuilder;

use super::tree::Tree;

/// Folders that hold no packages of the repository.
const NEVER: &[&str] = &["target", "node_modules", "vendor", ".git", ".cargo"];
/// How deep a package lies: `services/api/crates/storage/drivers/s3`.
const MAX_DEPTH: usize = 8;
/// Manifests that are looked at; the largest workspaces have some hundreds.
const MAX_MANIFESTS: usize = 2_000;

/// The manifests of Cargo below a tree, relative to it, sorted. `.gitignore` is followed; links are not.
#[must_use]
pub fn cargo_manifests(tree: &Tree) -> Vec<String> {
    let Some(root) = tree.path("") else { return Vec::new() };
    let walk = WalkBuilder::new(&root)
        .max_depth(Some(MAX_DEPTH))
        .parents(false)
        .require_git(false)
        .filter_entry(|entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            !(is_folder && entry.depth() > 0 && NEVER.contains(&entry.file_name().to_string_lossy().as_ref()))
        })
        .sort_by_file_path(Path::cmp)
        .build();
    walk.flatten()
        .filter(|entry| entry.file_name() == "Cargo.toml")
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .filter_map(|entry| Some(entry.path().strip_prefix(&root).ok()?.to_string_lossy().replace('\\', "/")))
        .take(MAX_MANIFESTS)
        .collect()
}
