//! A template to objects: what the values fill in, what they repeat, and what stays unknown.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;

use super::actions;
use super::blocks::{self, Blocks, Region, RegionKind};
use super::chart::Part;
use super::expression::{self, Dot, Outcome, Scope, is_empty};
use super::printed::{is_plain_yaml, is_printed_as_written, steps, unquoted};
use crate::deploy::Files;
use crate::deploy::kubernetes::object::Object;
use crate::deploy::kubernetes::reading::{Fill, Reading};
use crate::deploy::kubernetes::tree::{Item, Key, Kind};
use crate::discover::Skipped;
use crate::facts::{Place, Reason, TrailStep};
use crate::parse::node::{self, Node};
use crate::parse::yaml::{self, ErrorKind};
use crate::text::{Source, Span};

/// How many items and entries loops make in one template.
const MAX_MADE: usize = 3_000;
/// A longer template was written by no one, and each environment reads it again.
const MAX_LENGTH: usize = 512 * 1024;

/// The objects of a template.
pub(super) fn objects(files: &Files<'_>, path: &str, source: &Arc<Source>, part: &Part) -> Vec<Object> {
    if source.text().len() > MAX_LENGTH {
        files
            .skip(Skipped { path: source.path().to_string(), reason: "the template is too long".to_owned() });
        return Vec::new();
    }
    let blocks = blocks::resolve(source, &part.values, &part.chart);
    let yaml = yaml::read_templated(&blocks.text);
    if let Some(error) = yaml.error.as_ref().filter(|error| error.kind != ErrorKind::Duplicate) {
        let line = source.position(error.span.start).line;
        let reason = format!("the template could not be read: line {line}: {}", error.message);
        files.skip(Skipped { path: source.path().to_string(), reason });
    }
    let mut holders = HashMap::new();
    yaml.documents.iter().for_each(|node| count(node, &mut holders));
    let made = Cell::new(0);
    let path = path.into();
    let mut found = Vec::new();
    for node in &yaml.documents {
        let base = around(&blocks, node.span.start as usize).next().map(|(index, _)| index);
        let filling =
            Filling { blocks: &blocks, part, holders: &holders, made: &made, base, bound: Vec::new() };
        let reading = Reading { fill: &filling, ..Reading::plain(source) };
        let mut own = Object::of(reading.item(node), &path);
        if let Some(place) =
            in_doubt(&blocks, node).map(|_| reading.place(Span::new(node.span.start, node.span.start)))
        {
            for object in &mut own {
                object.doubt = Some(Reason::at(
                    "a condition of the template decides whether it is there",
                    place.clone(),
                ));
            }
        }
        found.append(&mut own);
    }
    found
}

/// How many lists and maps what a template prints may belong to.
fn count(node: &Node, holders: &mut HashMap<Span, usize>) {
    match &node.kind {
        node::Kind::Templated(_) => *holders.entry(node.span).or_default() += 1,
        node::Kind::List(items) => items.iter().for_each(|item| count(item, holders)),
        node::Kind::Map(entries) => {
            for (key, value) in entries {
                if key.is_templated() && key.span == value.span {
                    count(key, holders);
                } else {
                    count(value, holders);
                }
            }
        }
        _ => {}
    }
}

/// The block that may leave out a whole document.
fn in_doubt<'a>(blocks: &'a Blocks, node: &Node) -> Option<&'a Region> {
    let at = node.span.start as usize;
    around(blocks, at).map(|(_, region)| region).find(|region| !matches!(region.kind, RegionKind::With(_)))
}

/// The regions around a place, the innermost first.
fn around(blocks: &Blocks, at: usize) -> impl Iterator<Item = (usize, &Region)> {
    let before = blocks.regions.partition_point(|region| region.start <= at);
    let regions = blocks.regions.get(..before).unwrap_or_default();
    regions.iter().enumerate().rev().filter(move |(_, region)| at < region.end)
}

/// A loop that is at one of its values.
#[derive(Clone)]
struct Bound {
    region: usize,
    key: Item,
    value: Item,
}

struct Filling<'a> {
    blocks: &'a Blocks,
    part: &'a Part,
    holders: &'a HashMap<Span, usize>,
    made: &'a Cell<usize>,
    /// The region around the whole document.
    base: Option<usize>,
    bound: Vec<Bound>,
}

