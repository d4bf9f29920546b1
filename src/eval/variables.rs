use std::sync::Arc;

use super::expressions::{array_key, poison};
use super::machine::Evaluator;
use super::merge;
use super::operators;
use super::scope::Frame;
use super::{Array, Key, Kind, Value};
use crate::facts::Reason;
use crate::parse::php::tree::{AssignOp, BinaryOp, Expr, ExprKind, Item};

/// One step from a variable into the array it holds.
enum Path {
    Key(Key),
    Push,
    Unknown(Reason),
}

impl Evaluator<'_> {
    pub(super) fn variable(&self, frame: &Frame, name: &str) -> Value {
        match frame.scope.get(name) {
            Some(value) => value.clone(),
            None if matches!(
                name,
                "_ENV" | "_SERVER" | "GLOBALS" | "_GET" | "_POST" | "_REQUEST" | "_COOKIE"
            ) =>
            {
                Value::unknown(Reason::new(format!("${name} as a whole is not followed")))
            }
            None if name == "this" || name == "app" => {
                Value::unknown(Reason::new(format!("${name} is set outside of this file")))
            }
            None => frame.open.clone().map_or_else(Value::null, Value::unknown),
        }
    }

    pub(super) fn index(&self, frame: &mut Frame, base: &Expr, index: Option<&Expr>) -> Value {
        let Some(index) = index else { return Value::unknown(Reason::new("an append used as a value")) };
        if let ExprKind::Variable(name) = &base.kind
            && matches!(name.as_ref(), "_ENV" | "_SERVER")
        {
            let key = self.value(frame, index);
            let place = self.place(frame, base.span);
            let unnamed =
                || Value::unknown(Reason::new("a variable of the environment whose name is not known"));
            return self.host.superglobal(name, &key, &place).unwrap_or_else(unnamed);
        }
        let container = self.value(frame, base);
        let key = self.value(frame, index);
        entry_of(&container, &key)
    }

    pub(super) fn assign(&self, frame: &mut Frame, target: &Expr, op: AssignOp, value: &Expr) -> Value {
        match op {
            AssignOp::Set if has_effects_in_index(target) => {
                let reason =
                    Reason::at("an index that changes what is assigned", self.place(frame, target.span));
                let assigned = self.value(frame, value);
                self.store(frame, target, assigned);
                if let Some(name) = root_of(target).cloned() {
                    frame.set(&name, Value::unknown(reason.clone()));
                }
                Value::unknown(reason)
            }
            AssignOp::Set => {
                let assigned = self.value(frame, value);
                let mut assigned = frame.under_condition(assigned);
                if !matches!(value.kind, ExprKind::Variable(_)) || assigned.place.is_none() {
                    assigned.place = Some(self.place(frame, value.span));
                }
                self.store(frame, target, assigned.clone());
                assigned
            }
            AssignOp::Reference => {
                let reason = Reason::at("a reference to another variable", self.place(frame, target.span));
                for side in [target, value] {
                    match root_of(side) {
                        Some(name) => frame.share(name),
                        None => self.store(frame, side, Value::unknown(reason.clone())),
                    }
                }
                Value::unknown(reason)
            }
            AssignOp::Coalesce => {
                let current = self.value(frame, target);
                match current.kind {
                    Kind::Null => {
                        let mut assigned = self.value(frame, value);
                        assigned.place = Some(self.place(frame, value.span));
                        self.store(frame, target, assigned.clone());
                        assigned
                    }
                    Kind::Unknown(ref reason) => {
                        let reason = reason.clone();
                        let other = self.value(frame, value);
                        let merged = merge::values(&current, &other, &reason);
                        self.store(frame, target, merged.clone());
                        merged
                    }
                    _ => current,
                }
            }
            AssignOp::With(operator) => {
                let current = self.value(frame, target);
                let operand = self.value(frame, value);
                let kind = match operator {
                    BinaryOp::Concat => operators::concat(&current, &operand),
                    _ => operators::binary(operator, &current, &operand),
                };
                let kind = kind.unwrap_or_else(Kind::Unknown);
                let mut result = self.built(frame, target.span, kind, &[current, operand]);
                result.place = Some(self.place(frame, value.span));
                self.store(frame, target, result.clone());
                result
            }
        }
    }

    pub(super) fn increment(&self, frame: &mut Frame, target: &Expr, by: i64, prefix: bool) -> Value {
        let before = self.value(frame, target);
        let kind = match &before.kind {
            Kind::Null if by < 0 => Ok(Kind::Null),
            Kind::Null => Ok(Kind::Int(by)),
            Kind::Int(_) | Kind::Float(_) => operators::binary(BinaryOp::Add, &before, &Value::int(by)),
            Kind::Unknown(reason) => Err(reason.clone()),
            _ => Err(Reason::new("an increment of something other than a number")),
        };
        let after = Value { kind: kind.unwrap_or_else(Kind::Unknown), ..before.clone() };
        self.store(frame, target, after.clone());
        if prefix { after } else { before }
    }

    /// Writes a value to whatever can be written to: a variable, an entry, a list pattern.
    pub(super) fn store(&self, frame: &mut Frame, target: &Expr, value: Value) {
        match &target.kind {
            ExprKind::Variable(name) => frame.set(name, value),
            ExprKind::Array(items) => self.destructure(frame, items, &value),
            ExprKind::Index { base, index } if is_environment(base) => {
                let name = index.as_ref().map(|index| self.value(frame, index));
                self.host.variable_written(name.as_ref().and_then(Value::as_str));
            }
            ExprKind::Index { .. } => {
                let mut path = Vec::new();
                let mut base = target;
                while let ExprKind::Index { base: inner, index } = &base.kind {
                    path.push(match index {
                        None => Path::Push,
                        Some(index) => {
                            array_key(&self.value(frame, index)).map_or_else(Path::Unknown, Path::Key)
                        }
                    });
                    base = inner;
                }
                path.reverse();
                if let ExprKind::Variable(name) = &base.kind
                    && !frame.shared.contains(name)
                {
                    let slot = frame.scope.entry(Arc::clone(name)).or_insert_with(Value::null);
                    write(slot, &path, value);
                }
            }
            // `$$name = ..` may be any variable.
            ExprKind::Unsupported(_) => {
                let place = self.place(frame, target.span);
                frame.forget_all(&Reason::at("a variable whose name is computed", place));
            }
            // Properties and static properties are not followed, so nothing can go stale.
            _ => {}
        }
    }

    /// Writes an entry of the array that an expression names.
    pub(super) fn store_entry(&self, frame: &mut Frame, target: &Expr, key: Key, value: Value) {
        if let ExprKind::Variable(name) = &target.kind
            && let Some(slot) = frame.scope.get_mut(name)
        {
            write(slot, &[Path::Key(key)], value);
        }
    }

    /// Changes the array that an expression names; `null` counts as an empty one.
    pub(super) fn update(&self, frame: &mut Frame, target: &Expr, change: impl FnOnce(&mut Array)) {
        let mut value = self.value(frame, target);
        match &mut value.kind {
            Kind::Array(array) => change(Arc::make_mut(array)),
            Kind::Null => {
                let mut array = Array::new();
                change(&mut array);
                value.kind = Kind::Array(Arc::new(array));
            }
            Kind::Unknown(_) => return,
            _ => value.kind = Kind::Unknown(Reason::new("an array function on something else")),
        }
        self.store(frame, target, value);
    }

    pub(super) fn unset(&self, frame: &mut Frame, target: &Expr) {
        match &target.kind {
            ExprKind::Variable(name) => {
                frame.scope.remove(name);
            }
            ExprKind::Index { base, index: Some(index) } => {
                let key = array_key(&self.value(frame, index));
                if matches!(self.value(frame, base).kind, Kind::Null) {
                    return;
                }
                self.update(frame, base, |array| match key {
                    Ok(key) => {
                        array.remove(&key);
                    }
                    Err(reason) => poison(array, &reason),
                });
            }
            _ => {}
        }
    }

    fn destructure(&self, frame: &mut Frame, items: &[Item], value: &Value) {
        for (position, item) in items.iter().enumerate() {
            let key = match &item.key {
                Some(key) => self.value(frame, key),
                None => Value::int(position as i64),
            };
            if let Some(target) = &item.value {
                let part = entry_of(value, &key);
                self.store(frame, target, part);
            }
        }
    }
}

