//! What an expression is made of.

use syn::visit::{self, Visit};
use syn::{Expr, Lit, Member};

use super::outline::Argument;
use super::types;

/// No list of names about one expression needs more.
const MOST: usize = 64;

/// What an expression is made of, without the bodies of closures and blocks.
pub fn of(expr: &Expr) -> Argument {
    let mut maker = Maker(Argument::default());
    maker.visit_expr(expr);
    maker.0
}

struct Maker(Argument);

impl Maker {
    fn literal(&mut self, text: String) {
        if self.0.literals.len() < MOST {
            self.0.literals.push(text);
        }
    }

    fn name(&mut self, name: String) {
        if self.0.names.len() < MOST {
            self.0.names.push(name);
        }
    }
}

impl<'ast> Visit<'ast> for Maker {
    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    fn visit_block(&mut self, _: &'ast syn::Block) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if self.0.paths.len() < MOST {
            self.0.paths.push(types::path(path));
        }
    }

    fn visit_expr_array(&mut self, array: &'ast syn::ExprArray) {
        match numbers(array) {
            Some(text) => self.literal(text),
            None => visit::visit_expr_array(self, array),
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.visit_expr(&call.receiver);
        self.name(types::name(&call.method));
        call.args.iter().for_each(|arg| self.visit_expr(arg));
    }

    fn visit_expr_field(&mut self, field: &'ast syn::ExprField) {
        self.visit_expr(&field.base);
        if let Member::Named(ident) = &field.member {
            self.name(types::name(ident));
        }
    }

    fn visit_lit(&mut self, literal: &'ast Lit) {
        if let Lit::Str(text) = literal {
            self.literal(text.value());
        }
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.name(mac.path.segments.last().map(|last| types::name(&last.ident)).unwrap_or_default());
        let parser = syn::punctuated::Punctuated::<Expr, syn::Token![,]>::parse_terminated;
        if let Ok(args) = mac.parse_body_with(parser) {
            let mut inner = Maker(Argument::default());
            args.iter().for_each(|arg| inner.visit_expr(arg));
            inner.0.literals.into_iter().for_each(|text| self.literal(text));
            inner.0.names.into_iter().for_each(|name| self.name(name));
            self.0.paths.extend(inner.0.paths.into_iter().take(MOST));
        }
    }
}

/// `[127, 0, 0, 1]` as `127.0.0.1`.
fn numbers(array: &syn::ExprArray) -> Option<String> {
    if array.elems.len() != 4 {
        return None;
    }
    let digits = array.elems.iter().map(|elem| match elem {
        Expr::Lit(it) => match &it.lit {
            Lit::Int(number) => Some(number.base10_digits().to_owned()),
            _ => None,
        },
        _ => None,
    });
    digits.collect::<Option<Vec<String>>>().map(|list| list.join("."))
}
