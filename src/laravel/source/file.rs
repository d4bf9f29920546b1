//! The calls of one file that mean something, as far as the file alone tells: nothing of an environment is in them.

use std::sync::Arc;

use super::chain::{Chain, Link, Start};
use super::found::FileRole;
use super::matching::{self, Fit};
use super::shapes::{Shape, Shapes, has, lower};
use super::units::Units;
use super::{guards, role};
use crate::discover::SourceFile;
use crate::parse::php::tree::{Arg, Class, Expr, ExprKind, File};
use crate::parse::php::walk::{self, Node};
use crate::text::{Source, Span};

/// A call, with its arguments as expressions.
#[derive(Debug)]
pub struct Written {
    pub shape: &'static Shape,
    pub on: Option<&'static str>,
    pub source: Arc<Source>,
    pub span: Span,
    pub name: Arc<str>,
    pub args: Vec<WrittenArg>,
    pub before: Vec<WrittenCall>,
    pub chain: Vec<WrittenCall>,
    pub within: Vec<Vec<WrittenCall>>,
    pub context: WrittenContext,
}

/// A call of a chain.
#[derive(Debug)]
pub struct WrittenCall {
    pub method: Arc<str>,
    pub args: Vec<WrittenArg>,
}

/// An argument, with what its file tells of variables and constants put in.
#[derive(Debug)]
pub struct WrittenArg {
    pub name: Option<Arc<str>>,
    pub value: Expr,
    pub span: Span,
}

/// Where a call stands.
#[derive(Debug, Clone)]
pub struct WrittenContext {
    pub file: Arc<str>,
    pub role: FileRole,
    pub class: Option<Arc<str>>,
    pub method: Option<Arc<str>>,
    pub deleted_in_function: bool,
    pub guards: Vec<Arc<str>>,
}

/// The calls of a file, in the order of their places.
pub fn calls(hit: &SourceFile, file: &File, shapes: &Shapes) -> Vec<Written> {
    let units = Units::of(file, shapes);
    let relative: Arc<str> = hit.relative.as_str().into();
    let mut reader = Reader {
        source: &hit.source,
        role: role::of_file(&relative),
        relative,
        units: &units,
        shapes,
        found: Vec::new(),
    };
    (0..units.list.len()).for_each(|unit| reader.unit(unit));
    units.classes.iter().for_each(|class| reader.class(class));
    let mut found = reader.found;
    found.sort_by_key(|one| (one.span, one.shape.id.as_str()));
    found
}

struct Reader<'a, 'f> {
    source: &'f Arc<Source>,
    relative: Arc<str>,
    role: FileRole,
    units: &'f Units<'a>,
    shapes: &'f Shapes,
    found: Vec<Written>,
}

