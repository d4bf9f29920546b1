//! Functions that call back: `array_map`, `array_filter` and their kin.

use std::sync::Arc;

use super::calls::Given;
use super::machine::Evaluator;
use super::scope::Frame;
use super::variables::inherit;
use super::{Array, Kind, Value};
use crate::facts::{Place, Reason};

/// `ARRAY_FILTER_USE_KEY` and `ARRAY_FILTER_USE_BOTH` (php-src ext/standard/basic_functions.stub.php).
const USE_KEY: i64 = 2;
const USE_BOTH: i64 = 1;

impl Evaluator<'_> {
    /// A function that takes a callable; `None` when the name is not one of these.
    pub(super) fn callback_function(
        &self,
        frame: &mut Frame,
        place: &Place,
        name: &str,
        given: &[Given],
    ) -> Option<Value> {
        let at = |index: usize| given.get(index).map(|(_, value)| value);
        match name {
            "array_map" if given.len() == 2 => Some(self.array_map(frame, place, at(0)?, at(1)?)),
            "array_map" if given.len() > 2 => Some(self.zip_map(frame, place, at(0)?, &given[1..])),
            "array_filter" => Some(self.array_filter(frame, place, at(0)?, at(1), at(2))),
            "array_reduce" => Some(self.array_reduce(frame, place, at(0)?, at(1)?, at(2))),
            "call_user_func" => {
                let (_, callee) = given.first()?;
                Some(self.call_callable(frame, place.span, callee, given[1..].to_vec()))
            }
            "call_user_func_array" => {
                let Kind::Array(args) = &at(1)?.kind else { return None };
                let args = args.values().map(|value| (None, value.clone())).collect();
                Some(self.call_callable(frame, place.span, at(0)?, args))
            }
            // illuminate/support helpers.php: value() calls a closure, with() and tap() call their second argument.
            "value" | "with" => {
                let first = at(0)?.clone();
                match (name, &first.kind, at(1)) {
                    ("value", Kind::Closure(closure), _) => {
                        Some(self.call_closure(closure, given[1..].to_vec()))
                    }
                    ("with", _, Some(callback)) if !matches!(callback.kind, Kind::Null) => {
                        Some(self.call_callable(frame, place.span, callback, vec![(None, first)]))
                    }
                    _ => Some(first),
                }
            }
            "collect" => Some(match at(0) {
                Some(value) if matches!(value.kind, Kind::Array(_) | Kind::Unknown(_)) => value.clone(),
                Some(Value { kind: Kind::Null, .. }) | None => Value::array(Array::new()),
                Some(_) => Value::unknown(Reason::new("a collection of something other than an array")),
            }),
            "tap" if given.len() == 2 => Some(at(0)?.clone()),
            _ => None,
        }
    }

    fn array_map(&self, frame: &mut Frame, place: &Place, callback: &Value, subject: &Value) -> Value {
        let array = match known_array(subject) {
            Ok(array) => array,
            Err(unknown) => return unknown,
        };
        if matches!(callback.kind, Kind::Null) {
            return subject.clone();
        }
        let mut mapped = Array::new();
        for (key, value) in array.iter() {
            let entry = inherit(value.clone(), subject);
            let mut result = self.call_callable(frame, place.span, callback, vec![(None, entry)]);
            if result.trail.is_empty() {
                result.trail = value.trail.clone();
            }
            result.place = value.place.clone();
            mapped.insert(key.clone(), result);
        }
        copy_open(array, &mut mapped);
        self.built(frame, place.span, Kind::Array(Arc::new(mapped)), std::slice::from_ref(subject))
    }

    /// `array_map` over several arrays: the n-th values together, `null` where one is shorter.
    fn zip_map(&self, frame: &mut Frame, place: &Place, callback: &Value, subjects: &[Given]) -> Value {
        let mut columns: Vec<Vec<Value>> = Vec::new();
        for (_, subject) in subjects {
            match known_array(subject) {
                Ok(array) if array.open().is_none() => {
                    columns.push(array.values().map(|value| inherit(value.clone(), subject)).collect());
                }
                Ok(array) => {
                    return array.open().map_or_else(Value::null, |reason| Value::unknown(reason.clone()));
                }
                Err(unknown) => return unknown,
            }
        }
        let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
        let mut mapped = Array::new();
        for row in 0..rows {
            let args = columns.iter().map(|column| column.get(row).cloned().unwrap_or_else(Value::null));
            let value = match callback.kind {
                Kind::Null => Value::array(Array::list(args)),
                _ => {
                    self.call_callable(frame, place.span, callback, args.map(|value| (None, value)).collect())
                }
            };
            mapped.push(value);
        }
        let parts: Vec<Value> = subjects.iter().map(|(_, subject)| subject.clone()).collect();
        self.built(frame, place.span, Kind::Array(Arc::new(mapped)), &parts)
    }

    fn array_filter(
        &self,
        frame: &mut Frame,
        place: &Place,
        subject: &Value,
        callback: Option<&Value>,
        mode: Option<&Value>,
    ) -> Value {
        let array = match known_array(subject) {
            Ok(array) => array,
            Err(unknown) => return unknown,
        };
        let callback = callback.filter(|callback| !matches!(callback.kind, Kind::Null));
        let mode = match mode.map(|mode| &mode.kind) {
            Some(Kind::Int(mode)) => *mode,
            _ => 0,
        };
        let mut kept = Array::new();
        for (key, value) in array.iter() {
            let verdict = match callback {
                None => value.clone(),
                Some(callback) => {
                    let args = match mode {
                        USE_KEY => vec![(None, key.to_value())],
                        USE_BOTH => vec![(None, value.clone()), (None, key.to_value())],
                        _ => vec![(None, value.clone())],
                    };
                    self.call_callable(frame, place.span, callback, args)
                }
            };
            match self.truth(&verdict) {
                Ok(true) => kept.insert(key.clone(), inherit(value.clone(), subject)),
                Ok(false) => {}
                Err(reason) => {
                    // It may be there or not: the entry is unknown and so is what else the array holds.
                    kept.insert(key.clone(), Value { kind: Kind::Unknown(reason.clone()), ..value.clone() });
                    kept.set_open(reason);
                }
            }
        }
        copy_open(array, &mut kept);
        self.built(frame, place.span, Kind::Array(Arc::new(kept)), std::slice::from_ref(subject))
    }

    fn array_reduce(
        &self,
        frame: &mut Frame,
        place: &Place,
        subject: &Value,
        callback: &Value,
        initial: Option<&Value>,
    ) -> Value {
        let array = match known_array(subject) {
            Ok(array) => array,
            Err(unknown) => return unknown,
        };
        if let Some(reason) = array.open() {
            return Value::unknown(reason.clone());
        }
        let start = initial.cloned().unwrap_or_else(Value::null);
        array.values().fold(start, |carry, value| {
            self.call_callable(frame, place.span, callback, vec![(None, carry), (None, value.clone())])
        })
    }
}

fn known_array(subject: &Value) -> Result<&Array, Value> {
    match &subject.kind {
        Kind::Array(array) => Ok(array),
        Kind::Unknown(reason) => Err(Value::unknown(reason.clone())),
        _ => Err(Value::unknown(Reason::new("an array function on something else"))),
    }
}

fn copy_open(from: &Array, to: &mut Array) {
    if let Some(reason) = from.open() {
        to.set_open(reason.clone());
    }
}
