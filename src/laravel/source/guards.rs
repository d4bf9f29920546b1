//! The conditions around a place in a function, in the words of the code.

use std::sync::Arc;

use crate::parse::php::tree::{BinaryOp, Expr, ExprKind, Statement, StatementKind, UnaryOp};
use crate::parse::php::walk::{self, Node};
use crate::text::{Source, Span};

/// A longer condition is cut: it is shown, and compared with short ones.
const MAX_LENGTH: usize = 160;

/// Adds the conditions that hold where `place` stands, the outermost first.
pub fn add(body: &[Statement], place: Span, source: &Source, guards: &mut Vec<Arc<str>>) {
    let Some(index) = body.iter().position(|statement| holds(statement.span, place)) else { return };
    // `if (! x) { return; }` before it: what comes after runs only under x.
    for earlier in body.iter().take(index) {
        if let StatementKind::If { branches, otherwise } = &earlier.kind
            && otherwise.is_empty()
            && let [(condition, inside)] = branches.as_slice()
            && leaves(inside)
        {
            guards.push(negated(condition, source));
        }
    }
    let Some(statement) = body.get(index) else { return };
    match &statement.kind {
        StatementKind::If { branches, otherwise } => {
            for (condition, inside) in branches {
                if holds(condition.span, place) {
                    return expressions(condition, place, source, guards);
                }
                if within(inside, place) {
                    guards.push(words(condition, source));
                    return add(inside, place, source, guards);
                }
                guards.push(negated(condition, source));
            }
            add(otherwise, place, source, guards);
        }
        StatementKind::Foreach { body, .. } | StatementKind::Block(body) => add(body, place, source, guards),
        StatementKind::Loop { conditions, body, .. } if within(body, place) => {
            guards.extend(conditions.last().map(|condition| words(condition, source)));
            add(body, place, source, guards);
        }
        StatementKind::Switch { subject, cases } => {
            let case = cases.iter().find(|(_, body)| within(body, place));
            if let Some((condition, body)) = case {
                guards.push(match condition {
                    Some(value) => format!("{} is {}", words(subject, source), words(value, source)).into(),
                    None => format!("{} is something else", words(subject, source)).into(),
                });
                add(body, place, source, guards);
            }
        }
        StatementKind::Try { body, catches, finally } => {
            add(body, place, source, guards);
            catches.iter().for_each(|(_, body)| add(body, place, source, guards));
            add(finally, place, source, guards);
        }
        StatementKind::Expr(expr) | StatementKind::Return(Some(expr)) => {
            expressions(expr, place, source, guards)
        }
        _ => {}
    }
}

/// Ternaries, `&&`, `||` and `match` around the place.
fn expressions(expr: &Expr, place: Span, source: &Source, guards: &mut Vec<Arc<str>>) {
    walk::expression(expr, &mut |node| {
        let Node::Expr(expr) = node else { return };
        if !holds(expr.span, place) {
            return;
        }
        match &expr.kind {
            ExprKind::Ternary { condition, then, otherwise } => {
                if then.as_ref().is_some_and(|then| holds(then.span, place)) {
                    guards.push(words(condition, source));
                } else if holds(otherwise.span, place) {
                    guards.push(negated(condition, source));
                }
            }
            ExprKind::Binary { op: BinaryOp::And, left, right } if holds(right.span, place) => {
                guards.push(words(left, source));
            }
            ExprKind::Binary { op: BinaryOp::Or, left, right } if holds(right.span, place) => {
                guards.push(negated(left, source));
            }
            ExprKind::Match { subject, arms } => {
                let arm = arms.iter().find(|(_, result)| holds(result.span, place));
                if let Some((conditions, _)) = arm {
                    let shown: Vec<_> = conditions.iter().map(|one| words(one, source).to_string()).collect();
                    let shown =
                        if shown.is_empty() { "something else".to_owned() } else { shown.join(" or ") };
                    guards.push(format!("{} is {shown}", words(subject, source)).into());
                }
            }
            _ => {}
        }
    });
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

fn within(body: &[Statement], place: Span) -> bool {
    body.iter().any(|statement| holds(statement.span, place))
}

/// Whether a branch ends its function or its turn of a loop.
fn leaves(body: &[Statement]) -> bool {
    body.last().is_some_and(|last| match &last.kind {
        StatementKind::Return(_) | StatementKind::Continue(_) | StatementKind::Break(_) => true,
        StatementKind::Expr(expr) => matches!(expr.kind, ExprKind::Throw(_) | ExprKind::Exit),
        StatementKind::Block(inner) => leaves(inner),
        _ => false,
    })
}

fn words(expr: &Expr, source: &Source) -> Arc<str> {
    let mut text = String::new();
    for word in source.slice(expr.span).split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
        if text.len() > MAX_LENGTH {
            let end = (0..=MAX_LENGTH).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
            text.truncate(end);
            text.push_str("..");
            break;
        }
    }
    text.into()
}

fn negated(expr: &Expr, source: &Source) -> Arc<str> {
    match &expr.kind {
        ExprKind::Unary { op: UnaryOp::Not, operand } => words(operand, source),
        _ => format!("not ({})", words(expr, source)).into(),
    }
}
