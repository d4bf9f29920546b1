//! Items: what a file defines.

use syn::visit::Visit;
use syn::{Attribute, Fields, ImplItem, Item, TraitItem};

use super::outline::{Alias, Argument, Binding, Declared, Field, Function, Scope, Static, Structure, Type};
use super::reader::Reader;
use super::types::{self, name};
use super::{arguments, attributes};

impl Reader {
    pub(super) fn items(&mut self, items: &[Item]) {
        items.iter().for_each(|item| self.item(item));
    }

    /// Does `work` when the attributes let the code into a build that serves.
    pub(super) fn gated(&mut self, attrs: &[Attribute], work: impl FnOnce(&mut Self)) {
        match attributes::conditions(attrs) {
            None => {}
            Some(conditions) if conditions.is_empty() => work(self),
            Some(conditions) => self.within(|at| at.conditions.extend(conditions), work),
        }
    }

    pub(super) fn item(&mut self, item: &Item) {
        match item {
            Item::Const(it) => self.gated(&it.attrs, |reader| {
                let named = name(&it.ident);
                reader.define(&named);
                let value = arguments::of(&it.expr);
                let (scope, kind) = (reader.scope, Some(types::of(&it.ty)));
                reader.outline.constants.push(Binding { name: named.clone(), scope, kind, value });
                reader.within(
                    |at| at.words.push(named),
                    |reader| {
                        reader.visit_type(&it.ty);
                        reader.visit_expr(&it.expr);
                    },
                );
            }),
            Item::Static(it) => self.gated(&it.attrs, |reader| {
                reader.a_static(&it.ident, &it.ty, &it.expr, false);
            }),
            Item::Enum(it) => self.gated(&it.attrs, |reader| {
                let fields = it.variants.iter().flat_map(|variant| fields(&variant.fields)).collect();
                reader.structure(&it.ident, fields, |reader| {
                    for variant in &it.variants {
                        reader.gated(&variant.attrs, |reader| reader.fields(&variant.fields));
                    }
                });
            }),
            Item::Struct(it) => self.gated(&it.attrs, |reader| {
                reader.structure(&it.ident, fields(&it.fields), |reader| reader.fields(&it.fields));
            }),
            Item::ExternCrate(it) => self.gated(&it.attrs, |reader| reader.import_crate(it)),
            Item::Use(it) => self.gated(&it.attrs, |reader| reader.import(it)),
            Item::Fn(it) => {
                self.define(&name(&it.sig.ident));
                self.gated(&it.attrs, |reader| reader.function(&it.attrs, &it.sig, &it.block, None));
            }
            Item::Impl(it) => self.gated(&it.attrs, |reader| reader.implementation(it)),
            Item::Trait(it) => {
                self.define(&name(&it.ident));
                self.gated(&it.attrs, |reader| {
                    for item in &it.items {
                        if let TraitItem::Fn(method) = item
                            && let Some(block) = &method.default
                        {
                            reader.gated(&method.attrs, |reader| {
                                reader.function(&method.attrs, &method.sig, block, None);
                            });
                        }
                    }
                });
            }
            Item::Mod(it) => self.module(it),
            Item::Macro(it) if it.ident.is_none() => {
                self.gated(&it.attrs, |reader| reader.macro_call(&it.mac));
            }
            Item::Type(it) => {
                let named = name(&it.ident);
                self.define(&named);
                self.gated(&it.attrs, |reader| {
                    let (scope, target) = (reader.scope, types::of(&it.ty));
                    reader.outline.aliases.push(Alias { name: named.clone(), scope, target });
                    reader.within(|at| at.words.push(named), |reader| reader.visit_type(&it.ty));
                });
            }
            _ => {}
        }
    }

    fn define(&mut self, name: &str) {
        self.scope_mut().names.push(name.to_owned());
    }

    /// A static, by whichever macro.
    pub(super) fn a_static(
        &mut self,
        ident: &syn::Ident,
        kind: &syn::Type,
        value: &syn::Expr,
        of_thread: bool,
    ) {
        let named = name(ident);
        self.define(&named);
        let change = |at: &mut super::At| {
            at.in_static = Some(name(ident));
            at.words.push(name(ident));
        };
        self.within(change, |reader| {
            let (at, scope, span) = (reader.at(), reader.scope, types::span_of(ident.span()));
            let lowered = types::of(kind);
            reader.outline.statics.push(Static { name: named, scope, kind: lowered, span, at, of_thread });
            reader.visit_type(kind);
            reader.visit_expr(value);
        });
    }

    fn structure(&mut self, ident: &syn::Ident, fields: Vec<Field>, work: impl FnOnce(&mut Self)) {
        let named = name(ident);
        self.define(&named);
        let index = self.outline.structures.len();
        self.outline.structures.push(Structure { name: named.clone(), scope: self.scope, fields });
        let change = |at: &mut super::At| {
            at.structure = Some(index);
            at.words.push(named);
        };
        self.within(change, work);
    }

