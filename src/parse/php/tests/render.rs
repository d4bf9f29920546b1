//! The tree as text: PHP in which every operator has its parentheses, and `<words>` is what has no support.

use std::fmt::Write;

use crate::parse::php::tree::*;

pub(super) fn statements(statements: &[Statement]) -> String {
    list(statements, " ", statement)
}

fn list<T>(items: &[T], between: &str, render: impl Fn(&T) -> String) -> String {
    items.iter().map(render).collect::<Vec<_>>().join(between)
}

fn block(body: &[Statement]) -> String {
    format!("{{{}}}", statements(body))
}

fn exprs(items: &[Expr]) -> String {
    list(items, ", ", expr)
}

fn optional(item: Option<&Expr>) -> String {
    item.map(expr).unwrap_or_default()
}

fn default(value: Option<&Expr>) -> String {
    value.map(|value| format!(" = {}", expr(value))).unwrap_or_default()
}

fn statement(statement: &Statement) -> String {
    match &statement.kind {
        StatementKind::Expr(value) => format!("{};", expr(value)),
        StatementKind::Return(None) => "return;".to_owned(),
        StatementKind::Return(Some(value)) => format!("return {};", expr(value)),
        StatementKind::Echo(values) => format!("echo {};", exprs(values)),
        StatementKind::If { branches, otherwise } => {
            let branches =
                list(branches, " ", |(condition, body)| format!("if {} {}", expr(condition), block(body)));
            format!("{branches} else {}", block(otherwise))
        }
        StatementKind::Foreach { subject, key, value, by_reference, body } => format!(
            "foreach ({} as {}{}{}) {}",
            expr(subject),
            key.as_ref().map(|key| format!("{} => ", expr(key))).unwrap_or_default(),
            if *by_reference { "&" } else { "" },
            expr(value),
            block(body)
        ),
        StatementKind::Loop { init, conditions, step, body, body_first } => format!(
            "{} ({}; {}; {}) {}",
            if *body_first { "do-loop" } else { "loop" },
            exprs(init),
            exprs(conditions),
            exprs(step),
            block(body)
        ),
        StatementKind::Switch { subject, cases } => {
            let cases = list(cases, " ", |(value, body)| {
                format!("{} {}", value.as_ref().map_or_else(|| "default".to_owned(), expr), block(body))
            });
            format!("switch {} {{{cases}}}", expr(subject))
        }
        StatementKind::Break(levels) => format!("break {levels};"),
        StatementKind::Continue(levels) => format!("continue {levels};"),
        StatementKind::Function(declared) => function(declared),
        StatementKind::Class(declared) => class(declared),
        StatementKind::Const(items) => {
            format!("const {};", list(items, ", ", |(name, value)| format!("{name} = {}", expr(value))))
        }
        StatementKind::Global(names) => format!("global {};", list(names, ", ", |name| format!("${name}"))),
        StatementKind::Static(items) => {
            let item = |(name, value): &(_, Option<Expr>)| format!("${name}{}", default(value.as_ref()));
            format!("static {};", list(items, ", ", item))
        }
        StatementKind::Unset(targets) => format!("unset({});", exprs(targets)),
        StatementKind::Try { body, catches, finally } => {
            let catches = list(catches, "", |(variable, body)| {
                let variable = variable.as_ref().map(|name| format!(" ${name}")).unwrap_or_default();
                format!(" catch{variable} {}", block(body))
            });
            format!("try {}{catches} finally {}", block(body), block(finally))
        }
        StatementKind::Block(body) => block(body),
        StatementKind::Nothing => "-".to_owned(),
        StatementKind::Unsupported(words) => format!("<{words}>"),
    }
}

