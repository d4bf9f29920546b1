//! `replicas`, `images`, and `vars`.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::build::Built;
use super::file::Kustomization;
use super::merge::REPLACED;
use crate::deploy::kubernetes::tree::{Item, Kind};
use crate::deploy::reading::without_tag;
use crate::facts::Reason;

/// How many entries of these lists are read.
const MAX_ENTRIES: usize = 200;

/// Makes these changes.
pub(super) fn all(kustomization: &Kustomization, built: &mut Built) {
    replicas(kustomization, built);
    images(kustomization, built);
    vars(kustomization, built);
}

fn replicas(kustomization: &Kustomization, built: &mut Built) {
    for entry in kustomization.list("replicas").iter().take(MAX_ENTRIES) {
        let (Some(name), Some(count)) = (entry.get("name"), entry.get("count")) else { continue };
        let Some(text) = name.text() else { continue };
        let mut found = false;
        for object in &mut built.objects {
            let has_replicas = matches!(&*object.kind, "Deployment" | "StatefulSet" | "ReplicaSet");
            if !has_replicas || !object.is_named(text) {
                continue;
            }
            found = true;
            let Some(spec) = object.root.get_mut("spec") else { continue };
            let mut count = count.clone();
            if let Some(old) = spec.get_mut("replicas") {
                count.replaces(old, REPLACED);
            }
            spec.set("replicas", count);
        }
        if !found && built.unseen.is_none() {
            built.problem(format!("there is no `{text}` to set the replicas of"), &name.place);
        }
    }
}

fn images(kustomization: &Kustomization, built: &mut Built) {
    for entry in ["images", "imageTags"].iter().flat_map(|key| kustomization.list(key)).take(MAX_ENTRIES) {
        let (Some(name), Some(new)) = (entry.text_of(&["name"]), entry.get("newName")) else { continue };
        let Some(text) = new.text() else { continue };
        for object in &mut built.objects {
            image(&mut object.root, name, &Item::text_at(new.place.clone(), text));
        }
    }
}

/// Gives containers the new image.
fn image(item: &mut Item, name: &str, new: &Item) {
    match &mut item.kind {
        Kind::Map(map) => {
            for (key, value) in &mut map.entries {
                let is_it =
                    &*key.text == "image" && value.text().is_some_and(|text| without_tag(text) == name);
                if is_it {
                    let mut new = new.clone();
                    new.replaces(value, REPLACED);
                    *value = new;
                } else {
                    image(value, name, new);
                }
            }
        }
        Kind::List(list) => list.items.iter_mut().for_each(|item| image(item, name, new)),
        _ => {}
    }
}

/// What a variable of the kustomization is put into is not known.
fn vars(kustomization: &Kustomization, built: &mut Built) {
    let names: BTreeSet<&Arc<str>> = kustomization
        .list("vars")
        .iter()
        .take(MAX_ENTRIES)
        .filter_map(|entry| entry.text_of(&["name"]))
        .collect();
    if names.is_empty() {
        return;
    }
    for object in &mut built.objects {
        fill(&mut object.root, &names);
    }
}

fn fill(item: &mut Item, names: &BTreeSet<&Arc<str>>) {
    match &mut item.kind {
        Kind::Text(text) => {
            let mut used = text.split("$(").skip(1).filter_map(|rest| rest.split_once(')'));
            if used.any(|(name, _)| names.iter().any(|known| ***known == *name)) {
                let reason = Reason::at("a variable of the kustomization fills it in", item.place.clone());
                *item = Item::unknown(item.place.clone(), reason);
            }
        }
        Kind::Map(map) => map.entries.iter_mut().for_each(|(_, value)| fill(value, names)),
        Kind::List(list) => list.items.iter_mut().for_each(|item| fill(item, names)),
        _ => {}
    }
}
