//! The tree of a compose file: values with their places, variables put in.

use std::sync::Arc;

use super::scope::Scope;
use crate::facts::{Place, Reason, TrailStep};
use crate::parse::node::{Kind as NodeKind, Node};
use crate::text::Source;

/// A value.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    pub(super) place: Place,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Null,
    Text(Text),
    List(Vec<Tree>),
    Map(Vec<Entry>),
    /// `!reset`: what an earlier file says is taken away.
    Reset,
    /// `!override`: it takes the place of what an earlier file says.
    Override(Box<Tree>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: Arc<str>,
    pub(super) key_place: Place,
    pub(super) value: Tree,
}

/// A text, variables put in.
#[derive(Debug, Clone)]
pub(super) struct Text {
    /// `Err`: why it is not known.
    pub(super) value: Result<Arc<str>, Reason>,
    /// As it is written.
    pub(super) raw: Arc<str>,
    /// What led to it.
    pub(super) before: Vec<TrailStep>,
}

impl Tree {
    /// The tree of a node, with the variables of `scope` put in.
    pub(super) fn new(source: &Arc<Source>, node: &Node, scope: &Scope) -> Self {
        let place = Place::new(source, node.span);
        let known =
            |text: &str| Kind::Text(Text { value: Ok(text.into()), raw: text.into(), before: Vec::new() });
        let kind = match &node.kind {
            NodeKind::Null => Kind::Null,
            NodeKind::Bool(value) => known(if *value { "true" } else { "false" }),
            NodeKind::Int(number) => known(&number.to_string()),
            NodeKind::Float => number(node, &place).map_or_else(Kind::Text, |text| known(&text)),
            NodeKind::Str(text) => Kind::Text(scope.text(text, &place)),
            NodeKind::List(items) => {
                Kind::List(items.iter().map(|item| Self::new(source, item, scope)).collect())
            }
            NodeKind::Map(entries) => Kind::Map(
                entries.iter().filter_map(|(key, value)| Entry::new(source, key, value, scope)).collect(),
            ),
            NodeKind::Tagged(tag, _) if &**tag == "!reset" => Kind::Reset,
            NodeKind::Tagged(tag, inner) if &**tag == "!override" => {
                Kind::Override(Box::new(Self::new(source, inner, scope)))
            }
            NodeKind::Tagged(_, inner) => return Self::new(source, inner, scope),
            NodeKind::Templated(text) => {
                let value = Err(Reason::at("a template fills it in", place.clone()));
                Kind::Text(Text { value, raw: text.clone(), before: Vec::new() })
            }
        };
        Self { place, kind }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }

    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| &*entry.key == key)
    }

    pub(super) fn path(&self, keys: &[&str]) -> Option<&Self> {
        keys.iter().try_fold(self, |tree, key| tree.get(key))
    }

    pub(super) fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Map(entries) => entries,
            Kind::Override(inner) => inner.entries(),
            _ => &[],
        }
    }

    pub(super) fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::List(items) => items,
            Kind::Override(inner) => inner.items(),
            _ => &[],
        }
    }

    pub(super) fn text(&self) -> Option<&Text> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            Kind::Override(inner) => inner.text(),
            _ => None,
        }
    }

    /// A text that is known.
    pub(super) fn known(&self) -> Option<&str> {
        self.text()?.value.as_deref().ok()
    }

    pub(super) fn number(&self) -> Option<u32> {
        self.known()?.trim().parse().ok()
    }

    pub(super) fn is_true(&self) -> bool {
        self.known() == Some("true")
    }

    pub(super) const fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }
}

impl Entry {
    fn new(source: &Arc<Source>, key: &Node, value: &Node, scope: &Scope) -> Option<Self> {
        let name = match &key.kind {
            NodeKind::Str(text) => text.clone(),
            _ => key.scalar_text()?.into(),
        };
        let mut tree = Tree::new(source, value, scope);
        let key_place = Place::new(source, key.span);
        if tree.is_null() {
            tree.place = key_place.clone();
        }
        Some(Self { key: name, key_place, value: tree })
    }
}

/// A number with a fraction as compose writes it: `8.0` is `8`.
fn number(node: &Node, place: &Place) -> Result<String, Text> {
    let written = node.scalar_text().unwrap_or_default();
    let number: Option<f64> = written.parse().ok();
    let plain = |number: &f64| *number == 0.0 || (1e-4..1e15).contains(&number.abs());
    match number.filter(plain) {
        Some(number) => Ok(number.to_string()),
        None => Err(Text {
            value: Err(Reason::at("a number that is written in a way tools read differently", place.clone())),
            raw: written.into(),
            before: Vec::new(),
        }),
    }
}
