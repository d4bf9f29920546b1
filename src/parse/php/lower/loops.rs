//! Branches and loops.

use php_ast as php;

use super::{Lower, names::plain};
use crate::parse::php::tree::StatementKind;

impl Lower<'_> {
    /// `else if` is an `if` within an `else` for the parser; here it is a branch, so that a long chain is not deep.
    pub(super) fn if_(&mut self, if_: &php::IfStmt) -> StatementKind {
        let mut branches = Vec::new();
        let mut next = if_;
        let otherwise = loop {
            branches.push((self.expr(&next.condition), self.body(next.then_branch)));
            for branch in next.elseif_branches.iter() {
                branches.push((self.expr(&branch.condition), self.body(&branch.body)));
            }
            match next.else_branch {
                Some(php::Stmt { kind: php::StmtKind::If(nested), .. }) => next = nested,
                Some(otherwise) => break self.body(otherwise),
                None => break Vec::new(),
            }
        };
        StatementKind::If { branches, otherwise }
    }

    pub(super) fn while_(&mut self, while_: &php::WhileStmt) -> StatementKind {
        StatementKind::Loop {
            init: Vec::new(),
            conditions: vec![self.expr(&while_.condition)],
            step: Vec::new(),
            body: self.body(while_.body),
            body_first: false,
        }
    }

    pub(super) fn do_while(&mut self, do_while: &php::DoWhileStmt) -> StatementKind {
        StatementKind::Loop {
            init: Vec::new(),
            conditions: vec![self.expr(&do_while.condition)],
            step: Vec::new(),
            body: self.body(do_while.body),
            body_first: true,
        }
    }

    pub(super) fn for_(&mut self, for_: &php::ForStmt) -> StatementKind {
        StatementKind::Loop {
            init: self.exprs(&for_.init),
            conditions: self.exprs(&for_.condition),
            step: self.exprs(&for_.update),
            body: self.body(for_.body),
            body_first: false,
        }
    }

    pub(super) fn foreach(&mut self, foreach: &php::ForeachStmt) -> StatementKind {
        StatementKind::Foreach {
            subject: self.expr(&foreach.expr),
            key: self.optional(foreach.key.as_ref()),
            value: self.expr(&foreach.value),
            by_reference: foreach.by_ref,
            body: self.body(foreach.body),
        }
    }

    pub(super) fn switch(&mut self, switch: &php::SwitchStmt) -> StatementKind {
        let subject = self.expr(&switch.expr);
        let mut cases = Vec::with_capacity(switch.body.cases.len());
        for case in switch.body.cases.iter() {
            cases.push((self.optional(case.value.as_ref()), self.statements(&case.body)));
        }
        StatementKind::Switch { subject, cases }
    }

    pub(super) fn try_(&mut self, try_: &php::TryCatchStmt) -> StatementKind {
        let body = self.statements(&try_.body.stmts);
        let mut catches = Vec::with_capacity(try_.catches.len());
        for catch in try_.catches.iter() {
            let variable = catch.var.map(|variable| plain(variable).into());
            catches.push((variable, self.statements(&catch.body.stmts)));
        }
        let finally = try_.finally.map(|finally| self.statements(&finally.stmts)).unwrap_or_default();
        StatementKind::Try { body, catches, finally }
    }
}
