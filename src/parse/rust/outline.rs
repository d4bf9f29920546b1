//! What a file of Rust names, and where: own plain types, free of syn, that may cross threads.

use crate::text::Span;

/// A file: its scopes, what it defines, what it names.
#[derive(Debug, Default)]
pub struct Outline {
    /// Modules and blocks with names of their own. The first is the file's own module.
    pub scopes: Vec<Scope>,
    /// Functions and methods.
    pub functions: Vec<Function>,
    /// Structs, and enums as structs of all their fields.
    pub structures: Vec<Structure>,
    /// `type A = B;`
    pub aliases: Vec<Alias>,
    /// `static A: B = c;`, also those of `lazy_static!` and `thread_local!`.
    pub statics: Vec<Static>,
    /// `const A: &str = "..";`
    pub constants: Vec<Binding>,
    /// Paths, in the order of the text.
    pub mentions: Vec<Mention>,
    /// Calls of methods, in the order of the text.
    pub methods: Vec<Method>,
    /// Texts that stand in the code.
    pub literals: Vec<Literal>,
    /// `mod a;`
    pub modules: Vec<Declared>,
    /// Surroundings, which mentions point at.
    pub places: Vec<At>,
    /// Why only the tokens of the file were looked at, or nothing.
    pub refused: Option<String>,
}

/// A module or block.
#[derive(Debug, Default)]
pub struct Scope {
    /// The scope around a block. A module sees nothing of what is around it.
    pub parent: Option<usize>,
    /// The names of the modules from the file's own to this one.
    pub module: Vec<String>,
    /// What `use` brings in.
    pub imports: Vec<Import>,
    /// What is defined here.
    pub names: Vec<String>,
}

/// A name that `use` or `extern crate` brings in.
#[derive(Debug)]
pub struct Import {
    /// What it is a name of.
    pub path: Path,
    /// The name; `None` for all that stands there.
    pub name: Option<String>,
}

/// A path as it is written, without generic arguments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Path {
    /// Whether it starts with `::`.
    pub absolute: bool,
    /// Its names.
    pub segments: Vec<String>,
}

/// A type as it is written. A reference, tuple or slice has no path, and what it is made of as arguments.
#[derive(Debug, Clone, Default)]
pub struct Type {
    /// Its path.
    pub path: Option<Path>,
    /// Its generic arguments.
    pub args: Vec<Type>,
    /// Where.
    pub span: Span,
}

/// A function or method.
#[derive(Debug, Default)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// The scope that it stands in.
    pub scope: usize,
    /// The names and types of its parameters.
    pub parameters: Vec<Binding>,
    /// What it returns.
    pub output: Option<Type>,
    /// The type that it is a method of.
    pub of: Option<Type>,
    /// The paths of its attributes.
    pub attributes: Vec<Path>,
    /// `let` in its body.
    pub bindings: Vec<Binding>,
}

/// A name with what is known of its value.
#[derive(Debug, Default)]
pub struct Binding {
    /// The name.
    pub name: String,
    /// The scope that it stands in.
    pub scope: usize,
    /// The type that is written beside it.
    pub kind: Option<Type>,
    /// What its value is made of.
    pub value: Argument,
}

/// A struct.
#[derive(Debug)]
pub struct Structure {
    /// Its name.
    pub name: String,
    /// The scope that it stands in.
    pub scope: usize,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A field of a struct.
#[derive(Debug)]
pub struct Field {
    /// Its name; empty in a tuple.
    pub name: String,
    /// Its type.
    pub kind: Type,
}

/// A name for a type.
#[derive(Debug)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// The scope that it stands in.
    pub scope: usize,
    /// The type.
    pub target: Type,
}

/// A static.
#[derive(Debug)]
pub struct Static {
    /// Its name.
    pub name: String,
    /// The scope that it stands in.
    pub scope: usize,
    /// Its type.
    pub kind: Type,
    /// Where its name stands.
    pub span: Span,
    /// Its surroundings.
    pub at: usize,
    /// Whether each thread has its own.
    pub of_thread: bool,
}

