//! Strategic merge patches: maps are merged, some lists by a key of their items, all else is replaced.
//!
//! kubernetes/community, contributors/devel/sig-api-machinery/strategic-merge-patch.md; the keys are those of
//! `patchMergeKey` in kubernetes/kubernetes, staging/src/k8s.io/api/core/v1/types.go.

use std::collections::HashMap;
use std::sync::Arc;

use crate::deploy::kubernetes::tree::{Item, Kind};

/// What a trail says of a value that a patch took the place of.
pub(super) const REPLACED: &str = "a patch replaces it";

/// Kinds whose lists are merged by a key. Of all others lists are replaced as a whole.
const KNOWN_KINDS: &[&str] =
    &["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod", "Service"];

/// Merges a patch into an object.
pub(super) fn into_object(kind: &str, base: &mut Item, patch: &Item) {
    merge(base, patch, "", KNOWN_KINDS.contains(&kind));
}

fn directive(item: &Item) -> Option<&str> {
    let entry = item.entries().iter().find(|(key, _)| &*key.text == "$patch");
    entry.and_then(|(_, value)| value.text()).map(|text| &**text)
}

/// Whether a patch takes away what it stands for.
pub(super) fn deletes(item: &Item) -> bool {
    directive(item) == Some("delete")
}

fn merge(base: &mut Item, patch: &Item, field: &str, by_key: bool) {
    let replaced = directive(patch) == Some("replace");
    match (&mut base.kind, &patch.kind) {
        (Kind::Map(_), Kind::Map(new)) if !replaced => {
            for (key, value) in new.entries.iter().filter(|(key, _)| !key.text.starts_with('$')) {
                match base.get_mut(&key.text) {
                    Some(slot) if deletes(value) => *slot = Item::new(value.place.clone(), Kind::Null),
                    Some(slot) => merge(slot, value, &key.text, by_key),
                    None => base.set(&key.text, without_directives(value)),
                }
            }
            if let Some(map) = base.map_mut() {
                map.open.extend(new.open.iter().cloned());
            }
        }
        (Kind::List(_), Kind::List(new)) if by_key && merge_key(field, patch).is_some() => {
            let is_replacing = |item: &&Item| directive(item) == Some("replace");
            if let Some(at) = new.items.iter().position(|item| is_replacing(&item)) {
                let mut list = new.clone();
                list.items.remove(at);
                *base = Item::new(patch.place.clone(), Kind::List(list));
                return;
            }
            let key = merge_key(field, patch).unwrap_or_default();
            list(base, &new.items, key, by_key);
            if let Some(list) = base.list_mut() {
                list.open.extend(new.open.iter().cloned());
            }
        }
        (Kind::Unknown(_), Kind::Map(_) | Kind::List(_)) => {
            let old = base.clone();
            *base = without_directives(patch);
            match &mut base.kind {
                Kind::Map(map) => map.open.push(old),
                Kind::List(list) => list.open.push(old),
                _ => {}
            }
        }
        _ => {
            let mut new = without_directives(patch);
            if !matches!(new.kind, Kind::Map(_) | Kind::List(_)) {
                new.replaces(base, REPLACED);
            }
            *base = new;
        }
    }
}

/// Merges the items of a list by a key of theirs: those of the patch come first, in its order, as kustomize has it.
fn list(base: &mut Item, patch: &[Item], key: &str, by_key: bool) {
    let Some(list) = base.list_mut() else { return };
    let mut old: Vec<Option<Item>> = std::mem::take(&mut list.items).into_iter().map(Some).collect();
    let mut slots: HashMap<Arc<str>, usize> = HashMap::new();
    for (at, item) in old.iter().enumerate() {
        if let Some(identity) = item.as_ref().and_then(|item| item.get(key)).and_then(Item::identity) {
            slots.insert(identity, at);
        }
    }
    for item in patch {
        let slot = item.get(key).and_then(Item::identity).and_then(|identity| slots.get(&identity));
        let taken = slot.and_then(|slot| old.get_mut(*slot)).and_then(Option::take);
        match taken {
            _ if deletes(item) => {}
            Some(mut merged) => {
                merge(&mut merged, item, "", by_key);
                list.items.push(merged);
            }
            None => list.items.push(without_directives(item)),
        }
    }
    list.items.extend(old.into_iter().flatten());
}

fn merge_key(field: &str, patch: &Item) -> Option<&'static str> {
    Some(match field {
        "containers" | "initContainers" | "ephemeralContainers" | "env" | "volumes" | "imagePullSecrets" => {
            "name"
        }
        "volumeMounts" => "mountPath",
        "volumeDevices" => "devicePath",
        "hostAliases" => "ip",
        "ports" => {
            let first = patch.items().first()?;
            if first.get("containerPort").is_some() { "containerPort" } else { "port" }
        }
        _ => return None,
    })
}

/// A part of a patch as it stands where there was nothing: what says how to merge is no part of it.
fn without_directives(item: &Item) -> Item {
    let mut item = item.clone();
    strip(&mut item);
    item
}

fn strip(item: &mut Item) {
    match &mut item.kind {
        Kind::Map(map) => {
            map.entries.retain(|(key, value)| !key.text.starts_with('$') && !deletes(value));
            map.entries.iter_mut().for_each(|(_, value)| strip(value));
        }
        Kind::List(list) => {
            list.items.retain(|item| !deletes(item));
            list.items.iter_mut().for_each(strip);
        }
        _ => {}
    }
}
