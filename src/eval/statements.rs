use std::sync::Arc;

use super::assigned::Changes;
use super::loops::{Turn, leave_loop};
use super::machine::Evaluator;
use super::merge;
use super::operators;
use super::scope::{Flow, Frame};
use super::{Kind, Value};
use crate::facts::Reason;
use crate::parse::php::tree::{BinaryOp, Expr, ExprKind, Statement, StatementKind};

impl Evaluator<'_> {
    /// Makes the functions and classes of a block known before it runs, as PHP does.
    pub(super) fn declare(&self, statements: &[Statement], frame: &Frame) {
        for statement in statements {
            match &statement.kind {
                StatementKind::Function(function) => {
                    let entry = (Arc::clone(function), Arc::clone(&frame.source));
                    self.functions.borrow_mut().insert(function.name.to_ascii_lowercase(), entry);
                }
                StatementKind::Class(class) => {
                    let entry = (Arc::clone(class), Arc::clone(&frame.source));
                    self.classes.borrow_mut().insert(class.name.to_ascii_lowercase(), entry);
                }
                StatementKind::Block(inner) => self.declare(inner, frame),
                _ => {}
            }
        }
    }

    pub(super) fn block(&self, frame: &mut Frame, statements: &[Statement]) -> Flow {
        for statement in statements {
            match self.statement(frame, statement) {
                Flow::Next => {}
                Flow::Dead(reason) => {
                    return Flow::Dead(reason.or_at(|| self.place(frame, statement.span)));
                }
                flow => return flow,
            }
        }
        Flow::Next
    }

    fn statement(&self, frame: &mut Frame, statement: &Statement) -> Flow {
        if let Some(reason) = self.step() {
            return Flow::Dead(reason);
        }
        match &statement.kind {
            StatementKind::Expr(expr) => return self.expression_statement(frame, expr),
            StatementKind::Return(expr) => {
                let value = expr.as_ref().map_or_else(Value::null, |expr| {
                    let mut value = self.value(frame, expr);
                    value.place.get_or_insert_with(|| self.place(frame, expr.span));
                    value
                });
                return Flow::Return(frame.under_condition(value));
            }
            StatementKind::Echo(parts) => {
                for part in parts {
                    self.value(frame, part);
                }
            }
            StatementKind::If { branches, otherwise } => return self.branch(frame, branches, otherwise),
            StatementKind::Foreach { subject, key, value, by_reference, body } => {
                return self.foreach(frame, subject, key.as_ref(), value, *by_reference, body);
            }
            StatementKind::Loop { init, conditions, step, body, body_first } => {
                for expr in init {
                    self.value(frame, expr);
                }
                return self.repeat(frame, conditions, step, body, *body_first);
            }
            StatementKind::Switch { subject, cases } => return self.switch(frame, subject, cases),
            StatementKind::Break(levels) => return Flow::Break(*levels),
            StatementKind::Continue(levels) => return Flow::Continue(*levels),
            StatementKind::Function(_) | StatementKind::Class(_) => {
                self.declare(std::slice::from_ref(statement), frame);
            }
            StatementKind::Const(constants) => {
                for (name, expr) in constants {
                    let value = self.value(frame, expr);
                    self.constants.borrow_mut().entry(Arc::clone(name)).or_insert(value);
                }
            }
            StatementKind::Global(names) => {
                for name in names {
                    let reason = Reason::at("a global variable", self.place(frame, statement.span));
                    frame.scope.insert(Arc::clone(name), Value::unknown(reason));
                }
            }
            StatementKind::Static(variables) => {
                // It keeps its value from one call to the next.
                for (name, _) in variables {
                    let place = self.place(frame, statement.span);
                    frame.set(name, Value::unknown(Reason::at("a static variable", place)));
                }
            }
            StatementKind::Unset(targets) => {
                for target in targets {
                    self.unset(frame, target);
                }
            }
            StatementKind::Try { body, catches, finally } => {
                return self.attempt(frame, body, catches, finally);
            }
            StatementKind::Block(inner) => return self.block(frame, inner),
            StatementKind::Nothing => {}
            StatementKind::Unsupported(what) => {
                let place = self.place(frame, statement.span);
                return Flow::Murky(Reason::at(format!("{what} is not followed"), place));
            }
        }
        Flow::Next
    }

    fn expression_statement(&self, frame: &mut Frame, expr: &Expr) -> Flow {
        match &expr.kind {
            ExprKind::Throw(_) => {
                Flow::Dead(Reason::at("an exception is thrown", self.place(frame, expr.span)))
            }
            ExprKind::Exit => Flow::Dead(Reason::at("the program ends", self.place(frame, expr.span))),
            _ => {
                self.value(frame, expr);
                Flow::Next
            }
        }
    }

    fn branch(
        &self,
        frame: &mut Frame,
        branches: &[(Expr, Vec<Statement>)],
        otherwise: &[Statement],
    ) -> Flow {
        let Some(((condition, body), rest)) = branches.split_first() else {
            return self.block(frame, otherwise);
        };
        let decider = self.value(frame, condition);
        let outer = frame.decided.clone();
        frame.decided = decider.trail.preceded_by(&outer);
        let flow = match self.truth(&decider) {
            Ok(true) => self.block(frame, body),
            Ok(false) => self.branch(frame, rest, otherwise),
            Err(reason) => self.either(
                frame,
                &reason,
                |evaluator, frame| evaluator.block(frame, body),
                |evaluator, frame| evaluator.branch(frame, rest, otherwise),
            ),
        };
        frame.decided = outer;
        flow
    }

    /// Runs two ways that the code may go, and goes on with what they agree on.
    pub(super) fn either(
        &self,
        frame: &mut Frame,
        reason: &Reason,
        one: impl FnOnce(&Self, &mut Frame) -> Flow,
        other: impl FnOnce(&Self, &mut Frame) -> Flow,
    ) -> Flow {
        let before = frame.scope.clone();
        let first = one(self, frame);
        let after_first = std::mem::replace(&mut frame.scope, before);
        let second = other(self, frame);
        match (first, second) {
            (Flow::Dead(_), flow) => flow,
            (flow, Flow::Dead(_)) => {
                frame.scope = after_first;
                flow
            }
            (Flow::Next, Flow::Next) => {
                frame.scope = merge::scopes(&after_first, &frame.scope, reason);
                Flow::Next
            }
            (Flow::Return(a), Flow::Return(b)) => Flow::Return(merge::values(&a, &b, reason)),
            (Flow::Return(value), Flow::Next) => {
                frame.maybe_returned.push((value, reason.clone()));
                Flow::Next
            }
            (Flow::Next, Flow::Return(value)) => {
                frame.scope = after_first;
                frame.maybe_returned.push((value, reason.clone()));
                Flow::Next
            }
            (Flow::Return(value), flow) | (flow, Flow::Return(value)) => {
                frame.maybe_returned.push((value, reason.clone()));
                murky(flow, reason)
            }
            _ => {
                frame.scope = merge::scopes(&after_first, &frame.scope, reason);
                Flow::Murky(reason.clone())
            }
        }
    }

    fn switch(&self, frame: &mut Frame, subject: &Expr, cases: &[(Option<Expr>, Vec<Statement>)]) -> Flow {
        let subject = self.value(frame, subject);
        let mut chosen = None;
        for (index, (condition, _)) in cases.iter().enumerate() {
            let Some(condition) = condition else { continue };
            let condition = self.value(frame, condition);
            match operators::binary(BinaryOp::Equal, &subject, &condition) {
                Ok(Kind::Bool(true)) => {
                    chosen = Some(index);
                    break;
                }
                Ok(_) => {}
                Err(reason) => return self.unknown_switch(frame, cases, &reason),
            }
        }
        let chosen = chosen.or_else(|| cases.iter().position(|(condition, _)| condition.is_none()));
        let Some(chosen) = chosen else { return Flow::Next };
        let outer = frame.decided.clone();
        frame.decided = subject.trail.preceded_by(&outer);
        let flow = self.run_cases(frame, &cases[chosen..]);
        frame.decided = outer;
        flow
    }

    fn run_cases(&self, frame: &mut Frame, cases: &[(Option<Expr>, Vec<Statement>)]) -> Flow {
        for (_, body) in cases {
            match self.block(frame, body) {
                Flow::Next => {}
                flow => {
                    return match leave_loop(flow) {
                        Turn::Again => Flow::Next,
                        Turn::Leave(flow) => flow,
                    };
                }
            }
        }
        Flow::Next
    }

    fn unknown_switch(
        &self,
        frame: &mut Frame,
        cases: &[(Option<Expr>, Vec<Statement>)],
        reason: &Reason,
    ) -> Flow {
        let Some((_, rest)) = cases.split_first() else { return Flow::Next };
        let no_default = !cases.iter().any(|(condition, _)| condition.is_none());
        if rest.is_empty() && !no_default {
            return self.run_cases(frame, cases);
        }
        self.either(
            frame,
            reason,
            |evaluator, frame| evaluator.run_cases(frame, cases),
            |evaluator, frame| evaluator.unknown_switch(frame, rest, reason),
        )
    }

    fn attempt(
        &self,
        frame: &mut Frame,
        body: &[Statement],
        catches: &[(Option<Arc<str>>, Vec<Statement>)],
        finally: &[Statement],
    ) -> Flow {
        let reason = Reason::new("a try block that may or may not throw");
        let flow = match catches.first() {
            None => self.block(frame, body),
            Some((variable, handler)) => self.either(
                frame,
                &reason,
                |evaluator, frame| evaluator.block(frame, body),
                |evaluator, frame| {
                    // It may have been thrown anywhere in the body.
                    for name in &Changes::of(body, []).variables {
                        frame.scope.insert(Arc::clone(name), Value::unknown(reason.clone()));
                    }
                    if let Some(name) = variable {
                        frame.scope.insert(Arc::clone(name), Value::new(Kind::Object("Throwable".into())));
                    }
                    evaluator.block(frame, handler)
                },
            ),
        };
        match self.block(frame, finally) {
            Flow::Next => flow,
            last => last,
        }
    }
}

fn murky(flow: Flow, reason: &Reason) -> Flow {
    match flow {
        Flow::Next => Flow::Next,
        _ => Flow::Murky(reason.clone()),
    }
}