/// An entry that has no trail of its own came about as the whole did: a piece of what `explode()` made.
#[must_use]
pub fn inherit(entry: Value, whole: &Value) -> Value {
    if entry.trail.is_empty() && entry.place.is_none() {
        entry.with_trail(whole.trail.clone())
    } else {
        entry
    }
}

/// The variable that an expression writes to.
pub(super) fn root_of(target: &Expr) -> Option<&Arc<str>> {
    match &target.kind {
        ExprKind::Variable(name) => Some(name),
        ExprKind::Index { base, .. } => root_of(base),
        _ => None,
    }
}

/// `$_ENV`, `$_SERVER`
fn is_environment(base: &Expr) -> bool {
    matches!(&base.kind, ExprKind::Variable(name) if matches!(name.as_ref(), "_ENV" | "_SERVER"))
}

/// `$list[$i++] = $i`: PHP evaluates the index first, we the value.
fn has_effects_in_index(target: &Expr) -> bool {
    let ExprKind::Index { base, index } = &target.kind else { return false };
    let changes = |index: &Expr| matches!(index.kind, ExprKind::Step { .. } | ExprKind::Assign { .. });
    index.as_deref().is_some_and(changes) || has_effects_in_index(base)
}

/// `container[key]`.
pub(super) fn entry_of(container: &Value, name: &Value) -> Value {
    let key = name;
    match &container.kind {
        Kind::Array(array) => match array_key(key) {
            Ok(key) => match (array.get(&key), array.open()) {
                (Some(value), _) => inherit(value.clone(), container).chosen_by(name),
                (None, Some(reason)) => Value::unknown(reason.clone()),
                (None, None) => Value::null(),
            },
            Err(reason) => Value::unknown(reason),
        },
        Kind::Null | Kind::Bool(_) | Kind::Int(_) | Kind::Float(_) => Value::null(),
        Kind::Unknown(reason) => Value::unknown(reason.clone()),
        Kind::Str(text) => match &key.kind {
            Kind::Int(at) => byte_at(text, *at),
            Kind::Unknown(reason) => Value::unknown(reason.clone()),
            _ => Value::unknown(Reason::new("a string read by a key that is no number")),
        },
        Kind::Object(_) | Kind::Closure(_) | Kind::Case(_) => {
            Value::unknown(Reason::new("an entry of an object"))
        }
    }
}

