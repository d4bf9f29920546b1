use std::sync::Arc;

use super::assigned::Changes;
use super::machine::Evaluator;
use super::merge;
use super::scope::{Flow, Frame};
use super::variables::inherit;
use super::{Kind, Value};
use crate::facts::Reason;
use crate::parse::php::tree::{Expr, Statement};

impl Evaluator<'_> {
    pub(super) fn foreach(
        &self,
        frame: &mut Frame,
        subject: &Expr,
        key: Option<&Expr>,
        value: &Expr,
        by_reference: bool,
        body: &[Statement],
    ) -> Flow {
        let list = self.value(frame, subject);
        let array = match &list.kind {
            Kind::Array(array) if array.open().is_none() => Arc::clone(array),
            Kind::Null | Kind::Bool(_) | Kind::Int(_) | Kind::Float(_) | Kind::Str(_) => return Flow::Next,
            _ => {
                let reason =
                    list.deep_reason().cloned().unwrap_or_else(|| Reason::new("a loop over an object"));
                return self.unknown_turns(frame, &reason, |evaluator, frame| {
                    evaluator.store(frame, value, Value::unknown(reason.clone()));
                    if let Some(key) = key {
                        evaluator.store(frame, key, Value::unknown(reason.clone()));
                    }
                    if by_reference {
                        evaluator.store(frame, subject, Value::unknown(reason.clone()));
                    }
                    evaluator.block(frame, body)
                });
            }
        };
        for (entry_key, entry) in array.iter() {
            self.store(frame, value, inherit(entry.clone(), &list));
            if let Some(key) = key {
                self.store(frame, key, entry_key.to_value());
            }
            let flow = self.block(frame, body);
            if by_reference {
                let changed = self.value(frame, value);
                self.store_entry(frame, subject, entry_key.clone(), changed);
            }
            match leave_loop(flow) {
                Turn::Again => {}
                Turn::Leave(Flow::Murky(reason)) => {
                    for target in [Some(value), key, by_reference.then_some(subject)].into_iter().flatten() {
                        self.store(frame, target, Value::unknown(reason.clone()));
                    }
                    return self.forget(frame, body, [], &reason);
                }
                Turn::Leave(flow) => return flow,
            }
        }
        Flow::Next
    }

    pub(super) fn repeat(
        &self,
        frame: &mut Frame,
        conditions: &[Expr],
        step: &[Expr],
        body: &[Statement],
        body_first: bool,
    ) -> Flow {
        let mut first = body_first;
        loop {
            if let Some(reason) = self.step() {
                return Flow::Dead(reason);
            }
            let mut go_on = Ok(true);
            if !std::mem::take(&mut first) {
                for condition in conditions {
                    let decider = self.value(frame, condition);
                    go_on = self.truth(&decider);
                }
            }
            match go_on {
                Ok(true) => {}
                Ok(false) => return Flow::Next,
                Err(reason) => {
                    return self.unknown_turns(frame, &reason, |evaluator, frame| {
                        let flow = evaluator.block(frame, body);
                        for expr in step {
                            evaluator.value(frame, expr);
                        }
                        flow
                    });
                }
            }
            match leave_loop(self.block(frame, body)) {
                Turn::Again => {}
                Turn::Leave(Flow::Murky(reason)) => {
                    return self.forget(frame, body, conditions.iter().chain(step), &reason);
                }
                Turn::Leave(flow) => return flow,
            }
            for expr in step {
                self.value(frame, expr);
            }
        }
    }

    /// A loop whose number of turns is unknown. Turns are run until nothing more changes: what one turn makes unknown may
    /// let the next one go another way.
    fn unknown_turns(
        &self,
        frame: &mut Frame,
        reason: &Reason,
        turn: impl Fn(&Self, &mut Frame) -> Flow,
    ) -> Flow {
        for _ in 0..MAX_TURNS {
            let before = frame.scope.clone();
            let flow = turn(self, frame);
            frame.scope = merge::loop_scopes(&before, &frame.scope, reason);
            match flow {
                Flow::Return(value) => frame.maybe_returned.push((value, reason.clone())),
                Flow::Murky(why) => return Flow::Murky(why),
                _ => {}
            }
            if merge::same_scopes(&before, &frame.scope) {
                return Flow::Next;
            }
        }
        frame.forget_all(reason);
        Flow::Next
    }

    /// A loop that was left at a point we do not know: what its body may assign is unknown from here on.
    fn forget<'e>(
        &self,
        frame: &mut Frame,
        body: &[Statement],
        head: impl IntoIterator<Item = &'e Expr>,
        reason: &Reason,
    ) -> Flow {
        let changes = Changes::of(body, head);
        if changes.all {
            frame.forget_all(reason);
        }
        for name in &changes.variables {
            frame.scope.insert(Arc::clone(name), Value::unknown(reason.clone()));
        }
        if changes.returns {
            frame.maybe_returned.push((Value::unknown(reason.clone()), reason.clone()));
        }
        if changes.leaves_outer_loop { Flow::Murky(reason.clone()) } else { Flow::Next }
    }
}

/// Turns of a loop before giving up. Each one makes at least one variable unknown that was known.
const MAX_TURNS: usize = 12;

/// Whether a loop goes on after its body.
pub(super) enum Turn {
    Again,
    Leave(Flow),
}

/// What the end of a loop's body means for the loop.
pub(super) fn leave_loop(flow: Flow) -> Turn {
    match flow {
        Flow::Next | Flow::Continue(0 | 1) => Turn::Again,
        Flow::Break(0 | 1) => Turn::Leave(Flow::Next),
        Flow::Break(levels) => Turn::Leave(Flow::Break(levels - 1)),
        Flow::Continue(levels) => Turn::Leave(Flow::Continue(levels - 1)),
        flow => Turn::Leave(flow),
    }
}