impl<'a> Reader<'a, '_> {
    fn unit(&mut self, index: usize) {
        let units = self.units;
        let Some(unit) = units.list.get(index) else { return };
        for &candidate in &unit.candidates {
            if let ExprKind::Variable(name) = &candidate.kind {
                for shape in self.shapes.superglobals.get(&*lower(name)).into_iter().flatten() {
                    let context = self.context(index, candidate.span);
                    self.found.push(self.written(shape, candidate.span, name, context));
                }
                continue;
            }
            let (chain, first) = units.chain(candidate, index);
            for fit in matching::fits(units, index, &chain, first, self.shapes) {
                if let Some(written) = self.call(index, candidate, &chain, fit) {
                    self.found.push(written);
                }
            }
        }
    }

    fn call(&self, unit: usize, whole: &'a Expr, chain: &Chain<'a>, fit: Fit) -> Option<Written> {
        let link = chain.links.get(fit.link)?;
        let name: Arc<str> = match (&chain.start, fit.link) {
            (Start::New(class), 0) => Arc::clone(class),
            _ => link.name.into(),
        };
        let mut written = self.written(fit.shape, link.span, &name, self.context(unit, link.span));
        let start = chain.root().map_or(0, |(_, first)| first).min(fit.link);
        written.on = fit.on;
        written.args = self.args(unit, link.args);
        written.before = self.calls(unit, chain.links.get(start..fit.link)?);
        written.chain = self.calls(unit, chain.links.get(fit.link + 1..)?);
        written.within = self.within(unit);
        for holder in self.units.list.get(unit)?.writes().holders(whole) {
            self.add_later(unit, holder, &mut written.chain);
        }
        Some(written)
    }

    fn written(
        &self,
        shape: &'static Shape,
        span: Span,
        name: &Arc<str>,
        context: WrittenContext,
    ) -> Written {
        Written {
            shape,
            on: None,
            source: Arc::clone(self.source),
            span,
            name: Arc::clone(name),
            args: Vec::new(),
            before: Vec::new(),
            chain: Vec::new(),
            within: Vec::new(),
            context,
        }
    }

    fn args(&self, unit: usize, args: &[Arg]) -> Vec<WrittenArg> {
        let one = |arg: &Arg| WrittenArg {
            name: arg.name.clone(),
            span: arg.value.span,
            value: if arg.spread {
                Expr { kind: ExprKind::Unsupported("a list of arguments"), span: arg.value.span }
            } else {
                self.units.known(&arg.value, unit)
            },
        };
        args.iter().map(one).collect()
    }

    fn calls(&self, unit: usize, links: &[Link<'_>]) -> Vec<WrittenCall> {
        links
            .iter()
            .map(|link| WrittenCall { method: link.name.into(), args: self.args(unit, link.args) })
            .collect()
    }

    /// What is called on the variable that keeps the result.
    fn add_later(&self, unit: usize, holder: &str, later: &mut Vec<WrittenCall>) {
        let Some(body) = self.units.list.get(unit).map(|unit| unit.body) else { return };
        let mut next: Option<*const Expr> = None;
        walk::statements(body, &mut |node| {
            let Node::Expr(expr) = node else { return };
            let ExprKind::MethodCall { object, .. } = &expr.kind else { return };
            let is_inner = next == Some(std::ptr::from_ref(expr));
            next = Some(std::ptr::from_ref(object));
            if is_inner {
                return;
            }
            let chain = Chain::of(expr);
            if matches!(chain.start, Start::Variable(name) if **name == *holder) {
                later.extend(self.calls(unit, &chain.links));
            }
        });
    }

    /// The chains that take the closures around a unit.
    fn within(&self, unit: usize) -> Vec<Vec<WrittenCall>> {
        let mut found = Vec::new();
        let mut at = self.units.list.get(unit).and_then(|unit| unit.outer);
        while let Some(outer) = at {
            if let Some((whole, call)) = outer.taken_by {
                let (chain, _) = self.units.chain(whole, outer.unit);
                let taker = chain.links.iter().rposition(|link| link.span == call);
                let start = chain.root().map_or(0, |(_, first)| first);
                if let Some(links) = taker.and_then(|taker| chain.links.get(start.min(taker)..=taker)) {
                    found.push(self.calls(outer.unit, links));
                }
            }
            at = self.units.list.get(outer.unit).and_then(|unit| unit.outer);
        }
        found
    }

    fn context(&self, unit: usize, span: Span) -> WrittenContext {
        let this = self.units.list.get(unit);
        let class = this.and_then(|unit| unit.class);
        let mut guards = Vec::new();
        self.add_guards(unit, span, &mut guards);
        WrittenContext {
            deleted_in_function: self.deletes(unit),
            method: this.and_then(|unit| unit.method).cloned(),
            guards,
            ..self.of_class(class)
        }
    }

    fn of_class(&self, class: Option<&Class>) -> WrittenContext {
        WrittenContext {
            file: Arc::clone(&self.relative),
            role: class.map_or(self.role, |class| role::of_class(class, self.role)),
            class: class.map(|class| Arc::clone(&class.name)).filter(|name| !name.is_empty()),
            method: None,
            deleted_in_function: false,
            guards: Vec::new(),
        }
    }

    fn add_guards(&self, unit: usize, span: Span, found: &mut Vec<Arc<str>>) {
        let Some(unit) = self.units.list.get(unit) else { return };
        if let Some(outer) = unit.outer {
            self.add_guards(outer.unit, outer.span, found);
        }
        guards::add(unit.body, span, self.source, found);
    }

    /// Whether a unit, or one around it in the same function, deletes a file.
    fn deletes(&self, unit: usize) -> bool {
        let mut at = Some(unit);
        while let Some(index) = at {
            let Some(unit) = self.units.list.get(index) else { return false };
            let mut found = false;
            walk::statements(unit.body, &mut |node| {
                let Node::Expr(expr) = node else { return };
                let name = match &expr.kind {
                    ExprKind::Call { function, .. } => super::chain::name_of(function),
                    ExprKind::MethodCall { method, .. } | ExprKind::StaticCall { method, .. } => method,
                    _ => return,
                };
                found = found
                    || (self.shapes.deletes.contains_key(&*lower(name))
                        && matching::deletes(&self.units.chain(expr, index).0, self.shapes));
            });
            if found {
                return true;
            }
            at = unit.outer.map(|outer| outer.unit);
        }
        false
    }

    fn class(&mut self, class: &'a Class) {
        for shape in &self.shapes.classes {
            let named = [(&shape.implements, &class.interfaces), (&shape.traits, &class.traits)];
            let by_list =
                named.into_iter().flat_map(|(wanted, given)| given.iter().filter(|name| has(wanted, name)));
            let mut names = by_list.chain(class.parent.iter().filter(|parent| has(&shape.extends, parent)));
            if let Some(name) = names.next()
                && matching::fits_class(shape, Some(class))
            {
                self.found.push(self.written(
                    shape,
                    self.first_line(class),
                    name,
                    self.of_class(Some(class)),
                ));
            }
        }
        for property in &class.properties {
            for shape in self.shapes.properties.get(&*lower(&property.name)).into_iter().flatten() {
                if !matching::fits_class(shape, Some(class)) {
                    continue;
                }
                let unit = self
                    .units
                    .list
                    .iter()
                    .position(|unit| unit.class.is_some_and(|one| std::ptr::eq(one, class)));
                let default =
                    property.default.as_ref().map(|value| self.units.known(value, unit.unwrap_or(0)));
                let values: Vec<(Expr, Span)> = if shape.when.starts.is_empty() {
                    default.into_iter().map(|value| (value, property.span)).collect()
                } else {
                    let starting = |value: &Expr| {
                        matching::starting(value, &shape.when.starts)
                            .map(|one| (one.clone(), one.span))
                            .collect()
                    };
                    default.as_ref().map(starting).unwrap_or_default()
                };
                for (value, span) in values {
                    let mut written = self.written(shape, span, &property.name, self.of_class(Some(class)));
                    written.args = vec![WrittenArg { name: None, value, span }];
                    self.found.push(written);
                }
            }
        }
    }

    /// `class A extends B implements C`
    fn first_line(&self, class: &Class) -> Span {
        let text = self.source.slice(class.span);
        let head = text.split('{').next().unwrap_or_default().trim_end();
        let line = head.lines().next().unwrap_or_default().trim_end();
        Span::new(class.span.start, class.span.start.saturating_add(u32::try_from(line.len()).unwrap_or(0)))
    }
}
