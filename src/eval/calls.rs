use std::sync::Arc;

use super::coerce::coerce;
use super::machine::Evaluator;
use super::scope::{Flow, Frame};
use super::{Array, Closure, Key, Kind, Value, functions};
use crate::facts::{Place, Reason};
use crate::parse::php::tree::{Arg, Expr, ExprKind, Function, Name};
use crate::text::{Source, Span};

/// Functions whose result is right whatever stands for the app's root in their arguments.
const KEEPS_ROOT: &[&str] = &[
    "rtrim",
    "implode",
    "join",
    "str_replace",
    "sprintf",
    "dirname",
    "basename",
    "in_array",
    "count",
    "sizeof",
    "strval",
    "array_merge",
    "array_replace",
    "array_values",
    "array_combine",
    "array_reverse",
    "array_slice",
    "array_pad",
    "array_merge_recursive",
    "array_replace_recursive",
    "array_key_exists",
    "key_exists",
    "array_keys",
    "array_fill_keys",
    "array_key_first",
    "array_key_last",
    "array_diff_key",
    "array_intersect_key",
    "array_column",
    "array_chunk",
    "is_string",
    "is_array",
    "is_null",
    "is_bool",
    "is_int",
    "is_numeric",
    "array_is_list",
    "array_unique",
    "boolval",
    "json_encode",
    "str_ends_with",
];

/// An argument after evaluation, with its name if it was given by name.
pub(super) type Given = (Option<Arc<str>>, Value);

