//! Classes, interfaces, traits and enums.

use std::sync::Arc;

use php_ast as php;

use super::{Lower, functions::promoted_properties, names::plain, span};
use crate::{
    parse::php::tree::{Class, ClassKind, Expr, ExprKind, Property},
    text::Span,
};

impl Lower<'_> {
    pub(super) fn class(&mut self, class: &php::ClassDecl, place: Span) -> Class {
        let name = class.name.map_or_else(|| "".into(), |name| self.declared(name));
        let mut lowered = empty(ClassKind::Class, name, place);
        lowered.parent = class.extends.as_ref().map(|parent| self.class_name(parent));
        lowered.interfaces = self.class_names(&class.implements);
        self.members(&mut lowered, &class.body.members);
        lowered
    }

    pub(super) fn interface(&mut self, interface: &php::InterfaceDecl, place: Span) -> Class {
        let mut lowered = empty(ClassKind::Interface, self.declared(interface.name), place);
        lowered.interfaces = self.class_names(&interface.extends);
        self.members(&mut lowered, &interface.body.members);
        lowered
    }

    pub(super) fn trait_(&mut self, declared: &php::TraitDecl, place: Span) -> Class {
        let mut lowered = empty(ClassKind::Trait, self.declared(declared.name), place);
        self.members(&mut lowered, &declared.body.members);
        lowered
    }

    pub(super) fn enum_(&mut self, declared: &php::EnumDecl, place: Span) -> Class {
        let mut lowered = empty(ClassKind::Enum, self.declared(declared.name), place);
        lowered.interfaces = self.class_names(&declared.implements);
        for member in declared.body.members.iter() {
            match &member.kind {
                php::EnumMemberKind::Case(case) => {
                    let value = self.optional(case.value.as_ref());
                    lowered.cases.push((plain(case.name).into(), value));
                }
                php::EnumMemberKind::Method(method) => {
                    lowered.methods.push(self.method(method, span(member.span)));
                }
                php::EnumMemberKind::ClassConst(constant) => self.class_const(&mut lowered, constant),
                php::EnumMemberKind::TraitUse(used) => lowered.traits.extend(self.class_names(&used.traits)),
                _ => {}
            }
        }
        lowered
    }

    fn members(&mut self, class: &mut Class, members: &[php::ClassMember]) {
        for member in members {
            let place = span(member.span);
            match &member.kind {
                php::ClassMemberKind::Property(property) => {
                    class.properties.push(self.declaration(property, place))
                }
                php::ClassMemberKind::Method(method) => {
                    class.properties.extend(promoted_properties(method));
                    class.methods.push(self.method(method, place));
                }
                php::ClassMemberKind::ClassConst(constant) => self.class_const(class, constant),
                php::ClassMemberKind::TraitUse(used) => class.traits.extend(self.class_names(&used.traits)),
                _ => {}
            }
        }
    }

    fn declaration(&mut self, property: &php::PropertyDecl, place: Span) -> Property {
        let default = if property.hooks.is_empty() {
            self.optional(property.default.as_ref())
        } else {
            // A hook runs when the property is read, so its default says little.
            Some(Expr { kind: ExprKind::Unsupported("a property hook"), span: place })
        };
        Property {
            name: plain(property.name).into(),
            default,
            is_static: property.modifiers.is_static,
            span: place,
        }
    }

    fn class_const(&mut self, class: &mut Class, constant: &php::ClassConstDecl) {
        let value = self.expr(&constant.value);
        class.constants.push((plain(constant.name).into(), value));
    }

    fn class_names(&self, names: &[php::Name]) -> Vec<Arc<str>> {
        names.iter().map(|name| self.class_name(name)).collect()
    }
}

fn empty(kind: ClassKind, name: Arc<str>, span: Span) -> Class {
    Class {
        name,
        kind,
        parent: None,
        interfaces: Vec::new(),
        traits: Vec::new(),
        constants: Vec::new(),
        cases: Vec::new(),
        properties: Vec::new(),
        methods: Vec::new(),
        span,
    }
}
