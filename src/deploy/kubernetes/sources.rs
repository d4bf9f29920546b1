//! ConfigMaps and Secrets: what they are called in a report, their keys, and which of them a reference means.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::notes::Notes;
use super::object::{Found, Object, Objects};
use super::tree::{Item, Key};
use crate::facts::{Place, Reason};

/// More keys than this are not read: Kubernetes allows a ConfigMap one mebibyte.
const MAX_KEYS: usize = 2_000;

/// What a reference to a ConfigMap or Secret leads to.
pub(super) enum Source<'a> {
    Map(&'a Object),
    /// Nothing that is known, and why.
    Unseen(Reason),
}

/// A reference: from which object, to which name, and whether it may be missing.
pub(super) struct Reference<'a> {
    pub from: &'a Object,
    pub name: &'a Item,
    pub optional: bool,
}

impl<'a> Reference<'a> {
    /// The reference in a value such as `configMapKeyRef`, its name under `key`.
    pub fn of(from: &'a Object, holder: &'a Item, key: &str) -> Option<Self> {
        let name = holder.path(&[key])?;
        Some(Self { from, name, optional: holder.get("optional").is_some_and(Item::is_true) })
    }

    fn place(&self) -> Place {
        self.name.place.clone()
    }

    /// The name as it is shown.
    fn shown(&self) -> Arc<str> {
        self.name.identity().unwrap_or_else(|| "?".into())
    }

    fn name(&self) -> Result<Arc<str>, Reason> {
        let unknown = || Reason::at("the name is not known", self.place());
        self.name.identity().ok_or_else(|| self.name.reason().cloned().unwrap_or_else(unknown))
    }

    /// The ConfigMap that is meant.
    pub fn config_map<'o>(&self, objects: &'o Objects, notes: &mut Notes) -> Source<'o> {
        let name = match self.name() {
            Ok(name) => name,
            Err(reason) => return Source::Unseen(reason),
        };
        match objects.find("ConfigMap", &name, self.from) {
            Found::One(object) => {
                notes.file(&object.root.place);
                Source::Map(object)
            }
            Found::Several(all) => {
                let message = format!("the ConfigMap `{name}` is defined {} times", all.len());
                notes.problem(message.clone(), self.place());
                Source::Unseen(Reason::at(message, self.place()))
            }
            Found::Nothing => {
                let message = format!("nothing defines the ConfigMap `{name}`");
                let is_certain = self.name.text().is_some()
                    && !self.optional
                    && objects.unseen.is_none()
                    && !objects.is_elsewhere("ConfigMap", &name);
                if is_certain {
                    notes.problem(message, self.place());
                }
                let message = format!("the ConfigMap `{name}` is not in the repository");
                Source::Unseen(Reason::at(message, self.place()))
            }
        }
    }

    /// The Secret that is meant. Secrets are seldom in a repository: that one is missing is no problem.
    pub fn secret<'o>(&self, objects: &'o Objects, notes: &mut Notes) -> Source<'o> {
        let name = match self.name() {
            Ok(name) => name,
            Err(reason) => return Source::Unseen(reason),
        };
        for kind in ["Secret", "SealedSecret", "ExternalSecret"] {
            if let Found::One(object) = objects.find(kind, &name, self.from) {
                notes.file(&object.root.place);
                return Source::Map(object);
            }
        }
        let message = format!("the secret `{name}` is not in the repository");
        Source::Unseen(Reason::at(message, self.place()))
    }

    /// Why a value of this secret is not known.
    pub fn is_secret(&self) -> Reason {
        Reason::at(format!("its value is kept in the secret `{}`", self.shown()), self.place())
    }
}

/// The keys and values of a ConfigMap, and why there may be more.
pub(super) fn data(map: &Object) -> (&[(Key, Item)], Option<Reason>) {
    let Some(data) = map.root.path(&["data"]) else { return (&[], None) };
    let entries = data.entries();
    if entries.len() > MAX_KEYS {
        let more = Reason::at("there are more keys than are read", data.place.clone());
        return (entries.get(..MAX_KEYS).unwrap_or_default(), Some(more));
    }
    (entries, data.more().cloned())
}

/// The keys of a Secret, never the values, and why there may be more.
pub(super) fn keys(secret: &Object) -> (Vec<Key>, Option<Reason>) {
    let root = &secret.root;
    let maps: &[&[&str]] = match &*secret.kind {
        "SealedSecret" => &[&["spec", "encryptedData"]],
        "ExternalSecret" => &[&["spec", "target", "template", "data"]],
        _ => &[&["data"], &["stringData"]],
    };
    let maps: Vec<&Item> = maps.iter().filter_map(|keys| root.path(keys)).collect();
    let mut keys: Vec<Key> = maps.iter().flat_map(|map| map.entries()).map(|(key, _)| key.clone()).collect();
    let mut more = maps.iter().find_map(|map| map.more().cloned());
    if &*secret.kind == "ExternalSecret" {
        for item in root.path(&["spec", "data"]).map(Item::items).unwrap_or_default() {
            if let Some((text, key)) = item.text_of(&["secretKey"]).zip(item.get("secretKey")) {
                keys.push(Key { text: Arc::clone(text), place: key.place.clone() });
            }
        }
        if let Some(from) = root.path(&["spec", "dataFrom"]) {
            more = Some(Reason::at("the keys are kept in a secret store", from.place.clone()));
        }
    }
    let mut seen = BTreeSet::new();
    keys.retain(|key| seen.insert(Arc::clone(&key.text)));
    keys.truncate(MAX_KEYS);
    (keys, more)
}
