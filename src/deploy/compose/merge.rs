//! One compose file on top of another.
//!
//! compose-spec/compose-go, override/merge.go and override/uncity.go (v2.9): maps are merged, lists are appended and
//! then made unique by what they are about, commands are replaced.

use std::sync::Arc;

use super::tree::{Entry, Kind, Text, Tree};
use super::volumes;

/// Keys whose lists of `K=V` and maps are the same.
const PAIRS: &[&str] = &["environment", "labels", "args", "annotations", "sysctls"];
/// Keys whose later value takes the place of the earlier one, lists too.
const REPLACED: &[&str] = &["command", "entrypoint", "test"];
/// Keys that are a text or a list of texts.
const SEQUENCES: &[&str] = &["env_file", "tmpfs", "dns", "dns_search", "profiles"];

/// `over` on top of `base`, which stand under `key`.
pub(super) fn merge(key: &str, base: &Tree, over: &Tree) -> Tree {
    match &over.kind {
        Kind::Override(inner) => return (**inner).clone(),
        Kind::Null if !base.is_null() && !REPLACED.contains(&key) => return base.clone(),
        Kind::Reset => return over.clone(),
        _ => {}
    }
    if REPLACED.contains(&key) {
        return over.clone();
    }
    if PAIRS.contains(&key) {
        return merge_pairs(&pairs(base), &pairs(over));
    }
    if key == "build" {
        return merge_maps(&build(base), &build(over));
    }
    let as_list = SEQUENCES.contains(&key);
    match (&base.kind, &over.kind) {
        (Kind::Map(_), Kind::Map(_)) => merge_maps(base, over),
        _ if as_list || matches!((&base.kind, &over.kind), (Kind::List(_), Kind::List(_))) => {
            let items = sequence(base).into_iter().chain(sequence(over)).collect();
            Tree { place: over.place.clone(), kind: Kind::List(unique(key, items)) }
        }
        _ => over.clone(),
    }
}

fn merge_maps(base: &Tree, over: &Tree) -> Tree {
    let mut entries: Vec<Entry> = base.entries().to_vec();
    for entry in over.entries() {
        let found = entries.iter_mut().find(|own| own.key == entry.key);
        match found {
            Some(own) => {
                own.value = merge(&entry.key, &own.value, &entry.value);
                own.key_place = entry.key_place.clone();
            }
            None => entries.push(entry.clone()),
        }
    }
    Tree { place: over.place.clone(), kind: Kind::Map(entries) }
}

/// The later of two pairs of a name counts as it is: a name alone, too, whose value is taken from elsewhere
/// (mergeToSequence).
fn merge_pairs(base: &Tree, over: &Tree) -> Tree {
    let is_over = |entry: &&Entry| over.entries().iter().any(|other| other.key == entry.key);
    let mut entries: Vec<Entry> = base.entries().iter().filter(|entry| !is_over(entry)).cloned().collect();
    entries.extend(over.entries().iter().cloned());
    Tree { place: over.place.clone(), kind: Kind::Map(entries) }
}

/// What was reset is gone, and what was to be taken as it is, is.
pub(super) fn settle(tree: &mut Tree) {
    if let Kind::Override(inner) = &mut tree.kind {
        *tree = (**inner).clone();
    }
    match &mut tree.kind {
        Kind::Map(entries) => {
            entries.retain(|entry| !matches!(entry.value.kind, Kind::Reset));
            entries.iter_mut().for_each(|entry| settle(&mut entry.value));
        }
        Kind::List(items) => {
            items.retain(|item| !matches!(item.kind, Kind::Reset));
            items.iter_mut().for_each(settle);
        }
        _ => {}
    }
}

fn build(tree: &Tree) -> Tree {
    if tree.text().is_none() {
        return tree.clone();
    }
    let entry = Entry { key: "context".into(), key_place: tree.place.clone(), value: tree.clone() };
    Tree { place: tree.place.clone(), kind: Kind::Map(vec![entry]) }
}

/// A list of `K=V` as a map; a name alone has no value.
pub(super) fn pairs(tree: &Tree) -> Tree {
    let items = match &tree.kind {
        Kind::List(items) => items,
        Kind::Override(inner) => return pairs(inner),
        _ => return tree.clone(),
    };
    let mut entries: Vec<Entry> = Vec::new();
    for item in items {
        let Some(entry) = pair(item) else { continue };
        entries.retain(|own| own.key != entry.key);
        entries.push(entry);
    }
    Tree { place: tree.place.clone(), kind: Kind::Map(entries) }
}

fn pair(item: &Tree) -> Option<Entry> {
    let text = item.text()?;
    let written = text.value.as_deref().unwrap_or(&text.raw);
    let entry = |key: &str, kind: Kind| Entry {
        key: key.into(),
        key_place: item.place.clone(),
        value: Tree { place: item.place.clone(), kind },
    };
    let Some((key, value)) = written.split_once('=') else { return Some(entry(written, Kind::Null)) };
    let raw: Arc<str> = text.raw.split_once('=').map_or("", |(_, raw)| raw).into();
    let value = text.value.as_ref().map(|_| Arc::from(value)).map_err(Clone::clone);
    Some(entry(key, Kind::Text(Text { value, raw, before: text.before.clone() })))
}

fn sequence(tree: &Tree) -> Vec<Tree> {
    match &tree.kind {
        Kind::List(items) => items.clone(),
        Kind::Text(_) | Kind::Map(_) => vec![tree.clone()],
        Kind::Override(inner) => sequence(inner),
        Kind::Null | Kind::Reset => Vec::new(),
    }
}

/// Of two entries about the same the later one takes the earlier one's turn.
fn unique(key: &str, items: Vec<Tree>) -> Vec<Tree> {
    let about = |item: &Tree| -> Option<Arc<str>> {
        match key {
            "volumes" => volumes::target_of(item),
            "env_file" | "ports" | "tmpfs" | "profiles" => {
                item.get("path").unwrap_or(item).text().map(|text| text.raw.clone())
            }
            _ => None,
        }
    };
    let mut kept: Vec<(Option<Arc<str>>, Tree)> = Vec::new();
    for item in items {
        let own = about(&item);
        match kept.iter_mut().find(|(other, _)| own.is_some() && *other == own) {
            Some((_, slot)) => *slot = item,
            None => kept.push((own, item)),
        }
    }
    kept.into_iter().map(|(_, item)| item).collect()
}

/// A path with a folder before it, for paths that are written from another folder.
pub(super) fn prefixed(tree: &mut Tree, prefix: &str) {
    let with = |path: &str| Arc::from(format!("{prefix}{}", path.strip_prefix("./").unwrap_or(path)));
    if let Kind::Text(text) = &mut tree.kind {
        if let Ok(value) = &mut text.value {
            *value = with(value);
        }
        text.raw = with(&text.raw);
    }
}
