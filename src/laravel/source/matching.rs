//! Whether a call in a file is one of the shapes.

use super::chain::{Chain, Start, name_of};
use super::shapes::{Shape, Shapes, has, lower};
use super::units::Units;
use crate::parse::php::tree::{Arg, Class, ClassRef, Expr, ExprKind};
use crate::parse::php::walk::{self, Node};

/// Helpers that give a folder of the app.
const PATHS: &[&str] = &[
    "storage_path",
    "public_path",
    "base_path",
    "app_path",
    "database_path",
    "resource_path",
    "config_path",
    "lang_path",
    "storagepath",
    "publicpath",
    "basepath",
    "databasepath",
    "resourcepath",
    "sys_get_temp_dir",
];

/// A shape that fits a call of a chain.
#[derive(Debug, Clone, Copy)]
pub struct Fit {
    /// The shape.
    pub shape: &'static Shape,
    /// The call, by its index in the chain.
    pub link: usize,
    /// The name of the chain's root.
    pub on: Option<&'static str>,
}

/// Every fit of a chain's calls, from the `first` of its own on. One call fits at most once under one id.
pub fn fits(units: &Units<'_>, unit: usize, chain: &Chain<'_>, first: usize, shapes: &Shapes) -> Vec<Fit> {
    let root = chain.root();
    let mut found: Vec<Fit> = Vec::new();
    for (link, call) in chain.links.iter().enumerate().skip(first) {
        let name = lower(call.name);
        let direct = link == 0 && !matches!(chain.start, Start::Class(_) | Start::Other(_));
        let shapes_of = match (&chain.start, direct) {
            (Start::Function(_), true) => shapes.functions.get(&*name),
            (Start::New(class), true) => shapes.new.get(&*lower(class)),
            _ => shapes.methods.get(&*name),
        };
        for shape in shapes_of.into_iter().flatten().copied() {
            if found.iter().any(|fit| fit.link == link && fit.shape.id == shape.id) {
                continue;
            }
            let is_call = matches!(chain.start, Start::Function(_) | Start::New(_)) && link == 0;
            let on = if is_call { Some(None) } else { on_root(shape, chain, link, root) };
            if let Some(on) = on
                && holds(units, unit, shape, chain, link)
            {
                found.push(Fit { shape, link, on });
            }
        }
    }
    found
}

/// Whether a chain has a call that deletes a file.
pub fn deletes(chain: &Chain<'_>, shapes: &Shapes) -> bool {
    let root = chain.root();
    chain.links.iter().enumerate().any(|(index, link)| {
        let is_call = matches!(chain.start, Start::Function(_)) && index == 0;
        shapes.deletes.get(&*lower(link.name)).into_iter().flatten().any(|shape| {
            if is_call {
                has(&shape.functions, link.name)
            } else {
                on_root(shape, chain, index, root).is_some()
            }
        })
    })
}

/// The name of the root, when the shape's method stands on a root it waits for.
fn on_root(
    shape: &'static Shape,
    chain: &Chain<'_>,
    link: usize,
    root: Option<(&'static super::shapes::Root, usize)>,
) -> Option<Option<&'static str>> {
    if !has(&shape.methods, chain.links.get(link)?.name) {
        return None;
    }
    let any = |list: &[String]| list.first().is_some_and(|first| first == "*");
    let name = root.map(|(root, _)| root.name.as_str());
    if any(&shape.on) {
        return Some(name);
    }
    let (root, first) = root?;
    let between = chain.links.get(first..link)?;
    let passes = any(&shape.through) || between.iter().all(|link| has(&shape.through, link.name));
    (shape.on.contains(&root.name) && passes).then_some(Some(root.name.as_str()))
}

fn holds(units: &Units<'_>, unit: usize, shape: &Shape, chain: &Chain<'_>, link: usize) -> bool {
    let when = &shape.when;
    let Some(call) = chain.links.get(link) else { return false };
    let known = |index: usize| call.args.get(index).map(|arg| units.known(&arg.value, unit));
    let class = units.list.get(unit).and_then(|unit| unit.class);
    if !fits_class(shape, class) {
        return false;
    }
    if let Some(index) = when.writes
        && !known(index).is_some_and(|mode| opens_for_writing(&mode))
    {
        return false;
    }
    if let Some(index) = when.path
        && !known(index).is_some_and(|path| is_built_on_a_path(&path))
    {
        return false;
    }
    if let Some(index) = when.array
        && !known(index).is_some_and(|value| matches!(value.kind, ExprKind::Array(_)))
    {
        return false;
    }
    if !when.starts.is_empty() {
        let args: Vec<&Arg> = match when.argument {
            Some(index) => call.args.get(index).into_iter().collect(),
            None => call.args.iter().collect(),
        };
        if !args.iter().any(|arg| starting(&units.known(&arg.value, unit), &when.starts).next().is_some()) {
            return false;
        }
    }
    let later = chain.links.get(link + 1..).unwrap_or_default();
    if !when.later.is_empty() && !later.iter().any(|link| has(&when.later, link.name)) {
        return false;
    }
    let before = link.checked_sub(1).and_then(|index| chain.links.get(index));
    when.just_after.is_empty() || before.is_some_and(|link| has(&when.just_after, link.name))
}

/// Whether the class around is as the shape asks.
pub fn fits_class(shape: &Shape, class: Option<&Class>) -> bool {
    let when = &shape.when;
    let any = |wanted: &[String], given: &[std::sync::Arc<str>]| {
        wanted.is_empty() || given.iter().any(|name| has(wanted, name))
    };
    let Some(class) = class else {
        return when.traits.is_empty() && when.extends.is_empty() && when.implements.is_empty();
    };
    any(&when.traits, &class.traits)
        && any(&when.implements, &class.interfaces)
        && (when.extends.is_empty() || class.parent.as_ref().is_some_and(|parent| has(&when.extends, parent)))
}

/// The texts in an expression that start with one of these, and the classes that are one of these.
pub fn starting<'e>(expr: &'e Expr, starts: &[String]) -> impl Iterator<Item = &'e Expr> {
    let mut found = Vec::new();
    walk::expression(expr, &mut |node| {
        let Node::Expr(one) = node else { return };
        let fits = match &one.kind {
            ExprKind::Str(text) => starts.iter().any(|start| text.starts_with(start.as_str())),
            ExprKind::ClassConstant { class: ClassRef::Named(class), .. } => has(starts, class),
            _ => false,
        };
        if fits {
            found.push(one);
        }
    });
    found.into_iter()
}

/// `w`, `a`, `x`, `c` and `r+`.
fn opens_for_writing(mode: &Expr) -> bool {
    match &mode.kind {
        ExprKind::Str(mode) => mode.starts_with(['w', 'a', 'x', 'c']) || mode.contains('+'),
        _ => false,
    }
}

fn is_built_on_a_path(expr: &Expr) -> bool {
    let mut found = false;
    walk::expression(expr, &mut |node| {
        let Node::Expr(one) = node else { return };
        found |= match &one.kind {
            ExprKind::Call { function, .. } => PATHS.contains(&&*lower(name_of(function))),
            ExprKind::MethodCall { method, .. } => PATHS.contains(&&*lower(method)),
            _ => false,
        };
    });
    found
}
