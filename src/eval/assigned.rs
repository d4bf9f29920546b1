//! What a loop's body may change, whatever way it takes through it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::variables::root_of;
use crate::parse::php::tree::{Arg, Expr, ExprKind, Statement, StatementKind};
use crate::parse::php::walk::{self, Node};

/// What running some statements may change.
#[derive(Debug, Default)]
pub struct Changes {
    /// Variables that may get another value.
    pub variables: BTreeSet<Arc<str>>,
    /// Any variable may.
    pub all: bool,
    /// It may return.
    pub returns: bool,
    /// It may leave, or go on with, a loop around its own.
    pub leaves_outer_loop: bool,
}

impl Changes {
    /// Of a loop's body, and of the expressions in its head.
    pub fn of<'e>(body: &[Statement], head: impl IntoIterator<Item = &'e Expr>) -> Self {
        let mut changes = Self::default();
        let mut take = |node: Node<'_>| match node {
            Node::Statement(statement) => changes.take_statement(statement),
            Node::Expr(expr) => changes.take_expr(expr),
        };
        walk::statements(body, &mut take);
        head.into_iter().for_each(|expr| walk::expression(expr, &mut take));
        changes
    }

    fn take_statement(&mut self, statement: &Statement) {
        match &statement.kind {
            StatementKind::Return(_) => self.returns = true,
            StatementKind::Break(levels) | StatementKind::Continue(levels) => {
                self.leaves_outer_loop |= *levels > 1
            }
            StatementKind::Foreach { subject, key, value, by_reference, .. } => {
                let subject = by_reference.then_some(subject);
                [key.as_ref(), Some(value), subject].into_iter().flatten().for_each(|one| self.target(one));
            }
            StatementKind::Global(names) => self.variables.extend(names.iter().cloned()),
            StatementKind::Static(all) => self.variables.extend(all.iter().map(|(name, _)| Arc::clone(name))),
            StatementKind::Unset(all) => all.iter().for_each(|one| self.target(one)),
            StatementKind::Try { catches, .. } => {
                self.variables.extend(catches.iter().filter_map(|(name, _)| name.clone()));
            }
            StatementKind::Unsupported(_) => self.all = true,
            _ => {}
        }
    }

    fn take_expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Assign { target, .. } | ExprKind::Step { target, .. } => self.target(target),
            // Any of them may take an argument by reference.
            ExprKind::Call { function, args } => {
                self.all |= matches!(function.full.to_ascii_lowercase().as_str(), "extract" | "parse_str");
                self.arguments(args);
            }
            ExprKind::StaticCall { args, .. }
            | ExprKind::CallValue { args, .. }
            | ExprKind::MethodCall { args, .. }
            | ExprKind::New { args, .. } => self.arguments(args),
            ExprKind::Closure(function) => {
                let shared = function.captures.iter().filter(|capture| capture.by_reference);
                self.variables.extend(shared.map(|capture| Arc::clone(&capture.name)));
            }
            ExprKind::Include { .. } => self.all = true,
            _ => {}
        }
    }

    fn arguments(&mut self, args: &[Arg]) {
        self.variables.extend(args.iter().filter_map(|arg| root_of(&arg.value)).cloned());
    }

    fn target(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Array(items) => {
                items.iter().filter_map(|item| item.value.as_ref()).for_each(|one| self.target(one))
            }
            ExprKind::Unsupported(_) => self.all = true,
            _ => self.variables.extend(root_of(target).cloned()),
        }
    }
}