fn expr(value: &Expr) -> String {
    match &value.kind {
        ExprKind::Null => "null".to_owned(),
        ExprKind::Bool(value) => value.to_string(),
        ExprKind::Int(value) => value.to_string(),
        ExprKind::Float(value) => format!("{value:?}"),
        ExprKind::Str(text) => format!("{text:?}"),
        ExprKind::Interpolated(parts) => {
            let part = |part: &Part| match part {
                Part::Text(text) => format!("{text:?}"),
                Part::Expr(value) => expr(value),
            };
            format!("join({})", list(parts, ", ", part))
        }
        ExprKind::Array(items) => format!("[{}]", list(items, ", ", item)),
        ExprKind::Variable(name) => format!("${name}"),
        ExprKind::Constant(name) => self::name(name),
        ExprKind::ClassConstant { class, name } => format!("{}::{name}", class_ref(class)),
        ExprKind::StaticProperty { class, name } => format!("{}::${name}", class_ref(class)),
        ExprKind::Call { function, args } => format!("{}({})", name(function), self::args(args)),
        ExprKind::CallValue { callee, args } => format!("{{{}}}({})", expr(callee), self::args(args)),
        ExprKind::StaticCall { class, method, args } => {
            format!("{}::{method}({})", class_ref(class), self::args(args))
        }
        ExprKind::MethodCall { object, method, args, nullsafe } => {
            format!("{}{}{method}({})", expr(object), arrow(*nullsafe), self::args(args))
        }
        ExprKind::Property { object, name, nullsafe } => {
            format!("{}{}{name}", expr(object), arrow(*nullsafe))
        }
        ExprKind::New { class, args } => format!("new {}({})", class_ref(class), self::args(args)),
        ExprKind::Index { base, index } => format!("{}[{}]", expr(base), optional(index.as_deref())),
        ExprKind::Binary { op, left, right } => format!("({} {op:?} {})", expr(left), expr(right)),
        ExprKind::Unary { op, operand } => format!("({op:?} {})", expr(operand)),
        ExprKind::Assign { target, op, value } => format!("({} {op:?} {})", expr(target), expr(value)),
        ExprKind::Step { target, by, prefix: true } => format!("({by:+} {})", expr(target)),
        ExprKind::Step { target, by, prefix: false } => format!("({} {by:+})", expr(target)),
        ExprKind::Ternary { condition, then, otherwise } => {
            format!("({} ? {} : {})", expr(condition), optional(then.as_deref()), expr(otherwise))
        }
        ExprKind::Coalesce { left, right } => format!("({} ?? {})", expr(left), expr(right)),
        ExprKind::Cast { to, operand } => format!("({to:?}) {}", expr(operand)),
        ExprKind::Silence(operand) => format!("@{}", expr(operand)),
        ExprKind::Isset(operands) => format!("isset({})", exprs(operands)),
        ExprKind::Empty(operand) => format!("empty({})", expr(operand)),
        ExprKind::Include { path, once } => {
            format!("include{}({})", if *once { "_once" } else { "" }, expr(path))
        }
        ExprKind::Match { subject, arms } => {
            let arm =
                |(conditions, value): &(Vec<Expr>, Expr)| format!("{} => {}", exprs(conditions), expr(value));
            format!("match {} {{{}}}", expr(subject), list(arms, "; ", arm))
        }
        ExprKind::Closure(closure) => function(closure),
        ExprKind::Throw(thrown) => format!("throw {}", expr(thrown)),
        ExprKind::Exit => "exit".to_owned(),
        ExprKind::Magic(magic) => format!("__{magic:?}__"),
        ExprKind::CallableName(function) => format!("{}(...)", name(function)),
        ExprKind::Unsupported(words) => format!("<{words}>"),
    }
}

fn arrow(nullsafe: bool) -> &'static str {
    if nullsafe { "?->" } else { "->" }
}

fn item(item: &Item) -> String {
    let key = item.key.as_ref().map(|key| format!("{} => ", expr(key))).unwrap_or_default();
    let spread = if item.spread { "..." } else { "" };
    format!("{key}{spread}{}", item.value.as_ref().map_or_else(|| "_".to_owned(), expr))
}

fn args(args: &[Arg]) -> String {
    list(args, ", ", |arg| {
        let name = arg.name.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
        format!("{name}{}{}", if arg.spread { "..." } else { "" }, expr(&arg.value))
    })
}

/// `Ns\f|f` is a name that falls back to the global one.
fn name(name: &Name) -> String {
    let fallback = name.fallback.as_ref().map(|global| format!("|{global}")).unwrap_or_default();
    format!("{}{fallback}", name.full)
}

fn class_ref(class: &ClassRef) -> String {
    match class {
        ClassRef::Named(name) => name.to_string(),
        ClassRef::SelfClass => "self".to_owned(),
        ClassRef::Static => "static".to_owned(),
        ClassRef::Parent => "parent".to_owned(),
        ClassRef::Dynamic(class) => format!("{{{}}}", expr(class)),
        ClassRef::Anonymous(class) => self::class(class),
    }
}

fn function(function: &Function) -> String {
    let param = |param: &Param| {
        let reference = if param.by_reference { "&" } else { "" };
        let variadic = if param.variadic { "..." } else { "" };
        format!("{reference}{variadic}${}{}", param.name, default(param.default.as_ref()))
    };
    let capture =
        |capture: &Capture| format!("{}${}", if capture.by_reference { "&" } else { "" }, capture.name);
    let mut text = if function.is_static { "static ".to_owned() } else { String::new() };
    let word = if function.arrow { "fn" } else { "function" };
    let _ = write!(text, "{word} {}({})", function.name, list(&function.params, ", ", param));
    if !function.captures.is_empty() {
        let _ = write!(text, " use ({})", list(&function.captures, ", ", capture));
    }
    format!("{text} {}", block(&function.body))
}

fn class(class: &Class) -> String {
    let mut text = format!("{:?} {}", class.kind, class.name);
    if let Some(parent) = &class.parent {
        let _ = write!(text, " extends {parent}");
    }
    if !class.interfaces.is_empty() {
        let _ = write!(text, " implements {}", class.interfaces.join(", "));
    }
    let mut members: Vec<_> = class.traits.iter().map(|used| format!("use {used};")).collect();
    members.extend(class.constants.iter().map(|(name, value)| format!("const {name} = {};", expr(value))));
    members
        .extend(class.cases.iter().map(|(name, value)| format!("case {name}{};", default(value.as_ref()))));
    members.extend(class.properties.iter().map(|property| {
        let word = if property.is_static { "static " } else { "" };
        format!("{word}${}{};", property.name, default(property.default.as_ref()))
    }));
    members.extend(class.methods.iter().map(|method| function(method)));
    format!("{text} {{{}}}", members.join(" "))
}
