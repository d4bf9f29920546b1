//! Nodes of a text to items, with a template's holes filled in where that is certain.

use std::sync::Arc;

use super::tree::{Item, Key, Kind, List, Map};
use crate::facts::{Place, Reason};
use crate::parse::node::{self, Node};
use crate::text::{Source, Span};

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
