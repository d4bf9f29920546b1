//! Expressions, types and patterns: what code names.

use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Lit, Meta, Pat, Stmt};

use super::outline::{Argument, Binding, Literal, Mention, Method, Use};
use super::reader::Reader;
use super::types::{self, name};
use super::{arguments, attributes};

impl Reader {
    /// The attributes that are macros of a crate.
    pub(super) fn attributes(&mut self, attrs: &[Attribute]) {
        for attribute in attrs.iter().filter(|one| !attributes::is_built_in(one)) {
            let words = match &attribute.meta {
                Meta::List(list) => list.tokens.clone().into_iter().map(|token| token.to_string()).collect(),
                _ => Vec::new(),
            };
            self.mention(attribute.path(), Use::Attribute);
            if let Some(last) = self.outline.mentions.last_mut() {
                last.args = vec![Argument { names: words, ..Argument::default() }];
            }
        }
    }

    fn generics_of(&mut self, path: &syn::Path) {
        path.segments.iter().for_each(|segment| self.visit_path_arguments(&segment.arguments));
    }

    fn call(&mut self, path: &syn::Path, args: Vec<Argument>) {
        let (at, scope) = (self.at(), self.scope);
        self.outline.mentions.push(Mention {
            path: types::path(path),
            generics: types::generics(path),
            as_a: Use::Call,
            args,
            scope,
            at,
            span: types::path_span(path),
        });
        self.generics_of(path);
    }

    /// What is given to something, on a task of its own when that is a `spawn`.
    fn given_to<'a>(&mut self, called: &str, args: impl Iterator<Item = &'a Expr>) {
        if called.starts_with("spawn") {
            self.within(|at| at.spawned = true, |reader| args.for_each(|arg| reader.visit_expr(arg)));
        } else {
            args.for_each(|arg| self.visit_expr(arg));
        }
    }

    fn bind(&mut self, local: &syn::Local, names: &[String]) {
        let (pat, kind) = match &local.pat {
            Pat::Type(typed) => (&*typed.pat, Some(types::of(&typed.ty))),
            pat => (pat, None),
        };
        let Some(function) = self.now().function else { return };
        let value = local.init.as_ref().map(|init| arguments::of(&init.expr)).unwrap_or_default();
        let single = matches!(pat, Pat::Ident(_));
        let scope = self.scope;
        let Some(function) = self.outline.functions.get_mut(function) else { return };
        for name in names {
            let kind = kind.clone().filter(|_| single);
            function.bindings.push(Binding { name: name.clone(), scope, kind, value: value.clone() });
        }
    }
}

