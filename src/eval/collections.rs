//! The methods of Illuminate's Collection that configs use. A collection is followed as the array inside it
//! (laravel/framework src/Illuminate/Collections/Collection.php, v8.83.29 to v13.26.1; src/Illuminate/Support/Collection.php before).

use std::sync::Arc;

use super::calls::Given;
use super::machine::Evaluator;
use super::scope::Frame;
use super::{Array, Kind, Value};
use crate::facts::Reason;
use crate::text::Span;

impl Evaluator<'_> {
    pub(super) fn collection_method(
        &self,
        frame: &mut Frame,
        span: Span,
        subject: &Value,
        method: &str,
        mut given: Vec<Given>,
    ) -> Value {
        if let Some(value) = by_class(subject, method, &given) {
            return value;
        }
        let function = match method {
            "toArray" | "all" | "collect" => return subject.clone(),
            "merge" => "array_merge",
            "replace" => "array_replace",
            "values" => "array_values",
            "keys" => "array_keys",
            "flip" => "array_flip",
            "reverse" => "array_reverse",
            "combine" => "array_combine",
            "count" => "count",
            "map" => "array_map",
            "filter" => "array_filter",
            "implode" | "join" => "implode",
            "except" | "only" => return self.pick(subject, &given, method == "only"),
            "push" | "add" => {
                let Kind::Array(array) = &subject.kind else { return subject.clone() };
                let mut array = Array::clone(array);
                given.into_iter().for_each(|(_, value)| array.push(value));
                return Value { kind: Kind::Array(Arc::new(array)), ..subject.clone() };
            }
            _ => {
                let reason = format!("the method {method}() of a collection is not followed");
                return Value::unknown(Reason::new(reason));
            }
        };
        let own = (None, subject.clone());
        match function {
            "array_map" | "implode" => given.push(own),
            _ => given.insert(0, own),
        }
        self.named_call(frame, span, function, given)
            .unwrap_or_else(|| Value::unknown(Reason::new(format!("{function}() is not followed"))))
    }

    fn pick(&self, subject: &Value, given: &[Given], keep: bool) -> Value {
        let (Kind::Array(array), Some((_, names))) = (&subject.kind, given.first()) else {
            return Value::unknown(Reason::new("a collection without names to pick by"));
        };
        let names = match &names.kind {
            Kind::Array(names) => names.values().cloned().collect(),
            _ => given.iter().map(|(_, value)| value.clone()).collect::<Vec<_>>(),
        };
        let mut keys = Vec::with_capacity(names.len());
        for name in &names {
            match super::expressions::array_key(name) {
                Ok(key) => keys.push(key),
                Err(reason) => return Value::unknown(reason),
            }
        }
        let mut picked = Array::new();
        for (key, value) in array.iter().filter(|(key, _)| keys.contains(key) == keep) {
            picked.insert(key.clone(), value.clone());
        }
        if let Some(reason) = array.open() {
            picked.set_open(reason.clone());
        }
        Value { kind: Kind::Array(Arc::new(picked)), ..subject.clone() }
    }
}

/// `ServiceProvider::defaultProviders()->replace([..])` and `->except([..])` go by class name, where a collection goes by
/// key (laravel/framework src/Illuminate/Support/DefaultProviders.php, v10.33.0 to v13.26.1). A list of
/// service providers picked by class names is such a list: by key it would pick nothing.
fn by_class(subject: &Value, method: &str, given: &[Given]) -> Option<Value> {
    let (Kind::Array(list), Some((_, Value { kind: Kind::Array(names), .. }))) =
        (&subject.kind, given.first())
    else {
        return None;
    };
    let is_class = |name: &str| name.contains('\\');
    let has_providers =
        list.values().any(|value| value.as_str().is_some_and(|name| name.ends_with("ServiceProvider")));
    if !list.is_list() || list.open().is_some() || !has_providers {
        return None;
    }
    let classes: Vec<Value> = match method {
        "replace" if names.iter().all(|(key, _)| is_class(&key.text())) => list
            .values()
            .map(|value| {
                let replacement = value.as_str().and_then(|name| names.get_text(name));
                replacement.unwrap_or(value).clone()
            })
            .collect(),
        "except" if names.values().all(|name| name.as_str().is_some_and(is_class)) => {
            let removed = |value: &&Value| names.values().any(|name| name.as_str() == value.as_str());
            list.values().filter(|value| !removed(value)).cloned().collect()
        }
        _ => return None,
    };
    Some(Value { kind: Kind::Array(Arc::new(Array::list(classes))), ..subject.clone() })
}
