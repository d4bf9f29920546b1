//! Functions, closures, arrow functions and methods.

use std::sync::Arc;

use php_ast as php;

use super::{Lower, names::plain, span};
use crate::{
    parse::php::tree::{
        AssignOp, Capture, Expr, ExprKind, Function, Param, Property, Scalar, Statement, StatementKind,
    },
    text::Span,
};

impl Lower<'_> {
    pub(super) fn function(&mut self, function: &php::FunctionDecl, place: Span) -> Arc<Function> {
        Arc::new(Function {
            name: self.declared(function.name),
            params: self.params(&function.params),
            captures: Vec::new(),
            body: self.statements(&function.body.stmts),
            arrow: false,
            is_static: false,
            returns: scalars(function.return_type.as_ref()),
            span: place,
        })
    }

    pub(super) fn closure(&mut self, closure: &php::ClosureExpr, place: Span) -> ExprKind {
        let capture =
            |used: &php::ClosureUseVar| Capture { name: plain(used.name).into(), by_reference: used.by_ref };
        ExprKind::Closure(Arc::new(Function {
            name: "".into(),
            params: self.params(&closure.params),
            captures: closure.use_vars.iter().map(capture).collect(),
            body: self.statements(&closure.body.stmts),
            arrow: false,
            is_static: closure.is_static,
            returns: scalars(closure.return_type.as_ref()),
            span: place,
        }))
    }

    pub(super) fn arrow(&mut self, arrow: &php::ArrowFunctionExpr, place: Span) -> ExprKind {
        let params = self.params(&arrow.params);
        let result = self.expr(arrow.body);
        let span = result.span;
        ExprKind::Closure(Arc::new(Function {
            name: "".into(),
            params,
            captures: Vec::new(),
            body: vec![Statement { kind: StatementKind::Return(Some(result)), span }],
            arrow: true,
            is_static: arrow.is_static,
            returns: scalars(arrow.return_type.as_ref()),
            span: place,
        }))
    }

    pub(super) fn method(&mut self, method: &php::MethodDecl, place: Span) -> Arc<Function> {
        let promoted = method.params.iter().filter(|param| is_promoted(param));
        let mut body: Vec<_> = promoted.map(promotion).collect();
        if let Some(block) = method.body {
            body.extend(self.statements(&block.stmts));
        }
        Arc::new(Function {
            name: plain(method.name).into(),
            params: self.params(&method.params),
            captures: Vec::new(),
            body,
            arrow: false,
            is_static: method.modifiers.is_static,
            returns: scalars(method.return_type.as_ref()),
            span: place,
        })
    }

    fn params(&mut self, params: &[php::Param]) -> Vec<Param> {
        params.iter().map(|param| self.param(param)).collect()
    }

    fn param(&mut self, param: &php::Param) -> Param {
        Param {
            name: plain(param.name).into(),
            default: self.optional(param.default.as_ref()),
            by_reference: param.by_ref,
            variadic: param.variadic,
            types: scalars(param.type_hint.as_ref()),
        }
    }
}

/// The scalar types of a declared type. `mixed` takes everything as it is, so there is nothing to convert.
fn scalars(hint: Option<&php::TypeHint>) -> Vec<Scalar> {
    let mut found = Vec::new();
    if hint.is_some_and(|hint| takes_all(hint, &mut found)) { Vec::new() } else { found }
}

fn takes_all(hint: &php::TypeHint, found: &mut Vec<Scalar>) -> bool {
    match &hint.kind {
        php::TypeHintKind::Keyword(keyword, _) => {
            match keyword {
                php::BuiltinType::Int => found.push(Scalar::Int),
                php::BuiltinType::Float => found.push(Scalar::Float),
                php::BuiltinType::String => found.push(Scalar::Str),
                php::BuiltinType::Bool => found.push(Scalar::Bool),
                php::BuiltinType::Mixed => return true,
                _ => {}
            }
            false
        }
        php::TypeHintKind::Nullable(inner) => takes_all(inner, found),
        php::TypeHintKind::Union(parts) => parts.iter().any(|part| takes_all(part, found)),
        _ => false,
    }
}

/// The properties that a constructor declares with its parameters.
pub(super) fn promoted_properties(method: &php::MethodDecl) -> impl Iterator<Item = Property> {
    method.params.iter().filter(|param| is_promoted(param)).map(|param| Property {
        name: plain(param.name).into(),
        default: None,
        is_static: false,
        span: span(param.span),
    })
}

fn is_promoted(param: &php::Param) -> bool {
    !param.modifiers.is_empty() || !param.hooks.is_empty()
}

/// `$this->name = $name;`: what PHP itself puts at the start of the constructor for a promoted parameter.
fn promotion(param: &php::Param) -> Statement {
    let span = span(param.span);
    let boxed = |kind| Box::new(Expr { kind, span });
    let name: Arc<str> = plain(param.name).into();
    let this = boxed(ExprKind::Variable("this".into()));
    let target = boxed(ExprKind::Property { object: this, name: name.clone(), nullsafe: false });
    let op = if param.by_ref { AssignOp::Reference } else { AssignOp::Set };
    let assign = ExprKind::Assign { target, op, value: boxed(ExprKind::Variable(name)) };
    Statement { kind: StatementKind::Expr(Expr { kind: assign, span }), span }
}
