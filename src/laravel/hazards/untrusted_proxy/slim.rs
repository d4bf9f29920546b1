//! Laravel 11 and later: `->withMiddleware(..)` in `bootstrap/app.php`.
//!
//! laravel/framework v11.0.0, `Foundation/Configuration/Middleware.php`: the middleware is always there, and trusts
//! nobody until `trustProxies(at: ..)`.

use super::super::Code;
use super::super::code::call_step;
use super::names::{self, Says, is_named_elsewhere, own_classes};
use super::trust::{self, Missing};
use crate::eval::Script;
use crate::facts::{Confidence, Place};
use crate::parse::php::tree::{Arg, ClassRef, Expr, ExprKind, Function};
use crate::parse::php::walk::{self, Node};
use crate::text::Span;

/// What is missing in an app of this form; `None` when it has another form, `Some(None)` when a proxy may be trusted.
pub(super) fn missing(code: &Code<'_>) -> Option<Option<Missing>> {
    let script = code.app.script("bootstrap/app.php")?;
    let (place, function) = with_middleware(&script)?;
    let Some(function) = function else { return Some(None) };
    let own = || {
        let file = trust::shown(&place);
        Missing {
            trail: vec![call_step(&place, "`trustProxies` is not called here")],
            fix: format!("Call `$middleware->trustProxies(at: '*')` in withMiddleware of {file}").into(),
            file,
            place: place.clone(),
            confidence: Confidence::High,
        }
    };
    if removes(code, function) || script.source.text().contains("Http\\Kernel::class") {
        return Some(None);
    }
    let own = || {
        let mut missing = own();
        if let Some(unused) = own_classes(code).next() {
            if is_named_elsewhere(code, unused) {
                return None;
            }
            missing.trail.push(call_step(&unused.place, "this middleware is used by nothing"));
        }
        Some(missing)
    };
    let listed = classes(function);
    let listed = listed.iter().map(|(name, span)| (*name, Place::new(&script.source, *span)));
    Some(trust::in_classes(code, listed, own, |_| own()))
}

/// Where `withMiddleware` is called, and the closure that it is given; `None` in it: it is given something else.
fn with_middleware(script: &Script) -> Option<(Place, Option<&Function>)> {
    let mut found = None;
    walk::statements(&script.file.statements, &mut |node| {
        let Node::Expr(Expr { kind: ExprKind::MethodCall { object, method, args, .. }, span }) = node else {
            return;
        };
        if !method.eq_ignore_ascii_case("withMiddleware") {
            return;
        }
        let after = Span::new(object.span.end, span.end);
        let at = script.source.slice(after).find(method.as_ref()).and_then(|at| u32::try_from(at).ok());
        let start = after.start.saturating_add(at.unwrap_or(0));
        let length = u32::try_from(method.len()).unwrap_or(0);
        let place = Place::new(&script.source, Span::new(start, start.saturating_add(length)));
        let function = match args.first() {
            // Without a closure the defaults apply.
            None => return,
            Some(Arg { value: Expr { kind: ExprKind::Closure(function), .. }, .. }) => {
                Some(function.as_ref())
            }
            Some(_) => None,
        };
        found = Some((place, function));
    });
    found
}

/// Each `X::class` of a closure.
fn classes(function: &Function) -> Vec<(&str, Span)> {
    let mut found = Vec::new();
    walk::statements(&function.body, &mut |node| {
        if let Node::Expr(expr) = node
            && let Some(name) = class_name(expr)
        {
            found.push((name, expr.span));
        }
    });
    found
}

fn class_name(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::ClassConstant { class: ClassRef::Named(class), name } if name.as_ref() == "class" => {
            Some(class)
        }
        _ => None,
    }
}

/// Whether the framework's middleware is taken out, so that what stands in its place counts.
fn removes(code: &Code<'_>, function: &Function) -> bool {
    let mut removes = false;
    walk::statements(&function.body, &mut |node| {
        let Node::Expr(Expr { kind: ExprKind::MethodCall { method, args, .. }, .. }) = node else { return };
        let bare = |arg: &Arg| {
            let mut bare = false;
            walk::expression(&arg.value, &mut |node| {
                let Node::Expr(expr) = node else { return };
                bare |= class_name(expr).is_some_and(|name| matches!(names::says(code, name), Says::Bare));
            });
            bare
        };
        let replaced_by_own = args.iter().any(|arg| {
            class_name(&arg.value).is_some_and(|name| matches!(names::says(code, name), Says::Own(_)))
        });
        removes |=
            matches!(method.as_ref(), "remove" | "replace") && args.iter().any(bare) && !replaced_by_own;
    });
    removes
}
