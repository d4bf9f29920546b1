//! Statements: one arm for each kind that the parser knows.

use std::sync::Arc;

use php_ast as php;
use php_ast::StmtKind as P;

use super::{Lower, TOO_DEEP, names::plain, span};
use crate::parse::php::tree::{Expr, ExprKind, Statement, StatementKind};

impl Lower<'_> {
    pub(super) fn statements(&mut self, statements: &[php::Stmt]) -> Vec<Statement> {
        statements.iter().map(|statement| self.statement(statement)).collect()
    }

    pub(super) fn statement(&mut self, statement: &php::Stmt) -> Statement {
        let place = span(statement.span);
        let kind = self
            .deeper(1, place, |lower| lower.statement_kind(statement))
            .unwrap_or(StatementKind::Unsupported(TOO_DEEP));
        Statement { kind, span: place }
    }

    /// The statements of a body, whether or not it has braces.
    pub(super) fn body(&mut self, body: &php::Stmt) -> Vec<Statement> {
        match &body.kind {
            P::Block(block) => self.statements(&block.stmts),
            _ => vec![self.statement(body)],
        }
    }

    fn statement_kind(&mut self, statement: &php::Stmt) -> StatementKind {
        let place = span(statement.span);
        match &statement.kind {
            P::Expression(expr) => self.expression_statement(expr),
            P::Echo(values) => StatementKind::Echo(self.exprs(values)),
            P::InlineHtml(html) if has_short_tag(html) => StatementKind::Unsupported("a short open tag"),
            P::InlineHtml(html) => {
                StatementKind::Echo(vec![Expr { kind: ExprKind::Str((*html).into()), span: place }])
            }
            P::Return(value) => StatementKind::Return(self.optional(*value)),
            P::Throw(thrown) => {
                let thrown = ExprKind::Throw(self.boxed(thrown));
                StatementKind::Expr(Expr { kind: thrown, span: place })
            }
            P::Block(block) => StatementKind::Block(self.statements(&block.stmts)),
            P::If(if_) => self.if_(if_),
            P::While(while_) => self.while_(while_),
            P::DoWhile(do_while) => self.do_while(do_while),
            P::For(for_) => self.for_(for_),
            P::Foreach(foreach) => self.foreach(foreach),
            P::Switch(switch) => self.switch(switch),
            P::Break(levels) => StatementKind::Break(jump_levels(*levels)),
            P::Continue(levels) => StatementKind::Continue(jump_levels(*levels)),
            P::Function(function) => StatementKind::Function(self.function(function, place)),
            P::Class(class) => StatementKind::Class(Arc::new(self.class(class, place))),
            P::Interface(interface) => StatementKind::Class(Arc::new(self.interface(interface, place))),
            P::Trait(declared) => StatementKind::Class(Arc::new(self.trait_(declared, place))),
            P::Enum(declared) => StatementKind::Class(Arc::new(self.enum_(declared, place))),
            P::Const(constants) => StatementKind::Const(
                constants.iter().map(|item| (self.declared(item.name), self.expr(&item.value))).collect(),
            ),
            P::StaticVar(variables) => {
                let variable =
                    |item: &php::StaticVar| (plain(item.name).into(), self.optional(item.default.as_ref()));
                StatementKind::Static(variables.iter().map(variable).collect())
            }
            P::Global(variables) => global(variables),
            P::Unset(targets) => StatementKind::Unset(self.exprs(targets)),
            P::TryCatch(try_) => self.try_(try_),
            P::Namespace(namespace) => {
                self.names.observe_stmt(statement);
                match &namespace.body {
                    php::NamespaceBody::Braced(block) => StatementKind::Block(self.statements(&block.stmts)),
                    _ => StatementKind::Nothing,
                }
            }
            P::Use(_) => {
                self.names.observe_stmt(statement);
                StatementKind::Nothing
            }
            P::Declare(declare) => match declare.body {
                Some(body) => StatementKind::Block(self.body(body)),
                None => StatementKind::Nothing,
            },
            P::Goto(_) => StatementKind::Unsupported("goto"),
            // After `__halt_compiler();` the parser has no more statements, as PHP has none.
            P::Nop | P::Label(_) | P::HaltCompiler(_) => StatementKind::Nothing,
            P::Error => StatementKind::Unsupported("a syntax error"),
            _ => StatementKind::Unsupported("an unknown statement"),
        }
    }

    fn expression_statement(&mut self, expr: &php::Expr) -> StatementKind {
        match &expr.kind {
            // Its value, 1, is not used here.
            php::ExprKind::Print(value) => StatementKind::Echo(vec![self.expr(value)]),
            _ => StatementKind::Expr(self.expr(expr)),
        }
    }
}

/// The `2` of `break 2`. PHP takes a whole number from 1 only, and the parser reports anything else.
fn jump_levels(levels: Option<&php::Expr>) -> u32 {
    match levels.map(|levels| &super::exprs::inside_parentheses(levels).kind) {
        Some(php::ExprKind::Int(levels)) => u32::try_from(*levels).unwrap_or(1),
        _ => 1,
    }
}

fn global(variables: &[php::Expr]) -> StatementKind {
    let names = variables.iter().map(|variable| match &variable.kind {
        php::ExprKind::Variable(name) => Some(name.as_str().into()),
        _ => None,
    });
    names
        .collect::<Option<_>>()
        .map_or(StatementKind::Unsupported("a variable variable"), StatementKind::Global)
}

/// `<?` that is neither `<?php`, `<?=` nor `<?xml`: PHP prints it or runs what follows, as `short_open_tag` says.
fn has_short_tag(html: &str) -> bool {
    html.match_indices("<?").any(|(index, _)| {
        let after = html.get(index + 2..).unwrap_or_default();
        !after.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("xml"))
    })
}
