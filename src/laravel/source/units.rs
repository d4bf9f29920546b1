//! The functions of a file, each with the calls in it that may matter.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ptr;
use std::sync::Arc;

use super::chain;
use super::shapes::{Shapes, lower};
use super::writes::Writes;
use crate::parse::php::tree::{
    Arg, Class, ClassRef, Expr, ExprKind, File, Function, Name, Statement, StatementKind,
};
use crate::parse::php::walk::{self, Node};
use crate::text::Span;

/// The top of a file, a function, a method or a closure: what has variables of its own.
#[derive(Debug)]
pub struct Unit<'a> {
    /// Its statements.
    pub body: &'a [Statement],
    /// Its declaration; `None` for the top of the file.
    pub function: Option<&'a Function>,
    /// The class around it.
    pub class: Option<&'a Class>,
    /// The named function or method around it.
    pub method: Option<&'a Arc<str>>,
    /// For a closure: where it is written.
    pub outer: Option<Outer<'a>>,
    /// Whole chains with a call in them that a shape waits for, and superglobals.
    pub candidates: Vec<&'a Expr>,
    writes: OnceCell<Writes<'a>>,
}

/// Where a closure is written.
#[derive(Debug, Clone, Copy)]
pub struct Outer<'a> {
    /// The unit around it, by its index.
    pub unit: usize,
    /// The closure itself.
    pub span: Span,
    /// The chain that takes it, and the call of that chain.
    pub taken_by: Option<(&'a Expr, Span)>,
}

/// The units of a file.
#[derive(Debug, Default)]
pub struct Units<'a> {
    /// All of them; one that is around another comes first.
    pub list: Vec<Unit<'a>>,
    /// The classes, with the unit that declares them.
    pub classes: Vec<&'a Class>,
    /// `const A = 1` outside of classes.
    pub constants: Vec<(&'a Arc<str>, &'a Expr)>,
}

impl<'a> Unit<'a> {
    fn new(body: &'a [Statement]) -> Self {
        Self {
            body,
            function: None,
            class: None,
            method: None,
            outer: None,
            candidates: Vec::new(),
            writes: OnceCell::new(),
        }
    }

    /// What it does to its variables.
    pub fn writes(&self) -> &Writes<'a> {
        self.writes.get_or_init(|| Writes::of(self.body))
    }
}

impl<'a> Units<'a> {
    /// The units of a file, with the calls that the shapes wait for.
    pub fn of(file: &'a File, shapes: &Shapes) -> Self {
        let mut units = Self { list: vec![Unit::new(&file.statements)], ..Self::default() };
        let mut index = 0;
        while index < units.list.len() {
            let mut found = Collector {
                shapes,
                chain: None,
                taken: HashMap::new(),
                inner: Vec::new(),
                candidates: Vec::new(),
            };
            let unit = &units.list[index];
            walk::statements(unit.body, &mut |node| found.visit(node));
            let (class, method) = (unit.class, unit.method);
            let Collector { inner, candidates, taken, .. } = found;
            units.list[index].candidates = candidates;
            for declared in inner {
                units.enter(declared, index, class, method, &taken);
            }
            index += 1;
        }
        units
    }

    fn enter(
        &mut self,
        declared: Inner<'a>,
        unit: usize,
        class: Option<&'a Class>,
        method: Option<&'a Arc<str>>,
        taken: &HashMap<*const Expr, (&'a Expr, Span)>,
    ) {
        match declared {
            Inner::Closure(expr, function) => {
                let taken_by = taken.get(&ptr::from_ref(expr)).copied();
                let outer = Some(Outer { unit, span: expr.span, taken_by });
                let function_of = Some(function);
                self.list.push(Unit {
                    function: function_of,
                    class,
                    method,
                    outer,
                    ..Unit::new(&function.body)
                });
            }
            Inner::Function(function) => self.list.push(Unit {
                function: Some(function),
                method: Some(&function.name),
                ..Unit::new(&function.body)
            }),
            Inner::Class(class) => {
                self.classes.push(class);
                self.list.extend(class.methods.iter().map(|method| Unit {
                    function: Some(method),
                    class: Some(class),
                    method: Some(&method.name),
                    ..Unit::new(&method.body)
                }));
            }
            Inner::Constant(name, value) => self.constants.push((name, value)),
        }
    }
}

/// Something declared in a unit.
enum Inner<'a> {
    Closure(&'a Expr, &'a Function),
    Function(&'a Function),
    Class(&'a Class),
    Constant(&'a Arc<str>, &'a Expr),
}

struct Collector<'a, 's> {
    shapes: &'s Shapes,
    /// The expression that comes next when the chain goes on, and the whole chain.
    chain: Option<(&'a Expr, &'a Expr)>,
    taken: HashMap<*const Expr, (&'a Expr, Span)>,
    inner: Vec<Inner<'a>>,
    candidates: Vec<&'a Expr>,
}

impl<'a> Collector<'a, '_> {
    fn visit(&mut self, node: Node<'a>) {
        match node {
            Node::Statement(statement) => match &statement.kind {
                StatementKind::Function(function) => self.inner.push(Inner::Function(function)),
                StatementKind::Class(class) => self.inner.push(Inner::Class(class)),
                StatementKind::Const(all) => {
                    self.inner.extend(all.iter().map(|(name, value)| Inner::Constant(name, value)));
                }
                _ => {}
            },
            Node::Expr(expr) => self.expression(expr),
        }
    }

    fn expression(&mut self, expr: &'a Expr) {
        // A chain is walked from its end to its start: its object is the very next thing that is visited.
        let whole = match self.chain.take() {
            Some((next, whole)) if ptr::eq(next, expr) => whole,
            _ => expr,
        };
        self.chain = chain::object(expr).map(|object| (object, whole));
        let waited_for = match &expr.kind {
            ExprKind::MethodCall { method, args, .. } => {
                self.arguments(whole, expr.span, args);
                self.shapes.methods.contains_key(&*lower(method))
            }
            ExprKind::StaticCall { class, method, args } => {
                self.class(class);
                self.arguments(whole, expr.span, args);
                self.shapes.methods.contains_key(&*lower(method))
            }
            ExprKind::Call { function, args } => {
                self.arguments(whole, expr.span, args);
                self.shapes.functions.contains_key(&*lower(name(function)))
            }
            ExprKind::New { class, args } => {
                self.class(class);
                self.arguments(whole, expr.span, args);
                matches!(class, ClassRef::Named(name) if self.shapes.new.contains_key(&*lower(name)))
            }
            ExprKind::Variable(name) => self.shapes.superglobals.contains_key(&*lower(name)),
            ExprKind::Closure(function) => {
                self.inner.push(Inner::Closure(expr, function));
                false
            }
            _ => false,
        };
        if waited_for && !self.candidates.last().is_some_and(|last| ptr::eq(*last, whole)) {
            self.candidates.push(whole);
        }
    }

    fn class(&mut self, class: &'a ClassRef) {
        if let ClassRef::Anonymous(class) = class {
            self.inner.push(Inner::Class(class));
        }
    }

    fn arguments(&mut self, whole: &'a Expr, call: Span, args: &'a [Arg]) {
        for arg in args.iter().filter(|arg| matches!(arg.value.kind, ExprKind::Closure(_))) {
            self.taken.insert(ptr::from_ref(&arg.value), (whole, call));
        }
    }
}

fn name(function: &Name) -> &str {
    chain::name_of(function)
}
