//! What templates leave unknown: a value they fill in, an entry they may leave out or repeat, a list or map they may
//! add to.

use std::collections::HashMap;

use super::super::node::{Kind, Node};
use super::insert;
use super::merge;
use crate::text::Span;

/// Where the templates of a text were.
#[derive(Debug, Default)]
pub(super) struct Templates {
    /// The actions that print or decide something.
    pub holes: Vec<(usize, usize)>,
    /// Those that stand on lines of their own and print something.
    pub inserts: Vec<Insert>,
    /// Where each region begins: a part that may be left out or repeated.
    borders: Vec<(usize, Option<usize>)>,
    /// The region around each region.
    parents: Vec<Option<usize>>,
}

/// An action on lines of its own that prints something: entries or items at a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Insert {
    pub start: usize,
    pub end: usize,
    pub column: usize,
}

/// With more than this, nothing is known: no file of a person has them.
const MAX_INSERTS: usize = 1000;

/// The region a place is in; `None` is the text itself.
type Region = Option<usize>;

impl Templates {
    pub(super) fn is_empty(&self) -> bool {
        self.holes.is_empty()
    }

    pub(super) fn add_region(&mut self, parent: Region) -> usize {
        self.parents.push(parent);
        self.parents.len() - 1
    }

    pub(super) fn enter(&mut self, at: usize, region: Region) {
        self.borders.push((at, region));
    }

    fn region(&self, at: u32) -> Region {
        let index = self.borders.partition_point(|(border, _)| *border <= at as usize);
        self.borders.get(index.checked_sub(1)?).and_then(|(_, region)| *region)
    }

    /// The innermost region around both.
    fn common(&self, a: Region, b: Region) -> Region {
        let (mut a, mut b) = (a, b);
        // A region's parent has a smaller number.
        while a != b {
            let larger = if a > b { &mut a } else { &mut b };
            *larger = larger.and_then(|region| self.parents.get(region).copied().flatten());
        }
        a
    }

    fn has_hole(&self, span: Span) -> bool {
        let index = self.holes.partition_point(|(_, end)| *end <= span.start as usize);
        self.holes.get(index).is_some_and(|(start, _)| *start < span.end as usize)
    }

    /// Marks what is unknown in the documents. `starts` is where each starts, `complete` whether all could be read.
    pub(super) fn apply(&self, source: &str, documents: &mut Vec<Node>, starts: &[usize], complete: bool) {
        if self.is_empty() {
            return;
        }
        for document in documents.iter_mut() {
            let places = document.entries().iter().map(|(key, _)| key).chain(document.items());
            let regions = places.map(|node| self.region(node.span.start));
            let base = regions.reduce(|a, b| self.common(a, b));
            let base = base.unwrap_or_else(|| self.region(document.span.start));
            self.mark(source, document, base);
        }
        if self.inserts.len() > MAX_INSERTS {
            for document in documents {
                *document = unknown(source, document.span);
            }
            return;
        }
        for insert in &self.inserts {
            let index = starts.partition_point(|start| *start <= insert.start).saturating_sub(1);
            match documents.get_mut(index) {
                Some(document) => insert::into(source, document, *insert),
                None if complete => documents.push(insert::node(source, *insert)),
                None => {}
            }
        }
    }

    fn mark(&self, source: &str, node: &mut Node, base: Region) {
        let span = node.span;
        match &mut node.kind {
            Kind::List(items) => {
                for item in items {
                    if self.region(item.span.start) == base {
                        self.mark(source, item, base);
                    } else {
                        *item = unknown(source, item.span);
                    }
                }
            }
            Kind::Map(entries) => {
                for (key, value) in entries.iter_mut() {
                    let certain = self.region(key.span.start) == base;
                    self.mark(source, key, base);
                    if certain {
                        self.mark(source, value, base);
                    } else {
                        *value = unknown(source, value.span);
                    }
                    let mergeable =
                        !value.items().is_empty() && !value.is_open() || !value.entries().is_empty();
                    if merge::merges(key) && !mergeable {
                        *key = unknown(source, key.span);
                    }
                }
                match merge::resolve(once(source, std::mem::take(entries))) {
                    Ok(resolved) => *entries = resolved,
                    Err(_) => *node = unknown(source, span),
                }
            }
            Kind::Tagged(_, inner) => {
                let inner_start = inner.span.start;
                if self.has_hole(Span::new(span.start, inner_start.max(span.start))) {
                    *node = unknown(source, span);
                } else {
                    self.mark(source, inner, base);
                }
            }
            _ if self.has_hole(span) => *node = unknown(source, span),
            _ => {}
        }
    }
}

/// A key that several branches give is there once, and unknown.
fn once(source: &str, entries: Vec<(Node, Node)>) -> Vec<(Node, Node)> {
    let mut seen: HashMap<Box<str>, usize> = HashMap::new();
    let mut kept: Vec<(Node, Node)> = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        let name = key.key_text().filter(|_| !merge::merges(&key));
        let slot = name.and_then(|name| seen.get(name)).copied();
        if let Some((_, value)) = slot.and_then(|slot| kept.get_mut(slot)) {
            *value = unknown(source, value.span);
            continue;
        }
        if let Some(name) = name {
            seen.insert(name.into(), kept.len());
        }
        kept.push((key, value));
    }
    kept
}

pub(super) fn unknown(source: &str, span: Span) -> Node {
    Node::new(span, Kind::Templated(source.get(span.range()).unwrap_or_default().into()))
}
