//! Names: `use` imports, the namespace, and the special classes.

use std::sync::Arc;

use php_ast as php;
use php_ast::resolve::{NameContext, ResolvedName, SpecialClass};

use super::Lower;
use crate::parse::php::tree::{ClassRef, ExprKind, Name};

impl Lower<'_> {
    /// The full name of something declared here.
    pub(super) fn declared(&self, name: php::Ident) -> Arc<str> {
        match self.names.namespace() {
            Some(namespace) => format!("{namespace}\\{}", plain(name)).into(),
            None => plain(name).into(),
        }
    }

    /// The full name of a class that can be only named: after `extends`, `implements`, `use`.
    pub(super) fn class_name(&self, name: &php::Name) -> Arc<str> {
        match self.names.resolve_name(name, NameContext::Class) {
            ResolvedName::Fqn(full) => full.into(),
            ResolvedName::Special(special) => special.as_str().into(),
            _ => "".into(),
        }
    }

    /// The class of an expression that stands before `::` or after `new`.
    pub(super) fn class_ref(&mut self, class: &php::Expr) -> ClassRef {
        match &class.kind {
            php::ExprKind::Name(name) => class_of(self.names.resolve_name(name, NameContext::Class)),
            php::ExprKind::Identifier(name) => {
                let parts = [name.as_str()];
                class_of(self.names.resolve(NameContext::Class, php::NameKind::Unqualified, &parts))
            }
            php::ExprKind::AnonymousClass(class_decl) => {
                ClassRef::Anonymous(Arc::new(self.class(class_decl, super::span(class.span))))
            }
            _ => ClassRef::Dynamic(Box::new(self.expr(class))),
        }
    }

    /// The name of a function that is called, if it is called by its name.
    pub(super) fn function_name(&self, callee: &php::Expr) -> Option<Name> {
        let resolved = match &callee.kind {
            php::ExprKind::Name(name) => self.names.resolve_name(name, NameContext::Function),
            php::ExprKind::Identifier(name) => {
                self.names.resolve(NameContext::Function, php::NameKind::Unqualified, &[name.as_str()])
            }
            _ => return None,
        };
        Some(name_of(resolved))
    }

    /// A constant; `true`, `false` and `null` in any case are literals, `\true` too.
    pub(super) fn constant(&self, name: &php::Name) -> ExprKind {
        let resolved = name_of(self.names.resolve_name(name, NameContext::Const));
        if resolved.full.eq_ignore_ascii_case("true") {
            ExprKind::Bool(true)
        } else if resolved.full.eq_ignore_ascii_case("false") {
            ExprKind::Bool(false)
        } else if resolved.full.eq_ignore_ascii_case("null") {
            ExprKind::Null
        } else {
            ExprKind::Constant(resolved)
        }
    }
}

/// An identifier as written; empty where the parser found none.
pub(super) fn plain<'src>(name: php::Ident<'src>) -> &'src str {
    name.as_str().unwrap_or_default()
}

fn class_of(resolved: ResolvedName) -> ClassRef {
    match resolved {
        ResolvedName::Fqn(full) => ClassRef::Named(full.into()),
        ResolvedName::Special(SpecialClass::Self_) => ClassRef::SelfClass,
        ResolvedName::Special(SpecialClass::Static) => ClassRef::Static,
        ResolvedName::Special(SpecialClass::Parent) => ClassRef::Parent,
        _ => ClassRef::Named("".into()),
    }
}

fn name_of(resolved: ResolvedName) -> Name {
    match resolved {
        ResolvedName::Fqn(full) => Name { full: full.into(), fallback: None },
        ResolvedName::Fallback { namespaced, global } => {
            Name { full: namespaced.into(), fallback: Some(global.into()) }
        }
        ResolvedName::Special(special) => Name { full: special.as_str().into(), fallback: None },
        _ => Name { full: "".into(), fallback: None },
    }
}