impl Evaluator<'_> {
    pub(super) fn call(&self, frame: &mut Frame, span: Span, name: &Name, args: &[Arg]) -> Value {
        for candidate in [Some(&name.full), name.fallback.as_ref()].into_iter().flatten() {
            let lower = candidate.to_ascii_lowercase();
            // thecodingmachine/safe: the same functions, throwing where PHP's give false.
            let lower = lower.strip_prefix("safe\\").map_or(lower.clone(), str::to_owned);
            if let Some(value) = self.scope_function(frame, &lower, args) {
                return value;
            }
            let given = match self.arguments(frame, args) {
                Ok(given) => given,
                Err(reason) => return Value::unknown(reason),
            };
            if let Some(value) = self.named_call(frame, span, &lower, given) {
                if let Some(function) = self.own_function(&lower) {
                    self.forget_references(frame, &function, args);
                }
                return value;
            }
        }
        let shown = name.fallback.as_ref().unwrap_or(&name.full);
        Value::unknown(Reason::new(format!("the function {shown}() is not known")))
    }

    /// A function of the app by its lower-case name, when that is what a call would run.
    fn own_function(&self, name: &str) -> Option<Arc<Function>> {
        let declared = self.functions.borrow().get(name).map(|(function, _)| Arc::clone(function));
        declared.or_else(|| self.host.function(name).map(|(function, _)| function))
    }

    /// What a function of the app took by reference may have been changed by it.
    pub(super) fn forget_references(&self, frame: &mut Frame, function: &Function, args: &[Arg]) {
        for (position, arg) in args.iter().enumerate() {
            let by_name = |name: &Arc<str>| function.params.iter().find(|param| param.name == *name);
            let param = match &arg.name {
                Some(name) => by_name(name),
                None => function
                    .params
                    .get(position)
                    .or_else(|| function.params.last().filter(|last| last.variadic)),
            };
            if param.is_some_and(|param| param.by_reference) {
                let place = self.place(frame, arg.value.span);
                self.forget_argument(frame, arg, place);
            }
        }
    }

    /// Calls a function by its lower-case name.
    pub(super) fn named_call(
        &self,
        frame: &mut Frame,
        span: Span,
        name: &str,
        given: Vec<Given>,
    ) -> Option<Value> {
        let place = self.place(frame, span);
        let declared = self.functions.borrow().get(name).cloned();
        if let Some((function, source)) = declared {
            return Some(self.invoke(&function, &source, None, Vec::new(), given));
        }
        if let Some(value) = self.callback_function(frame, &place, name, &given) {
            return Some(value);
        }
        let values: Vec<Value> = given.iter().map(|(_, value)| value.clone()).collect();
        if let Some(value) = self.host.call(name, &values, &place) {
            return Some(value);
        }
        if let Some(builtin) = functions::find(name) {
            let values = match in_order(builtin.params, given) {
                Ok(values) => values,
                Err(reason) => return Some(Value::unknown(reason)),
            };
            return Some(self.builtin(frame, span, builtin, &values));
        }
        let (function, source) = self.host.function(name)?;
        Some(self.invoke(&function, &source, None, Vec::new(), given))
    }

    fn builtin(&self, frame: &Frame, span: Span, builtin: &functions::Builtin, values: &[Value]) -> Value {
        let blocker = if builtin.lenient { None } else { values.iter().find_map(Value::deep_reason) };
        let kind = match blocker {
            Some(reason) => Kind::Unknown(reason.clone()),
            None if !KEEPS_ROOT.contains(&builtin.name) && values.iter().any(mentions_root) => {
                Kind::Unknown(Reason::new("it depends on where the app is installed"))
            }
            None => builtin.call(values).unwrap_or_else(Kind::Unknown),
        };
        self.built(frame, span, kind, values)
    }

    /// The arguments of a call; spreads are unfolded.
    pub(super) fn arguments(&self, frame: &mut Frame, args: &[Arg]) -> Result<Vec<Given>, Reason> {
        let mut given = Vec::with_capacity(args.len());
        for arg in args {
            let value = self.value(frame, &arg.value);
            if !arg.spread {
                given.push((arg.name.clone(), value));
                continue;
            }
            let Kind::Array(array) = &value.kind else {
                return Err(value.reason().cloned().unwrap_or_else(|| Reason::new("a spread of no array")));
            };
            if let Some(reason) = array.open() {
                return Err(reason.clone());
            }
            for (key, entry) in array.iter() {
                let name = match key {
                    Key::Int(_) => None,
                    Key::Str(name) => Some(Arc::clone(name)),
                };
                given.push((name, entry.clone()));
            }
        }
        Ok(given)
    }

    pub(super) fn call_value(&self, frame: &mut Frame, span: Span, callee: &Expr, args: &[Arg]) -> Value {
        let callee = self.value(frame, callee);
        match self.arguments(frame, args) {
            Ok(given) => {
                let value = self.call_callable(frame, span, &callee, given);
                if let Kind::Closure(closure) = &callee.kind {
                    self.forget_references(frame, &closure.function, args);
                }
                value
            }
            Err(reason) => Value::unknown(reason),
        }
    }

    /// Calls a closure, or a function or static method by name.
    pub(super) fn call_callable(
        &self,
        frame: &mut Frame,
        span: Span,
        callee: &Value,
        given: Vec<Given>,
    ) -> Value {
        match &callee.kind {
            Kind::Closure(closure) => self.call_closure(closure, given),
            Kind::Str(name) => {
                let name = name.trim_start_matches('\\');
                if let Some((class, method)) = name.split_once("::") {
                    return self.static_method(frame, span, class, method, given);
                }
                self.named_call(frame, span, &name.to_ascii_lowercase(), given).unwrap_or_else(|| {
                    Value::unknown(Reason::new("a function that a value names is not known"))
                })
            }
            Kind::Array(pair) if pair.len() == 2 => {
                let part = |index| pair.get(&Key::Int(index)).and_then(Value::as_str);
                match (part(0), part(1)) {
                    (Some(class), Some(method)) => {
                        self.static_method(frame, span, class.trim_start_matches('\\'), method, given)
                    }
                    _ => Value::unknown(Reason::new("a method of an object is called")),
                }
            }
            Kind::Unknown(reason) => Value::unknown(reason.clone()),
            _ => Value::unknown(Reason::new("something is called that is not followed")),
        }
    }

    pub(super) fn call_closure(&self, closure: &Closure, given: Vec<Given>) -> Value {
        self.invoke(&closure.function, &closure.source, None, closure.captured.clone(), given)
    }

    /// Runs a function of the app in a frame of its own.
    pub(super) fn invoke(
        &self,
        function: &Arc<Function>,
        source: &Arc<Source>,
        class: Option<Arc<str>>,
        variables: Vec<(Arc<str>, Value)>,
        given: Vec<Given>,
    ) -> Value {
        self.invoke_on(function, source, (class.clone(), class), variables, given)
    }

    /// The same for a method: the class it was written in, and the class it was called on.
    pub(super) fn invoke_on(
        &self,
        function: &Arc<Function>,
        source: &Arc<Source>,
        (class, called): (Option<Arc<str>>, Option<Arc<str>>),
        variables: Vec<(Arc<str>, Value)>,
        given: Vec<Given>,
    ) -> Value {
        self.within_call(|| {
            let mut inner = Frame::new(source, class);
            inner.called = called;
            inner.scope.extend(variables);
            for capture in function.captures.iter().filter(|capture| capture.by_reference) {
                inner.share(&capture.name);
            }
            if let Err(reason) = self.bind(&mut inner, function, given) {
                return Value::unknown(reason);
            }
            let value = match self.block(&mut inner, &function.body) {
                Flow::Return(value) => inner.conclude(value),
                Flow::Dead(reason) | Flow::Murky(reason) => inner.conclude(Value::unknown(reason)),
                Flow::Next | Flow::Break(_) | Flow::Continue(_) => inner.conclude(Value::null()),
            };
            coerce(value, &function.returns)
        })
    }

    fn bind(&self, inner: &mut Frame, function: &Function, given: Vec<Given>) -> Result<(), Reason> {
        let (named, positional): (Vec<_>, Vec<_>) = given.into_iter().partition(|(name, _)| name.is_some());
        let mut positional = positional.into_iter().map(|(_, value)| value);
        for param in &function.params {
            if param.variadic {
                let rest = Array::list(positional.by_ref());
                inner.scope.insert(Arc::clone(&param.name), Value::array(rest));
                continue;
            }
            let by_name = || named.iter().find(|(name, _)| name.as_ref() == Some(&param.name));
            let value = match positional.next().or_else(|| by_name().map(|(_, value)| value.clone())) {
                Some(value) => value,
                None => match &param.default {
                    Some(default) => self.value(inner, default),
                    None => return Err(Reason::new("a call with too few arguments")),
                },
            };
            inner.scope.insert(Arc::clone(&param.name), coerce(value, &param.types));
        }
        Ok(())
    }

    pub(super) fn include(&self, frame: &mut Frame, path: &Expr, once: bool) -> Value {
        let path = self.value(frame, path);
        let Some(text) = path.as_str() else {
            let reason = path.reason().cloned();
            let reason = reason.unwrap_or_else(|| Reason::new("a file whose name is not known"));
            frame.forget_all(&reason);
            return Value::unknown(reason);
        };
        if once && self.included.borrow().iter().any(|done| done == text) {
            return Value::bool(true);
        }
        match self.host.script(text) {
            Some(script) => {
                self.included.borrow_mut().push(text.to_owned());
                self.run_included(frame, &script)
            }
            None => {
                let reason = Reason::new("it includes a file that is not in the repository");
                frame.forget_all(&reason);
                Value::unknown(reason)
            }
        }
    }

    /// An included file shares the variables of the file that includes it.
    fn run_included(&self, frame: &mut Frame, script: &super::host::Script) -> Value {
        if !script.file.errors.is_empty() {
            return Value::unknown(Reason::new("an included file has a syntax error"));
        }
        self.within_call(|| {
            let mut inner = Frame::new(&script.source, None);
            inner.scope = std::mem::take(&mut frame.scope);
            inner.shared = std::mem::take(&mut frame.shared);
            inner.open = frame.open.take();
            self.declare(&script.file.statements, &inner);
            let flow = self.block(&mut inner, &script.file.statements);
            let value = match flow {
                Flow::Return(value) => inner.conclude(value),
                Flow::Dead(reason) | Flow::Murky(reason) => inner.conclude(Value::unknown(reason)),
                Flow::Next | Flow::Break(_) | Flow::Continue(_) => inner.conclude(Value::int(1)),
            };
            (frame.scope, frame.shared, frame.open) = (inner.scope, inner.shared, inner.open);
            value
        })
    }

    pub(super) fn callable(&self, name: &Name) -> Value {
        Value::str(Arc::clone(name.fallback.as_ref().unwrap_or(&name.full)))
    }

    /// Marks what a function may have changed through a reference as unknown.
    pub(super) fn forget_argument(&self, frame: &mut Frame, arg: &Arg, place: Place) {
        if matches!(arg.value.kind, ExprKind::Variable(_) | ExprKind::Index { .. }) {
            let reason = Reason::at("it is changed by a function that is not followed", place);
            self.store(frame, &arg.value, Value::unknown(reason));
        }
    }
}

/// Puts named arguments where PHP would.
fn in_order(params: &[&str], given: Vec<Given>) -> Result<Vec<Value>, Reason> {
    let mut values: Vec<Option<Value>> = Vec::with_capacity(given.len());
    for (name, value) in given {
        let Some(name) = name else {
            values.push(Some(value));
            continue;
        };
        let Some(index) = params.iter().position(|param| *param == name.as_ref()) else {
            return Err(Reason::new("a call with a named argument that is not known"));
        };
        if values.len() <= index {
            values.resize(index + 1, None);
        }
        values[index] = Some(value);
    }
    // A gap would take the parameter's default, which we do not keep.
    values.into_iter().collect::<Option<_>>().ok_or_else(|| Reason::new("a call with skipped arguments"))
}

/// Whether a value holds the app's root, whose real path we do not know.
pub(super) fn mentions_root(value: &Value) -> bool {
    match &value.kind {
        Kind::Str(text) => text.contains("{base}"),
        Kind::Array(array) => array.values().any(mentions_root),
        _ => false,
    }
}
