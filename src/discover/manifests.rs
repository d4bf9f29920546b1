use std::path::Path;

use ignore::WalkBuilder;

use super::tree::Tree;

/// Folders that hold no manifests of what the repository deploys.
const NEVER: &[&str] = &[
    "vendor",
    "node_modules",
    "bower_components",
    "target",
    "storage",
    "tests",
    "test",
    "app",
    "bootstrap",
    "database",
    "lang",
    "public",
    "resources",
    "routes",
    "src",
    "docs",
    "fixtures",
    "playwright",
    "e2e",
    "cypress",
    ".git",
    ".idea",
    ".vscode",
    ".devcontainer",
];
/// How deep a manifest lies: `deploy/kubernetes/overlays/production/patches/x.yaml`.
const MAX_DEPTH: usize = 6;
/// Files that are looked at; a repository has some dozens of manifests.
const MAX_FILES: usize = 5_000;
/// Ends of names that manifests have.
const ENDS: &[&str] = &[
    ".yml",
    ".yaml",
    ".json",
    ".toml",
    ".conf",
    ".cfg",
    ".config",
    ".template",
    ".tf",
    ".sh",
    ".neon",
    ".env",
    ".ini",
    ".dockerfile",
];
/// Whole names and beginnings of names that manifests have.
const STARTS: &[&str] =
    &["Dockerfile", "Containerfile", "Procfile", ".env", "crontab", "supervisord", "haproxy", "nginx"];

/// The files of a repository that may be manifests or belong to one, relative to its root, sorted. Below the folders of
/// its apps they are found wherever these lie.
#[must_use]
pub fn manifests(tree: &Tree, apps: &[String]) -> Vec<String> {
    let Some(root) = tree.path("") else { return Vec::new() };
    let mut found = below(&root, &root);
    for app in apps.iter().filter(|app| !app.is_empty()) {
        found.extend(tree.path(app).map(|folder| below(&root, &folder)).unwrap_or_default());
    }
    found.sort();
    found.dedup();
    found
}

fn below(root: &Path, folder: &Path) -> Vec<String> {
    let walk = WalkBuilder::new(folder)
        .max_depth(Some(MAX_DEPTH))
        .hidden(false)
        .parents(false)
        .require_git(false)
        .filter_entry(|entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            let name = entry.file_name().to_string_lossy();
            !(is_folder && entry.depth() > 0 && NEVER.contains(&name.as_ref()))
        })
        .sort_by_file_path(Path::cmp)
        .build();
    walk.flatten()
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .filter(|entry| may_be_manifest(&entry.file_name().to_string_lossy()))
        .filter_map(|entry| Some(entry.path().strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/")))
        .take(MAX_FILES)
        .collect()
}

fn may_be_manifest(name: &str) -> bool {
    ENDS.iter().any(|end| name.ends_with(end))
        || STARTS.iter().any(|start| name.starts_with(start))
        || name.contains("entrypoint")
        || name.contains("Dockerfile")
}
