//! The patches of a kustomization: which they are, and which objects they change.

use std::sync::Arc;

use regex::Regex;

use super::build::{Budget, Built};
use super::file::Kustomization;
use super::{json_patch, merge};
use crate::deploy::kubernetes::load::complain;
use crate::deploy::kubernetes::object::Object;
use crate::deploy::kubernetes::reading::Reading;
use crate::deploy::kubernetes::tree::{Item, Kind};
use crate::deploy::{Files, join};
use crate::facts::{Place, Reason};
use crate::parse::yaml;
use crate::text::Source;

/// How many patches of a kustomization are applied.
const MAX_PATCHES: usize = 300;

/// Applies all patches, in the order of kustomize.
pub(super) fn all(files: &Files<'_>, kustomization: &Kustomization, budget: &mut Budget, built: &mut Built) {
    let mut patching = Patching { files, kustomization, budget, built };
    for item in kustomization.list("patchesStrategicMerge").iter().take(MAX_PATCHES) {
        let Some(text) = item.text() else { continue };
        let is_inline = text.contains('\n') || text.contains(": ");
        let documents = if is_inline { patching.inline(item) } else { patching.file(item) };
        patching.apply(&documents, None);
    }
    for key in ["patches", "patchesJson6902"] {
        for item in kustomization.list(key).iter().take(MAX_PATCHES) {
            let documents = match (item.path(&["patch"]), item.path(&["path"])) {
                (Some(text), _) => patching.inline(text),
                (None, Some(path)) => patching.file(path),
                // Of `patches` long ago: a path alone.
                (None, None) => patching.file(item),
            };
            patching.apply(&documents, item.path(&["target"]));
        }
    }
}

struct Patching<'a, 'f> {
    files: &'a Files<'f>,
    kustomization: &'a Kustomization,
    budget: &'a mut Budget,
    built: &'a mut Built,
}

impl Patching<'_, '_> {
    fn file(&mut self, item: &Item) -> Vec<Item> {
        let path = item.text().and_then(|text| join(&self.kustomization.folder, text));
        let source = path.and_then(|path| self.files.read(&path));
        let Some(source) = source else {
            if let Some(text) = item.text() {
                self.built.problem(format!("the patch `{text}` is not in the repository"), &item.place);
                self.built.unseen("a patch is not in the repository", &item.place);
            }
            return Vec::new();
        };
        let yaml = yaml::read(source.text());
        complain(self.files, &source, &yaml);
        let reading = Reading::plain(&source);
        yaml.documents.iter().map(|node| reading.item(node)).collect()
    }

    /// A patch that is written into the kustomization, with the places of its own lines.
    fn inline(&mut self, item: &Item) -> Vec<Item> {
        let Some(text) = item.text() else { return Vec::new() };
        let source = &item.place.source;
        if let Some((block, shift)) = block(source, item)
            && !text.contains("\n---")
        {
            let yaml = yaml::read(block);
            if yaml.error.is_none() {
                let reading = Reading { shift, ..Reading::plain(source) };
                return yaml.documents.iter().map(|node| reading.item(node)).collect();
            }
        }
        let yaml = yaml::read(text);
        if let Some(error) = &yaml.error {
            self.built.problem(format!("the patch is not YAML: {}", error.message), &item.place);
        }
        let reading = Reading { within: Some(item.place.clone()), ..Reading::plain(source) };
        yaml.documents.iter().map(|node| reading.item(node)).collect()
    }

    fn apply(&mut self, documents: &[Item], target: Option<&Item>) {
        let is_operations = documents.first().is_some_and(|first| matches!(first.kind, Kind::List(_)));
        for document in documents {
            if is_operations {
                self.operations(document, target);
            } else {
                self.merge(document, target);
            }
        }
    }

    fn operations(&mut self, document: &Item, target: Option<&Item>) {
        let Some(target) = target else { return };
        let size = document.size();
        let mut missing = Vec::new();
        for object in selected(&mut self.built.objects, target) {
            if !self.budget.take(size) {
                object.doubt.get_or_insert_with(|| too_much(&document.place));
                continue;
            }
            missing.extend(json_patch::apply(&mut object.root, document.items()));
            renamed(object);
        }
        for (path, item) in missing {
            self.built.problem(format!("the patch changes `{path}`, and there is nothing"), &item.place);
        }
    }

    fn merge(&mut self, document: &Item, target: Option<&Item>) {
        let size = document.size();
        let is_one = |object: &Object| {
            let kind = document.text_of(&["kind"]);
            let name = document.path(&["metadata", "name"]).and_then(Item::identity);
            let namespace = document.path(&["metadata", "namespace"]).and_then(Item::identity);
            kind == Some(&object.kind)
                && name.is_some_and(|name| object.is_named(&name))
                && object.may_share_namespace(namespace.as_ref())
        };
        let mut bare = document.clone();
        remove_identity(&mut bare);
        let mut found = 0;
        let deletes = merge::deletes(document);
        let selector = target.map(Selector::new);
        self.built.objects.retain_mut(|object| {
            let is_meant =
                selector.as_ref().map_or_else(|| is_one(object), |selector| selector.takes(object));
            if !is_meant {
                return true;
            }
            found += 1;
            if deletes {
                return false;
            }
            if self.budget.take(size) {
                merge::into_object(&object.kind, &mut object.root, &bare);
            } else {
                object.doubt.get_or_insert_with(|| too_much(&document.place));
            }
            true
        });
        if found > 0 || target.is_some() || document.entries().is_empty() {
            return;
        }
        match self.built.unseen.clone() {
            // What it changes is not here: all that is known is what the patch says.
            Some(reason) => {
                let mut root = document.clone();
                open(&mut root, &reason);
                let path: Arc<str> = format!("{}/patch.yaml", self.kustomization.folder).into();
                self.built.objects.extend(Object::of(root, &path));
            }
            None => {
                let name = document.text_of(&["metadata", "name"]).map_or("?", |name| name);
                self.built
                    .problem(format!("there is no `{name}` that the patch could change"), &document.place);
            }
        }
    }
}

