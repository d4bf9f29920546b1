//! Types and paths of syn to our own.

use proc_macro2::Span as TokenSpan;
use syn::{GenericArgument, PathArguments, ReturnType};

use super::outline::{Path, Type};
use crate::text::Span;

/// The bytes of a span.
pub fn span_of(span: TokenSpan) -> Span {
    let range = span.byte_range();
    Span::new(offset(range.start), offset(range.end))
}

/// The bytes from the start of one thing to the end of another.
pub fn between(first: TokenSpan, last: TokenSpan) -> Span {
    let (start, end) = (span_of(first), span_of(last));
    Span::new(start.start, end.end.max(start.start))
}

fn offset(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A path without its generic arguments.
pub fn path(path: &syn::Path) -> Path {
    Path {
        absolute: path.leading_colon.is_some(),
        segments: path.segments.iter().map(|segment| name(&segment.ident)).collect(),
    }
}

/// A name, without the `r#` of a raw one.
pub fn name(ident: &syn::Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map_or_else(|| text.clone(), str::to_owned)
}

/// Where the names of a path stand.
pub fn path_span(path: &syn::Path) -> Span {
    match (path.segments.first(), path.segments.last()) {
        (Some(first), Some(last)) => between(first.ident.span(), last.ident.span()),
        _ => Span::default(),
    }
}

/// The generic arguments of the last name that has some.
pub fn generics(path: &syn::Path) -> Vec<Type> {
    path.segments
        .iter()
        .rev()
        .map(|segment| arguments(&segment.arguments))
        .find(|list| !list.is_empty())
        .unwrap_or_default()
}

/// Generic arguments.
pub fn arguments(arguments: &PathArguments) -> Vec<Type> {
    match arguments {
        PathArguments::None => Vec::new(),
        PathArguments::AngleBracketed(list) => list.args.iter().filter_map(argument).collect(),
        PathArguments::Parenthesized(list) => {
            let inputs = list.inputs.iter().map(|input| of(&input.ty));
            inputs.chain(output(&list.output)).collect()
        }
    }
}

/// A generic argument that is a type.
pub fn argument(argument: &GenericArgument) -> Option<Type> {
    match argument {
        GenericArgument::Type(kind) => Some(of(kind)),
        GenericArgument::AssocType(assoc) => Some(of(&assoc.ty)),
        _ => None,
    }
}

/// What a function returns.
pub fn output(output: &ReturnType) -> Option<Type> {
    match output {
        ReturnType::Default => None,
        ReturnType::Type(_, kind) => Some(of(kind)),
    }
}

/// A type. What is nested deeper than anyone writes is left out.
pub fn of(kind: &syn::Type) -> Type {
    let made_of = |args: Vec<Type>| Type { path: None, args, span: Span::default() };
    match kind {
        syn::Type::Path(it) if it.qself.is_none() => {
            Type { path: Some(path(&it.path)), args: generics(&it.path), span: path_span(&it.path) }
        }
        syn::Type::Array(it) => made_of(vec![of(&it.elem)]),
        syn::Type::Slice(it) => made_of(vec![of(&it.elem)]),
        syn::Type::Group(it) => of(&it.elem),
        syn::Type::Paren(it) => of(&it.elem),
        syn::Type::Reference(it) => made_of(vec![of(&it.elem)]),
        syn::Type::Ptr(it) => made_of(vec![of(&it.elem)]),
        syn::Type::Tuple(it) => made_of(it.elems.iter().map(of).collect()),
        _ => made_of(Vec::new()),
    }
}
