//! The parser crate's events to documents.

use std::borrow::Cow;
use std::collections::HashMap;
use std::mem;

use saphyr_parser::{Event, Parser, ScanError, Tag};

use super::super::node::{Kind, Node};
use super::fault::{ErrorKind, YamlError};
use super::positions::Positions;
use super::templated::Templates;
use super::{MAX_DEPTH, MAX_NODES, Yaml, flow, merge, place, scalar};
use crate::text::Span;

/// How many flow collections are joined to one line at most.
const MAX_JOINED: usize = 32;

/// Reads `text`, which is `source` with its templates replaced, byte for byte.
pub(super) fn read(source: &str, text: &str, templates: &Templates) -> Yaml {
    if u32::try_from(text.len()).is_err() {
        let error = YamlError::new(ErrorKind::Limit, "the file is too long", Span::default());
        return Yaml { documents: Vec::new(), error: Some(error) };
    }
    let mut text = Cow::Borrowed(text);
    let mut tries = 0;
    loop {
        let mut builder = Builder::new(&text, !templates.is_empty());
        let fault = builder.run().err();
        let joined = fault.as_ref().filter(|_| tries < MAX_JOINED).and_then(|fault| builder.joined(fault));
        let Some(joined) = joined else {
            let Builder { mut documents, starts, duplicate, .. } = builder;
            templates.apply(source, &mut documents, &starts, fault.is_none());
            return Yaml { documents, error: fault.or(duplicate) };
        };
        text = Cow::Owned(joined);
        tries += 1;
    }
}

/// A list or map that is not closed yet.
struct Open {
    items: Vec<Node>,
    is_map: bool,
    is_flow: bool,
    anchor: usize,
    tag: Option<Tag>,
    outer: usize,
    start: usize,
    /// Where its first child starts, its anchor and tag included.
    first: Option<usize>,
}

