//! Our own small PHP tree. The parser crate stops here, so that it can be swapped.

use std::sync::Arc;

pub use super::operators::{AssignOp, BinaryOp, Cast, Magic, UnaryOp};
use crate::text::Span;

/// A parsed PHP file.
#[derive(Debug, Clone, Default)]
pub struct File {
    /// Its statements, in order. When `errors` is not empty they are a best effort: conclude nothing from them.
    pub statements: Vec<Statement>,
    /// What the parser refused, in order of place.
    pub errors: Vec<SyntaxError>,
}

/// One syntax error, in words that name no value of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// A name after `use` imports and the namespace are applied, without a leading backslash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The fully qualified name: `Illuminate\Support\Str`, `env`.
    pub full: Arc<str>,
    /// For an unqualified function or constant inside a namespace: the global name PHP falls back to.
    pub fallback: Option<Arc<str>>,
}

/// The class before a `::`, or after `new`.
#[derive(Debug, Clone)]
pub enum ClassRef {
    /// A named class (resolved).
    Named(Arc<str>),
    /// `self`.
    SelfClass,
    /// `static`.
    Static,
    /// `parent`.
    Parent,
    /// An expression: `$class::X`.
    Dynamic(Box<Expr>),
    /// `new class { .. }`.
    Anonymous(Arc<Class>),
}

/// An expression and where it stands.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it is.
    pub span: Span,
}

/// The kinds of expression.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "a variant says what its fields are")]
pub enum ExprKind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// `1`
    Int(i64),
    /// `1.5`
    Float(f64),
    /// A string literal after its escapes; also a heredoc or nowdoc without parts.
    Str(Arc<str>),
    /// `"a $b {$c}"`, heredoc with parts.
    Interpolated(Vec<Part>),
    /// `[..]`, `array(..)`, `list(..)`.
    Array(Vec<Item>),
    /// `$name` (without `$`).
    Variable(Arc<str>),
    /// `NAME`, `\Ns\NAME`.
    Constant(Name),
    /// `X::NAME`; `X::class` has the name `class`.
    ClassConstant { class: ClassRef, name: Arc<str> },
    /// `X::$name`
    StaticProperty { class: ClassRef, name: Arc<str> },
    /// `name(..)`
    Call { function: Name, args: Vec<Arg> },
    /// `$f(..)`, `(fn () => 1)()`
    CallValue { callee: Box<Expr>, args: Vec<Arg> },
    /// `X::method(..)`
    StaticCall { class: ClassRef, method: Arc<str>, args: Vec<Arg> },
    /// `$x->method(..)`, `$x?->method(..)`
    MethodCall { object: Box<Expr>, method: Arc<str>, args: Vec<Arg>, nullsafe: bool },
    /// `$x->name`, `$x?->name`
    Property { object: Box<Expr>, name: Arc<str>, nullsafe: bool },
    /// `new X(..)`
    New { class: ClassRef, args: Vec<Arg> },
    /// `$x[..]`; no index in `$x[] = 1`.
    Index { base: Box<Expr>, index: Option<Box<Expr>> },
    /// `a + b`; `xor` and `instanceof` too.
    Binary { op: BinaryOp, left: Box<Expr>, right: Box<Expr> },
    /// `!a`, `-a`, `+a`, `~a`
    Unary { op: UnaryOp, operand: Box<Expr> },
    /// `$a = b`, `[$a, $b] = c`, `$a .= b`
    Assign { target: Box<Expr>, op: AssignOp, value: Box<Expr> },
    /// `$a++`, `--$a`
    Step { target: Box<Expr>, by: i64, prefix: bool },
    /// `a ? b : c`, `a ?: c`
    Ternary { condition: Box<Expr>, then: Option<Box<Expr>>, otherwise: Box<Expr> },
    /// `a ?? b`
    Coalesce { left: Box<Expr>, right: Box<Expr> },
    /// `(int) a`
    Cast { to: Cast, operand: Box<Expr> },
    /// `@a`
    Silence(Box<Expr>),
    /// `isset(a, b)`
    Isset(Vec<Expr>),
    /// `empty(a)`
    Empty(Box<Expr>),
    /// `require 'x'`, `include_once 'x'`
    Include { path: Box<Expr>, once: bool },
    /// `match (a) { 1, 2 => x, default => y }`; a default arm has no conditions.
    Match { subject: Box<Expr>, arms: Vec<(Vec<Expr>, Expr)> },
    /// `function () {..}`, `fn () => ..`
    Closure(Arc<Function>),
    /// `throw x`
    Throw(Box<Expr>),
    /// `exit`, `die(..)`
    Exit,
    /// `__DIR__` and its kin.
    Magic(Magic),
    /// `f(...)`: a callable by name.
    CallableName(Name),
    /// Anything else, by a short name for the reader: "clone", "yield", "a shell command".
    Unsupported(&'static str),
}

/// A piece of an interpolated string.
#[derive(Debug, Clone)]
pub enum Part {
    /// Literal text after escapes.
    Text(Arc<str>),
    /// An embedded expression.
    Expr(Expr),
}

/// One element of an array literal or of a list pattern.
#[derive(Debug, Clone)]
pub struct Item {
    /// `key =>`
    pub key: Option<Expr>,
    /// The value; `None` is a hole in a list pattern.
    pub value: Option<Expr>,
    /// `...value`
    pub spread: bool,
    /// From the key to the end of the value.
    pub span: Span,
}

