//! The blocks of a template: those that the values decide are taken or left out, the others are remembered.
//!
//! What is left out is blanked, so that every place in the text stays what it was.

use super::actions::{self, Action, Does};
use super::expression::{self, Dot, Scope, is_empty};
use crate::deploy::kubernetes::tree::{Item, Kind};
use crate::facts::Place;
use crate::text::{Source, Span};
use std::sync::Arc;

/// A text with more blocks than this is left as it is.
const MAX_REGIONS: usize = 2_000;

/// A part of a text in which something is different.
#[derive(Debug)]
pub(super) struct Region {
    pub start: usize,
    pub end: usize,
    pub kind: RegionKind,
}

/// What is different in a region.
#[derive(Debug)]
pub(super) enum RegionKind {
    /// It may be left out.
    Doubt,
    /// `.` is this value.
    With(Item),
    /// `.` is something that is not known, and the part may be left out.
    Unknown,
    /// It is repeated for each of these values.
    Range { over: Item, key: Option<String>, value: Option<String> },
}

/// A text of the same length, without what the values leave out.
pub(super) struct Blocks {
    pub text: String,
    pub regions: Vec<Region>,
}

/// Where a block stands that is not closed yet.
enum State {
    /// This branch is taken.
    Taken,
    /// What follows `from` is left out.
    Skipping { from: usize },
    /// It cannot be told.
    Doubt,
    /// It stands in something that is left out.
    Dead,
}

struct Frame {
    does: Does,
    state: State,
    /// The region that ends with it.
    region: Option<usize>,
}

struct Resolver<'a> {
    source: &'a Arc<Source>,
    values: &'a Item,
    chart: &'a Item,
    frames: Vec<Frame>,
    regions: Vec<Region>,
    cuts: Vec<(usize, usize)>,
}

