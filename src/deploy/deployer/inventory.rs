//! Hosts in YAML. docs/hosts.md of Deployer 6: names of hosts at the root, a name that starts with `.` is a template;
//! docs/yaml.md of Deployer 7: `hosts`, `import`, `config`.

use std::sync::Arc;

use super::hosts::{Host, count};
use super::recipe::Recipe;
use crate::deploy::reading::{Document, MAX_PARTS};
use crate::parse::node::{Kind, Node};

/// A whole recipe in YAML.
pub(super) fn recipe(document: &Document) -> Option<Recipe> {
    document.root.get("hosts")?;
    let mut recipe = Recipe::new(Arc::clone(&document.source));
    let imports = document.root.get("import").map(texts).unwrap_or_default();
    if let Some((_, node)) = imports.iter().find(|(path, _)| path.contains("recipe/laravel")) {
        recipe.of_laravel(&document.place(node));
    }
    let config = |key: &str| document.root.path(&["config", key]);
    for (key, is_dirs) in [("shared_dirs", true), ("shared_files", false)] {
        let Some(node) = config(key) else { continue };
        let found = texts(node).into_iter().map(|(text, node)| (text.into(), document.place(node))).collect();
        if is_dirs { recipe.shared_dirs = found } else { recipe.shared_files = found }
    }
    recipe.deploy_path = config("deploy_path").and_then(Node::as_str).map(Arc::from);
    recipe.hosts = hosts(document);
    Some(recipe)
}

/// The hosts of a file of hosts.
pub(super) fn hosts(document: &Document) -> Vec<Host> {
    let hosts = document.root.get("hosts").unwrap_or(&document.root);
    let named = hosts.entries().iter().filter_map(|(key, node)| Some((key, key.as_str()?, node)));
    named
        .filter(|(_, name, node)| {
            let is_local = node.get("local").and_then(Node::as_bool) == Some(true);
            !name.starts_with('.') && !is_local && matches!(node.kind, Kind::Map(_) | Kind::Null)
        })
        .take(MAX_PARTS)
        .map(|(key, name, node)| {
            let text = |path: &[&str]| node.path(path).and_then(Node::as_str).map(Arc::from);
            let roles = node.get("roles").or_else(|| node.path(&["labels", "role"]));
            Host {
                name: name.into(),
                stage: text(&["stage"])
                    .or_else(|| text(&["labels", "stage"]))
                    .or_else(|| text(&["labels", "env"])),
                roles: roles
                    .map(texts)
                    .unwrap_or_default()
                    .into_iter()
                    .map(|(role, _)| role.into())
                    .collect(),
                deploy_path: text(&["deploy_path"]),
                count: count(name),
                place: document.place(key),
            }
        })
        .collect()
}

/// A text, or a list of texts.
fn texts(node: &Node) -> Vec<(&str, &Node)> {
    let items = if node.as_str().is_some() { std::slice::from_ref(node) } else { node.items() };
    items.iter().take(MAX_PARTS).filter_map(|item| Some((item.as_str()?, item))).collect()
}
