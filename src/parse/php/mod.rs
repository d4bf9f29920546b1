//! PHP source to our own small tree.

mod diagnostics;
mod lower;
mod operators;
mod stack;
#[cfg(test)]
mod tests;
pub mod tree;
pub mod walk;

use std::panic;

pub use stack::with_deep_stack;

use crate::text::Span;
use tree::{File, SyntaxError};

/// Parses a PHP file, whatever its text: plain text and HTML become `echo`, and a file that PHP would refuse to
/// compile has `errors`.
///
/// "Would refuse" is what `php -l` says, with the syntax of every version up to 8.5 accepted.
/// The tree is at most [`MAX_DEPTH`] levels deep, so that a walk by recursion is safe; a deeper file has an error.
///
/// The parser recurses, and needs more stack than a thread has by default. A caller of many files saves
/// the start of one thread per file by calling this inside [`with_deep_stack`].
#[must_use]
pub fn parse(text: &str) -> File {
    stack::run(text.len(), || guarded(text)).unwrap_or_else(|| refused("no stack to parse this file on"))
}

/// How deep a [`File`] is at most, counting statements and expressions.
pub const MAX_DEPTH: u32 = 256;

/// A fault of the parser crate must not end the program: it costs that one file.
fn guarded(text: &str) -> File {
    panic::catch_unwind(|| parse_here(text)).unwrap_or_else(|_| refused("the parser failed on this file"))
}

fn parse_here(text: &str) -> File {
    let arena = bumpalo::Bump::new();
    let options = php_rs_parser::ParseOptions::default().source_map(false);
    let parsed = php_rs_parser::parse_arena_with(&arena, text, &options);
    let mut file = lower::file(text, &parsed.program);
    file.errors.extend(parsed.errors.iter().filter_map(|error| diagnostics::syntax_error(text, error)));
    file.errors.sort_by_key(|error| error.span);
    file
}

fn refused(message: &str) -> File {
    File {
        statements: Vec::new(),
        errors: vec![SyntaxError { message: message.to_owned(), span: Span::default() }],
    }
}
