//! What an argument can be in one environment.

use std::sync::Arc;

use super::file::WrittenArg;
use super::found::Argument;
use crate::eval::{Evaluator, Value};
use crate::facts::{Place, Reason};
use crate::laravel::paths::{self, ROOT};
use crate::parse::php::tree::{Arg, BinaryOp, Expr, ExprKind, Part};
use crate::text::Source;

/// Stands for the folder for temporary files.
const TEMP: &str = "{temp}";
/// Where that folder is on the servers that are usual.
const TEMP_FOLDERS: &[&str] = &["/tmp", "/var/tmp", "/dev/shm"];
/// Branches of one argument that are told.
const MAX_BRANCHES: usize = 8;

/// Resolves an argument.
pub fn resolve(evaluator: &Evaluator<'_>, source: &Arc<Source>, arg: &WrittenArg) -> Argument {
    let place = Place::new(source, arg.span);
    let mut argument =
        Argument { name: arg.name.clone(), values: Vec::new(), starts: Vec::new(), unknown: None, place };
    Resolver { evaluator, source }.branch(&arg.value, &mut argument);
    argument
}

struct Resolver<'a> {
    evaluator: &'a Evaluator<'a>,
    source: &'a Arc<Source>,
}

impl Resolver<'_> {
    fn branch(&self, expr: &Expr, into: &mut Argument) {
        let value = self.evaluator.expression(self.source, expr);
        let Some(reason) = value.reason().cloned() else { return add(value, into) };
        match &expr.kind {
            _ if into.values.len() + into.starts.len() > MAX_BRANCHES => into.unknown = Some(reason),
            ExprKind::Ternary { condition, then, otherwise } => {
                self.branch(then.as_deref().unwrap_or(condition), into);
                self.branch(otherwise, into);
            }
            ExprKind::Coalesce { left, right } => {
                self.branch(left, into);
                self.branch(right, into);
            }
            ExprKind::Match { arms, .. } => arms.iter().for_each(|(_, result)| self.branch(result, into)),
            _ => {
                if let Some(start) = self.start(expr).filter(|start| !start.is_empty()) {
                    add_start(&start, into);
                }
                into.unknown.get_or_insert(reason);
            }
        }
    }

    /// How the text of an expression starts, as far as it is known.
    fn start(&self, expr: &Expr) -> Option<String> {
        if let Some(text) = self.evaluator.expression(self.source, expr).as_str() {
            return Some(text.to_owned());
        }
        match &expr.kind {
            ExprKind::Binary { op: BinaryOp::Concat, left, right } => self.joined([&**left, &**right]),
            ExprKind::Interpolated(parts) => {
                let mut text = String::new();
                for part in parts {
                    match part {
                        Part::Text(piece) => text.push_str(piece),
                        Part::Expr(one) => {
                            let value = self.evaluator.expression(self.source, one);
                            match value.as_str() {
                                Some(piece) => text.push_str(piece),
                                None => {
                                    text.push_str(&self.start(one).unwrap_or_default());
                                    return Some(text);
                                }
                            }
                        }
                    }
                }
                Some(text)
            }
            ExprKind::Call { function, args } => match super::chain::name_of(function) {
                "sys_get_temp_dir" => Some(TEMP.to_owned()),
                "tempnam" => Some(format!("{}/", self.start(&args.first()?.value)?.trim_end_matches('/'))),
                name if name.ends_with("_path") => {
                    self.helper(expr, args, |args| ExprKind::Call { function: function.clone(), args })
                }
                _ => None,
            },
            ExprKind::MethodCall { object, method, args, nullsafe } if method.ends_with("Path") => self
                .helper(expr, args, |args| ExprKind::MethodCall {
                    object: object.clone(),
                    method: Arc::clone(method),
                    args,
                    nullsafe: *nullsafe,
                }),
            _ => None,
        }
    }

    /// A path helper whose argument is known from its start only: asked for the part that is known.
    fn helper(&self, expr: &Expr, args: &[Arg], with: impl Fn(Vec<Arg>) -> ExprKind) -> Option<String> {
        let first = args.first()?;
        let tail = self.start(&first.value).unwrap_or_default();
        let known = Expr { kind: ExprKind::Str(tail.as_str().into()), span: first.value.span };
        let asked = Expr { kind: with(vec![Arg { value: known, ..first.clone() }]), span: expr.span };
        let folder = self.evaluator.expression(self.source, &asked);
        let folder = folder.as_str()?;
        Some(if tail.is_empty() { format!("{folder}/") } else { folder.to_owned() })
    }

    fn joined(&self, [left, right]: [&Expr; 2]) -> Option<String> {
        let whole = self.evaluator.expression(self.source, left);
        let ends = matches!(&left.kind, ExprKind::Call { function, .. } if super::chain::name_of(function) == "sys_get_temp_dir");
        let start = match whole.as_str() {
            Some(text) => text.to_owned(),
            None if ends => TEMP.to_owned(),
            None => {
                // `sys_get_temp_dir() . '/a' . $b` is joined from the left.
                let start = self.start(left)?;
                let is_whole = start.starts_with(TEMP) && self.is_whole(left);
                if !is_whole {
                    return Some(start);
                }
                start
            }
        };
        Some(format!("{start}{}", self.start(right).unwrap_or_default()))
    }

    /// Whether only the folder for temporary files keeps an expression from being known.
    fn is_whole(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Binary { op: BinaryOp::Concat, left, right } => {
                self.is_whole(left) && self.is_whole(right)
            }
            ExprKind::Call { function, .. } if super::chain::name_of(function) == "sys_get_temp_dir" => true,
            _ => !self.evaluator.expression(self.source, expr).is_unknown(),
        }
    }
}

fn add(value: Value, into: &mut Argument) {
    let text = value.as_str().map(Arc::<str>::from);
    let known = |one: &Value| text.is_some() && one.as_str() == text.as_deref();
    if into.values.iter().any(known) {
        return;
    }
    if let Some(text) = &text {
        add_start(text, into);
    }
    into.values.push(value);
}

fn add_start(text: &str, into: &mut Argument) {
    let start = path(text);
    if !into.starts.contains(&start) {
        into.starts.push(start);
    }
}

/// A path without detours; the usual folders for temporary files by their mark.
fn path(text: &str) -> Arc<str> {
    for folder in TEMP_FOLDERS {
        if let Some(rest) = text.strip_prefix(folder)
            && (rest.is_empty() || rest.starts_with('/'))
        {
            return format!("{TEMP}{rest}").into();
        }
    }
    let detour = text.contains("//") || text.contains("/./") || text.contains("/../");
    match paths::inside(text) {
        Some(inside) if detour => {
            let end = if text.ends_with('/') && !inside.is_empty() { "/" } else { "" };
            format!("{ROOT}/{inside}{end}").into()
        }
        _ => text.into(),
    }
}

/// Why an argument is not known, when it is not known at all.
impl Argument {
    /// The reason why nothing of it is known.
    #[must_use]
    pub fn unknown_whole(&self) -> Option<&Reason> {
        if self.values.is_empty() && self.starts.is_empty() { self.unknown.as_ref() } else { None }
    }
}