/// The names that a pattern binds.
pub fn names_of(pat: &Pat) -> Vec<String> {
    struct Names(Vec<String>);
    impl<'ast> Visit<'ast> for Names {
        fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
            self.0.push(name(&pat.ident));
            visit::visit_pat_ident(self, pat);
        }
        fn visit_expr(&mut self, _: &'ast Expr) {}
    }
    let mut names = Names(Vec::new());
    names.visit_pat(pat);
    names.0
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_item(&mut self, item: &'ast syn::Item) {
        self.item(item);
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        if block.stmts.iter().any(|stmt| matches!(stmt, Stmt::Item(_))) {
            self.in_block(|reader| visit::visit_block(reader, block));
        } else {
            visit::visit_block(self, block);
        }
    }

    fn visit_stmt(&mut self, stmt: &'ast Stmt) {
        match stmt {
            Stmt::Macro(it) => self.gated(&it.attrs, |reader| reader.macro_call(&it.mac)),
            Stmt::Local(it) => self.gated(&it.attrs, |reader| reader.visit_local(it)),
            Stmt::Item(it) => self.item(it),
            Stmt::Expr(expr, _) => self.gated(attributes_of(expr), |reader| reader.visit_expr(expr)),
        }
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        let names = names_of(&local.pat);
        self.bind(local, &names);
        self.within(|at| at.words.extend(names), |reader| visit::visit_local(reader, local));
    }

    fn visit_type_path(&mut self, kind: &'ast syn::TypePath) {
        if let Some(qself) = &kind.qself {
            self.visit_type(&qself.ty);
            self.generics_of(&kind.path);
        } else {
            self.mention(&kind.path, Use::Type);
            self.generics_of(&kind.path);
        }
    }

    fn visit_expr_path(&mut self, expr: &'ast syn::ExprPath) {
        match &expr.qself {
            Some(qself) => self.visit_type(&qself.ty),
            None => self.mention(&expr.path, Use::Value),
        }
        self.generics_of(&expr.path);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        let args = || call.args.iter();
        match &*call.func {
            Expr::Path(func) if func.qself.is_none() => {
                self.call(&func.path, args().map(arguments::of).collect());
                let called = func.path.segments.last().map(|last| name(&last.ident)).unwrap_or_default();
                self.given_to(&called, args());
            }
            func => {
                self.visit_expr(func);
                args().for_each(|arg| self.visit_expr(arg));
            }
        }
    }

    fn visit_expr_struct(&mut self, expr: &'ast syn::ExprStruct) {
        self.mention(&expr.path, Use::Value);
        self.generics_of(&expr.path);
        for field in &expr.fields {
            self.gated(&field.attrs, |reader| {
                let named = match &field.member {
                    syn::Member::Named(ident) => Some(name(ident)),
                    syn::Member::Unnamed(_) => None,
                };
                let change = |at: &mut super::At| {
                    at.words.extend(named.clone());
                    at.field = named;
                };
                reader.within(change, |reader| reader.visit_expr(&field.expr));
            });
        }
        expr.rest.iter().for_each(|rest| self.visit_expr(rest));
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.visit_expr(&call.receiver);
        let called = name(&call.method);
        let (at, scope) = (self.at(), self.scope);
        let generics = call.turbofish.as_ref();
        let on = arguments::of(&call.receiver);
        let method = Method {
            name: called.clone(),
            on: on.clone(),
            generics: generics
                .map(|list| list.args.iter().filter_map(types::argument).collect())
                .unwrap_or_default(),
            args: call.args.iter().map(arguments::of).collect(),
            scope,
            at,
            span: types::span_of(call.method.span()),
            start: start_of(&call.receiver),
        };
        self.outline.methods.push(method);
        if let Some(list) = generics {
            self.visit_angle_bracketed_generic_arguments(list);
        }
        if self.fallback(&called, &on, call) {
            return;
        }
        self.given_to(&called, call.args.iter());
    }

    fn visit_expr_loop(&mut self, expr: &'ast syn::ExprLoop) {
        self.within(|at| at.in_loop = true, |reader| reader.visit_block(&expr.body));
    }

    fn visit_expr_while(&mut self, expr: &'ast syn::ExprWhile) {
        let looped = |reader: &mut Self| {
            reader.visit_expr(&expr.cond);
            reader.visit_block(&expr.body);
        };
        self.within(|at| at.in_loop = true, looped);
    }

    fn visit_expr_if(&mut self, expr: &'ast syn::ExprIf) {
        self.branch(expr);
    }

    fn visit_expr_match(&mut self, expr: &'ast syn::ExprMatch) {
        self.branches(expr);
    }

    fn visit_pat(&mut self, pat: &'ast Pat) {
        match pat {
            Pat::TupleStruct(it) => self.mention(&it.path, Use::Pattern),
            Pat::Struct(it) => self.mention(&it.path, Use::Pattern),
            Pat::Path(it) => {
                self.mention(&it.path, Use::Pattern);
                return;
            }
            _ => {}
        }
        visit::visit_pat(self, pat);
    }

    /// Paths that nothing above has noted: bounds of types, the names of patterns.
    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.generics_of(path);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.macro_call(mac);
    }

    fn visit_lit(&mut self, literal: &'ast Lit) {
        if let Lit::Str(text) = literal {
            let (at, span, text) = (self.at(), types::span_of(text.span()), text.value());
            self.outline.literals.push(Literal { text, at, span });
        }
    }
}

/// Where an expression starts.
fn start_of(expr: &Expr) -> u32 {
    let mut at = expr;
    loop {
        at = match at {
            Expr::MethodCall(it) => &it.receiver,
            Expr::Field(it) => &it.base,
            Expr::Call(it) => &it.func,
            Expr::Try(it) => &it.expr,
            Expr::Await(it) => &it.base,
            Expr::Index(it) => &it.expr,
            Expr::Path(it) => return types::path_span(&it.path).start,
            Expr::Struct(it) => return types::path_span(&it.path).start,
            _ => return u32::MAX,
        };
    }
}

/// The attributes of an expression that may have some of its own.
fn attributes_of(expr: &Expr) -> &[Attribute] {
    match expr {
        Expr::Assign(it) => &it.attrs,
        Expr::Block(it) => &it.attrs,
        Expr::Call(it) => &it.attrs,
        Expr::If(it) => &it.attrs,
        Expr::Loop(it) => &it.attrs,
        Expr::Macro(it) => &it.attrs,
        Expr::Match(it) => &it.attrs,
        Expr::MethodCall(it) => &it.attrs,
        Expr::Return(it) => &it.attrs,
        Expr::Struct(it) => &it.attrs,
        Expr::Try(it) => &it.attrs,
        Expr::Unsafe(it) => &it.attrs,
        _ => &[],
    }
}
