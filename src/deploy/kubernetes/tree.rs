//! The values of a manifest, each with a place of its own: patches, generators and values files put together what stands
//! in several files.

use std::sync::Arc;

use crate::facts::{Note, Place, Reason, Step, TrailStep};

/// A value and where it comes from.
#[derive(Debug, Clone)]
pub(in crate::deploy) struct Item {
    pub place: Place,
    pub kind: Kind,
    extra: Option<Box<Extra>>,
}

#[derive(Debug, Clone, Default)]
struct Extra {
    before: Vec<TrailStep>,
    file: Option<Arc<str>>,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(in crate::deploy) enum Kind {
    Null,
    Text(Arc<str>),
    /// A number or a boolean, as it is spelled.
    Plain(Arc<str>),
    List(List),
    Map(Map),
    Unknown(Unknown),
}

/// A value that is not known.
#[derive(Debug, Clone)]
pub(in crate::deploy) struct Unknown {
    pub reason: Reason,
    /// How it is written: two that are written the same way are the same.
    pub written: Option<Arc<str>>,
    /// What it starts with for sure.
    pub start: Arc<str>,
}

/// Values in order. What may add to them is in `open`.
#[derive(Debug, Clone, Default)]
pub(in crate::deploy) struct List {
    pub items: Vec<Item>,
    pub open: Vec<Item>,
}

/// Keys with values. What may add to them is in `open`.
#[derive(Debug, Clone, Default)]
pub(in crate::deploy) struct Map {
    pub entries: Vec<(Key, Item)>,
    pub open: Vec<Item>,
}

/// A key and where it stands.
#[derive(Debug, Clone)]
pub(in crate::deploy) struct Key {
    pub text: Arc<str>,
    pub place: Place,
}

impl Item {
    pub fn new(place: Place, kind: Kind) -> Self {
        Self { place, kind, extra: None }
    }

    pub fn text_at(place: Place, text: &str) -> Self {
        Self::new(place, Kind::Text(text.into()))
    }

    pub fn unknown(place: Place, reason: Reason) -> Self {
        Self::new(place, Kind::Unknown(Unknown { reason, written: None, start: "".into() }))
    }

    /// What a template fills in, and what it starts with for sure.
    pub fn templated(place: Place, text: &str, start: &str) -> Self {
        let reason = Reason::at("a template fills it in", place.clone());
        let unknown = Unknown { reason, written: Some(normal(text).into()), start: start.into() };
        Self::new(place, Kind::Unknown(unknown))
    }

