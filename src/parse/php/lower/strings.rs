//! String literals. The parser has decoded escapes and taken the indentation from heredocs.

use php_ast::{ByteStr, StringPart};

use super::Lower;
use crate::parse::php::tree::{ExprKind, Part};

/// `"\xff"`: a PHP string is bytes, ours is text.
const NOT_UTF8: ExprKind = ExprKind::Unsupported("a string that is not UTF-8");

impl Lower {
    pub(super) fn string(bytes: ByteStr) -> ExprKind {
        bytes.to_str().map_or(NOT_UTF8, |text| ExprKind::Str(text.into()))
    }

    pub(super) fn interpolated(&mut self, parts: &[StringPart]) -> ExprKind {
        let mut lowered = Vec::with_capacity(parts.len());
        for part in parts {
            lowered.push(match part {
                StringPart::Literal(bytes) => match bytes.to_str() {
                    Some(text) => Part::Text(text.into()),
                    None => return NOT_UTF8,
                },
                StringPart::Expr(expr) => Part::Expr(self.expr(expr)),
                _ => return ExprKind::Unsupported("an unknown part of a string"),
            });
        }
        match lowered.as_slice() {
            [] => ExprKind::Str("".into()),
            [Part::Text(text)] => ExprKind::Str(text.clone()),
            _ => ExprKind::Interpolated(lowered),
        }
    }
}
