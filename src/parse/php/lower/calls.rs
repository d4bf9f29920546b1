//! Calls, `new` and first class callables.

use php_ast as php;

use super::{Lower, exprs::inside_parentheses, members::member_name, span};
use crate::parse::php::tree::{Arg, Expr, ExprKind};

impl Lower<'_> {
    pub(super) fn args(&mut self, args: &[php::Arg]) -> Vec<Arg> {
        args.iter().map(|arg| self.arg(arg)).collect()
    }

    fn arg(&mut self, arg: &php::Arg) -> Arg {
        let value = match arg.value() {
            Some(value) => self.expr(value),
            None => Expr { kind: ExprKind::Unsupported("a partial application"), span: span(arg.span) },
        };
        Arg {
            name: arg.name.as_ref().map(|name| (*name.join_parts()).into()),
            value,
            spread: arg.is_spread(),
        }
    }

    pub(super) fn call(&mut self, call: &php::FunctionCallExpr) -> ExprKind {
        match self.function_name(call.name) {
            Some(function) => ExprKind::Call { function, args: self.args(&call.args) },
            None => ExprKind::CallValue { callee: self.boxed(call.name), args: self.args(&call.args) },
        }
    }

    pub(super) fn method_call(&mut self, call: &php::MethodCallExpr, nullsafe: bool) -> ExprKind {
        let Some(method) = member_name(call.method) else {
            return ExprKind::Unsupported("a call of a method named by a value");
        };
        ExprKind::MethodCall {
            object: self.boxed(call.object),
            method,
            args: self.args(&call.args),
            nullsafe,
        }
    }

    pub(super) fn static_call(&mut self, call: &php::StaticMethodCallExpr) -> ExprKind {
        let Some(method) = member_name(call.method) else {
            return ExprKind::Unsupported("a call of a method named by a value");
        };
        let class = self.class_ref(inside_parentheses(call.class));
        ExprKind::StaticCall { class, method, args: self.args(&call.args) }
    }

    pub(super) fn new_(&mut self, new: &php::NewExpr) -> ExprKind {
        let class = self.class_ref(inside_parentheses(new.class));
        ExprKind::New { class, args: self.args(&new.args) }
    }

    pub(super) fn callable(&mut self, callable: &php::CallableCreateExpr) -> ExprKind {
        match &callable.kind {
            php::CallableCreateKind::Function(function) => {
                self.function_name(function).map(ExprKind::CallableName)
            }
            _ => None,
        }
        .unwrap_or(ExprKind::Unsupported("a first class callable"))
    }
}
