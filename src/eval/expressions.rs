use std::sync::Arc;

use super::convert;
use super::machine::Evaluator;
use super::merge;
use super::operators;
use super::scope::Frame;
use super::variables::inherit;
use super::{Array, Closure, Key, Kind, Value};
use crate::facts::Reason;
use crate::parse::php::tree::{BinaryOp, Expr, ExprKind, Item, Magic, Part, UnaryOp};
use crate::text::Span;

impl Evaluator<'_> {
    pub(super) fn evaluate(&self, frame: &mut Frame, expr: &Expr) -> Value {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Null => Value::null(),
            ExprKind::Bool(truth) => Value::bool(*truth),
            ExprKind::Int(number) => Value::int(*number),
            ExprKind::Float(number) => Value::new(Kind::Float(*number)),
            ExprKind::Str(text) => Value::str(Arc::clone(text)),
            ExprKind::Interpolated(parts) => self.interpolated(frame, span, parts),
            ExprKind::Array(items) => self.array(frame, items),
            ExprKind::Variable(name) => self.variable(frame, name),
            ExprKind::Constant(name) => self.constant(name),
            ExprKind::ClassConstant { class, name } => self.class_constant(frame, class, name),
            ExprKind::StaticProperty { class, name } => self.static_property(frame, class, name),
            ExprKind::Call { function, args } => self.call(frame, span, function, args),
            ExprKind::CallValue { callee, args } => self.call_value(frame, span, callee, args),
            ExprKind::StaticCall { class, method, args } => {
                self.static_call(frame, span, class, method, args)
            }
            ExprKind::MethodCall { object, method, args, nullsafe } => {
                self.method_call(frame, span, object, method, args, *nullsafe)
            }
            ExprKind::Property { object, name, nullsafe } => self.property(frame, object, name, *nullsafe),
            ExprKind::New { class, args } => self.new_object(frame, class, args),
            ExprKind::Index { base, index } => self.index(frame, base, index.as_deref()),
            ExprKind::Binary { op, left, right } => self.binary(frame, span, *op, left, right),
            ExprKind::Unary { op, operand } => self.unary(frame, span, *op, operand),
            ExprKind::Assign { target, op, value } => self.assign(frame, target, *op, value),
            ExprKind::Step { target, by, prefix } => self.increment(frame, target, *by, *prefix),
            ExprKind::Ternary { condition, then, otherwise } => {
                self.ternary(frame, condition, then.as_deref(), otherwise)
            }
            ExprKind::Coalesce { left, right } => self.coalesce(frame, left, right),
            ExprKind::Cast { to, operand } => {
                let value = self.value(frame, operand);
                let kind = operators::cast(*to, &value).unwrap_or_else(Kind::Unknown);
                self.built(frame, span, kind, &[value])
            }
            ExprKind::Silence(operand) => self.value(frame, operand),
            ExprKind::Isset(operands) => self.isset(frame, operands),
            ExprKind::Empty(operand) => {
                let value = self.value(frame, operand);
                self.truth(&value).map_or_else(Value::unknown, |truth| Value::bool(!truth))
            }
            ExprKind::Include { path, once } => self.include(frame, path, *once),
            ExprKind::Match { subject, arms } => self.match_arms(frame, subject, arms),
            ExprKind::Closure(function) => self.closure(frame, function),
            ExprKind::Throw(_) => Value::unknown(Reason::new("an exception is thrown here")),
            ExprKind::Exit => Value::unknown(Reason::new("the program ends here")),
            ExprKind::Magic(magic) => self.magic(frame, span, *magic),
            ExprKind::CallableName(name) => self.callable(name),
            ExprKind::Unsupported(what) => Value::unknown(Reason::new(format!("{what} is not followed"))),
        }
    }

    /// Whether a value is true in PHP's eyes.
    pub(super) fn truth(&self, value: &Value) -> Result<bool, Reason> {
        convert::to_bool(&value.kind)
    }

    fn interpolated(&self, frame: &mut Frame, span: Span, parts: &[Part]) -> Value {
        let mut text = String::new();
        let mut values = Vec::new();
        for part in parts {
            match part {
                Part::Text(literal) => text.push_str(literal),
                Part::Expr(expr) => {
                    let value = self.value(frame, expr);
                    match convert::to_text(&value.kind) {
                        Ok(piece) => text.push_str(&piece),
                        Err(reason) => return self.built(frame, span, Kind::Unknown(reason), &[value]),
                    }
                    values.push(value);
                }
            }
        }
        self.built(frame, span, Kind::Str(text.into()), &values)
    }

    fn array(&self, frame: &mut Frame, items: &[Item]) -> Value {
        let mut array = Array::new();
        for item in items {
            let Some(expr) = &item.value else { continue };
            if item.spread {
                let spread = self.value(frame, expr);
                self.spread_into(&mut array, &spread);
                continue;
            }
            let key = item.key.as_ref().map(|key| self.value(frame, key));
            let mut value = self.value(frame, expr);
            value.place = Some(self.place(frame, expr.span));
            match key.as_ref().map(array_key) {
                None => array.push(value),
                Some(Ok(key)) => array.insert(key, value),
                Some(Err(reason)) => poison(&mut array, &reason.or_at(|| self.place(frame, item.span))),
            }
        }
        Value::new(self.weigh(Kind::Array(Arc::new(array))))
    }

    fn spread_into(&self, array: &mut Array, spread: &Value) {
        match &spread.kind {
            Kind::Array(entries) => {
                for (key, value) in entries.iter() {
                    let value = inherit(value.clone(), spread);
                    match key {
                        Key::Int(_) => array.push(value),
                        Key::Str(_) => array.insert(key.clone(), value),
                    }
                }
                if let Some(reason) = entries.open() {
                    array.set_open(reason.clone());
                }
            }
            Kind::Unknown(reason) => poison(array, reason),
            _ => poison(array, &Reason::new("something other than an array is spread here")),
        }
    }

    fn binary(&self, frame: &mut Frame, span: Span, op: BinaryOp, left: &Expr, right: &Expr) -> Value {
        if matches!(op, BinaryOp::And | BinaryOp::Or) {
            return self.logic(frame, span, op, left, right);
        }
        if op == BinaryOp::Concat {
            return self.concat(frame, span, left, right);
        }
        let left = self.value(frame, left);
        let right = self.value(frame, right);
        let kind = operators::binary(op, &left, &right).unwrap_or_else(Kind::Unknown);
        self.built(frame, span, kind, &[left, right])
    }

    /// `a . b . c` is one long left-leaning chain: it is walked, not recursed into.
    fn concat(&self, frame: &mut Frame, span: Span, left: &Expr, right: &Expr) -> Value {
        let mut operands = vec![right];
        let mut rest = left;
        while let ExprKind::Binary { op: BinaryOp::Concat, left, right } = &rest.kind {
            operands.push(right);
            rest = left;
        }
        operands.push(rest);
        let values: Vec<Value> = operands.iter().rev().map(|operand| self.value(frame, operand)).collect();
        let mut text = String::new();
        for value in &values {
            match convert::to_text(&value.kind) {
                Ok(piece) => text.push_str(&piece),
                Err(reason) => return self.built(frame, span, Kind::Unknown(reason), &values),
            }
        }
        self.built(frame, span, Kind::Str(text.into()), &values)
    }

    /// `&&` and `||`: one known side can decide whatever the other is.
    fn logic(&self, frame: &mut Frame, span: Span, op: BinaryOp, left: &Expr, right: &Expr) -> Value {
        let decides = op == BinaryOp::Or;
        let left = self.value(frame, left);
        let first = self.truth(&left);
        if first == Ok(decides) {
            return self.built(frame, span, Kind::Bool(decides), &[left]);
        }
        let before = first.is_err().then(|| frame.scope.clone());
        let right = self.value(frame, right);
        if let (Some(before), Err(reason)) = (before, &first) {
            frame.scope = merge::scopes(&before, &frame.scope, reason);
        }
        let kind = match (first, self.truth(&right)) {
            (_, Ok(second)) if second == decides => Kind::Bool(decides),
            (Ok(_), Ok(second)) => Kind::Bool(second),
            (Err(reason), _) | (_, Err(reason)) => Kind::Unknown(reason),
        };
        self.built(frame, span, kind, &[left, right])
    }

    fn unary(&self, frame: &mut Frame, span: Span, op: UnaryOp, operand: &Expr) -> Value {
        let value = self.value(frame, operand);
        let kind = match op {
            UnaryOp::Not => self.truth(&value).map(|truth| Kind::Bool(!truth)),
            _ => operators::unary(op, &value),
        };
        self.built(frame, span, kind.unwrap_or_else(Kind::Unknown), &[value])
    }

    fn ternary(&self, frame: &mut Frame, condition: &Expr, then: Option<&Expr>, otherwise: &Expr) -> Value {
        let decider = self.value(frame, condition);
        match self.truth(&decider) {
            Ok(true) => {
                then.map_or_else(|| decider.clone(), |then| self.value(frame, then).chosen_by(&decider))
            }
            Ok(false) => self.value(frame, otherwise).chosen_by(&decider),
            Err(reason) => {
                let before = frame.scope.clone();
                let yes = then.map_or_else(|| decider.clone(), |then| self.value(frame, then));
                let after_yes = std::mem::replace(&mut frame.scope, before);
                let no = self.value(frame, otherwise);
                frame.scope = merge::scopes(&after_yes, &frame.scope, &reason);
                merge::values(&yes, &no, &reason)
            }
        }
    }

    fn coalesce(&self, frame: &mut Frame, left: &Expr, right: &Expr) -> Value {
        let first = self.value(frame, left);
        match &first.kind {
            Kind::Null => self.value(frame, right).chosen_by(&first),
            Kind::Unknown(reason) => {
                let reason = reason.clone();
                let before = frame.scope.clone();
                let second = self.value(frame, right);
                frame.scope = merge::scopes(&before, &frame.scope, &reason);
                merge::values(&first, &second, &reason)
            }
            _ => first,
        }
    }

    fn isset(&self, frame: &mut Frame, operands: &[Expr]) -> Value {
        let mut reason = None;
        for operand in operands {
            match self.value(frame, operand).kind {
                Kind::Null => return Value::bool(false),
                Kind::Unknown(why) => reason = reason.or(Some(why)),
                _ => {}
            }
        }
        reason.map_or_else(|| Value::bool(true), Value::unknown)
    }

    fn match_arms(&self, frame: &mut Frame, subject: &Expr, arms: &[(Vec<Expr>, Expr)]) -> Value {
        let subject = self.value(frame, subject);
        let mut doubt: Option<Reason> = None;
        let mut possible: Vec<Value> = Vec::new();
        let (defaults, tested): (Vec<_>, Vec<_>) =
            arms.iter().partition(|(conditions, _)| conditions.is_empty());
        'arms: for (conditions, result) in tested {
            for condition in conditions {
                let condition = self.value(frame, condition);
                match operators::binary(BinaryOp::Identical, &subject, &condition) {
                    Ok(Kind::Bool(true)) => {
                        possible.push(self.value(frame, result).chosen_by(&subject).chosen_by(&condition));
                        return fold(possible, doubt);
                    }
                    Ok(_) => {}
                    Err(reason) => {
                        doubt.get_or_insert(reason);
                        possible.push(self.value(frame, result));
                        continue 'arms;
                    }
                }
            }
        }
        match defaults.first() {
            Some((_, result)) => possible.push(self.value(frame, result).chosen_by(&subject)),
            None if possible.is_empty() => {
                return Value::unknown(Reason::new("no arm of the match fits"));
            }
            None => {}
        }
        fold(possible, doubt)
    }

    fn closure(&self, frame: &mut Frame, function: &Arc<crate::parse::php::tree::Function>) -> Value {
        for capture in function.captures.iter().filter(|capture| capture.by_reference) {
            frame.share(&capture.name);
        }
        let captured = if function.arrow {
            frame.scope.iter().map(|(name, value)| (Arc::clone(name), value.clone())).collect()
        } else {
            function
                .captures
                .iter()
                .map(|capture| {
                    let value = frame.scope.get(&capture.name).cloned().unwrap_or_else(Value::null);
                    (Arc::clone(&capture.name), value)
                })
                .collect()
        };
        let closure = Closure { function: Arc::clone(function), captured, source: Arc::clone(&frame.source) };
        Value::new(Kind::Closure(Arc::new(closure)))
    }

    fn magic(&self, frame: &Frame, span: Span, magic: Magic) -> Value {
        let path = || self.host.path_of(&frame.source);
        match magic {
            Magic::File => Value::str(path()),
            Magic::Dir => {
                let path = path();
                Value::str(path.rsplit_once('/').map_or(path.as_str(), |(folder, _)| folder))
            }
            Magic::Line => Value::int(i64::from(frame.source.position(span.start).line)),
            Magic::Class => Value::str(frame.class.clone().unwrap_or_else(|| "".into())),
            _ => Value::unknown(Reason::new("this magic constant is not followed")),
        }
    }
}