    fn fields(&mut self, fields: &Fields) {
        for field in fields {
            self.gated(&field.attrs, |reader| {
                let named = field.ident.as_ref().map(name);
                let change = |at: &mut super::At| {
                    at.words.extend(named.clone());
                    at.field = named;
                };
                reader.within(change, |reader| reader.visit_type(&field.ty));
            });
        }
    }

    fn implementation(&mut self, item: &syn::ItemImpl) {
        let of = types::of(&item.self_ty);
        for part in &item.items {
            match part {
                ImplItem::Fn(method) => self.gated(&method.attrs, |reader| {
                    reader.function(&method.attrs, &method.sig, &method.block, Some(of.clone()));
                }),
                ImplItem::Const(it) => self.gated(&it.attrs, |reader| reader.visit_expr(&it.expr)),
                ImplItem::Type(it) => self.gated(&it.attrs, |reader| reader.visit_type(&it.ty)),
                ImplItem::Macro(it) => self.gated(&it.attrs, |reader| reader.macro_call(&it.mac)),
                _ => {}
            }
        }
    }

    pub(super) fn function(
        &mut self,
        attrs: &[Attribute],
        signature: &syn::Signature,
        block: &syn::Block,
        of: Option<Type>,
    ) {
        let named = name(&signature.ident);
        if is_for_tests(&named) {
            return;
        }
        let typed = signature.inputs.iter().filter_map(|input| match input {
            syn::FnArg::Typed(typed) => Some(typed),
            syn::FnArg::Receiver(_) => None,
        });
        let scope = self.scope;
        let parameters = typed.clone().map(|typed| Binding {
            name: super::expressions::names_of(&typed.pat).into_iter().next().unwrap_or_default(),
            scope,
            kind: Some(types::of(&typed.ty)),
            value: Argument::default(),
        });
        let index = self.outline.functions.len();
        let function = Function {
            name: named.clone(),
            scope,
            parameters: parameters.collect(),
            output: types::output(&signature.output),
            of,
            attributes: attrs.iter().map(|attribute| types::path(attribute.path())).collect(),
            bindings: Vec::new(),
        };
        self.outline.functions.push(function);
        let change = |at: &mut super::At| {
            at.function = Some(index);
            at.words.push(named);
        };
        self.within(change, |reader| {
            reader.attributes(attrs);
            reader.within(
                |at| at.in_signature = true,
                |reader| {
                    typed.for_each(|typed| reader.visit_type(&typed.ty));
                    if let syn::ReturnType::Type(_, kind) = &signature.output {
                        reader.visit_type(kind);
                    }
                },
            );
            reader.visit_block(block);
        });
    }

    fn module(&mut self, item: &syn::ItemMod) {
        let named = name(&item.ident);
        self.define(&named);
        let test = attributes::conditions(&item.attrs).is_none() || is_test_module(&named);
        let Some((_, items)) = &item.content else {
            let path = attributes::value(&item.attrs, "path");
            self.outline.modules.push(Declared { scope: self.scope, name: named, path, test });
            return;
        };
        if test {
            return;
        }
        let mut module = self.scope_mut().module.clone();
        module.push(named);
        self.gated(&item.attrs, |reader| {
            reader.in_scope(Scope { module, ..Scope::default() }, |reader| reader.items(items));
        });
    }
}

/// Whether a module is one for tests by its name.
pub fn is_test_module(name: &str) -> bool {
    const WHOLE: &[&str] = &["test", "tests", "mock", "mocks", "testing", "fixtures", "benches"];
    const STARTS: &[&str] = &["test_", "tests_", "mock_"];
    const ENDS: &[&str] = &["_test", "_tests", "_mock", "_mocks"];
    WHOLE.contains(&name)
        || STARTS.iter().any(|start| name.starts_with(start))
        || ENDS.iter().any(|end| name.ends_with(end))
        || name == "testutil"
        || name == "testutils"
}

/// Whether a function is one for tests by its name.
fn is_for_tests(name: &str) -> bool {
    const STARTS: &[&str] = &["test_", "mock_"];
    const ENDS: &[&str] = &["_for_test", "_for_tests", "_for_testing", "_test", "_mock"];
    STARTS.iter().any(|start| name.starts_with(start))
        || ENDS.iter().any(|end| name.ends_with(end))
        || matches!(name, "mock" | "mocked")
}

fn fields(fields: &Fields) -> Vec<Field> {
    fields
        .iter()
        .filter(|field| attributes::conditions(&field.attrs).is_some())
        .map(|field| Field {
            name: field.ident.as_ref().map(name).unwrap_or_default(),
            kind: types::of(&field.ty),
        })
        .collect()
}
