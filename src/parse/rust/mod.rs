//! Rust source to an outline: what a file defines and names, with the surroundings of each name.
//!
//! The parser is syn. What it refuses is looked at as tokens, and the outline says so. Code that is only for tests, and
//! code of builds for development (`#[cfg(debug_assertions)]`), is left out.

mod arguments;
mod attributes;
mod branches;
mod expressions;
mod imports;
mod items;
mod macros;
mod nesting;
mod outline;
mod reader;
mod stack;
#[cfg(test)]
mod tests;
mod tokens;
mod types;

use std::panic;
use std::str::FromStr;

use proc_macro2::TokenStream;

pub use items::is_test_module;
pub use outline::{
    Alias, Argument, At, Binding, Condition, Declared, Field, Function, Import, Literal, Mention, Method,
    Outline, Path, Scope, Static, Structure, Type, Use,
};
pub use stack::with_deep_stack;

use reader::Reader;

/// Outlines a file of Rust, whatever its text.
#[must_use]
pub fn outline(text: &str) -> Outline {
    with_deep_stack(|| guarded(text)).unwrap_or_else(|| refused("no stack to parse this file on"))
}

/// A fault of the parser crate must not end the program: it costs that one file.
fn guarded(text: &str) -> Outline {
    let read = panic::catch_unwind(|| read(text));
    // The parser keeps every text that this thread has given it, until told.
    proc_macro2::extra::invalidate_current_thread_spans();
    read.unwrap_or_else(|_| refused("the parser failed on this file"))
}

fn read(text: &str) -> Outline {
    let text = without_head(text);
    let tokens = match TokenStream::from_str(&text) {
        Ok(tokens) => tokens,
        Err(error) => return refused(&format!("this is no Rust: {error}")),
    };
    let mut reader = Reader::new();
    if nesting::depth(&tokens) > nesting::MAX_NESTING {
        reader.outline.refused = Some("nested too deep: only its tokens were read".to_owned());
        reader.file_of_tokens(tokens);
        return reader.outline;
    }
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => reader.file(&file),
        Err(error) => {
            let line = error.span().start().line;
            reader.outline.refused = Some(format!("line {line}: {error}: only its tokens were read"));
            reader.file_of_tokens(tokens);
        }
    }
    reader.outline
}

/// The text with spaces for a byte order mark and a `#!` line, so that what follows keeps its place.
fn without_head(text: &str) -> String {
    let (blank, rest) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("   ".to_owned(), rest),
        None => (String::new(), text),
    };
    if !rest.starts_with("#!") || rest.trim_start_matches("#!").trim_start().starts_with('[') {
        return blank + rest;
    }
    let (line, rest) = rest.split_at(rest.find('\n').unwrap_or(rest.len()));
    blank + &" ".repeat(line.len()) + rest
}

fn refused(reason: &str) -> Outline {
    Outline { refused: Some(reason.to_owned()), scopes: vec![Scope::default()], ..Outline::default() }
}