/// One argument of a call.
#[derive(Debug, Clone)]
pub struct Arg {
    /// `name:`
    pub name: Option<Arc<str>>,
    /// The value.
    pub value: Expr,
    /// `...value`
    pub spread: bool,
}

/// `function`, closure, arrow function or method body.
#[derive(Debug, Clone)]
pub struct Function {
    /// Its name; resolved to its namespace for a function, bare for a method, empty for a closure.
    pub name: Arc<str>,
    /// Its parameters.
    pub params: Vec<Param>,
    /// `use ($a, &$b)`
    pub captures: Vec<Capture>,
    /// Its statements; an arrow function has one `return`.
    pub body: Vec<Statement>,
    /// Whether it sees the scope around it by value (`fn`).
    pub arrow: bool,
    /// `static function`, `static fn`, `public static function`.
    pub is_static: bool,
    /// The scalar types that its result is declared to have; PHP converts other scalars to one of them.
    pub returns: Vec<Scalar>,
    /// Whole declaration.
    pub span: Span,
}

/// A scalar type of a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Scalar {
    Int,
    Float,
    Str,
    Bool,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Param {
    /// Without `$`.
    pub name: Arc<str>,
    /// Default value.
    pub default: Option<Expr>,
    /// `&$x`
    pub by_reference: bool,
    /// `...$x`
    pub variadic: bool,
    /// The scalar types it is declared to have; PHP converts other scalars to one of them.
    pub types: Vec<Scalar>,
}

/// A captured variable of a closure.
#[derive(Debug, Clone)]
pub struct Capture {
    /// Without `$`.
    pub name: Arc<str>,
    /// `&$x`
    pub by_reference: bool,
}

/// A class, interface, trait or enum.
#[derive(Debug, Clone)]
pub struct Class {
    /// Fully qualified name; empty for an anonymous class.
    pub name: Arc<str>,
    /// Class, interface, trait or enum.
    pub kind: ClassKind,
    /// The (resolved) parent class.
    pub parent: Option<Arc<str>>,
    /// Resolved interfaces (for an interface: the ones it extends).
    pub interfaces: Vec<Arc<str>>,
    /// Resolved traits it uses.
    pub traits: Vec<Arc<str>>,
    /// `const A = 1`
    pub constants: Vec<(Arc<str>, Expr)>,
    /// Cases of an enum, with their value if it is backed.
    pub cases: Vec<(Arc<str>, Option<Expr>)>,
    /// Properties with their defaults.
    pub properties: Vec<Property>,
    /// Methods; an abstract one has an empty body.
    pub methods: Vec<Arc<Function>>,
    /// Whole declaration.
    pub span: Span,
}

/// What a [`Class`] was declared as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClassKind {
    /// `class`
    Class,
    /// `interface`
    Interface,
    /// `trait`
    Trait,
    /// `enum`
    Enum,
}

/// A property of a class.
#[derive(Debug, Clone)]
pub struct Property {
    /// Without `$`.
    pub name: Arc<str>,
    /// Its default.
    pub default: Option<Expr>,
    /// Whether it is static.
    pub is_static: bool,
    /// Where.
    pub span: Span,
}

/// A statement and where it stands.
#[derive(Debug, Clone)]
pub struct Statement {
    /// What it is.
    pub kind: StatementKind,
    /// Where it is.
    pub span: Span,
}

/// The kinds of statement.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "a variant says what its fields are")]
pub enum StatementKind {
    /// `expr;`
    Expr(Expr),
    /// `return expr;`
    Return(Option<Expr>),
    /// `echo a, b;` and inline HTML.
    Echo(Vec<Expr>),
    /// `if`, `elseif`, `else`.
    If { branches: Vec<(Expr, Vec<Statement>)>, otherwise: Vec<Statement> },
    /// `foreach (subject as key => value)`
    Foreach { subject: Expr, key: Option<Expr>, value: Expr, by_reference: bool, body: Vec<Statement> },
    /// `for`, `while`, `do while`; `for (;;)` has no condition. The last condition decides.
    Loop { init: Vec<Expr>, conditions: Vec<Expr>, step: Vec<Expr>, body: Vec<Statement>, body_first: bool },
    /// `switch`; a default case has no condition.
    Switch { subject: Expr, cases: Vec<(Option<Expr>, Vec<Statement>)> },
    /// `break n;`
    Break(u32),
    /// `continue n;`
    Continue(u32),
    /// A function declaration.
    Function(Arc<Function>),
    /// A class-like declaration.
    Class(Arc<Class>),
    /// `const A = 1;` (resolved names)
    Const(Vec<(Arc<str>, Expr)>),
    /// `global $a;`
    Global(Vec<Arc<str>>),
    /// `static $a = 1;`
    Static(Vec<(Arc<str>, Option<Expr>)>),
    /// `unset($a['b'])`
    Unset(Vec<Expr>),
    /// `try`; a catch holds its variable and body.
    Try { body: Vec<Statement>, catches: Vec<(Option<Arc<str>>, Vec<Statement>)>, finally: Vec<Statement> },
    /// `{ .. }`, also the body of a braced namespace or `declare`.
    Block(Vec<Statement>),
    /// Nothing to run: `use`, `namespace`, `declare`, `;`.
    Nothing,
    /// Anything else, by a short name for the reader: "goto".
    Unsupported(&'static str),
}
