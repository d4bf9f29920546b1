use std::sync::Arc;

use super::calls::Given;
use super::constants;
use super::machine::Evaluator;
use super::scope::Frame;
use super::value::Case;
use super::{Array, Kind, Value};
use crate::facts::Reason;
use crate::parse::php::tree::{Arg, Class, ClassKind, ClassRef, Expr, Function, Name};
use crate::text::{Source, Span};

/// Parents followed upward before giving up; real hierarchies are far shallower.
const MAX_PARENTS: usize = 20;

type Declared = (Arc<Class>, Arc<Source>);

impl Evaluator<'_> {
    pub(super) fn constant(&self, name: &Name) -> Value {
        for candidate in [Some(&name.full), name.fallback.as_ref()].into_iter().flatten() {
            if let Some(value) = self.constants.borrow().get(candidate) {
                return value.clone();
            }
            if let Some(kind) = constants::constant(candidate) {
                return Value::new(kind);
            }
            if let Some(value) = self.host.constant(candidate) {
                return value;
            }
        }
        Value::unknown(Reason::new(format!("the constant {} is not known", name.full)))
    }

    /// The class before a `::`; `Err` when it is not known.
    fn class_name(&self, frame: &mut Frame, class: &ClassRef) -> Result<Arc<str>, Reason> {
        match class {
            ClassRef::Named(name) => Ok(Arc::clone(name)),
            ClassRef::SelfClass => frame.class.clone().ok_or_else(|| Reason::new("self outside of a class")),
            ClassRef::Static => frame.called.clone().ok_or_else(|| Reason::new("static outside of a class")),
            ClassRef::Parent => {
                let own = frame.class.clone().ok_or_else(|| Reason::new("parent outside of a class"))?;
                let parent = self.find_class(&own).and_then(|(class, _)| class.parent.clone());
                parent.ok_or_else(|| Reason::new("a parent class that is not in the repository"))
            }
            ClassRef::Dynamic(expr) => {
                let value = self.value(frame, expr);
                match &value.kind {
                    Kind::Str(name) => Ok(name.trim_start_matches('\\').into()),
                    Kind::Case(case) => Ok(Arc::clone(&case.class)),
                    Kind::Unknown(reason) => Err(reason.clone()),
                    _ => Err(Reason::new("a class that is not known")),
                }
            }
            ClassRef::Anonymous(_) => Err(Reason::new("an anonymous class")),
        }
    }

    fn find_class(&self, name: &str) -> Option<Declared> {
        let declared = self.classes.borrow().get(&name.to_ascii_lowercase()).cloned();
        declared.or_else(|| self.host.class(name))
    }

    /// The class itself, its traits and its ancestors, nearest first.
    fn lineage(&self, name: &str) -> Vec<Declared> {
        let mut found: Vec<Declared> = Vec::new();
        let mut names: Vec<Arc<str>> = vec![name.into()];
        while let Some(next) = names.pop() {
            if found.len() >= MAX_PARENTS || found.iter().any(|(class, _)| class.name == next) {
                continue;
            }
            let Some((class, source)) = self.find_class(&next) else { continue };
            names.extend(class.interfaces.iter().cloned());
            names.extend(class.parent.iter().cloned());
            names.extend(class.traits.iter().cloned());
            found.push((class, source));
        }
        found
    }

    pub(super) fn class_constant(&self, frame: &mut Frame, class: &ClassRef, name: &str) -> Value {
        let class_name = match self.class_name(frame, class) {
            Ok(name) => name,
            Err(reason) => return Value::unknown(reason),
        };
        if name == "class" {
            return Value::str(class_name);
        }
        if let Some(value) = self.host.class_constant(&class_name, name) {
            return value;
        }
        for (declared, source) in self.lineage(&class_name) {
            if let Some((_, expr)) = declared.constants.iter().find(|(known, _)| known.as_ref() == name) {
                return self.in_class(&declared, &source, expr);
            }
            if let Some((_, backing)) = declared.cases.iter().find(|(known, _)| known.as_ref() == name) {
                let value = backing.as_ref().map(|expr| self.in_class(&declared, &source, expr));
                let case = Case { class: Arc::clone(&declared.name), name: name.into(), value };
                return Value::new(Kind::Case(Arc::new(case)));
            }
        }
        let class_name = written(frame, &class_name);
        Value::unknown(Reason::new(format!("the constant {class_name}::{name} is not known")))
    }

    /// An expression of a class declaration, in the class's own scope.
    fn in_class(&self, class: &Arc<Class>, source: &Arc<Source>, expr: &Expr) -> Value {
        self.within_call(|| self.value(&mut Frame::new(source, Some(Arc::clone(&class.name))), expr))
    }

    pub(super) fn static_property(&self, frame: &mut Frame, class: &ClassRef, name: &str) -> Value {
        match self.class_name(frame, class) {
            Ok(class) => Value::unknown(Reason::new(format!(
                "the static property {class}::${name} may change at run time"
            ))),
            Err(reason) => Value::unknown(reason),
        }
    }

    pub(super) fn static_call(
        &self,
        frame: &mut Frame,
        span: Span,
        class: &ClassRef,
        method: &str,
        args: &[Arg],
    ) -> Value {
        // `self::`, `parent::` and `static::` pass on the class that the method was called on.
        let forwards = matches!(class, ClassRef::SelfClass | ClassRef::Parent | ClassRef::Static);
        let class = match self.class_name(frame, class) {
            Ok(class) => class,
            Err(reason) => return Value::unknown(reason),
        };
        let is_arr = matches!(class.as_ref(), "Illuminate\\Support\\Arr" | "Arr");
        if is_arr && method == "set" && args.len() == 3 {
            return self.set_by_dots(frame, args);
        }
        let given = match self.arguments(frame, args) {
            Ok(given) => given,
            Err(reason) => return Value::unknown(reason),
        };
        if is_arr && matches!(method, "set" | "forget" | "pull") {
            if let Some(target) = args.first() {
                let place = self.place(frame, target.value.span);
                self.forget_argument(frame, target, place);
            }
            return Value::unknown(Reason::new(format!("Arr::{method}() is not followed")));
        }
        let called = if forwards { frame.called.clone() } else { None };
        let value = self.static_method_on(frame, span, &class, called, method, given);
        if let Some((function, ..)) = self.find_method(&class, method) {
            self.forget_references(frame, &function, args);
        }
        value
    }

    /// A method of a class or of what it inherits from: the method, its file, and the class it is written in. A method of
    /// a trait belongs to the class that uses the trait.
    fn find_method(&self, class: &str, method: &str) -> Option<(Arc<Function>, Arc<Source>, Arc<str>)> {
        let lineage = self.lineage(class);
        let named = |known: &&Arc<Function>| known.name.eq_ignore_ascii_case(method);
        let (declared, source, function) = lineage.iter().find_map(|(declared, source)| {
            declared.methods.iter().find(named).map(|function| (declared, source, function))
        })?;
        let user = lineage.iter().find(|(user, _)| user.traits.contains(&declared.name));
        let owner = user.map_or(declared, |(user, _)| user);
        Some((Arc::clone(function), Arc::clone(source), Arc::clone(&owner.name)))
    }

    pub(super) fn static_method(
        &self,
        frame: &mut Frame,
        span: Span,
        class: &str,
        method: &str,
        given: Vec<Given>,
    ) -> Value {
        self.static_method_on(frame, span, class, None, method, given)
    }

    /// The same, called on a class below this one.
    fn static_method_on(
        &self,
        frame: &mut Frame,
        span: Span,
        class: &str,
        called: Option<Arc<str>>,
        method: &str,
        given: Vec<Given>,
    ) -> Value {
        let values: Vec<Value> = given.iter().map(|(_, value)| value.clone()).collect();
        let place = self.place(frame, span);
        if let Some(value) = self.host.static_call(class, method, &values, &place) {
            return self.built(frame, span, value.kind.clone(), &[&[value][..], &values].concat());
        }
        if let Some((function, source, owner)) = self.find_method(class, method) {
            let called = called.or_else(|| Some(Arc::from(class)));
            return self.invoke_on(&function, &source, (Some(owner), called), Vec::new(), given);
        }
        for (declared, source) in self.lineage(class) {
            if method == "cases" && declared.kind == ClassKind::Enum {
                return self.all_cases(&declared, &source);
            }
            if (method == "from" || method == "tryFrom")
                && let Some(case) = self.case_from(&declared, &source, &values)
            {
                return case;
            }
        }
        let (class, method) = (written(frame, class), written(frame, method));
        Value::unknown(Reason::new(format!("the method {class}::{method}() is not known")))
    }

    /// `Suit::cases()`.
    fn all_cases(&self, class: &Arc<Class>, source: &Arc<Source>) -> Value {
        Value::array(Array::list(class.cases.iter().map(|(name, backing)| {
            let value = backing.as_ref().map(|expr| self.in_class(class, source, expr));
            let case = Case { class: Arc::clone(&class.name), name: Arc::clone(name), value };
            Value::new(Kind::Case(Arc::new(case)))
        })))
    }

    /// `Suit::from('H')` of a backed enum.
    fn case_from(&self, class: &Arc<Class>, source: &Arc<Source>, values: &[Value]) -> Option<Value> {
        let wanted = values.first()?;
        for (name, backing) in &class.cases {
            let value = self.in_class(class, source, backing.as_ref()?);
            if super::merge::same(&value, wanted) {
                let case =
                    Case { class: Arc::clone(&class.name), name: Arc::clone(name), value: Some(value) };
                return Some(Value::new(Kind::Case(Arc::new(case))));
            }
        }
        None
    }

    pub(super) fn method_call(
        &self,
        frame: &mut Frame,
        span: Span,
        object: &Expr,
        method: &str,
        args: &[Arg],
        nullsafe: bool,
    ) -> Value {
        let subject = self.value(frame, object);
        let given = match self.arguments(frame, args) {
            Ok(given) => given,
            Err(reason) => return Value::unknown(reason),
        };
        match &subject.kind {
            Kind::Null if nullsafe => Value::null(),
            Kind::Unknown(reason) => Value::unknown(reason.clone()),
            // An array with methods is a collection: `collect([..])->map(..)->all()`.
            Kind::Array(_) => self.collection_method(frame, span, &subject, method, given),
            Kind::Closure(closure) if method == "__invoke" => self.call_closure(closure, given),
            Kind::Case(case) => match self.find_method(&case.class, method) {
                Some((function, source, owner)) => {
                    let this = vec![(Arc::from("this"), subject.clone())];
                    let classes = (Some(owner), Some(Arc::clone(&case.class)));
                    self.invoke_on(&function, &source, classes, this, given)
                }
                None => Value::unknown(Reason::new(format!("the method {method}() of an enum is not known"))),
            },
            Kind::Object(class) => {
                let values: Vec<Value> = given.into_iter().map(|(_, value)| value).collect();
                let place = self.place(frame, span);
                let called = format!("{class}->{method}");
                self.host.call(&called, &[&[subject.clone()][..], &values].concat(), &place).unwrap_or_else(
                    || {
                        Value::unknown(Reason::new(format!(
                            "the method {method}() of an object is not followed"
                        )))
                    },
                )
            }
            _ => Value::unknown(Reason::new(format!("the method {method}() is not followed"))),
        }
    }

    pub(super) fn property(&self, frame: &mut Frame, object: &Expr, name: &str, nullsafe: bool) -> Value {
        let subject = self.value(frame, object);
        match &subject.kind {
            Kind::Case(case) if name == "name" => Value::str(Arc::clone(&case.name)).chosen_by(&subject),
            Kind::Case(case) if name == "value" => {
                let value = case.value.clone();
                let value = value.unwrap_or_else(|| Value::unknown(Reason::new("an enum without values")));
                value.chosen_by(&subject)
            }
            Kind::Null if nullsafe => Value::null(),
            Kind::Unknown(reason) => Value::unknown(reason.clone()),
            Kind::Object(class) => {
                let called = format!("{class}->${name}");
                let place = self.place(frame, object.span);
                self.host.call(&called, std::slice::from_ref(&subject), &place).unwrap_or_else(|| {
                    Value::unknown(Reason::new(format!("the property {name} of an object is not followed")))
                })
            }
            _ => Value::unknown(Reason::new(format!("the property {name} is not followed"))),
        }
    }

    pub(super) fn new_object(&self, frame: &mut Frame, class: &ClassRef, args: &[Arg]) -> Value {
        for arg in args {
            self.value(frame, &arg.value);
        }
        match self.class_name(frame, class) {
            Ok(name) => Value::new(Kind::Object(name)),
            Err(reason) => Value::unknown(reason),
        }
    }
}

/// A name as a reason may show it: one that the code spells out. A name that came from a value may be a secret.
fn written<'a>(frame: &Frame, name: &'a str) -> &'a str {
    let last = name.rsplit('\\').next().unwrap_or(name);
    if frame.source.text().contains(last) { name } else { "(a name from a value)" }
}
