//! Properties and class constants that are read.

use std::sync::Arc;

use php_ast as php;

use super::{Lower, exprs::inside_parentheses};
use crate::parse::php::tree::ExprKind;

impl Lower<'_> {
    pub(super) fn property(&mut self, access: &php::PropertyAccessExpr, nullsafe: bool) -> ExprKind {
        match member_name(access.property) {
            Some(name) => ExprKind::Property { object: self.boxed(access.object), name, nullsafe },
            None => ExprKind::Unsupported("a property named by a value"),
        }
    }

    pub(super) fn static_property(&mut self, access: &php::StaticAccessExpr) -> ExprKind {
        match member_name(access.member) {
            Some(name) => {
                ExprKind::StaticProperty { class: self.class_ref(inside_parentheses(access.class)), name }
            }
            None => ExprKind::Unsupported("a property named by a value"),
        }
    }

    pub(super) fn class_constant(&mut self, access: &php::StaticAccessExpr) -> ExprKind {
        match member_name(access.member) {
            Some(name) => ExprKind::ClassConstant {
                class: self.class_ref(inside_parentheses(access.class)),
                name: if name.eq_ignore_ascii_case("class") { "class".into() } else { name },
            },
            None => ExprKind::Unsupported("a class constant named by a value"),
        }
    }
}

/// The name of a member that is written out; `None` for `$a->$b` and `$a->{b()}`.
pub(super) fn member_name(member: &php::Expr) -> Option<Arc<str>> {
    match &member.kind {
        php::ExprKind::Identifier(name) => Some(name.as_str().into()),
        _ => None,
    }
}