impl Filling<'_> {
    /// What an expression at a place comes to.
    fn outcome(&self, body: &str, place: &Place) -> Option<Outcome> {
        let mut dot = Dot::Top;
        let mut variables: Vec<(&str, &Item)> = Vec::new();
        let mut has_dot = false;
        for (index, region) in around(self.blocks, place.span.start as usize) {
            let next = match &region.kind {
                RegionKind::Doubt => continue,
                RegionKind::With(item) => Dot::Item(item),
                RegionKind::Unknown => Dot::Unknown,
                RegionKind::Range { key, value, .. } => {
                    match self.bound.iter().find(|bound| bound.region == index) {
                        Some(bound) => {
                            variables.extend(key.as_deref().map(|name| (name, &bound.key)));
                            variables.extend(value.as_deref().map(|name| (name, &bound.value)));
                            Dot::Item(&bound.value)
                        }
                        None => Dot::Unknown,
                    }
                }
            };
            if !has_dot {
                dot = next;
                has_dot = true;
            }
        }
        let scope = Scope { values: &self.part.values, chart: &self.part.chart, dot, variables: &variables };
        expression::value(body, scope, place)
    }

    /// Whether what stands at a place is there for sure, when its document is.
    fn is_certain(&self, place: &Place) -> bool {
        self.is_decided(place.span.start, None)
    }

    /// The same, when it does not matter whether it stands in the region `except`.
    fn is_decided(&self, at: u32, except: Option<usize>) -> bool {
        for (index, region) in around(self.blocks, at as usize) {
            if Some(index) == self.base {
                return true;
            }
            let is_decided = match region.kind {
                RegionKind::With(_) => true,
                RegionKind::Range { .. } => self.bound.iter().any(|bound| bound.region == index),
                RegionKind::Doubt | RegionKind::Unknown => false,
            };
            if !is_decided && Some(index) != except {
                return false;
            }
        }
        true
    }

    /// The text of a scalar that an action prints, when that is certain.
    fn printed(&self, body: &str, place: &Place) -> Option<(Outcome, Arc<str>)> {
        let outcome = self.outcome(body, place).filter(|outcome| !outcome.yaml)?;
        let text = outcome.item.text().cloned()?;
        // What the values leave empty is mostly given when the chart is installed.
        (!text.is_empty() && is_printed_as_written(&outcome.item)).then_some((outcome, text))
    }

    /// A value that is written with some actions in it.
    fn text(&self, text: &str, place: &Place) -> Option<Item> {
        let (inner, quoted) = unquoted(text)?;
        let actions = actions::all(inner);
        if actions.is_empty() {
            return None;
        }
        let mut known = String::new();
        let mut before: Vec<TrailStep> = Vec::new();
        let mut at = 0;
        let mut plain = false;
        for action in &actions {
            known.push_str(inner.get(at..action.start)?);
            at = action.end;
            let body = actions::inner(inner.get(action.start + 2..action.end.saturating_sub(2))?);
            let Some((outcome, printed)) = self.printed(body, place) else {
                // It is known up to here.
                return Some(Item::templated(place.clone(), text, &known));
            };
            if outcome.quoted
                && (quoted || actions.len() > 1 || text.trim().len() != action.end - action.start)
            {
                return None;
            }
            if quoted && printed.contains(['"', '\'', '\\', '\n']) {
                return None;
            }
            plain = actions.len() == 1 && !outcome.quoted && matches!(outcome.item.kind, Kind::Plain(_));
            known.push_str(&printed);
            before.extend(steps(&outcome.item, place));
        }
        known.push_str(inner.get(at..)?);
        let is_quoted = quoted || actions.len() == 1 && self.is_quote(inner, place);
        if !is_quoted && !is_plain_yaml(&known) {
            return None;
        }
        let is_one = actions.first().is_some_and(|action| action.start == 0 && action.end == inner.len());
        let kind =
            if plain && is_one && !quoted { Kind::Plain(known.into()) } else { Kind::Text(known.into()) };
        let mut item = Item::new(place.clone(), kind);
        item.set_before(before);
        Some(item)
    }

    /// Whether an action prints its value in quotes.
    fn is_quote(&self, text: &str, place: &Place) -> bool {
        let inner = text.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
        inner
            .and_then(|inner| self.outcome(actions::inner(inner), place))
            .is_some_and(|outcome| outcome.quoted)
    }

    /// The list or map that an action prints as a whole.
    fn whole(&self, text: &str, place: &Place) -> Option<Item> {
        let inner = text.trim().strip_prefix("{{")?.strip_suffix("}}")?;
        if inner.contains("}}") || !self.is_certain(place) {
            return None;
        }
        let outcome =
            self.outcome(actions::inner(inner), place).filter(|outcome| outcome.yaml && !outcome.quoted)?;
        (!is_empty(&outcome.item)).then_some(outcome.item)
    }

    /// For each value of the loop that a place stands in directly: what reads it.
    fn each<T>(&self, at: u32, mut make: impl FnMut(&Self) -> Option<T>) -> Option<Vec<T>> {
        let (index, region) = around(self.blocks, at as usize).next()?;
        let RegionKind::Range { over, .. } = &region.kind else { return None };
        let is_bound = self.bound.iter().any(|bound| bound.region == index);
        if is_bound || self.base == Some(index) || over.more().is_some() || !self.is_decided(at, Some(index))
        {
            return None;
        }
        let mut values: Vec<(Item, Item)> = match &over.kind {
            Kind::Map(map) => map
                .entries
                .iter()
                .map(|(key, value)| (Item::text_at(key.place.clone(), &key.text), value.clone()))
                .collect(),
            Kind::List(list) => list
                .items
                .iter()
                .enumerate()
                .map(|(at, value)| {
                    (Item::new(value.place.clone(), Kind::Plain(at.to_string().into())), value.clone())
                })
                .collect(),
            _ => return None,
        };
        if matches!(over.kind, Kind::Map(_)) {
            values.sort_by(|(a, _), (b, _)| a.text().cmp(&b.text()));
        }
        let mut made = Vec::new();
        for (key, value) in values {
            self.made.set(self.made.get() + 1);
            if self.made.get() > MAX_MADE {
                return None;
            }
            let mut bound = self.bound.clone();
            bound.push(Bound { region: index, key, value });
            made.push(make(&Filling { bound, ..*self })?);
        }
        Some(made)
    }
}

