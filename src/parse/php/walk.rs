//! A walk over statements and expressions. Functions and classes that are declared on the way are not entered.

use super::tree::{ClassRef, Expr, ExprKind, Part, Statement, StatementKind};

/// What a walk comes across.
#[derive(Debug, Clone, Copy)]
pub enum Node<'a> {
    /// A statement.
    Statement(&'a Statement),
    /// An expression.
    Expr(&'a Expr),
}

/// Visits statements and everything in them, outer before inner.
pub fn statements<'a>(list: &'a [Statement], visit: &mut dyn FnMut(Node<'a>)) {
    for statement in list {
        visit(Node::Statement(statement));
        let mut expr = |one: &'a Expr| expression(one, visit);
        match &statement.kind {
            StatementKind::Expr(one) | StatementKind::Return(Some(one)) => expr(one),
            StatementKind::Echo(all) | StatementKind::Unset(all) => all.iter().for_each(expr),
            StatementKind::Const(all) => all.iter().for_each(|(_, one)| expr(one)),
            StatementKind::Static(all) => all.iter().filter_map(|(_, one)| one.as_ref()).for_each(expr),
            StatementKind::If { branches, otherwise } => {
                for (condition, body) in branches {
                    expression(condition, visit);
                    statements(body, visit);
                }
                statements(otherwise, visit);
            }
            StatementKind::Foreach { subject, key, value, body, .. } => {
                [Some(subject), key.as_ref(), Some(value)].into_iter().flatten().for_each(expr);
                statements(body, visit);
            }
            StatementKind::Loop { init, conditions, step, body, .. } => {
                init.iter().chain(conditions).chain(step).for_each(expr);
                statements(body, visit);
            }
            StatementKind::Switch { subject, cases } => {
                expr(subject);
                for (condition, body) in cases {
                    condition.iter().for_each(|one| expression(one, visit));
                    statements(body, visit);
                }
            }
            StatementKind::Try { body, catches, finally } => {
                statements(body, visit);
                catches.iter().for_each(|(_, body)| statements(body, visit));
                statements(finally, visit);
            }
            StatementKind::Block(inner) => statements(inner, visit),
            _ => {}
        }
    }
}

/// Visits an expression and everything in it, outer before inner.
pub fn expression<'a>(expr: &'a Expr, visit: &mut dyn FnMut(Node<'a>)) {
    visit(Node::Expr(expr));
    let mut go = |one: &'a Expr| expression(one, visit);
    match &expr.kind {
        ExprKind::Interpolated(parts) => {
            for part in parts {
                if let Part::Expr(one) = part {
                    go(one);
                }
            }
        }
        ExprKind::Array(items) => {
            items.iter().flat_map(|item| [item.key.as_ref(), item.value.as_ref()]).flatten().for_each(go);
        }
        ExprKind::Call { args, .. } => args.iter().for_each(|arg| go(&arg.value)),
        ExprKind::StaticCall { class, args, .. } | ExprKind::New { class, args } => {
            if let ClassRef::Dynamic(one) = class {
                go(one);
            }
            args.iter().for_each(|arg| go(&arg.value));
        }
        ExprKind::CallValue { callee: first, args } | ExprKind::MethodCall { object: first, args, .. } => {
            go(first);
            args.iter().for_each(|arg| go(&arg.value));
        }
        ExprKind::Index { base, index } => {
            [Some(base), index.as_ref()].into_iter().flatten().for_each(|one| go(one))
        }
        ExprKind::Binary { left, right, .. }
        | ExprKind::Coalesce { left, right }
        | ExprKind::Assign { target: left, value: right, .. } => {
            [left, right].into_iter().for_each(|one| go(one))
        }
        ExprKind::Ternary { condition, then, otherwise } => {
            [Some(condition), then.as_ref(), Some(otherwise)].into_iter().flatten().for_each(|one| go(one));
        }
        ExprKind::Match { subject, arms } => {
            go(subject);
            arms.iter().for_each(|(conditions, result)| conditions.iter().chain([result]).for_each(&mut go));
        }
        ExprKind::Isset(all) => all.iter().for_each(go),
        ExprKind::Unary { operand: one, .. }
        | ExprKind::Step { target: one, .. }
        | ExprKind::Cast { operand: one, .. }
        | ExprKind::Property { object: one, .. }
        | ExprKind::Include { path: one, .. }
        | ExprKind::Silence(one)
        | ExprKind::Empty(one)
        | ExprKind::Throw(one) => go(one),
        _ => {}
    }
}