/// Decides the blocks of a template.
pub(super) fn resolve(source: &Arc<Source>, values: &Item, chart: &Item) -> Blocks {
    let text = source.text();
    let mut resolver =
        Resolver { source, values, chart, frames: Vec::new(), regions: Vec::new(), cuts: Vec::new() };
    for action in actions::all(text) {
        resolver.take(action);
    }
    let Resolver { frames, mut regions, cuts, .. } = resolver;
    // Of a text whose blocks are not closed nothing is decided.
    if !frames.is_empty() || regions.len() > MAX_REGIONS {
        regions = vec![Region { start: 0, end: text.len(), kind: RegionKind::Unknown }];
        return Blocks { text: text.to_owned(), regions };
    }
    let mut bytes = text.as_bytes().to_vec();
    for (start, end) in cuts {
        for byte in bytes.get_mut(start..end).unwrap_or_default() {
            if !matches!(*byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }
    // Whole characters are blanked: the rest is as it was.
    Blocks { text: String::from_utf8(bytes).unwrap_or_default(), regions }
}

impl Resolver<'_> {
    fn take(&mut self, action: Action<'_>) {
        let dead = self
            .frames
            .last()
            .is_some_and(|frame| matches!(frame.state, State::Dead | State::Skipping { .. }));
        match action.does {
            Does::If | Does::With | Does::Range | Does::Define if dead => {
                self.frames.push(Frame { does: action.does, state: State::Dead, region: None });
            }
            Does::If | Does::With | Does::Range | Does::Define => self.open(action),
            Does::Else => self.other(action),
            Does::End => self.close(action),
            Does::Other => {}
        }
    }

    fn place(&self, action: Action<'_>) -> Place {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Place::new(self.source, Span::new(offset(action.start), offset(action.end)))
    }

    /// Whether a condition holds, and what `.` is if so.
    fn decide(&self, does: Does, rest: &str, action: Action<'_>) -> (Option<bool>, Option<Item>) {
        let scope = Scope { values: self.values, chart: self.chart, dot: self.dot(), variables: &[] };
        let place = self.place(action);
        match does {
            Does::If => (expression::condition(rest, scope, &place), None),
            Does::With => {
                let found = expression::value(rest, scope, &place).map(|outcome| outcome.item);
                (found.as_ref().map(|item| !is_empty(item)), found)
            }
            _ => (None, None),
        }
    }

    /// What `.` is here.
    fn dot(&self) -> Dot<'_> {
        let open = self.frames.iter().rev().filter_map(|frame| self.regions.get(frame.region?));
        for region in open {
            match &region.kind {
                RegionKind::With(item) => return Dot::Item(item),
                RegionKind::Unknown | RegionKind::Range { .. } => return Dot::Unknown,
                RegionKind::Doubt => {}
            }
        }
        Dot::Top
    }

    fn region(&mut self, start: usize, kind: RegionKind) -> Option<usize> {
        self.regions.push(Region { start, end: usize::MAX, kind });
        Some(self.regions.len() - 1)
    }

    fn open(&mut self, action: Action<'_>) {
        let does = action.does;
        let (state, region) = match self.decide(does, action.rest, action) {
            (Some(true), item) => {
                self.cuts.push((action.start, action.end));
                let region = item.and_then(|item| self.region(action.end, RegionKind::With(item)));
                (State::Taken, region)
            }
            (Some(false), _) => (State::Skipping { from: action.start }, None),
            (None, _) => {
                let kind = match does {
                    Does::If => RegionKind::Doubt,
                    Does::Range => self.range(action).unwrap_or(RegionKind::Unknown),
                    _ => RegionKind::Unknown,
                };
                (State::Doubt, self.region(action.end, kind))
            }
        };
        self.frames.push(Frame { does, state, region });
    }

    /// `range $key, $value := .Values.env`
    fn range(&self, action: Action<'_>) -> Option<RegionKind> {
        let (names, over) = match action.rest.split_once(":=") {
            Some((names, over)) => (names, over),
            None => ("", action.rest),
        };
        let names: Vec<&str> = names.split(',').map(|name| name.trim().trim_start_matches('$')).collect();
        let scope = Scope { values: self.values, chart: self.chart, dot: self.dot(), variables: &[] };
        let over = expression::value(over, scope, &self.place(action)).map(|outcome| outcome.item)?;
        let name = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        let (key, value) = match names.as_slice() {
            [value] => (None, name(value)),
            [key, value] => (name(key), name(value)),
            _ => return None,
        };
        matches!(over.kind, Kind::List(_) | Kind::Map(_)).then_some(RegionKind::Range { over, key, value })
    }

    fn other(&mut self, action: Action<'_>) {
        let Some(frame) = self.frames.last() else { return };
        let (does, rest) = match action.rest.split_once(char::is_whitespace) {
            Some(("if", rest)) => (Does::If, rest),
            Some(("with", rest)) => (Does::With, rest),
            _ => (Does::Other, ""),
        };
        let from = match frame.state {
            State::Taken => {
                let region = frame.region;
                self.end_region(region, action.start);
                self.state(State::Skipping { from: action.start }, None);
                return;
            }
            State::Skipping { from } => from,
            State::Doubt => {
                // Behind `else` of `with` and `range`, `.` is what it was before.
                if frame.does != Does::If {
                    let region = frame.region;
                    self.end_region(region, action.start);
                    let region = self.region(action.end, RegionKind::Doubt);
                    self.state(State::Doubt, region);
                }
                return;
            }
            State::Dead => return,
        };
        // The frame that is skipped so far must not hide what `.` is.
        let (holds, item) =
            if does == Does::Other { (Some(true), None) } else { self.decide(does, rest, action) };
        match holds {
            Some(true) => {
                self.cuts.push((from, action.end));
                let region = item.and_then(|item| self.region(action.end, RegionKind::With(item)));
                self.state(State::Taken, region);
            }
            Some(false) => {}
            None => {
                self.cuts.push((from, action.start));
                // What is left of `{{ else if x }}` is `{{ if x }}`.
                let word =
                    self.source.text().get(action.start..action.end).and_then(|text| text.find("else"));
                if let Some(word) = word.map(|at| action.start + at) {
                    self.cuts.push((word, word + "else".len()));
                }
                let kind = if does == Does::With { RegionKind::Unknown } else { RegionKind::Doubt };
                let region = self.region(action.end, kind);
                self.state(State::Doubt, region);
            }
        }
    }

    fn state(&mut self, state: State, region: Option<usize>) {
        if let Some(frame) = self.frames.last_mut() {
            frame.state = state;
            frame.region = region;
        }
    }

    fn end_region(&mut self, region: Option<usize>, end: usize) {
        if let Some(region) = region.and_then(|region| self.regions.get_mut(region)) {
            region.end = end;
        }
    }

    fn close(&mut self, action: Action<'_>) {
        let Some(frame) = self.frames.pop() else { return };
        self.end_region(frame.region, action.start);
        match frame.state {
            State::Taken => self.cuts.push((action.start, action.end)),
            State::Skipping { from } => self.cuts.push((from, action.end)),
            State::Doubt | State::Dead => {}
        }
    }
}