struct Builder<'t> {
    text: &'t str,
    positions: Positions<'t>,
    templated: bool,
    stack: Vec<Open>,
    /// What each anchor of this document stands for; `None` while it is not closed.
    anchors: HashMap<usize, Node>,
    /// How many more nodes there may be.
    left: usize,
    documents: Vec<Node>,
    /// Where each document starts, its marker included.
    starts: Vec<usize>,
    duplicate: Option<YamlError>,
    /// Where the last value so far ends.
    last_end: usize,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, templated: bool) -> Self {
        Self {
            text,
            positions: Positions::new(text),
            templated,
            stack: Vec::new(),
            anchors: HashMap::new(),
            left: MAX_NODES,
            documents: Vec::new(),
            starts: Vec::new(),
            duplicate: None,
            last_end: 0,
        }
    }

    /// The text with the `[..]` or `{..}` on one line that the parser crate refuses for its indentation. YAML 1.2 asks
    /// for that indentation, but libyaml and go-yaml, which the tools read with, do not.
    fn joined(&self, fault: &YamlError) -> Option<String> {
        let flow = self.stack.iter().find(|open| open.is_flow).map(|open| open.start);
        fault.message.starts_with("invalid indentation").then_some(())?;
        flow::on_one_line(self.text, flow.unwrap_or(self.last_end))
    }

    fn run(&mut self) -> Result<(), YamlError> {
        for event in Parser::new_from_str(self.text) {
            let (event, place) = event.map_err(|error| self.refused(&error))?;
            let start = self.positions.byte(place.start.index());
            let end = self.positions.byte(place.end.index()).max(start);
            self.take(event, start, end)?;
        }
        Ok(())
    }

    fn refused(&self, error: &ScanError) -> YamlError {
        let at = self.positions.byte(error.marker().index());
        // The one message of the parser crate that quotes a character of the text.
        let message = error.info().split(": `").next().unwrap_or_default();
        YamlError::syntax(message, span(at, at))
    }

    fn take(&mut self, event: Event<'_>, start: usize, end: usize) -> Result<(), YamlError> {
        match event {
            Event::DocumentStart(explicit) => {
                self.starts.push(if self.starts.is_empty() && !explicit { 0 } else { start });
                self.anchors.clear();
                Ok(())
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.count(1, start, end)?;
                let inner = place::skip_properties(self.text, start, end);
                let has_properties = anchor > 0 || tag.is_some();
                let inner = if has_properties { inner } else { start };
                let inner = if value.is_empty() && !has_properties && self.byte_at(inner) == Some(b':') {
                    span(inner + 1, inner + 1)
                } else {
                    span(inner, place::scalar_end(self.text, inner, end, style))
                };
                let outer = Span::new(offset(start).min(inner.start), inner.end);
                let node = scalar::node(&value, style, tag.as_deref(), inner, outer);
                self.last_end = inner.end as usize;
                self.put(node, anchor, start)
            }
            Event::Alias(id) => {
                let node = self.anchors.get(&id).cloned();
                let Some(node) = node else {
                    return Err(YamlError::syntax(
                        "an alias of what is not defined before it",
                        span(start, end),
                    ));
                };
                let (count, depth) = node.size();
                self.count(count, start, end)?;
                self.check_depth(depth, start, end)?;
                self.last_end = end;
                self.put(node, 0, start)
            }
            Event::SequenceStart(anchor, tag) => self.open(false, anchor, tag.as_deref(), start, end),
            Event::MappingStart(anchor, tag) => self.open(true, anchor, tag.as_deref(), start, end),
            Event::SequenceEnd | Event::MappingEnd => self.close(start),
            _ => Ok(()),
        }
    }

    fn byte_at(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn open(
        &mut self,
        is_map: bool,
        anchor: usize,
        tag: Option<&Tag>,
        outer: usize,
        end: usize,
    ) -> Result<(), YamlError> {
        self.count(1, outer, end)?;
        self.check_depth(1 + usize::from(tag.is_some()), outer, end)?;
        let bracket = if is_map { b'{' } else { b'[' };
        let is_flow = end > outer && self.byte_at(end - 1) == Some(bracket);
        let start = if is_flow { end - 1 } else { end };
        self.stack.push(Open {
            items: Vec::new(),
            is_map,
            is_flow,
            anchor,
            tag: tag.cloned(),
            outer,
            start,
            first: None,
        });
        Ok(())
    }

    fn close(&mut self, at: usize) -> Result<(), YamlError> {
        let Some(mut open) = self.stack.pop() else { return Ok(()) };
        let items = mem::take(&mut open.items);
        let start = match open.first {
            _ if open.is_flow => open.start,
            Some(first) if open.is_map => first,
            Some(first) => place::dash_before(self.text, first).unwrap_or(open.start.min(first)),
            None => open.start,
        };
        if open.is_flow {
            self.last_end = at + 1;
        }
        let place = span(start, self.last_end.max(start));
        let kind = if open.is_map { self.map(items)? } else { Kind::List(items) };
        let outer = Span::new(offset(open.outer).min(place.start), place.end);
        let node = scalar::tagged(Node::new(place, kind), open.tag.as_ref(), outer);
        self.put(node, open.anchor, open.outer)
    }

    fn map(&mut self, items: Vec<Node>) -> Result<Kind, YamlError> {
        let mut entries = Vec::with_capacity(items.len() / 2);
        let mut items = items.into_iter();
        while let (Some(key), Some(value)) = (items.next(), items.next()) {
            entries.push((key, value));
        }
        // Of a template, both may belong to different branches: `Templates` decides.
        if self.templated {
            return Ok(Kind::Map(entries));
        }
        let (entries, repeated) = merge::last_wins(entries);
        if let (Some(place), None) = (repeated, &self.duplicate) {
            self.duplicate =
                Some(YamlError::new(ErrorKind::Duplicate, "a key is given twice in one map", place));
        }
        Ok(Kind::Map(merge::resolve(entries)?))
    }

    fn put(&mut self, node: Node, anchor: usize, start: usize) -> Result<(), YamlError> {
        if anchor > 0 {
            let (count, _) = node.size();
            self.count(count, node.span.start as usize, node.span.end as usize)?;
            self.anchors.insert(anchor, node.clone());
        }
        match self.stack.last_mut() {
            Some(open) => {
                open.first.get_or_insert(start);
                open.items.push(node);
            }
            None => self.documents.push(node),
        }
        Ok(())
    }

    fn count(&mut self, nodes: usize, start: usize, end: usize) -> Result<(), YamlError> {
        match self.left.checked_sub(nodes) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                let message = "the file has too many values, aliases followed";
                Err(YamlError::new(ErrorKind::Limit, message, span(start, end)))
            }
        }
    }

    fn check_depth(&self, levels: usize, start: usize, end: usize) -> Result<(), YamlError> {
        // Each open level may also have a tag.
        let open: usize = self.stack.iter().map(|open| 1 + usize::from(open.tag.is_some())).sum();
        if open + levels > MAX_DEPTH {
            let message = "the file is nested too deeply";
            return Err(YamlError::new(ErrorKind::Limit, message, span(start, end)));
        }
        Ok(())
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn span(start: usize, end: usize) -> Span {
    Span::new(offset(start), offset(end))
}
