//! Operators: binary, unary, casts and assignments.

use php_ast as php;

use super::{Lower, exprs::inside_parentheses, span};
use crate::parse::php::tree::{AssignOp, BinaryOp, Cast, ClassRef, Expr, ExprKind, UnaryOp};

impl Lower<'_> {
    pub(super) fn binary(&mut self, binary: &php::BinaryExpr) -> ExprKind {
        match binary_op(binary.op) {
            Some(op @ (BinaryOp::Concat | BinaryOp::And | BinaryOp::Or)) => self.chain(op, binary),
            Some(BinaryOp::InstanceOf) => self.instance_of(binary),
            Some(op) => {
                ExprKind::Binary { op, left: self.boxed(binary.left), right: self.boxed(binary.right) }
            }
            None => ExprKind::Unsupported("an unknown operator"),
        }
    }

    /// The class of `$a instanceof X` is lowered as the string `X::class`, which PHP takes there too.
    fn instance_of(&mut self, binary: &php::BinaryExpr) -> ExprKind {
        let left = self.boxed(binary.left);
        let right = match self.class_ref(inside_parentheses(binary.right)) {
            ClassRef::Dynamic(class) => class,
            class => Box::new(Expr {
                kind: ExprKind::ClassConstant { class, name: "class".into() },
                span: span(binary.right.span),
            }),
        };
        ExprKind::Binary { op: BinaryOp::InstanceOf, left, right }
    }

    pub(super) fn prefix(&mut self, unary: &php::UnaryPrefixExpr) -> ExprKind {
        use php::UnaryPrefixOp as P;
        let op = match unary.op {
            P::BooleanNot => UnaryOp::Not,
            P::Negate => UnaryOp::Minus,
            P::Plus => UnaryOp::Plus,
            P::BitwiseNot => UnaryOp::BitNot,
            P::PreIncrement => return self.step(unary.operand, 1, true),
            P::PreDecrement => return self.step(unary.operand, -1, true),
            _ => return ExprKind::Unsupported("an unknown operator"),
        };
        ExprKind::Unary { op, operand: self.boxed(unary.operand) }
    }

    pub(super) fn postfix(&mut self, unary: &php::UnaryPostfixExpr) -> ExprKind {
        match unary.op {
            php::UnaryPostfixOp::PostIncrement => self.step(unary.operand, 1, false),
            php::UnaryPostfixOp::PostDecrement => self.step(unary.operand, -1, false),
            _ => ExprKind::Unsupported("an unknown operator"),
        }
    }

    fn step(&mut self, target: &php::Expr, by: i64, prefix: bool) -> ExprKind {
        ExprKind::Step { target: self.boxed(target), by, prefix }
    }

    pub(super) fn cast(&mut self, to: php::CastKind, operand: &php::Expr) -> ExprKind {
        use php::CastKind as P;
        let to = match to {
            P::Int => Cast::Int,
            P::Float => Cast::Float,
            P::String => Cast::Str,
            P::Bool => Cast::Bool,
            P::Array => Cast::Array,
            P::Object => Cast::Object,
            // `(void) f()` only says that the result is not wanted.
            P::Unset | P::Void => Cast::Null,
            _ => return ExprKind::Unsupported("an unknown cast"),
        };
        ExprKind::Cast { to, operand: self.boxed(operand) }
    }

    pub(super) fn assign(&mut self, assign: &php::AssignExpr) -> ExprKind {
        use php::AssignOp as P;
        let op = match assign.op {
            P::Assign if assign.by_ref => AssignOp::Reference,
            P::Assign => AssignOp::Set,
            P::Coalesce => AssignOp::Coalesce,
            P::Plus => AssignOp::With(BinaryOp::Add),
            P::Minus => AssignOp::With(BinaryOp::Sub),
            P::Mul => AssignOp::With(BinaryOp::Mul),
            P::Div => AssignOp::With(BinaryOp::Div),
            P::Mod => AssignOp::With(BinaryOp::Mod),
            P::Pow => AssignOp::With(BinaryOp::Pow),
            P::Concat => AssignOp::With(BinaryOp::Concat),
            P::BitwiseAnd => AssignOp::With(BinaryOp::BitAnd),
            P::BitwiseOr => AssignOp::With(BinaryOp::BitOr),
            P::BitwiseXor => AssignOp::With(BinaryOp::BitXor),
            P::ShiftLeft => AssignOp::With(BinaryOp::ShiftLeft),
            P::ShiftRight => AssignOp::With(BinaryOp::ShiftRight),
            _ => return ExprKind::Unsupported("an unknown assignment"),
        };
        ExprKind::Assign { target: self.boxed(assign.target), op, value: self.boxed(assign.value) }
    }
}

/// The operator as ours: `and` is `&&`, `or` is `||`, for they differ in precedence alone.
pub(super) fn binary_op(op: php::BinaryOp) -> Option<BinaryOp> {
    use php::BinaryOp as P;
    Some(match op {
        P::Add => BinaryOp::Add,
        P::Sub => BinaryOp::Sub,
        P::Mul => BinaryOp::Mul,
        P::Div => BinaryOp::Div,
        P::Mod => BinaryOp::Mod,
        P::Pow => BinaryOp::Pow,
        P::Concat => BinaryOp::Concat,
        P::Equal => BinaryOp::Equal,
        P::NotEqual => BinaryOp::NotEqual,
        P::Identical => BinaryOp::Identical,
        P::NotIdentical => BinaryOp::NotIdentical,
        P::Less => BinaryOp::Less,
        P::LessOrEqual => BinaryOp::LessOrEqual,
        P::Greater => BinaryOp::Greater,
        P::GreaterOrEqual => BinaryOp::GreaterOrEqual,
        P::Spaceship => BinaryOp::Spaceship,
        P::BooleanAnd | P::LogicalAnd => BinaryOp::And,
        P::BooleanOr | P::LogicalOr => BinaryOp::Or,
        P::LogicalXor => BinaryOp::Xor,
        P::BitwiseAnd => BinaryOp::BitAnd,
        P::BitwiseOr => BinaryOp::BitOr,
        P::BitwiseXor => BinaryOp::BitXor,
        P::ShiftLeft => BinaryOp::ShiftLeft,
        P::ShiftRight => BinaryOp::ShiftRight,
        P::Instanceof => BinaryOp::InstanceOf,
        P::Pipe => BinaryOp::Pipe,
        _ => return None,
    })
}
