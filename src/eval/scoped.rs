//! Functions that change their caller's variables, or see them.

use std::sync::Arc;

use super::expressions::poison;
use super::machine::Evaluator;
use super::operators;
use super::scope::Frame;
use super::variables::inherit;
use super::{Array, Key, Kind, Value};
use crate::facts::Reason;
use crate::parse::php::tree::{Arg, BinaryOp};

/// Functions of PHP that write to an argument and that we do not follow.
const WRITES_TO_ARGUMENT: &[(&str, usize)] = &[
    ("array_multisort", 0),
    ("array_splice", 0),
    ("array_walk", 0),
    ("array_walk_recursive", 0),
    ("each", 0),
    ("exec", 1),
    ("natcasesort", 0),
    ("natsort", 0),
    ("parse_str", 1),
    ("preg_match", 2),
    ("preg_match_all", 2),
    ("settype", 0),
    ("shuffle", 0),
    ("str_replace", 3),
    ("uasort", 0),
    ("uksort", 0),
    ("usort", 0),
    ("data_set", 0),
    ("data_fill", 0),
    ("array_set", 0),
    ("array_forget", 0),
    ("array_pull", 0),
    ("similar_text", 2),
    ("sscanf", 2),
];

impl Evaluator<'_> {
    /// A function that needs the caller's scope; `None` when the name is not one of these.
    pub(super) fn scope_function(&self, frame: &mut Frame, name: &str, args: &[Arg]) -> Option<Value> {
        match name {
            "compact" => Some(self.compact(frame, args)),
            "extract" => Some(self.extract(frame, args)),
            "putenv" => {
                let text = args.first().map(|arg| self.value(frame, &arg.value));
                let name = text.as_ref().and_then(Value::as_str).and_then(|text| text.split('=').next());
                self.host.variable_written(name);
                Some(Value::bool(true))
            }
            "get_defined_vars" | "func_get_args" | "eval" => {
                Some(Value::unknown(Reason::new(format!("{name}() is not followed"))))
            }
            "define" => {
                let [first, second, ..] = args else { return None };
                let key = self.value(frame, &first.value);
                let value = self.value(frame, &second.value);
                if let Kind::Str(key) = &key.kind {
                    self.constants.borrow_mut().entry(Arc::clone(key)).or_insert(value);
                }
                Some(Value::bool(true))
            }
            "defined" => {
                let key = self.value(frame, &args.first()?.value);
                let known = key.as_str().is_some_and(|key| {
                    self.constants.borrow().contains_key(key) || self.host.constant(key).is_some()
                });
                Some(if known {
                    Value::bool(true)
                } else {
                    Value::unknown(Reason::new("a constant that may be defined elsewhere"))
                })
            }
            "array_push" | "array_unshift" => Some(self.put(frame, args, name == "array_push")),
            "array_pop" | "array_shift" => Some(self.take(frame, args, name == "array_pop")),
            "sort" | "rsort" | "asort" | "arsort" | "ksort" | "krsort" if args.len() == 1 => {
                Some(self.sort(frame, args, name))
            }
            "end" | "reset" | "current" | "key" | "pos" => Some(self.pointer(frame, name, args)),
            "array_set" | "data_set" if args.len() == 3 => Some(self.set_by_dots(frame, args)),
            _ => {
                let (_, index) = WRITES_TO_ARGUMENT.iter().find(|(known, _)| *known == name)?;
                let target = args.get(*index)?;
                let place = self.place(frame, target.value.span);
                for arg in args.iter().filter(|arg| !std::ptr::eq(*arg, target)) {
                    self.value(frame, &arg.value);
                }
                self.forget_argument(frame, target, place);
                Some(Value::unknown(Reason::new(format!("{name}() is not followed"))))
            }
        }
    }

    /// `extract($array)`: each entry becomes a variable.
    fn extract(&self, frame: &mut Frame, args: &[Arg]) -> Value {
        let values: Vec<Value> = args.iter().map(|arg| self.value(frame, &arg.value)).collect();
        match values.as_slice() {
            [Value { kind: Kind::Array(array), .. }] if array.open().is_none() => {
                for (key, value) in array.iter() {
                    if let Key::Str(name) = key {
                        frame.set(name, value.clone());
                    }
                }
                Value::int(array.len() as i64)
            }
            _ => {
                let reason = Reason::new("extract() of something that is not known");
                frame.forget_all(&reason);
                Value::unknown(reason)
            }
        }
    }

    fn compact(&self, frame: &mut Frame, args: &[Arg]) -> Value {
        let mut array = Array::new();
        for arg in args {
            let name = self.value(frame, &arg.value);
            let Kind::Str(name) = &name.kind else {
                return Value::unknown(Reason::new("compact() with something other than names"));
            };
            if let Some(value) = frame.scope.get(name) {
                array.insert(Key::from_text(name), value.clone());
            }
        }
        Value::array(array)
    }

    fn put(&self, frame: &mut Frame, args: &[Arg], at_end: bool) -> Value {
        let Some((target, rest)) = args.split_first() else { return Value::null() };
        let given = match self.arguments(frame, rest) {
            Ok(given) => given,
            Err(reason) => {
                self.update(frame, &target.value, |array| poison(array, &reason));
                return Value::unknown(reason);
            }
        };
        let mut length = 0;
        self.update(frame, &target.value, |array| {
            if at_end {
                given.into_iter().for_each(|(_, value)| array.push(value));
            } else {
                let mut shifted = Array::list(given.into_iter().map(|(_, value)| value));
                for (key, value) in array.iter() {
                    match key {
                        Key::Int(_) => shifted.push(value.clone()),
                        Key::Str(_) => shifted.insert(key.clone(), value.clone()),
                    }
                }
                if let Some(reason) = array.open() {
                    shifted.set_open(reason.clone());
                }
                *array = shifted;
            }
            length = array.len();
        });
        Value::int(length as i64)
    }

    fn take(&self, frame: &mut Frame, args: &[Arg], from_end: bool) -> Value {
        let Some(target) = args.first() else { return Value::null() };
        let whole = self.value(frame, &target.value);
        let mut taken = Value::null();
        self.update(frame, &target.value, |array| {
            if let Some(reason) = array.open().cloned() {
                taken = Value::unknown(reason.clone());
                poison(array, &reason);
                return;
            }
            let key = if from_end { array.iter().next_back() } else { array.iter().next() };
            let Some(key) = key.map(|(key, _)| key.clone()) else { return };
            taken = array.remove(&key).unwrap_or_else(Value::null);
            let mut rest = Array::new();
            for (key, value) in array.iter() {
                match key {
                    Key::Int(_) if !from_end => rest.push(value.clone()),
                    _ => rest.insert(key.clone(), value.clone()),
                }
            }
            *array = rest;
        });
        inherit(taken, &whole)
    }

    fn sort(&self, frame: &mut Frame, args: &[Arg], name: &str) -> Value {
        let by_key = name.starts_with('k');
        let keep_keys = by_key || name.starts_with('a');
        let descending = matches!(name, "rsort" | "arsort" | "krsort");
        self.update(frame, &args[0].value, |array| {
            if let Some(reason) = Value::array(array.clone()).deep_reason().cloned() {
                poison(array, &reason);
                return;
            }
            let mut entries: Vec<(Key, Value)> =
                array.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
            let mut failed = None;
            entries.sort_by(|(left_key, left), (right_key, right)| {
                let (left, right) = if by_key {
                    (left_key.to_value(), right_key.to_value())
                } else {
                    (left.clone(), right.clone())
                };
                let order = match operators::binary(BinaryOp::Spaceship, &left, &right) {
                    Ok(Kind::Int(order)) => order.cmp(&0),
                    Ok(_) => std::cmp::Ordering::Equal,
                    Err(reason) => {
                        failed = Some(reason);
                        std::cmp::Ordering::Equal
                    }
                };
                if descending { order.reverse() } else { order }
            });
            if let Some(reason) = failed {
                poison(array, &reason);
                return;
            }
            let mut sorted = Array::new();
            for (key, value) in entries {
                if keep_keys { sorted.insert(key, value) } else { sorted.push(value) }
            }
            *array = sorted;
        });
        Value::bool(true)
    }

    /// `end($x)` and its kin, on an array whose pointer has not been moved by anything we follow.
    fn pointer(&self, frame: &mut Frame, name: &str, args: &[Arg]) -> Value {
        let Some(arg) = args.first() else { return Value::null() };
        let value = self.value(frame, &arg.value);
        let Kind::Array(array) = &value.kind else {
            let reason = value.reason().cloned();
            return Value::unknown(
                reason.unwrap_or_else(|| Reason::new("an array function on something else")),
            );
        };
        if let Some(reason) = array.open() {
            return Value::unknown(reason.clone());
        }
        let entry = if name == "end" { array.iter().next_back() } else { array.iter().next() };
        match (name, entry) {
            ("key", None) => Value::null(),
            (_, None) => Value::bool(false),
            ("key", Some((key, _))) => key.to_value(),
            (_, Some((_, entry))) => inherit(entry.clone(), &value),
        }
    }

    /// `Arr::set($array, 'a.b', $value)`: the array is changed in place.
    pub(super) fn set_by_dots(&self, frame: &mut Frame, args: &[Arg]) -> Value {
        let [target, key, value] = args else { return Value::null() };
        let key = self.value(frame, &key.value);
        let value = self.value(frame, &value.value);
        let Kind::Str(dots) = &key.kind else {
            let place = self.place(frame, target.value.span);
            self.forget_argument(frame, target, place);
            return Value::unknown(Reason::new("a key that is not known"));
        };
        let dots = Arc::clone(dots);
        self.update(frame, &target.value, |array| {
            let mut parts = dots.split('.').map(Key::from_text).peekable();
            let mut slot: &mut Array = array;
            while let Some(part) = parts.next() {
                if parts.peek().is_none() {
                    slot.insert(part, value.clone());
                    return;
                }
                let entry = slot.entry(part);
                if !matches!(entry.kind, Kind::Array(_)) {
                    entry.kind = Kind::Array(Arc::default());
                }
                let Kind::Array(inner) = &mut entry.kind else { return };
                slot = Arc::make_mut(inner);
            }
        });
        Value::null()
    }
}
