//! What `use` and `extern crate` bring into a scope.

use syn::UseTree;

use super::outline::{Import, Path};
use super::reader::Reader;
use super::types::name;

impl Reader {
    pub(super) fn import(&mut self, item: &syn::ItemUse) {
        let mut found = Vec::new();
        let start = Path { absolute: item.leading_colon.is_some(), segments: Vec::new() };
        walk(&item.tree, &start, &mut found);
        self.scope_mut().imports.extend(found);
    }

    pub(super) fn import_crate(&mut self, item: &syn::ItemExternCrate) {
        let path = Path { absolute: true, segments: vec![name(&item.ident)] };
        let known_as = item.rename.as_ref().map_or(&item.ident, |(_, ident)| ident);
        self.scope_mut().imports.push(Import { path, name: Some(name(known_as)) });
    }
}

fn walk(tree: &UseTree, before: &Path, found: &mut Vec<Import>) {
    let and = |ident: &syn::Ident| {
        let mut path = before.clone();
        path.segments.push(name(ident));
        path
    };
    match tree {
        UseTree::Path(it) => walk(&it.tree, &and(&it.ident), found),
        UseTree::Group(it) => it.items.iter().for_each(|tree| walk(tree, before, found)),
        UseTree::Glob(_) => found.push(Import { path: before.clone(), name: None }),
        UseTree::Name(it) => named(before, &it.ident, &it.ident, found),
        UseTree::Rename(it) => named(before, &it.ident, &it.rename, found),
    }
}

fn named(before: &Path, ident: &syn::Ident, known_as: &syn::Ident, found: &mut Vec<Import>) {
    let mut path = before.clone();
    let mut known_as = name(known_as);
    if ident == "self" {
        if known_as == "self" {
            known_as = before.last().to_owned();
        }
    } else {
        path.segments.push(name(ident));
    }
    if known_as != "_" && !path.segments.is_empty() {
        found.push(Import { path, name: Some(known_as) });
    }
}