    /// The value of a key. Where something may add keys, a missing one is the unknown value that may hold it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.kind {
            Kind::Map(map) => {
                let entry = map.entries.iter().find(|(name, _)| &*name.text == key);
                entry.map(|(_, value)| value).or_else(|| map.open.first())
            }
            Kind::Unknown(_) => Some(self),
            _ => None,
        }
    }

    /// [`get`](Self::get), key after key, and nothing where it is null.
    pub fn path(&self, keys: &[&str]) -> Option<&Self> {
        keys.iter().try_fold(self, |item, key| item.get(key)).filter(|item| !matches!(item.kind, Kind::Null))
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&Arc<str>> {
        match &self.kind {
            Kind::Text(text) | Kind::Plain(text) => Some(text),
            _ => None,
        }
    }

    /// The text at the end of some keys.
    pub fn text_of(&self, keys: &[&str]) -> Option<&Arc<str>> {
        self.path(keys).and_then(Self::text)
    }

    /// What tells two names apart: the text, or the way an unknown one is written.
    pub fn identity(&self) -> Option<Arc<str>> {
        match &self.kind {
            Kind::Text(text) | Kind::Plain(text) => Some(Arc::clone(text)),
            Kind::Unknown(unknown) => unknown.written.clone(),
            _ => None,
        }
    }

    /// A whole number that is not negative.
    pub fn count(&self) -> Option<u32> {
        self.text().and_then(|text| text.parse().ok())
    }

    pub fn is_true(&self) -> bool {
        self.text().is_some_and(|text| text.eq_ignore_ascii_case("true"))
    }

    pub fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::List(list) => &list.items,
            _ => &[],
        }
    }

    pub fn entries(&self) -> &[(Key, Self)] {
        match &self.kind {
            Kind::Map(map) => &map.entries,
            _ => &[],
        }
    }

    /// What may add to a list or map, or is all there is.
    pub fn open(&self) -> &[Self] {
        match &self.kind {
            Kind::List(list) => &list.open,
            Kind::Map(map) => &map.open,
            Kind::Unknown(_) => std::slice::from_ref(self),
            _ => &[],
        }
    }

    /// Why it is not known.
    pub fn reason(&self) -> Option<&Reason> {
        match &self.kind {
            Kind::Unknown(unknown) => Some(&unknown.reason),
            _ => None,
        }
    }

    /// Why there may be more in it than is seen.
    pub fn more(&self) -> Option<&Reason> {
        self.open().iter().find_map(Self::reason)
    }

    /// How many values there are in it.
    pub fn size(&self) -> usize {
        let inner: usize = match &self.kind {
            Kind::List(list) => list.items.iter().chain(&list.open).map(Self::size).sum(),
            Kind::Map(map) => {
                let values = map.entries.iter().map(|(_, value)| value);
                values.chain(&map.open).map(Self::size).sum()
            }
            _ => 0,
        };
        inner + 1
    }

    /// What led to it.
    pub fn before(&self) -> &[TrailStep] {
        self.extra.as_ref().map_or(&[], |extra| &extra.before)
    }

    /// The file of the repository whose whole text it is.
    pub fn file(&self) -> Option<&Arc<str>> {
        self.extra.as_ref().and_then(|extra| extra.file.as_ref())
    }

    pub fn set_file(&mut self, path: &str) {
        self.extra.get_or_insert_default().file = Some(path.into());
    }

    pub fn set_before(&mut self, before: Vec<TrailStep>) {
        self.extra.get_or_insert_default().before = before;
    }

    /// Notes that this one takes the place of another.
    pub fn replaces(&mut self, other: &Self, words: &str) {
        let mut before = other.before().to_vec();
        // A trail that is longer explains nothing.
        if before.len() < 20 {
            let note = Note::Text(words.into());
            before.push(TrailStep { step: Step::Set, place: Some(other.place.clone()), note });
        }
        before.extend(self.before().iter().cloned());
        self.set_before(before);
    }

    pub fn map_mut(&mut self) -> Option<&mut Map> {
        match &mut self.kind {
            Kind::Map(map) => Some(map),
            _ => None,
        }
    }

    pub fn list_mut(&mut self) -> Option<&mut List> {
        match &mut self.kind {
            Kind::List(list) => Some(list),
            _ => None,
        }
    }

    pub fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        let map = self.map_mut()?;
        map.entries.iter_mut().find(|(name, _)| &*name.text == key).map(|(_, value)| value)
    }

    /// Gives a key its value, in the place of the old one or behind all others.
    pub fn set(&mut self, key: &str, value: Self) {
        if let Some(slot) = self.get_mut(key) {
            *slot = value;
            return;
        }
        let place = value.place.clone();
        if let Some(map) = self.map_mut() {
            map.entries.push((Key { text: key.into(), place }, value));
        }
    }
}

/// A template's text without what does not change its meaning.
fn normal(text: &str) -> String {
    let mut text = text.replace("{{-", "{{").replace("-}}", "}}").replace(['"', '\''], "");
    text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (written, meant) in [
        ("{{ template ", "{{ include "),
        ("$.Values", ".Values"),
        ("$.Release", ".Release"),
        ("$.Chart", ".Chart"),
        (" $ ", " . "),
    ] {
        text = text.replace(written, meant);
    }
    text
}