/// A module in a file of its own.
#[derive(Debug)]
pub struct Declared {
    /// The scope of the declaration.
    pub scope: usize,
    /// Its name.
    pub name: String,
    /// The file of `#[path = ".."]`.
    pub path: Option<String>,
    /// Whether it is for tests only.
    pub test: bool,
}

/// How a path is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Called.
    Call,
    /// A value: passed, compared, built.
    Value,
    /// A type.
    Type,
    /// In a pattern.
    Pattern,
    /// An attribute.
    Attribute,
    /// A macro.
    Macro,
    /// Seen in tokens that could not be parsed.
    Token,
}

/// A path in the code.
#[derive(Debug)]
pub struct Mention {
    /// The path.
    pub path: Path,
    /// The generic arguments of its last name that has some.
    pub generics: Vec<Type>,
    /// How it is used.
    pub as_a: Use,
    /// What is given to it, when it is called; what stands in the brackets of an attribute.
    pub args: Vec<Argument>,
    /// The scope that it stands in.
    pub scope: usize,
    /// Its surroundings: an index of [`Outline::places`].
    pub at: usize,
    /// Where.
    pub span: Span,
}

/// A call of a method.
#[derive(Debug)]
pub struct Method {
    /// Its name.
    pub name: String,
    /// What it is called on.
    pub on: Argument,
    /// Its generic arguments.
    pub generics: Vec<Type>,
    /// What is given to it.
    pub args: Vec<Argument>,
    /// The scope that it stands in.
    pub scope: usize,
    /// Its surroundings: an index of [`Outline::places`].
    pub at: usize,
    /// Where its name stands.
    pub span: Span,
    /// Where the chain of calls that it is in starts.
    pub start: u32,
}

/// A text in the code.
#[derive(Debug)]
pub struct Literal {
    /// The text.
    pub text: String,
    /// Its surroundings.
    pub at: usize,
    /// Where.
    pub span: Span,
}

/// What an expression is made of, closures left out.
#[derive(Debug, Clone, Default)]
pub struct Argument {
    /// The texts in it; `[127, 0, 0, 1]` is `127.0.0.1`.
    pub literals: Vec<String>,
    /// The paths in it: variables, functions, constants, structs.
    pub paths: Vec<Path>,
    /// The names of fields and methods in it.
    pub names: Vec<String>,
}

/// The surroundings of something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct At {
    /// The function: an index of [`Outline::functions`].
    pub function: Option<usize>,
    /// The name of the static.
    pub in_static: Option<String>,
    /// The struct whose definition it stands in: an index of [`Outline::structures`].
    pub structure: Option<usize>,
    /// The field, of a definition or of a struct that is built.
    pub field: Option<String>,
    /// Names of variables, fields and functions around it, the nearest last.
    pub words: Vec<String>,
    /// What must hold for it to run.
    pub conditions: Vec<Condition>,
    /// Whether it is in the body of a loop.
    pub in_loop: bool,
    /// Whether it is in what is given to a `spawn`.
    pub spawned: bool,
    /// Whether it stands in the signature of a function.
    pub in_signature: bool,
}

/// What must hold for code to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// A feature of the package; `not` when it must be off.
    Feature {
        /// Its name.
        name: String,
        /// Whether it must be off.
        not: bool,
    },
    /// Only a build for development.
    DebugOnly,
    /// A branch: the names and texts of what decides.
    Branch(Vec<String>),
    /// Only when something is not given: the names and texts of what that is.
    Fallback(Vec<String>),
}

impl Path {
    /// The last name.
    #[must_use]
    pub fn last(&self) -> &str {
        self.segments.last().map_or("", String::as_str)
    }

    /// The name, when it is just one.
    #[must_use]
    pub fn single(&self) -> Option<&str> {
        match self.segments.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}

impl Argument {
    /// All names and texts.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let paths = self.paths.iter().flat_map(|path| path.segments.iter());
        self.literals.iter().chain(paths).chain(&self.names).cloned().collect()
    }
}
