//! Two possible worlds made one: what they agree on is known, the rest is unknown with the reason that parted them.

use std::sync::Arc;

use super::scope::Scope;
use super::{Array, Kind, Value};
use crate::facts::Reason;

/// The value that is `left` or `right`, decided by something unknown for `reason`.
pub fn values(left: &Value, right: &Value, reason: &Reason) -> Value {
    if same(left, right) {
        return left.clone();
    }
    let kind = match (&left.kind, &right.kind) {
        (Kind::Array(a), Kind::Array(b)) => Kind::Array(Arc::new(arrays(a, b, reason))),
        (Kind::Unknown(known), _) | (_, Kind::Unknown(known)) => Kind::Unknown(known.clone()),
        _ => Kind::Unknown(reason.clone()),
    };
    Value { kind, trail: left.trail.clone(), place: left.place.clone().or_else(|| right.place.clone()) }
}

/// Two scopes after the branches that made them.
pub fn scopes(left: &Scope, right: &Scope, reason: &Reason) -> Scope {
    let mut merged = Scope::new();
    for (name, value) in left {
        let value = match right.get(name) {
            Some(other) => values(value, other, reason),
            None => Value::unknown(reason.clone()),
        };
        merged.insert(Arc::clone(name), value);
    }
    for name in right.keys().filter(|name| !left.contains_key(*name)) {
        merged.insert(Arc::clone(name), Value::unknown(reason.clone()));
    }
    merged
}

/// A scope after a loop that ran an unknown number of times: `once` is the scope after one turn.
pub fn loop_scopes(before: &Scope, once: &Scope, reason: &Reason) -> Scope {
    let mut merged = scopes(before, once, reason);
    for (name, value) in &mut merged {
        let unchanged = matches!((before.get(name), once.get(name)), (Some(a), Some(b)) if same(a, b));
        if !unchanged && let Kind::Array(array) = &mut value.kind {
            Arc::make_mut(array).set_open(reason.clone());
        }
    }
    merged
}

/// Whether two scopes are known to be the same, what is unknown in them included.
pub fn same_scopes(left: &Scope, right: &Scope) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .all(|((left_name, a), (right_name, b))| left_name == right_name && alike(a, b))
}

/// The same, where a reason for being unknown may be another.
fn alike(left: &Value, right: &Value) -> bool {
    match (&left.kind, &right.kind) {
        (Kind::Unknown(_), Kind::Unknown(_)) => true,
        (Kind::Array(a), Kind::Array(b)) => {
            a.open().is_some() == b.open().is_some()
                && a.len() == b.len()
                && a.iter().zip(b.iter()).all(|((ka, va), (kb, vb))| ka == kb && alike(va, vb))
        }
        _ => same(left, right),
    }
}

fn arrays(left: &Array, right: &Array, reason: &Reason) -> Array {
    let mut merged = Array::new();
    for (key, value) in left.iter() {
        let value = match right.get(key) {
            Some(other) => values(value, other, reason),
            None => Value { kind: Kind::Unknown(reason.clone()), ..value.clone() },
        };
        merged.insert(key.clone(), value);
    }
    for (key, value) in right.iter().filter(|(key, _)| left.get(key).is_none()) {
        merged.insert(key.clone(), Value { kind: Kind::Unknown(reason.clone()), ..value.clone() });
    }
    if let Some(open) = left.open().or_else(|| right.open()) {
        merged.set_open(open.clone());
    }
    merged
}

/// Whether two values are known to be the same.
pub fn same(left: &Value, right: &Value) -> bool {
    match (&left.kind, &right.kind) {
        (Kind::Null, Kind::Null) => true,
        (Kind::Bool(a), Kind::Bool(b)) => a == b,
        (Kind::Int(a), Kind::Int(b)) => a == b,
        (Kind::Float(a), Kind::Float(b)) => a == b,
        (Kind::Str(a), Kind::Str(b)) | (Kind::Object(a), Kind::Object(b)) => a == b,
        (Kind::Closure(a), Kind::Closure(b)) => Arc::ptr_eq(a, b),
        (Kind::Case(a), Kind::Case(b)) => a.class == b.class && a.name == b.name,
        (Kind::Array(a), Kind::Array(b)) => {
            Arc::ptr_eq(a, b)
                || (a.open().is_none()
                    && b.open().is_none()
                    && a.len() == b.len()
                    && a.iter().zip(b.iter()).all(|((ka, va), (kb, vb))| ka == kb && same(va, vb)))
        }
        (Kind::Unknown(a), Kind::Unknown(b)) => a == b,
        _ => false,
    }
}
