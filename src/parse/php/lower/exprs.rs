//! Expressions: one arm for each kind that the parser knows.

use php_ast as php;
use php_ast::ExprKind as P;

use super::{Lower, TOO_DEEP, span};
use crate::parse::php::tree::{Expr, ExprKind, Item, Magic};

impl Lower<'_> {
    /// Lowers an expression. Parentheses leave no trace: the span is the one inside them.
    pub(super) fn expr(&mut self, expr: &php::Expr) -> Expr {
        let expr = inside_parentheses(expr);
        let place = span(expr.span);
        let kind = self.deeper(1, place, |lower| lower.kind(expr)).unwrap_or(ExprKind::Unsupported(TOO_DEEP));
        Expr { kind, span: place }
    }

    pub(super) fn boxed(&mut self, expr: &php::Expr) -> Box<Expr> {
        Box::new(self.expr(expr))
    }

    pub(super) fn optional(&mut self, expr: Option<&php::Expr>) -> Option<Expr> {
        expr.map(|expr| self.expr(expr))
    }

    pub(super) fn exprs(&mut self, exprs: &[php::Expr]) -> Vec<Expr> {
        exprs.iter().map(|expr| self.expr(expr)).collect()
    }

    fn kind(&mut self, expr: &php::Expr) -> ExprKind {
        match &expr.kind {
            P::Int(value) => ExprKind::Int(*value),
            P::Float(value) => ExprKind::Float(*value),
            P::Bool(value) => ExprKind::Bool(*value),
            P::Null => ExprKind::Null,
            P::String(bytes) => self.string(*bytes, expr.span),
            P::Nowdoc { value, .. } => ExprKind::Str((*value).into()),
            P::InterpolatedString(parts) => self.interpolated(parts, expr.span),
            P::Heredoc { label, parts } => self.heredoc(parts, label, expr.span),
            P::Variable(name) => ExprKind::Variable(name.as_str().into()),
            P::Name(name) => self.constant(name),
            P::Array(items) => ExprKind::Array(items.iter().map(|item| self.item(item)).collect()),
            P::ArrayAccess(access) => ExprKind::Index {
                base: self.boxed(access.array),
                index: access.index.map(|index| self.boxed(index)),
            },
            P::Assign(assign) => self.assign(assign),
            P::Binary(binary) => self.binary(binary),
            P::UnaryPrefix(unary) => self.prefix(unary),
            P::UnaryPostfix(unary) => self.postfix(unary),
            P::Ternary(ternary) => ExprKind::Ternary {
                condition: self.boxed(ternary.condition),
                then: ternary.then_expr.map(|then| self.boxed(then)),
                otherwise: self.boxed(ternary.else_expr),
            },
            P::NullCoalesce(coalesce) => {
                ExprKind::Coalesce { left: self.boxed(coalesce.left), right: self.boxed(coalesce.right) }
            }
            P::Cast(to, operand) => self.cast(*to, operand),
            P::ErrorSuppress(operand) => ExprKind::Silence(self.boxed(operand)),
            P::Isset(operands) => ExprKind::Isset(self.exprs(operands)),
            P::Empty(operand) => ExprKind::Empty(self.boxed(operand)),
            P::Include(kind, path) => ExprKind::Include {
                path: self.boxed(path),
                once: matches!(kind, php::IncludeKind::IncludeOnce | php::IncludeKind::RequireOnce),
            },
            P::Match(subject) => self.match_(subject),
            P::Closure(closure) => self.closure(closure, span(expr.span)),
            P::ArrowFunction(arrow) => self.arrow(arrow, span(expr.span)),
            P::Throw(thrown) => ExprKind::Throw(self.boxed(thrown)),
            P::Exit(_) => ExprKind::Exit,
            P::MagicConst(magic) => self.magic(*magic),
            P::FunctionCall(call) => self.call(call),
            P::New(new) => self.new_(new),
            P::MethodCall(call) => self.method_call(call, false),
            P::NullsafeMethodCall(call) => self.method_call(call, true),
            P::StaticMethodCall(call) => self.static_call(call),
            P::CallableCreate(callable) => self.callable(callable),
            P::PropertyAccess(access) => self.property(access, false),
            P::NullsafePropertyAccess(access) => self.property(access, true),
            P::StaticPropertyAccess(access) => self.static_property(access),
            P::ClassConstAccess(access) => self.class_constant(access),
            P::StaticMethodCallDynamic(_) => ExprKind::Unsupported("a call of a method named by a value"),
            P::StaticPropertyAccessDynamic { .. } => ExprKind::Unsupported("a property named by a value"),
            P::ClassConstAccessDynamic { .. } => ExprKind::Unsupported("a class constant named by a value"),
            P::VariableVariable(_) => ExprKind::Unsupported("a variable variable"),
            P::ShellExec(_) => ExprKind::Unsupported("a shell command"),
            P::Print(_) => ExprKind::Unsupported("print"),
            P::Eval(_) => ExprKind::Unsupported("eval"),
            P::Clone(_) | P::CloneWith(..) => ExprKind::Unsupported("clone"),
            P::Yield(_) => ExprKind::Unsupported("yield"),
            P::AnonymousClass(_) => ExprKind::Unsupported("an anonymous class"),
            P::Omit | P::Error => ExprKind::Unsupported("a syntax error"),
            _ => ExprKind::Unsupported("an unknown expression"),
        }
    }

    fn item(&mut self, item: &php::ArrayElement) -> Item {
        let key = self.optional(item.key.as_ref());
        let value = item.value();
        let value = match value.kind {
            P::Omit => None,
            // What is later written through a reference changes the variable too, and the other way round.
            _ if item.is_by_ref() => {
                Some(Expr { kind: ExprKind::Unsupported("a reference in an array"), span: span(value.span) })
            }
            _ => Some(self.expr(value)),
        };
        Item { key, value, spread: item.is_spread(), span: span(item.span) }
    }

    fn match_(&mut self, subject: &php::MatchExpr) -> ExprKind {
        let mut arms = Vec::with_capacity(subject.arms.len());
        let on = self.boxed(subject.subject);
        for arm in subject.arms.iter() {
            let conditions =
                arm.conditions.as_ref().map(|conditions| self.exprs(conditions)).unwrap_or_default();
            arms.push((conditions, self.expr(&arm.body)));
        }
        ExprKind::Match { subject: on, arms }
    }

    fn magic(&self, magic: php::MagicConstKind) -> ExprKind {
        use php::MagicConstKind as M;
        ExprKind::Magic(match magic {
            M::Dir => Magic::Dir,
            M::File => Magic::File,
            M::Line => Magic::Line,
            M::Class => Magic::Class,
            M::Function => Magic::Function,
            M::Method => Magic::Method,
            M::Trait => Magic::Trait,
            M::Property => Magic::Property,
            // Only here is the namespace known.
            M::Namespace => return ExprKind::Str(self.names.namespace().unwrap_or_default().into()),
            _ => return ExprKind::Unsupported("an unknown magic constant"),
        })
    }
}

/// The expression within any number of parentheses.
pub(super) fn inside_parentheses<'e, 'arena, 'src>(
    mut expr: &'e php::Expr<'arena, 'src>,
) -> &'e php::Expr<'arena, 'src> {
    while let P::Parenthesized(inside) = &expr.kind {
        expr = inside;
    }
    expr
}
