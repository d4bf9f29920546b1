//! The tree that YAML, JSON and TOML are read into: values with the places they were written at.

use std::sync::Arc;

use crate::text::Span;

/// A value and where it is written. What an alias or a merge key brought in keeps the place it was defined at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The value's own text: without an anchor, with its quotes.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// The source's spelling of a plain number, boolean or null.
    written: Option<Arc<str>>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// No value: nothing at all, `~` or `null`.
    Null,
    /// `true` or `false`; YAML 1.1's `yes` and `off` are texts.
    Bool(bool),
    /// A number without a fraction. `0755` is octal, as go-yaml's resolve.go reads it.
    Int(i64),
    /// Any other number. Its spelling is its value.
    Float,
    /// A text.
    Str(Arc<str>),
    /// Values in order. One that is [`Kind::Templated`] may stand for any number of them.
    List(Vec<Node>),
    /// Keys with their values, each key once. A [`Kind::Templated`] key may stand for any number of entries.
    Map(Vec<(Node, Node)>),
    /// What a template fills in or may leave out, as the template is written: the value is not known.
    Templated(Arc<str>),
    /// A value with a tag of its own, such as `!Ref`.
    Tagged(Arc<str>, Box<Node>),
}

impl Node {
    pub(super) const fn new(span: Span, kind: Kind) -> Self {
        Self { span, kind, written: None }
    }

    pub(super) fn plain(span: Span, kind: Kind, written: &str) -> Self {
        Self { span, kind, written: Some(written.into()) }
    }

    /// Whether it was written without quotes and is known by its spelling.
    pub(super) const fn is_plain(&self) -> bool {
        self.written.is_some()
    }

    /// The value of a key. Where a template may add keys or is all there is, a missing key is the
    /// [`Kind::Templated`] node that may hold it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.kind {
            Kind::Map(entries) => entries
                .iter()
                .find(|(name, _)| name.key_text() == Some(key))
                .map(|(_, value)| value)
                .or_else(|| entries.iter().map(|(name, _)| name).find(|name| name.is_templated())),
            Kind::Templated(_) => Some(self),
            _ => None,
        }
    }

    /// [`get`](Self::get), key after key.
    #[must_use]
    pub fn path(&self, keys: &[&str]) -> Option<&Self> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    /// A text; not a number or a boolean.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::Str(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number.
    #[must_use]
    pub const fn as_int(&self) -> Option<i64> {
        match self.kind {
            Kind::Int(number) => Some(number),
            _ => None,
        }
    }

    /// A boolean.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self.kind {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The text of a scalar, numbers and booleans as they are spelled in the source. `None` for null, collections,
    /// tagged and templated values.
    #[must_use]
    pub fn scalar_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Str(text) => Some(text),
            Kind::Bool(_) | Kind::Int(_) | Kind::Float => self.written.as_deref(),
            _ => None,
        }
    }

    /// The text that a key is found by.
    pub(super) fn key_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Str(text) => Some(text),
            Kind::Bool(_) | Kind::Int(_) | Kind::Float | Kind::Null => self.written.as_deref(),
            _ => None,
        }
    }

    /// The values of a list; nothing for all else.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::List(items) => items,
            _ => &[],
        }
    }

    /// The keys and values of a map; nothing for all else.
    #[must_use]
    pub fn entries(&self) -> &[(Self, Self)] {
        match &self.kind {
            Kind::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Whether a template decides the value.
    #[must_use]
    pub const fn is_templated(&self) -> bool {
        matches!(self.kind, Kind::Templated(_))
    }

    /// Whether a template may add to what is written: values to a list, keys to a map, or anything at all.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_templated()
            || self.items().iter().any(Self::is_templated)
            || self.entries().iter().any(|(key, _)| key.is_templated())
    }

    /// How many nodes there are in it, and how many levels.
    pub(super) fn size(&self) -> (usize, usize) {
        let add = |(count, depth): (usize, usize), node: &Self| {
            let (inner, levels) = node.size();
            (count + inner, depth.max(levels))
        };
        let (count, depth) = match &self.kind {
            Kind::List(items) => items.iter().fold((0, 0), add),
            Kind::Map(entries) => entries.iter().fold((0, 0), |sum, (key, value)| add(add(sum, key), value)),
            Kind::Tagged(_, inner) => add((0, 0), inner),
            _ => (0, 0),
        };
        (count + 1, depth + 1)
    }
}
