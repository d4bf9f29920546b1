use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use super::host::{Host, Script};
use super::scope::{Flow, Frame};
use super::{Kind, Value};
use crate::facts::{Note, Place, Reason, Step, Trail, TrailStep};
use crate::parse::php::tree::{Class, Expr, Function};
use crate::text::{Source, Span};

/// Evaluation steps that one app may cost. A real app's config takes a few ten thousand.
const MAX_STEPS: u64 = 2_000_000;
/// Bytes of text and array entries that evaluation may make.
const MAX_BYTES: u64 = 64 << 20;
/// Calls and includes within each other.
const MAX_CALLS: u32 = 40;
/// Expressions within each other.
const MAX_DEPTH: u32 = 600;

/// A declaration and the file it was written in.
pub(super) type Written<T> = (Arc<T>, Arc<Source>);

/// Runs the PHP of one app, within bounds.
pub struct Evaluator<'h> {
    pub(super) host: &'h dyn Host,
    pub(super) functions: RefCell<HashMap<String, Written<Function>>>,
    pub(super) classes: RefCell<HashMap<String, Written<Class>>>,
    pub(super) constants: RefCell<HashMap<Arc<str>, Value>>,
    pub(super) included: RefCell<Vec<String>>,
    steps: Cell<u64>,
    bytes: Cell<u64>,
    calls: Cell<u32>,
    depth: Cell<u32>,
}

impl<'h> Evaluator<'h> {
    /// An evaluator that has run nothing yet.
    #[must_use]
    pub fn new(host: &'h dyn Host) -> Self {
        Self {
            host,
            functions: RefCell::default(),
            classes: RefCell::default(),
            constants: RefCell::default(),
            included: RefCell::default(),
            steps: Cell::new(0),
            bytes: Cell::new(0),
            calls: Cell::new(0),
            depth: Cell::new(0),
        }
    }

    /// Runs a file and gives what it returns (`1` when it returns nothing, as PHP's `require` does).
    #[must_use]
    pub fn run(&self, script: &Script) -> Value {
        if !script.file.errors.is_empty() {
            return Value::unknown(Reason::new("the file has a syntax error"));
        }
        self.within_call(|| {
            let mut frame = Frame::new(&script.source, None);
            self.declare(&script.file.statements, &frame);
            match self.block(&mut frame, &script.file.statements) {
                Flow::Return(value) => frame.conclude(value),
                Flow::Dead(reason) | Flow::Murky(reason) => frame.conclude(Value::unknown(reason)),
                Flow::Next | Flow::Break(_) | Flow::Continue(_) => frame.conclude(Value::int(1)),
            }
        })
    }

    /// The value of one expression of a file, with no variables.
    #[must_use]
    pub fn expression(&self, source: &Arc<Source>, expr: &Expr) -> Value {
        self.value(&mut Frame::new(source, None), expr)
    }

    /// The value that a method of a class returns, without an object behind it.
    #[must_use]
    pub fn method(&self, class: &Arc<Class>, source: &Arc<Source>, name: &str, this: Value) -> Option<Value> {
        let method = class.methods.iter().find(|method| method.name.eq_ignore_ascii_case(name))?;
        let this = vec![(Arc::from("this"), this)];
        Some(self.invoke(method, source, Some(Arc::clone(&class.name)), this, Vec::new()))
    }

    pub(super) fn within_call(&self, run: impl FnOnce() -> Value) -> Value {
        if self.calls.get() >= MAX_CALLS {
            return Value::unknown(Reason::new("calls or includes too deep to follow"));
        }
        self.calls.set(self.calls.get() + 1);
        let value = run();
        self.calls.set(self.calls.get() - 1);
        value
    }

    /// Counts one step; a reason when the bound is reached.
    pub(super) fn step(&self) -> Option<Reason> {
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        (steps > MAX_STEPS).then(|| Reason::new("too many steps to follow"))
    }

    /// Counts what a value adds to memory; too much makes it unknown.
    pub(super) fn weigh(&self, kind: Kind) -> Kind {
        let weight = match &kind {
            Kind::Str(text) => text.len() as u64,
            Kind::Array(array) => array.len() as u64 * 64,
            _ => 0,
        };
        let bytes = self.bytes.get().saturating_add(weight);
        self.bytes.set(bytes);
        if bytes > MAX_BYTES { Kind::Unknown(Reason::new("too much data to follow")) } else { kind }
    }

    /// The value of an expression, bounded in depth and steps.
    pub(super) fn value(&self, frame: &mut Frame, expr: &Expr) -> Value {
        if let Some(reason) = self.step() {
            return Value::unknown(reason);
        }
        if self.depth.get() >= MAX_DEPTH {
            return Value::unknown(Reason::at("nested too deep to follow", self.place(frame, expr.span)));
        }
        self.depth.set(self.depth.get() + 1);
        let mut value = self.evaluate(frame, expr);
        self.depth.set(self.depth.get() - 1);
        if let Kind::Unknown(reason) = value.kind {
            value.kind = Kind::Unknown(reason.or_at(|| self.place(frame, expr.span)));
        }
        value
    }

    pub(super) fn place(&self, frame: &Frame, span: Span) -> Place {
        Place::new(&frame.source, span)
    }

    /// A value computed at `span` from `parts`: it carries on their trails.
    pub(super) fn built(&self, frame: &Frame, span: Span, kind: Kind, parts: &[Value]) -> Value {
        let kind = self.weigh(kind);
        let mut trails = parts.iter().map(|part| &part.trail).filter(|trail| !trail.is_empty());
        let trail = match (trails.next(), trails.next()) {
            (None, _) => Trail::none(),
            (Some(only), None) => only.clone(),
            (Some(_), Some(_)) => {
                let before: Vec<Trail> = parts.iter().map(|part| part.trail.clone()).collect();
                let note = Note::Text("computed from several values".into());
                let place = Some(self.place(frame, span));
                Trail::join(&before, TrailStep { step: Step::Built, place, note })
            }
        };
        Value { kind, trail, place: None }
    }
}
