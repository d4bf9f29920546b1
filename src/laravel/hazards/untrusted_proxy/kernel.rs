//! Before Laravel 11, and in apps that kept the form: `$middleware` of `app/Http/Kernel.php`.

use super::super::Code;
use super::super::code::call_step;
use super::names::{KERNEL, is_named_elsewhere, own_classes};
use super::trust::{self, Missing};
use crate::facts::{Confidence, Place};
use crate::laravel::version::Version;
use crate::parse::php::tree::{Class, ClassRef, Expr, ExprKind, Property, Statement, StatementKind};
use crate::text::Span;

/// What is missing in an app of this form; `None` when a proxy is trusted, or may be.
pub(super) fn missing(code: &Code<'_>) -> Option<Missing> {
    let script = code.app.script(KERNEL).filter(|script| script.file.errors.is_empty())?;
    let class = kernel(&script.file.statements)?;
    let global = property(class, "middleware")?;
    let mut listed = Vec::new();
    add(global.default.as_ref()?, &mut listed)?;
    if let Some(groups) = property(class, "middlewareGroups").and_then(|groups| groups.default.as_ref()) {
        add(groups, &mut listed)?;
    }
    // The kernel may add to its lists while it starts.
    if class.methods.iter().any(|method| script.source.slice(method.span).contains("Prox")) {
        return None;
    }
    let listed = listed.into_iter().map(|(name, span)| (name, Place::new(&script.source, span)));
    let place = Place::new(&script.source, global.span);
    trust::in_classes(code, listed, || unlisted(code, first_line(place)), |place| Some(bare(code, place)))
}

/// The middleware as it comes: the setting decides alone.
fn bare(code: &Code<'_>, place: Place) -> Missing {
    let config = code.app.tree.shown("config/trustedproxy.php");
    Missing {
        trail: vec![call_step(&place, "the middleware is used here; it names no proxy of its own")],
        fix: format!("Set `proxies` in {config}").into(),
        file: trust::shown(&place),
        place,
        confidence: Confidence::High,
    }
}

/// No middleware of the kernel trusts a proxy.
fn unlisted(code: &Code<'_>, place: Place) -> Option<Missing> {
    let file = trust::shown(&place);
    let trail = vec![call_step(&place, "no middleware here trusts a proxy")];
    let of_framework = code.app.version_or_newest() >= Version::new(8, 54, 0);
    let fix = match own_classes(code).next() {
        Some(own) if is_named_elsewhere(code, own) => return None,
        Some(own) => {
            let class = own.context.class.as_deref().unwrap_or_default();
            format!("List `\\{class}::class` in `$middleware` of {file}, with its `$proxies`")
        }
        None if of_framework => {
            format!(
                "Extend Illuminate\\Http\\Middleware\\TrustProxies, list it in `$middleware` of {file}, and name its `$proxies`"
            )
        }
        None => format!(
            "Install fideloper/proxy, list its TrustProxies in `$middleware` of {file}, and name its `proxies`"
        ),
    };
    Some(Missing { trail, fix: fix.into(), file, place, confidence: Confidence::High })
}

fn kernel(statements: &[Statement]) -> Option<&Class> {
    statements.iter().find_map(|statement| match &statement.kind {
        StatementKind::Class(class) => {
            let parent = class.parent.as_deref()?;
            parent.eq_ignore_ascii_case("Illuminate\\Foundation\\Http\\Kernel").then_some(class.as_ref())
        }
        StatementKind::Block(inner) => kernel(inner),
        _ => None,
    })
}

fn property<'a>(class: &'a Class, name: &str) -> Option<&'a Property> {
    class.properties.iter().find(|property| property.name.as_ref() == name)
}

/// Adds the names of classes in a list of middleware, in lists below it too; `None` when one is not known.
fn add<'a>(expr: &'a Expr, names: &mut Vec<(&'a str, Span)>) -> Option<()> {
    match &expr.kind {
        ExprKind::Array(items) => items.iter().try_for_each(|item| match &item.value {
            Some(value) if !item.spread => add(value, names),
            _ => None,
        }),
        ExprKind::Str(name) => {
            names.push((name, expr.span));
            Some(())
        }
        ExprKind::ClassConstant { class: ClassRef::Named(class), name } if name.as_ref() == "class" => {
            names.push((class, expr.span));
            Some(())
        }
        // `'throttle:'.self::LIMIT` and the like name no class.
        ExprKind::Binary { .. } | ExprKind::Interpolated(_) => Some(()),
        _ => None,
    }
}

/// A place up to the end of its first line.
fn first_line(place: Place) -> Place {
    let line = place.source.slice(place.span).lines().next().unwrap_or_default().trim_end();
    let end = place.span.start.saturating_add(u32::try_from(line.len()).unwrap_or(0));
    Place { span: Span::new(place.span.start, end), ..place }
}
