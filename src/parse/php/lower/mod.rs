//! From the parser crate's tree to ours. No type of the parser leaves this directory.

mod calls;
mod chains;
mod classes;
mod escapes;
mod exprs;
mod functions;
mod loops;
mod members;
mod names;
mod operators;
mod statements;
mod strings;

use php_ast::resolve::NameResolver;

use super::{
    MAX_DEPTH,
    tree::{File, SyntaxError},
};
use crate::text::Span;

/// Lowers a whole program.
pub(super) fn file(text: &str, program: &php_ast::Program) -> File {
    let mut lower = Lower { text, names: NameResolver::new(), depth: 0, errors: Vec::new() };
    let statements = lower.statements(&program.stmts);
    File { statements, errors: lower.errors }
}

/// What is known while the tree is walked from top to bottom.
struct Lower<'t> {
    /// The file.
    text: &'t str,
    /// The namespace and the `use` imports so far.
    names: NameResolver,
    /// How many statements and expressions are around this place.
    depth: u32,
    errors: Vec<SyntaxError>,
}

impl Lower<'_> {
    /// Goes `levels` deeper for the time of `work`; `None`, and an error, where that is too deep.
    fn deeper<R>(&mut self, levels: u32, span: Span, work: impl FnOnce(&mut Self) -> R) -> Option<R> {
        let depth = self.depth;
        let inside = depth.saturating_add(levels);
        if inside > MAX_DEPTH {
            self.too_deep(span);
            return None;
        }
        self.depth = inside;
        let result = work(self);
        self.depth = depth;
        Some(result)
    }

    /// One error is enough: where one construct is too deep, thousands may be.
    fn too_deep(&mut self, span: Span) {
        if self.errors.is_empty() {
            self.errors.push(SyntaxError { message: TOO_DEEP.to_owned(), span });
        }
    }
}

const TOO_DEEP: &str = "nesting too deep";

/// The parser's span as ours.
fn span(span: php_ast::Span) -> Span {
    Span::new(span.start, span.end)
}
