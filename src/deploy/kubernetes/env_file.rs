//! An env file that is mounted from a ConfigMap or Secret.

use std::sync::Arc;

use super::notes::Notes;
use super::sources::{Reference, Source, data};
use super::tree::Item;
use super::volumes::Volumes;
use crate::deploy::{Given, Layer, Value};
use crate::facts::{Place, Reason};
use crate::parse::dotenv::{self, Entry, Version};
use crate::text::Span;

/// How many variables of an env file are read.
const MAX_LINES: usize = 2_000;

/// What a mounted env file gives.
pub(super) enum EnvFile {
    /// Variables, or only why they are not known.
    Layer(Layer),
    /// It is this file of the repository.
    File(Arc<str>, Place),
}

/// The env file that is mounted into a container, as `.env`.
pub(super) fn mounted(volumes: &Volumes<'_>, container: &Item, notes: &mut Notes) -> Option<EnvFile> {
    let mounts = container.path(&["volumeMounts"]).map(Item::items).unwrap_or_default();
    mounts.iter().take(200).find_map(|mount| one(volumes, mount, notes))
}

fn one(volumes: &Volumes<'_>, mount: &Item, notes: &mut Notes) -> Option<EnvFile> {
    let path = mount.text_of(&["mountPath"])?;
    let part = mount.text_of(&["subPath"]);
    let at_file = path.rsplit('/').next() == Some(".env");
    if part.is_some() != at_file {
        return None;
    }
    // Without `subPath` the volume is a folder.
    let file: &str = part.map_or(".env", |part| part);
    let volume = volumes.named(mount.get("name")?)?;
    let projected = volume.path(&["projected", "sources"]).map(Item::items).unwrap_or_default();
    std::iter::once(volume)
        .chain(projected)
        .find_map(|holder| from(volumes, holder, file, part.is_some(), notes))
}

fn from(
    volumes: &Volumes<'_>,
    holder: &Item,
    file: &str,
    is_file: bool,
    notes: &mut Notes,
) -> Option<EnvFile> {
    let known = |key: &str| holder.path(&[key]).filter(|item| item.reason().is_none());
    if let Some(secret) = known("secret") {
        let name_key = if secret.get("secretName").is_some() { "secretName" } else { "name" };
        let reference = Reference::of(volumes.workload, secret, name_key)?;
        let items = secret.path(&["items"]);
        let is_listed = match items {
            Some(items) => key_of(items, file).is_some(),
            None => match reference.secret(volumes.objects, notes) {
                Source::Map(map) => super::sources::keys(map).0.iter().any(|key| &*key.text == file),
                // A folder of secrets that are not known may hold anything: it is taken for none.
                Source::Unseen(_) => is_file,
            },
        };
        let more = Some(reference.is_secret());
        let origin = Arc::clone(secret.place.source.path());
        return is_listed.then(|| EnvFile::Layer(Layer { origin, variables: Vec::new(), more }));
    }
    let config = known("configMap")?;
    let reference = Reference::of(volumes.workload, config, "name")?;
    let key: Arc<str> = match config.path(&["items"]) {
        Some(items) => key_of(items, file)?,
        None => file.into(),
    };
    let map = match reference.config_map(volumes.objects, notes) {
        Source::Map(map) => map,
        Source::Unseen(reason) => {
            let origin = Arc::clone(config.place.source.path());
            return Some(EnvFile::Layer(Layer { origin, variables: Vec::new(), more: Some(reason) }));
        }
    };
    let (entries, _) = data(map);
    let (_, value) = entries.iter().find(|(name, _)| name.text == key)?;
    if let Some(path) = value.file() {
        return Some(EnvFile::File(Arc::clone(path), config.place.clone()));
    }
    let origin = Arc::clone(value.place.source.path());
    let layer = match value.text() {
        Some(text) => Layer { origin, variables: lines(text, value), more: None },
        None => Layer { origin, variables: Vec::new(), more: value.reason().cloned() },
    };
    Some(EnvFile::Layer(layer))
}

/// The key that is put at a path of the volume.
fn key_of(items: &Item, path: &str) -> Option<Arc<str>> {
    let is_it = |item: &&Item| item.text_of(&["path"]).is_some_and(|text| &**text == path);
    items.items().iter().find(is_it)?.text_of(&["key"]).cloned()
}

/// The variables of a text in the form of an env file. One that names others depends on what is set outside of it.
fn lines(text: &str, value: &Item) -> Vec<Given> {
    let document = dotenv::read(text, &Version::V5);
    let mut cursor = Cursor { written: value.place.source.slice(value.place.span), at: 0 };
    let mut given: Vec<Given> = Vec::new();
    for entry in document.effective().iter().take(MAX_LINES) {
        let place = cursor.place(text, entry, &value.place);
        let variable =
            Given { name: Arc::clone(&entry.name), value: known(entry, &place), place, before: Vec::new() };
        given.retain(|earlier| earlier.name != variable.name);
        given.push(variable);
    }
    given
}

fn known(entry: &Entry, place: &Place) -> Value {
    match &entry.value {
        Some(template) if template.is_literal() => Value::Known(Arc::clone(template.text())),
        Some(_) => Value::Unknown(Reason::at("it names other variables", place.clone())),
        None => Value::Unknown(Reason::at("it has no value", place.clone())),
    }
}

/// Finds the lines of a block in the manifest, which indents them.
struct Cursor<'a> {
    written: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn place(&mut self, text: &str, entry: &Entry, block: &Place) -> Place {
        let line = text.get(entry.line_span.range()).unwrap_or_default();
        let first = line.lines().next().unwrap_or_default().trim();
        let rest = self.written.get(self.at..).unwrap_or_default();
        let Some(found) = rest.find(first).filter(|_| !first.is_empty()) else { return block.clone() };
        let start = self.at + found;
        self.at = start + first.len();
        let offset = |at: usize| block.span.start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
        Place::new(&block.source, Span::new(offset(start), offset(self.at)))
    }
}
