//! `configMapGenerator` and `secretGenerator`.
//!
//! kubernetes-sigs/kustomize, api/kv/kv.go: env files first, then literals, then files. Values of env files keep their
//! quotes, literals lose one pair. References go by the plain name: the hash behind it is put into both.

use std::sync::Arc;

use super::build::Built;
use super::file::Kustomization;
use crate::deploy::kubernetes::object::Object;
use crate::deploy::kubernetes::tree::{Item, Key, Kind, Map};
use crate::deploy::{Files, join};
use crate::facts::{Place, Reason};
use crate::text::{Source, Span};

/// How many keys a generator makes.
const MAX_KEYS: usize = 3_000;

/// Adds what all generators of a kustomization make.
pub(super) fn all(files: &Files<'_>, kustomization: &Kustomization, built: &mut Built) {
    for (key, kind) in [("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")] {
        for generator in kustomization.list(key) {
            one(files, kustomization, generator, kind, built);
        }
    }
}

fn one(files: &Files<'_>, kustomization: &Kustomization, generator: &Item, kind: &str, built: &mut Built) {
    let Some(name) = generator.get("name").filter(|name| name.text().is_some()) else { return };
    let mut source =
        Generator { files, folder: &kustomization.folder, is_secret: kind == "Secret", data: Map::default() };
    source.fill(generator, built);
    let data = source.data;
    let place = generator.place.clone();
    let behavior = generator.text_of(&["behavior"]).map_or("create", |behavior| behavior);
    if matches!(behavior, "merge" | "replace") {
        let text = name.text().map_or("", |text| text);
        let base = built.objects.iter_mut().find(|object| &*object.kind == kind && object.is_named(text));
        match base {
            Some(base) => join_data(base, data, place, behavior == "merge"),
            None if built.unseen.is_some() => {}
            None => built.problem(format!("there is no {kind} `{text}` to {behavior}"), &name.place),
        }
        return;
    }
    let mut metadata = Item::new(place.clone(), Kind::Map(Map::default()));
    metadata.set("name", name.clone());
    if let Some(namespace) = generator.path(&["namespace"]) {
        metadata.set("namespace", namespace.clone());
    }
    let mut root = Item::new(place.clone(), Kind::Map(Map::default()));
    root.set("apiVersion", Item::text_at(place.clone(), "v1"));
    root.set("kind", Item::text_at(place.clone(), kind));
    root.set("metadata", metadata);
    root.set("data", Item::new(place, Kind::Map(data)));
    let path: Arc<str> = format!("{}/kustomization.yaml", kustomization.folder).into();
    built.objects.extend(Object::of(root, &path));
}

/// Puts generated data into the map of a base.
fn join_data(base: &mut Object, data: Map, place: Place, keeps: bool) {
    let old = base.root.get("data").cloned();
    let mut new = match (&old, keeps) {
        (Some(old), true) => old.clone(),
        _ => Item::new(place.clone(), Kind::Map(Map::default())),
    };
    for (key, mut value) in data.entries {
        if let Some(old) =
            old.as_ref().and_then(|old| old.entries().iter().find(|(name, _)| name.text == key.text))
        {
            value.replaces(&old.1, "the base says otherwise");
        }
        new.set(&key.text, value);
    }
    if let Some(map) = new.map_mut() {
        map.open.extend(data.open);
    }
    base.root.set("data", new);
    base.root.place = place;
}

struct Generator<'a> {
    files: &'a Files<'a>,
    folder: &'a str,
    is_secret: bool,
    data: Map,
}

impl Generator<'_> {
    fn fill(&mut self, generator: &Item, built: &mut Built) {
        let list = |key: &str| generator.path(&[key]).map(Item::items).unwrap_or_default();
        for item in list("envs").iter().chain(generator.path(&["env"])) {
            if let Some((_, source)) = self.source(item, item.text().map_or("", |text| text), built) {
                self.env_file(&source);
            }
        }
        for item in list("literals") {
            let Some((key, value)) = item.text().and_then(|text| text.split_once('=')) else { continue };
            self.put(key, Item::text_at(item.place.clone(), unquoted(value)));
        }
        for item in list("files") {
            let text = item.text().map_or("", |text| text);
            let (key, path) = match text.split_once('=') {
                Some((key, path)) => (key, path),
                None => (text.rsplit('/').next().unwrap_or_default(), text),
            };
            match self.source(item, path, built) {
                Some((path, source)) => {
                    let mut value = Item::text_at(Place::new(&source, Span::default()), source.text());
                    value.set_file(&path);
                    self.put(key, value);
                }
                None => {
                    let reason = Reason::at("its file is not in the repository", item.place.clone());
                    self.put(key, Item::unknown(item.place.clone(), reason));
                }
            }
        }
    }

    fn put(&mut self, key: &str, value: Item) {
        if self.data.entries.len() >= MAX_KEYS {
            return;
        }
        let place = value.place.clone();
        let value = if self.is_secret { Item::new(place.clone(), Kind::Null) } else { value };
        self.data.entries.push((Key { text: key.into(), place }, value));
    }

    /// The file that is named. A missing one of a secret is no problem: secrets are seldom in a repository.
    fn source(&mut self, item: &Item, path: &str, built: &mut Built) -> Option<(String, Arc<Source>)> {
        let path = join(self.folder, path)?;
        if let Some(source) = self.files.read(&path) {
            return Some((path, source));
        }
        let message = format!("the file `{path}` is not in the repository");
        if !self.is_secret {
            built.problem(message.clone(), &item.place);
        }
        self.data.open.push(Item::unknown(item.place.clone(), Reason::at(message, item.place.clone())));
        None
    }

    fn env_file(&mut self, source: &Arc<Source>) {
        let mut at = 0;
        for line in source.text().split_inclusive('\n') {
            let start = at;
            at += line.len();
            let content = line.trim_end_matches(['\n', '\r']);
            let content = if start == 0 { content.trim_start_matches('\u{feff}') } else { content };
            let content = content.trim_start();
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            let indent = line.find(content).unwrap_or_default();
            let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let span = Span::new(offset(start + indent), offset(start + indent + content.len()));
            let (key, value) = content.split_once('=').unwrap_or((content, ""));
            self.put(key, Item::text_at(Place::new(source, span), value));
        }
    }
}

fn unquoted(value: &str) -> &str {
    let within = |quote: char| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    within('"').or_else(|| within('\'')).unwrap_or(value)
}
