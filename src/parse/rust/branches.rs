//! Branches: what must hold for code to run.

use syn::visit::Visit;
use syn::{Arm, Expr, Pat};

use super::outline::{Argument, Condition, Path};
use super::reader::Reader;
use super::types::{self, name};
use super::{arguments, attributes};

/// Methods whose closure (or first one) runs only when something is not there.
const FALLBACKS: &[&str] = &["unwrap_or_else", "unwrap_or", "or_else", "or", "get_or_insert_with"];
/// Methods with a closure for what is not there, and then one for what is.
const FIRST_IS_FALLBACK: &[&str] = &["map_or_else", "map_or"];

impl Reader {
    /// Visits the arguments of a method that gives something when something else is not there.
    pub(super) fn fallback(&mut self, method: &str, on: &Argument, call: &syn::ExprMethodCall) -> bool {
        let only_first = FIRST_IS_FALLBACK.contains(&method);
        if !only_first && !FALLBACKS.contains(&method) {
            return false;
        }
        let condition = Condition::Fallback(told(on));
        for (index, arg) in call.args.iter().enumerate() {
            if only_first && index > 0 {
                self.visit_expr(arg);
            } else {
                let condition = condition.clone();
                self.within(|at| at.conditions.push(condition), |reader| reader.visit_expr(arg));
            }
        }
        true
    }

    /// `if`, `if let`, `if cfg!(..)`.
    pub(super) fn branch(&mut self, expr: &syn::ExprIf) {
        self.visit_expr(&expr.cond);
        let (yes, no) = sides(&expr.cond);
        if let Some(conditions) = yes {
            self.within(
                |at| at.conditions.extend(conditions),
                |reader| reader.visit_block(&expr.then_branch),
            );
        }
        if let (Some(conditions), Some((_, other))) = (no, &expr.else_branch) {
            self.within(|at| at.conditions.extend(conditions), |reader| reader.visit_expr(other));
        }
    }

    /// `match`.
    pub(super) fn branches(&mut self, expr: &syn::ExprMatch) {
        self.visit_expr(&expr.expr);
        let on = told(&arguments::of(&expr.expr));
        let is_given = expr.arms.iter().any(|arm| is_given(&arm.pat));
        for arm in &expr.arms {
            self.gated(&arm.attrs, |reader| reader.arm(arm, &on, is_given));
        }
    }

    fn arm(&mut self, arm: &Arm, on: &[String], has_given: bool) {
        let condition = if has_given && !is_given(&arm.pat) {
            Condition::Fallback(on.to_vec())
        } else {
            Condition::Branch(on.iter().cloned().chain(words_of(&arm.pat)).collect())
        };
        self.within(
            |at| at.conditions.push(condition),
            |reader| {
                reader.visit_pat(&arm.pat);
                reader.visit_expr(&arm.body);
            },
        );
    }
}

type Sides = (Option<Vec<Condition>>, Option<Vec<Condition>>);

/// What must hold for the two sides of an `if`; `None`: never in a build that serves.
fn sides(cond: &Expr) -> Sides {
    match cond {
        Expr::Paren(it) => sides(&it.expr),
        Expr::Unary(it) if matches!(it.op, syn::UnOp::Not(_)) => {
            let (yes, no) = sides(&it.expr);
            (no, yes)
        }
        Expr::Macro(it) if it.mac.path.is_ident("cfg") => match it.mac.parse_body::<syn::Meta>() {
            Ok(meta) => {
                let debug = || Some(vec![Condition::DebugOnly]);
                (attributes::of(&meta, false).or_else(debug), attributes::of(&meta, true).or_else(debug))
            }
            Err(_) => (Some(Vec::new()), Some(Vec::new())),
        },
        Expr::Let(it) => {
            let words = told(&arguments::of(&it.expr));
            let given = is_given(&it.pat);
            let missing = is_missing(&it.pat);
            let branch = || Some(vec![Condition::Branch(words.clone())]);
            let fallback = || Some(vec![Condition::Fallback(words.clone())]);
            (if missing { fallback() } else { branch() }, if given { fallback() } else { branch() })
        }
        _ => {
            let argument = arguments::of(cond);
            let words = told(&argument);
            let branch = || Some(vec![Condition::Branch(words.clone())]);
            let fallback = || Some(vec![Condition::Fallback(words.clone())]);
            let last = argument.names.last().map(String::as_str);
            match last {
                Some("is_none" | "is_err" | "is_empty") => (fallback(), branch()),
                Some("is_some" | "is_ok") => (branch(), fallback()),
                _ => (branch(), branch()),
            }
        }
    }
}

/// The names and texts of what decides.
fn told(argument: &Argument) -> Vec<String> {
    argument.words()
}

/// `Some(..)`, `Ok(..)`.
fn is_given(pat: &Pat) -> bool {
    match pat {
        Pat::TupleStruct(it) => last_is(&types::path(&it.path), &["Some", "Ok"]),
        Pat::Or(it) => it.cases.iter().any(is_given),
        Pat::Paren(it) => is_given(&it.pat),
        Pat::Guard(it) => is_given(&it.pat),
        Pat::Reference(it) => is_given(&it.pat),
        _ => false,
    }
}

/// `None`, `Err(..)`.
fn is_missing(pat: &Pat) -> bool {
    match pat {
        Pat::TupleStruct(it) => last_is(&types::path(&it.path), &["Err"]),
        Pat::Ident(it) => it.ident == "None",
        Pat::Path(it) => last_is(&types::path(&it.path), &["None"]),
        _ => false,
    }
}

fn last_is(path: &Path, names: &[&str]) -> bool {
    names.contains(&path.last())
}

/// The names and texts of a pattern.
fn words_of(pat: &Pat) -> Vec<String> {
    struct Words(Vec<String>);
    impl<'ast> Visit<'ast> for Words {
        fn visit_lit(&mut self, literal: &'ast syn::Lit) {
            if let syn::Lit::Str(text) = literal {
                self.0.push(text.value());
            }
        }
        fn visit_ident(&mut self, ident: &'ast syn::Ident) {
            self.0.push(name(ident));
        }
    }
    let mut words = Words(Vec::new());
    words.visit_pat(pat);
    words.0
}
