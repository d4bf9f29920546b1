//! Variables and constants in an expression, replaced by what they are given in the same file. What cannot be followed
//! becomes an expression that says so, so that nobody takes it for `null`.

use std::sync::Arc;

use super::chain::{Chain, Start, is_app, name_of};
use super::shapes::lower;
use super::units::Units;
use super::writes::Write;
use crate::parse::php::tree::{Arg, AssignOp, ClassRef, Expr, ExprKind, Item, Name, Part};
use crate::text::Span;

/// Variables that stand for variables.
const MAX_STEPS: u32 = 6;
/// Values that a variable may be given.
const MAX_VALUES: usize = 4;
/// Functions that see the variables around them.
const SEES_SCOPE: &[&str] = &["compact", "get_defined_vars", "func_get_args", "func_get_arg", "extract"];

/// An expression and the unit it stands in.
type Written<'a> = (&'a Expr, usize);

impl<'a> Units<'a> {
    /// What a variable of a unit can be, or what it is instead.
    fn lookup(&self, name: &str, unit: usize) -> Result<(Vec<Write<'a>>, usize), &'static str> {
        let Some(this) = self.list.get(unit) else { return Err("a variable") };
        let writes = this.writes().to(name)?;
        let is_param =
            this.function.is_some_and(|function| function.params.iter().any(|param| *param.name == *name));
        if is_param {
            return Err("a parameter");
        }
        let Some(function) = this.function else {
            return if writes.is_empty() {
                Err("a variable that is set elsewhere")
            } else {
                Ok((writes.to_vec(), unit))
            };
        };
        let capture = function.captures.iter().find(|capture| *capture.name == *name);
        if capture.is_some_and(|capture| capture.by_reference) {
            return Err("a variable that a closure changes");
        }
        match this.outer {
            Some(outer) if (capture.is_some() || function.arrow) && writes.is_empty() => {
                self.lookup(name, outer.unit)
            }
            Some(_) if capture.is_some() => Err("a variable that a closure changes"),
            _ if writes.is_empty() => Err("a variable that is set elsewhere"),
            _ => Ok((writes.to_vec(), unit)),
        }
    }

    /// The chain that ends with an expression, from where it really starts: through a variable that keeps its first part.
    /// The second is how many of its links come from there.
    pub fn chain(&self, expr: &'a Expr, unit: usize) -> (Chain<'a>, usize) {
        self.chain_from(expr, unit, MAX_STEPS)
    }

    fn chain_from(&self, expr: &'a Expr, unit: usize, steps: u32) -> (Chain<'a>, usize) {
        let own = Chain::of(expr);
        let Start::Variable(name) = own.start else { return (own, 0) };
        let Some(steps) = steps.checked_sub(1) else { return (own, 0) };
        let Ok((writes, unit)) = self.lookup(name, unit) else { return (own, 0) };
        let [Write::Set(value) | Write::Each(value)] = writes.as_slice() else { return (own, 0) };
        let (mut kept, _) = self.chain_from(value, unit, steps);
        // Nothing that starts a chain: the variable's own name may say more.
        if kept.links.is_empty() && matches!(kept.start, Start::Other(_)) && kept.root().is_none() {
            return (own, 0);
        }
        let before = kept.links.len();
        kept.links.extend(own.links);
        (kept, before)
    }

    /// The expression with all that is known put in.
    pub fn known(&self, expr: &Expr, unit: usize) -> Expr {
        self.put(expr, unit, MAX_STEPS)
    }

    fn put(&self, expr: &Expr, unit: usize, steps: u32) -> Expr {
        let span = expr.span;
        let put = |one: &Expr| self.put(one, unit, steps);
        let boxed = |one: &Expr| Box::new(put(one));
        let args = |all: &[Arg]| -> Vec<Arg> {
            all.iter().map(|arg| Arg { value: put(&arg.value), ..arg.clone() }).collect()
        };
        let kind = match &expr.kind {
            ExprKind::Variable(name) => return self.variable(name, span, unit, steps),
            ExprKind::Constant(name) => return self.constant(expr, name, unit, steps),
            ExprKind::ClassConstant { class, name } => {
                return self.class_constant(expr, class, name, unit, steps);
            }
            ExprKind::Interpolated(parts) => {
                let part = |part: &Part| match part {
                    Part::Text(text) => Part::Text(Arc::clone(text)),
                    Part::Expr(one) => Part::Expr(put(one)),
                };
                ExprKind::Interpolated(parts.iter().map(part).collect())
            }
            ExprKind::Array(items) => {
                let item = |item: &Item| Item {
                    key: item.key.as_ref().map(put),
                    value: item.value.as_ref().map(put),
                    ..item.clone()
                };
                ExprKind::Array(items.iter().map(item).collect())
            }
            ExprKind::Call { function, .. } if SEES_SCOPE.contains(&&*lower(name_of(function))) => {
                ExprKind::Unsupported("a function that sees the variables around it")
            }
            ExprKind::Call { function, args: all } => {
                ExprKind::Call { function: function.clone(), args: args(all) }
            }
            ExprKind::StaticCall { class, method, args: all } => match self.class_named(class, unit) {
                Some(class) => ExprKind::StaticCall {
                    class: ClassRef::Named(class),
                    method: Arc::clone(method),
                    args: args(all),
                },
                None => ExprKind::Unsupported("a method of a class that is not known"),
            },
            ExprKind::MethodCall { object, method, args: all, nullsafe } => {
                let object = if is_app(object) { Box::new(the_app(object.span)) } else { boxed(object) };
                ExprKind::MethodCall {
                    object,
                    method: Arc::clone(method),
                    args: args(all),
                    nullsafe: *nullsafe,
                }
            }
            ExprKind::Property { object, name, nullsafe } => match &object.kind {
                ExprKind::ClassConstant { .. } => {
                    ExprKind::Property { object: boxed(object), name: Arc::clone(name), nullsafe: *nullsafe }
                }
                _ => ExprKind::Unsupported("a property of an object"),
            },
            ExprKind::Index { base, index: Some(index) } => {
                let environment =
                    matches!(&base.kind, ExprKind::Variable(name) if matches!(&**name, "_ENV" | "_SERVER"));
                let base = if environment { base.clone() } else { boxed(base) };
                ExprKind::Index { base, index: Some(boxed(index)) }
            }
            ExprKind::Binary { op, left, right } => {
                ExprKind::Binary { op: *op, left: boxed(left), right: boxed(right) }
            }
            ExprKind::Unary { op, operand } => ExprKind::Unary { op: *op, operand: boxed(operand) },
            ExprKind::Assign { op: AssignOp::Set, value, .. } => return put(value),
            ExprKind::Ternary { condition, then, otherwise } => ExprKind::Ternary {
                condition: boxed(condition),
                then: then.as_deref().map(boxed),
                otherwise: boxed(otherwise),
            },
            ExprKind::Coalesce { left, right } => {
                ExprKind::Coalesce { left: boxed(left), right: boxed(right) }
            }
            ExprKind::Cast { to, operand } => ExprKind::Cast { to: *to, operand: boxed(operand) },
            ExprKind::Silence(operand) => ExprKind::Silence(boxed(operand)),
            ExprKind::Empty(operand) => ExprKind::Empty(boxed(operand)),
            ExprKind::Match { subject, arms } => {
                let arm = |(conditions, result): &(Vec<Expr>, Expr)| {
                    (conditions.iter().map(put).collect(), put(result))
                };
                ExprKind::Match { subject: boxed(subject), arms: arms.iter().map(arm).collect() }
            }
            ExprKind::New { .. } => ExprKind::Unsupported("an object"),
            ExprKind::StaticProperty { .. } => ExprKind::Unsupported("a static property"),
            ExprKind::Assign { .. } | ExprKind::Step { .. } => {
                ExprKind::Unsupported("a change of a variable")
            }
            ExprKind::Isset(_) => ExprKind::Unsupported("isset"),
            ExprKind::Index { .. } | ExprKind::CallValue { .. } | ExprKind::Include { .. } => {
                ExprKind::Unsupported("an expression of this kind")
            }
            kind => kind.clone(),
        };
        Expr { kind, span }
    }

    fn variable(&self, name: &str, span: Span, unit: usize, steps: u32) -> Expr {
        let why = |why| Expr { kind: ExprKind::Unsupported(why), span };
        if name == "this" {
            return why("$this");
        }
        let Some(steps) = steps.checked_sub(1) else { return why("a variable that stands for others") };
        let (writes, unit) = match self.lookup(name, unit) {
            Ok(found) => found,
            Err(reason) => return why(reason),
        };
        let mut values: Vec<Written<'_>> = Vec::new();
        for write in &writes {
            match write {
                Write::Set(value) => values.push((value, unit)),
                Write::Each(Expr { kind: ExprKind::Array(items), .. })
                    if items.iter().all(|item| !item.spread) =>
                {
                    values.extend(
                        items.iter().filter_map(|item| item.value.as_ref()).map(|value| (value, unit)),
                    );
                }
                Write::Each(_) => return why("an entry of a list"),
                Write::Other(reason) => return why(reason),
            }
        }
        if values.len() > MAX_VALUES {
            return why("a variable with many values");
        }
        let branches = values.into_iter().map(|(value, unit)| self.put(value, unit, steps));
        let either = |one: Expr, other: Expr| Expr {
            kind: ExprKind::Ternary {
                condition: Box::new(why("which value a variable has here")),
                then: Some(Box::new(one)),
                otherwise: Box::new(other),
            },
            span,
        };
        branches.reduce(either).unwrap_or_else(|| why("an entry of an empty list"))
    }

    fn constant(&self, expr: &Expr, name: &Name, unit: usize, steps: u32) -> Expr {
        let is = |declared: &str| *name.full == *declared || name.fallback.as_deref() == Some(declared);
        let found = self.constants.iter().find(|(declared, _)| is(declared));
        match (found, steps.checked_sub(1)) {
            (Some((_, value)), Some(steps)) => self.put(value, unit, steps),
            _ => expr.clone(),
        }
    }

    fn class_constant(
        &self,
        expr: &Expr,
        class: &ClassRef,
        name: &Arc<str>,
        unit: usize,
        steps: u32,
    ) -> Expr {
        let why = |why| Expr { kind: ExprKind::Unsupported(why), span: expr.span };
        let Some(class) = self.class_named(class, unit) else {
            return why("a constant of a class that is not known");
        };
        let own = self.classes.iter().find(|one| one.name.eq_ignore_ascii_case(&class));
        let constant = own.and_then(|own| own.constants.iter().find(|(one, _)| one == name));
        match (constant, steps.checked_sub(1)) {
            (Some((_, value)), Some(steps)) => {
                let inside =
                    self.list.iter().position(|unit| unit.class.is_some_and(|one| one.name == class));
                self.put(value, inside.unwrap_or(unit), steps)
            }
            (Some(_), None) => why("a constant that stands for others"),
            (None, _) => {
                let kind = ExprKind::ClassConstant { class: ClassRef::Named(class), name: Arc::clone(name) };
                Expr { kind, span: expr.span }
            }
        }
    }

    /// The class before a `::`. Which class `static` is, only the caller knows.
    fn class_named(&self, class: &ClassRef, unit: usize) -> Option<Arc<str>> {
        let around = || self.list.get(unit).and_then(|unit| unit.class);
        match class {
            ClassRef::Named(name) => Some(Arc::clone(name)),
            ClassRef::SelfClass => Some(Arc::clone(&around()?.name)).filter(|name| !name.is_empty()),
            ClassRef::Parent => around()?.parent.clone(),
            _ => None,
        }
    }
}

/// `app()`, however the code came by it.
fn the_app(span: Span) -> Expr {
    let function = Name { full: "app".into(), fallback: None };
    Expr { kind: ExprKind::Call { function, args: Vec::new() }, span }
}
