//! Long chains of one operator: `'a' . 'b' . 'c' ..`.

use php_ast as php;

use super::{Lower, TOO_DEEP, exprs::inside_parentheses, operators::binary_op, span};
use crate::{
    parse::php::tree::{BinaryOp, Expr, ExprKind},
    text::Span,
};

/// A chain longer than this is lowered to a balanced tree, for otherwise it would be as deep as it is long.
const LONG: usize = 32;

impl Lower<'_> {
    /// Lowers `a op b`, where `op` gives the same whichever pair of a chain is taken first: `.`, `&&` and `||`.
    pub(super) fn chain(&mut self, op: BinaryOp, binary: &php::BinaryExpr) -> ExprKind {
        let operands = operands(op, binary);
        let levels = if operands.len() > LONG { operands.len().ilog2() + 1 } else { operands.len() as u32 };
        let place = span(binary.left.span.merge(binary.right.span));
        let Some(lowered) = self.deeper(levels, place, |lower| {
            operands.into_iter().map(|operand| lower.expr(operand)).collect::<Vec<_>>()
        }) else {
            return ExprKind::Unsupported(TOO_DEEP);
        };
        let joined = if lowered.len() > LONG { balanced(op, lowered) } else { left_deep(op, lowered) };
        joined.map_or(ExprKind::Unsupported(TOO_DEEP), |joined| joined.kind)
    }
}

/// The operands of a chain from left to right. The parser's tree leans to the left, by as many levels as there are
/// operators, so it is walked in a loop.
fn operands<'e, 'arena, 'src>(
    op: BinaryOp,
    binary: &'e php::BinaryExpr<'arena, 'src>,
) -> Vec<&'e php::Expr<'arena, 'src>> {
    let mut operands = vec![binary.right];
    let mut left = inside_parentheses(binary.left);
    while let php::ExprKind::Binary(next) = &left.kind
        && binary_op(next.op) == Some(op)
    {
        operands.push(next.right);
        left = inside_parentheses(next.left);
    }
    operands.push(left);
    operands.reverse();
    operands
}

fn left_deep(op: BinaryOp, operands: Vec<Expr>) -> Option<Expr> {
    operands.into_iter().reduce(|left, right| join(op, left, right))
}

/// Joins neighbours until one is left.
fn balanced(op: BinaryOp, mut operands: Vec<Expr>) -> Option<Expr> {
    while operands.len() > 1 {
        let mut pairs = Vec::with_capacity(operands.len().div_ceil(2));
        let mut rest = operands.into_iter();
        while let Some(left) = rest.next() {
            pairs.push(match rest.next() {
                Some(right) => join(op, left, right),
                None => left,
            });
        }
        operands = pairs;
    }
    operands.pop()
}

fn join(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    let span = Span::new(left.span.start, right.span.end);
    Expr { kind: ExprKind::Binary { op, left: Box::new(left), right: Box::new(right) }, span }
}