impl Fill for Filling<'_> {
    fn value(&self, node: &Node, text: &str, reading: &Reading<'_>) -> Option<Item> {
        let place = reading.place(node.span);
        if !self.is_certain(&place) {
            return None;
        }
        self.whole(text, &place).or_else(|| self.text(text, &place))
    }

    fn items(&self, node: &Node, reading: &Reading<'_>) -> Option<Vec<Item>> {
        let place = reading.place(node.span);
        let text = reading.source.slice(place.span);
        if let Some(item) = self.whole(text, &place) {
            let is_certain = self.holders.get(&place.span).is_none_or(|count| *count == 1);
            return match item.kind {
                Kind::List(list) if list.open.is_empty() && is_certain => Some(list.items),
                _ => None,
            };
        }
        // An item is parsed on its own, each time with other values.
        let start = place.span.start as usize;
        let whole = &self.blocks.text;
        let line = whole.get(..start)?.rfind('\n').map_or(0, |end| end + 1);
        let dash = whole.get(line..start)?;
        if dash.trim() != "-" {
            return None;
        }
        let own = format!("{}{}", " ".repeat(dash.len()), whole.get(start..place.span.end as usize)?);
        let yaml = yaml::read_templated(&own);
        let node = yaml.documents.first().filter(|_| yaml.error.is_none() && yaml.documents.len() == 1)?;
        let shift = u32::try_from(line).ok()?;
        self.each(place.span.start, |filling| {
            let reading = Reading { source: reading.source, shift, within: None, fill: filling };
            Some(reading.item(node))
        })
    }

    fn entries(&self, key: &Node, value: &Node, reading: &Reading<'_>) -> Option<Vec<(Key, Item)>> {
        let place = reading.place(key.span);
        let text = reading.source.slice(place.span);
        if key.span == value.span {
            let item = self.whole(text, &place)?;
            let is_certain = self.holders.get(&place.span).is_none_or(|count| *count == 1);
            return match item.kind {
                Kind::Map(map) if map.open.is_empty() && is_certain => Some(map.entries),
                _ => None,
            };
        }
        self.each(place.span.start, |filling| {
            let name = filling.text(text, &place)?;
            let reading =
                Reading { source: reading.source, shift: reading.shift, within: None, fill: filling };
            let key = Key { text: Arc::clone(name.text()?), place: place.clone() };
            Some((key, reading.item(value)))
        })
    }
}
