//! String literals.

use php_ast::{ByteStr, Span, StringPart};

use super::{
    Lower,
    escapes::{Body, Piece},
};
use crate::parse::php::tree::{ExprKind, Part};

/// `"\xff"`: a PHP string is bytes, ours is text.
const NOT_UTF8: ExprKind = ExprKind::Unsupported("a string that is not UTF-8");
const UNCLEAR: ExprKind = ExprKind::Unsupported("a string of unclear parts");

impl Lower<'_> {
    /// A literal without expressions in it: `'..'`, `"..."`.
    pub(super) fn string(&mut self, bytes: ByteStr, place: Span) -> ExprKind {
        match Body::quoted(self.text, place).filter(|body| body.has_backslash()) {
            Some(body) => self.decoded(body, &[]),
            None => bytes.to_str().map_or(NOT_UTF8, |text| ExprKind::Str(text.into())),
        }
    }

    /// `"a $b"`.
    pub(super) fn interpolated(&mut self, parts: &[StringPart], place: Span) -> ExprKind {
        match Body::quoted(self.text, place).filter(|body| body.has_backslash()) {
            Some(body) => self.decoded(body, parts),
            None => self.as_parsed(parts),
        }
    }

    /// `<<<LABEL`.
    pub(super) fn heredoc(&mut self, parts: &[StringPart], label: &str, place: Span) -> ExprKind {
        match Body::heredoc(self.text, place, label) {
            Some(body) if body.has_backslash() => self.decoded(body, parts),
            Some(_) => self.as_parsed(parts),
            None => UNCLEAR,
        }
    }

    fn decoded(&mut self, body: Body, parts: &[StringPart]) -> ExprKind {
        let exprs: Vec<_> = parts.iter().filter_map(expr_of).collect();
        let places: Vec<_> = exprs.iter().map(|expr| expr.span).collect();
        let Ok(pieces) = body.pieces(&places) else {
            return NOT_UTF8;
        };
        let Some(pieces) = pieces else {
            return UNCLEAR;
        };
        let parts = pieces.into_iter().map(|piece| match piece {
            Piece::Text(text) => Some(Part::Text(text)),
            Piece::Expr(number) => exprs.get(number).map(|expr| Part::Expr(self.expr(expr))),
        });
        parts.collect::<Option<_>>().map_or(UNCLEAR, joined)
    }

    fn as_parsed(&mut self, parts: &[StringPart]) -> ExprKind {
        let mut lowered = Vec::with_capacity(parts.len());
        for part in parts {
            lowered.push(match part {
                StringPart::Literal(bytes) => match bytes.to_str() {
                    Some(text) => Part::Text(text.into()),
                    None => return NOT_UTF8,
                },
                StringPart::Expr(expr) => Part::Expr(self.expr(expr)),
                _ => return UNCLEAR,
            });
        }
        joined(lowered)
    }
}

fn expr_of<'p, 'arena, 'src>(part: &'p StringPart<'arena, 'src>) -> Option<&'p php_ast::Expr<'arena, 'src>> {
    match part {
        StringPart::Expr(expr) => Some(expr),
        _ => None,
    }
}

/// Parts that are one text are a plain string.
fn joined(parts: Vec<Part>) -> ExprKind {
    match parts.as_slice() {
        [] => ExprKind::Str("".into()),
        [Part::Text(text)] => ExprKind::Str(text.clone()),
        _ => ExprKind::Interpolated(parts),
    }
}
