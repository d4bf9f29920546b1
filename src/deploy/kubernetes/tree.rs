//! The values of a manifest, each with a place of its own: patches, generators and values files put together what stands
//! in several files.

use std::sync::Arc;

use crate::facts::{Note, Place, Reason, Step, TrailStep};
use crate::parse::node::{self, Node};
use crate::text::{Source, Span};

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

/// Fills in what a template leaves open, when that is certain.
pub(in crate::deploy) trait Fill {
    /// A value.
    fn value(&self, _node: &Node, _text: &str, _reading: &Reading<'_>) -> Option<Item> {
        None
    }

    /// The items that stand for an item of a list.
    fn items(&self, _node: &Node, _reading: &Reading<'_>) -> Option<Vec<Item>> {
        None
    }

    /// The entries that stand for an entry of a map.
    fn entries(&self, _key: &Node, _value: &Node, _reading: &Reading<'_>) -> Option<Vec<(Key, Item)>> {
        None
    }
}

/// Of what is no template nothing is filled in.
struct Nothing;

impl Fill for Nothing {}

/// How nodes become items.
pub(in crate::deploy) struct Reading<'a> {
    pub source: &'a Arc<Source>,
    /// How far the parsed text begins behind the start of the source.
    pub shift: u32,
    /// The place of everything, where it cannot be told more closely.
    pub within: Option<Place>,
    pub fill: &'a dyn Fill,
}

impl<'a> Reading<'a> {
    /// Of a whole source without templates.
    pub fn plain(source: &'a Arc<Source>) -> Self {
        Self { source, shift: 0, within: None, fill: &Nothing }
    }

    pub fn place(&self, span: Span) -> Place {
        if let Some(place) = &self.within {
            return place.clone();
        }
        let at = |offset: u32| offset.saturating_add(self.shift);
        Place::new(self.source, Span::new(at(span.start), at(span.end)))
    }

    pub fn item(&self, node: &Node) -> Item {
        let place = self.place(node.span);
        let kind = match &node.kind {
            node::Kind::Null => Kind::Null,
            node::Kind::Str(text) => Kind::Text(Arc::clone(text)),
            node::Kind::Bool(_) | node::Kind::Int(_) | node::Kind::Float => {
                Kind::Plain(node.scalar_text().unwrap_or_default().into())
            }
            node::Kind::List(nodes) => Kind::List(self.list(nodes)),
            node::Kind::Map(nodes) => Kind::Map(self.map(nodes)),
            node::Kind::Templated(text) => return self.templated(node, text, place),
            node::Kind::Tagged(tag, _) => {
                let reason = Reason::at(format!("the tag `{tag}` fills it in"), place.clone());
                return Item::unknown(place, reason);
            }
        };
        Item::new(place, kind)
    }

    /// An item that a template wrote as a whole may stand for any number of them.
    fn list(&self, nodes: &[Node]) -> List {
        let mut list = List::default();
        for node in nodes {
            if node.is_templated()
                && let Some(items) = self.fill.items(node, self)
            {
                list.items.extend(items);
                continue;
            }
            let item = self.item(node);
            let is_hole = node.is_templated() && item.reason().is_some();
            if is_hole { list.open.push(item) } else { list.items.push(item) }
        }
        list
    }

    fn map(&self, nodes: &[(Node, Node)]) -> Map {
        let mut map = Map::default();
        for (key, value) in nodes {
            if key.is_templated()
                && let Some(entries) = self.fill.entries(key, value, self)
            {
                map.entries.extend(entries);
                continue;
            }
            match key.scalar_text() {
                Some(text) => {
                    let key = Key { text: text.into(), place: self.place(key.span) };
                    map.entries.push((key, self.item(value)));
                }
                None => map.open.push(self.item(key)),
            }
        }
        map.open.retain(|item| item.reason().is_some());
        map
    }

    fn templated(&self, node: &Node, text: &str, place: Place) -> Item {
        if let Some(item) = self.fill.value(node, text, self) {
            return item;
        }
        let start = text.trim_start_matches(['"', '\'']).split("{{").next().unwrap_or_default();
        Item::templated(place, text, start)
    }
}

/// A template's text without what does not change its meaning.
fn normal(text: &str) -> String {
    let text = text.replace("{{-", "{{").replace("-}}", "}}").replace(['"', '\''], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