fn byte_at(text: &str, at: i64) -> Value {
    let index = if at < 0 { text.len() as i64 + at } else { at };
    match usize::try_from(index).ok().and_then(|index| text.as_bytes().get(index)) {
        Some(byte) if byte.is_ascii() && text.is_ascii() => Value::str((*byte as char).to_string()),
        Some(_) => Value::unknown(Reason::new("a byte of a string that is not ASCII")),
        // PHP warns and gives an empty string; `??` and isset() see null.
        None => Value::null(),
    }
}

fn write(slot: &mut Value, path: &[Path], value: Value) {
    let Some((step, rest)) = path.split_first() else {
        *slot = value;
        return;
    };
    if matches!(slot.kind, Kind::Null) {
        slot.kind = Kind::Array(Arc::default());
    }
    match &mut slot.kind {
        Kind::Array(array) => {
            let array = Arc::make_mut(array);
            match step {
                Path::Key(key) => write(array.entry(key.clone()), rest, value),
                Path::Push => {
                    let mut entry = Value::null();
                    write(&mut entry, rest, value);
                    array.push(entry);
                }
                Path::Unknown(reason) => poison(array, reason),
            }
        }
        Kind::Unknown(_) => {}
        _ => slot.kind = Kind::Unknown(Reason::new("an entry written into something that is no array")),
    }
}
