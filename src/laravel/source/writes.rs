//! What a function does to its variables: which are given a value once, and which are changed in ways we do not follow.

use std::collections::HashMap;

use super::chain::name_of;
use super::shapes::lower;
use crate::parse::php::tree::{AssignOp, Expr, ExprKind, Statement, StatementKind};
use crate::parse::php::walk::{self, Node};

/// Functions of PHP that change a variable they are given.
const BY_REFERENCE: &[&str] = &[
    "preg_match",
    "preg_match_all",
    "settype",
    "exec",
    "array_push",
    "array_pop",
    "array_shift",
    "array_unshift",
    "array_splice",
    "sort",
    "rsort",
    "usort",
    "ksort",
    "asort",
    "shuffle",
    "array_walk",
    "str_replace",
    "sscanf",
    "similar_text",
    "getimagesize",
    "openssl_sign",
    "next",
    "end",
    "reset",
    "parse_str",
];

/// How a variable gets a value.
#[derive(Debug, Clone, Copy)]
pub enum Write<'a> {
    /// `$a = value`
    Set(&'a Expr),
    /// `foreach (value as $a)`
    Each(&'a Expr),
    /// Any other way.
    Other(&'static str),
}

/// The writes of one function, by variable.
#[derive(Debug, Default)]
pub struct Writes<'a> {
    by_name: HashMap<&'a str, Vec<Write<'a>>>,
    /// Any variable may be written.
    any: Option<&'static str>,
}

impl<'a> Writes<'a> {
    /// The writes of these statements; those of closures in them only where they reach out.
    pub fn of(body: &'a [Statement]) -> Self {
        let mut writes = Self::default();
        walk::statements(body, &mut |node| match node {
            Node::Statement(statement) => writes.statement(&statement.kind),
            Node::Expr(expr) => writes.expression(&expr.kind),
        });
        writes
    }

    /// The writes of a variable, or why they are not known.
    pub fn to(&self, name: &str) -> Result<&[Write<'a>], &'static str> {
        match self.any {
            Some(why) => Err(why),
            None => Ok(self.by_name.get(name).map(Vec::as_slice).unwrap_or_default()),
        }
    }

    /// The variables that are given the value of this very expression, and no other.
    pub fn holders(&self, expr: &Expr) -> Vec<&'a str> {
        let mut holders: Vec<&str> = self
            .by_name
            .iter()
            .filter(
                |(_, writes)| matches!(writes.as_slice(), [Write::Set(value)] if std::ptr::eq(*value, expr)),
            )
            .map(|(name, _)| *name)
            .collect();
        holders.sort_unstable();
        holders
    }

    fn statement(&mut self, kind: &'a StatementKind) {
        match kind {
            StatementKind::Foreach { subject, key, value, by_reference, .. } => {
                match &value.kind {
                    ExprKind::Variable(name) if !by_reference => self.add(name, Write::Each(subject)),
                    _ => self.change(value, "a variable that a loop changes"),
                }
                if let Some(key) = key {
                    self.change(key, "a key of a loop");
                }
            }
            StatementKind::Global(names) => {
                names.iter().for_each(|name| self.add(name, Write::Other("a global variable")));
            }
            StatementKind::Static(all) => {
                all.iter().for_each(|(name, _)| self.add(name, Write::Other("a static variable")));
            }
            StatementKind::Try { catches, .. } => {
                catches.iter().filter_map(|(name, _)| name.as_ref()).for_each(|name| {
                    self.add(name, Write::Other("an exception"));
                });
            }
            _ => {}
        }
    }

    fn expression(&mut self, kind: &'a ExprKind) {
        match kind {
            ExprKind::Assign { target, op: AssignOp::Set, value } => match &target.kind {
                ExprKind::Variable(name) => self.add(name, Write::Set(value)),
                _ => self.change(target, "a variable that is built piece by piece"),
            },
            ExprKind::Assign { target, op, value } => {
                self.change(target, "a variable that is built piece by piece");
                if *op == AssignOp::Reference {
                    self.change(value, "a variable that is changed through a reference");
                }
            }
            ExprKind::Step { target, .. } => self.change(target, "a variable that is counted"),
            ExprKind::Closure(function) => {
                for capture in function.captures.iter().filter(|capture| capture.by_reference) {
                    self.add(&capture.name, Write::Other("a variable that a closure changes"));
                }
            }
            ExprKind::Include { .. } => self.any = Some("a variable that an included file may change"),
            ExprKind::Unsupported("a variable variable" | "eval") => {
                self.any = Some("a variable that may be changed by its name");
            }
            ExprKind::Call { function, args } => {
                let name = lower(name_of(function));
                if name == "extract" {
                    self.any = Some("a variable that may be extracted from an array");
                } else if BY_REFERENCE.contains(&&*name) {
                    for arg in args {
                        self.change(&arg.value, "a variable that a function changes");
                    }
                }
            }
            _ => {}
        }
    }

    /// Every variable that an assignment to this target can change.
    fn change(&mut self, target: &'a Expr, why: &'static str) {
        match &target.kind {
            ExprKind::Variable(name) => self.add(name, Write::Other(why)),
            ExprKind::Index { base, .. } => self.change(base, why),
            ExprKind::Array(items) => {
                items.iter().filter_map(|item| item.value.as_ref()).for_each(|value| self.change(value, why));
            }
            _ => {}
        }
    }

    fn add(&mut self, name: &'a str, write: Write<'a>) {
        self.by_name.entry(name).or_default().push(write);
    }
}