fn fold(values: Vec<Value>, doubt: Option<Reason>) -> Value {
    let mut values = values.into_iter();
    let first = values.next().unwrap_or_else(Value::null);
    let Some(reason) = doubt else { return first };
    values.fold(first, |merged, value| merge::values(&merged, &value, &reason))
}

/// The key that PHP makes of a value.
pub(super) fn array_key(value: &Value) -> Result<Key, Reason> {
    match &value.kind {
        Kind::Null => Ok(Key::Str("".into())),
        Kind::Bool(truth) => Ok(Key::Int(i64::from(*truth))),
        Kind::Int(number) => Ok(Key::Int(*number)),
        Kind::Float(number) if number.is_finite() => Ok(Key::Int(*number as i64)),
        Kind::Str(text) => Ok(Key::from_text(text)),
        Kind::Unknown(reason) => Err(reason.clone()),
        _ => Err(Reason::new("this cannot be the key of an array")),
    }
}

/// Something was written to an array under a key that we do not know: any entry may have changed.
pub(super) fn poison(array: &mut Array, reason: &Reason) {
    let keys: Vec<Key> = array.iter().map(|(key, _)| key.clone()).collect();
    for key in keys {
        array.entry(key).kind = Kind::Unknown(reason.clone());
    }
    array.set_open(reason.clone());
}
