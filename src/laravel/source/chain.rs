//! A chain of calls, `A::b()->c()->d()`, laid out from its root to its end.

use std::sync::Arc;

use super::shapes::{Root, has, shapes};
use crate::parse::php::tree::{Arg, ClassRef, Expr, ExprKind, Name};
use crate::text::Span;

/// What a chain starts at.
#[derive(Debug, Clone, Copy)]
pub enum Start<'a> {
    /// `A::b()`: the first link is the static method.
    Class(&'a Arc<str>),
    /// `f()`: the first link is the call itself.
    Function(&'a Name),
    /// `new A()`: the first link is `new`.
    New(&'a Arc<str>),
    /// `$a`
    Variable(&'a Arc<str>),
    /// Anything else.
    Other(&'a Expr),
}

/// One call of a chain.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// The method or function, as written.
    pub name: &'a str,
    /// Its arguments.
    pub args: &'a [Arg],
    /// From the start of the chain to the end of this call.
    pub span: Span,
}

/// A chain.
#[derive(Debug, Clone)]
pub struct Chain<'a> {
    /// What it starts at.
    pub start: Start<'a>,
    /// Its calls, in the order in which they run.
    pub links: Vec<Link<'a>>,
}

/// The expression that a call is made on, when it is a link of a chain.
pub fn object(expr: &Expr) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::MethodCall { object, .. } => Some(object),
        _ => None,
    }
}

impl<'a> Chain<'a> {
    /// The chain that ends with this expression; without links when it is no call.
    pub fn of(expr: &'a Expr) -> Self {
        let mut links = Vec::new();
        let mut at = expr;
        while let ExprKind::MethodCall { object, method, args, .. } = &at.kind {
            links.push(Link { name: method, args, span: at.span });
            at = object;
        }
        let mut first = |name, args| links.push(Link { name, args, span: at.span });
        let start = match &at.kind {
            ExprKind::StaticCall { class: ClassRef::Named(class), method, args } => {
                first(method, args);
                Start::Class(class)
            }
            ExprKind::Call { function, args } => {
                first(name_of(function), args);
                Start::Function(function)
            }
            ExprKind::New { class: ClassRef::Named(class), args } => {
                first("new", args);
                Start::New(class)
            }
            ExprKind::Variable(name) => Start::Variable(name),
            // `$request->avatar` is the uploaded file of that name, as `$request->file('avatar')` is.
            ExprKind::Property { object, .. } if is_request(object) => {
                first("file", &[]);
                Start::Other(at)
            }
            _ => Start::Other(at),
        };
        links.reverse();
        Self { start, links }
    }

    /// The root of `rules/laravel/calls.toml` that this chain starts at, and its first link after that.
    pub fn root(&self) -> Option<(&'static Root, usize)> {
        let roots = shapes().roots;
        // `app()->make(X::class)` names its root wherever it stands.
        let made = self.links.iter().rposition(|link| matches!(link.name, "make" | "makeWith"));
        if let Some(index) = made
            && let Some(root) = self.links.get(index).and_then(|link| service(link.args))
        {
            return Some((root, index + 1));
        }
        match self.start {
            Start::Class(class) => {
                let is = |root: &&Root| {
                    has(&root.classes, class)
                        || root.alias.as_ref().is_some_and(|alias| alias.eq_ignore_ascii_case(class))
                };
                Some((roots.iter().find(is)?, 0))
            }
            Start::Function(function) => {
                let name = name_of(function);
                let first = self.links.first()?;
                let root = if matches!(name, "app" | "resolve") {
                    service(first.args)?
                } else if first.args.is_empty() {
                    roots.iter().find(|root| has(&root.helpers, name))?
                } else {
                    return None;
                };
                Some((root, 1))
            }
            Start::Variable(name) => {
                Some((roots.iter().find(|root| root.variables.iter().any(|one| **one == **name))?, 0))
            }
            Start::Other(expr) => {
                let ExprKind::Index { base, index: Some(index) } = &expr.kind else { return None };
                Some((is_app(base).then(|| service_of(index))??, 0))
            }
            Start::New(_) => None,
        }
    }
}

/// The name of a function that PHP would call: of a function without a namespace, its bare name.
pub fn name_of(function: &Name) -> &str {
    function.fallback.as_ref().unwrap_or(&function.full)
}

fn service(args: &[Arg]) -> Option<&'static Root> {
    service_of(&args.first()?.value)
}

fn service_of(expr: &Expr) -> Option<&'static Root> {
    let name = match &expr.kind {
        ExprKind::Str(name) => name,
        ExprKind::ClassConstant { class: ClassRef::Named(class), name } if &**name == "class" => class,
        _ => return None,
    };
    shapes()
        .roots
        .iter()
        .find(|root| has(&root.services, name.trim_start_matches('\\')) || has(&root.classes, name))
}

/// `$app`, `$this->app`, `app()`.
pub fn is_app(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Variable(name) | ExprKind::Property { name, .. } => &**name == "app",
        ExprKind::Call { function, args } => name_of(function) == "app" && args.is_empty(),
        _ => false,
    }
}

/// `$request`, `$this->request`, `request()`.
fn is_request(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Variable(name) | ExprKind::Property { name, .. } => &**name == "request",
        ExprKind::Call { function, args } => name_of(function) == "request" && args.is_empty(),
        _ => false,
    }
}