fn too_much(place: &Place) -> Reason {
    Reason::at("the kustomizations hold too much", place.clone())
}

/// The name that a patch itself may have given.
fn renamed(object: &mut Object) {
    let name = object.root.path(&["metadata", "name"]).and_then(Item::identity);
    if let Some(name) = name.filter(|name| *name != object.name) {
        let earlier = std::mem::replace(&mut object.name, name);
        object.earlier.push(earlier);
    }
}

/// What tells which object a patch is for is not to be merged into it.
fn remove_identity(patch: &mut Item) {
    if let Some(map) = patch.map_mut() {
        map.entries.retain(|(key, _)| !matches!(&*key.text, "apiVersion" | "kind"));
    }
    if let Some(map) = patch.get_mut("metadata").and_then(Item::map_mut) {
        map.entries.retain(|(key, _)| !matches!(&*key.text, "name" | "namespace"));
    }
}

/// Marks that there may be more in every map and list.
fn open(item: &mut Item, reason: &Reason) {
    let hole = Item::unknown(item.place.clone(), reason.clone());
    match &mut item.kind {
        Kind::Map(map) => {
            map.entries.iter_mut().for_each(|(_, value)| open(value, reason));
            map.open.push(hole);
        }
        Kind::List(list) => {
            list.items.iter_mut().for_each(|item| open(item, reason));
            list.open.push(hole);
        }
        _ => {}
    }
}

/// The lines of a text that is written as a block behind `|`, and where they begin.
fn block<'a>(source: &'a Source, item: &Item) -> Option<(&'a str, u32)> {
    let (text, span) = (source.text(), item.place.span);
    let before = text.get(..span.start as usize)?;
    let start = before.rfind('\n')? + 1;
    let header = before.get(..start)?.trim_end().lines().next_back()?;
    let header = header
        .split(" #")
        .next()?
        .trim_end()
        .trim_end_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
    let is_block = header.ends_with('|') && before.get(start..)?.trim().is_empty();
    is_block.then(|| Some((text.get(start..span.end as usize)?, u32::try_from(start).ok()?)))?
}

fn selected<'a>(objects: &'a mut [Object], target: &Item) -> impl Iterator<Item = &'a mut Object> {
    let selector = Selector::new(target);
    objects.iter_mut().filter(move |object| selector.takes(object))
}

/// `target` of a patch: expressions for the whole kind, name and namespace, and selectors of labels and annotations.
pub(super) struct Selector {
    patterns: Vec<(&'static str, Option<Regex>)>,
    labels: Vec<(&'static str, Vec<String>)>,
}

impl Selector {
    pub fn new(target: &Item) -> Self {
        let pattern = |key: &'static str| {
            let text = target.text_of(&[key]).filter(|text| !text.is_empty())?;
            Some((key, Regex::new(&format!("^(?:{text})$")).ok()))
        };
        let labels = |key: &str, holder: &'static str| {
            let text = target.text_of(&[key])?;
            Some((holder, text.split(',').map(|part| part.trim().to_owned()).collect()))
        };
        Self {
            patterns: ["kind", "name", "namespace", "group"].into_iter().filter_map(pattern).collect(),
            labels: [labels("labelSelector", "labels"), labels("annotationSelector", "annotations")]
                .into_iter()
                .flatten()
                .collect(),
        }
    }

    pub fn takes(&self, object: &Object) -> bool {
        let matches = |(key, pattern): &(&str, Option<Regex>)| {
            let Some(pattern) = pattern else { return false };
            match *key {
                "kind" => pattern.is_match(&object.kind),
                "name" => {
                    std::iter::once(&object.name).chain(&object.earlier).any(|name| pattern.is_match(name))
                }
                "group" => pattern.is_match(object.version.rsplit_once('/').map_or("", |(group, _)| group)),
                _ => object.namespace.as_ref().is_some_and(|name| pattern.is_match(name)),
            }
        };
        self.patterns.iter().all(matches)
            && self.labels.iter().all(|(holder, parts)| has_all(object, holder, parts))
    }
}

fn has_all(object: &Object, holder: &str, parts: &[String]) -> bool {
    let of = |key: &str| object.root.text_of(&["metadata", holder, key]);
    parts.iter().filter(|part| !part.is_empty()).all(|part| {
        if let Some((key, value)) = part.split_once("!=") {
            return of(key.trim()).is_none_or(|text| &**text != value.trim());
        }
        match part.split_once('=') {
            Some((key, value)) => {
                let value = value.trim_start_matches('=').trim();
                of(key.trim()).is_some_and(|text| &**text == value)
            }
            None => match part.strip_prefix('!') {
                Some(key) => of(key).is_none(),
                None => of(part).is_some(),
            },
        }
    })
}
