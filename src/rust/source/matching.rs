//! Marks that are found by names: paths, attributes, methods, texts.

use std::collections::HashSet;

use super::found::{Found, How};
use super::graph::{Graph, Unit};
use super::marks::{Mark, marks, prefixes};
use super::shapes::{has_word, library_of, shapes};
use crate::facts::Place;
use crate::parse::rust::{Argument, At, Mention, Use};
use crate::text::Span;

/// Finds the marks of one file.
pub fn of_file(graph: &Graph<'_>, file: usize, found: &mut Vec<Found>) {
    let Some(unit) = graph.files.get(file) else { return };
    let mut crates: HashSet<String> = HashSet::new();
    for (mention, whole) in graph.foreign_mentions(file) {
        crates.extend(whole.split("::").next().map(str::to_owned));
        let how = match mention.as_a {
            Use::Call | Use::Value | Use::Macro | Use::Attribute => How::Made,
            Use::Type | Use::Pattern => How::Named,
            Use::Token => How::Guessed,
        };
        for mark in named(whole, mention, graph, file) {
            let mut one = graph.found(mark, whole, how, file, mention.scope, mention.at, mention.span);
            one.context.detail = graph.detail(file, mention.at, &mention.args);
            found.push(one);
        }
    }
    for scope in &unit.outline.scopes {
        let first = scope.imports.iter().filter_map(|import| import.path.segments.first());
        crates.extend(first.filter_map(|name| graph.crates.get(name)).map(|package| library_of(package)));
    }
    methods(graph, file, unit, &crates, found);
    words(graph, file, unit, found);
}

/// The marks that a path stands for.
fn named(whole: &str, mention: &Mention, graph: &Graph<'_>, file: usize) -> Vec<&'static Mark> {
    let index = marks();
    let given = |path: &str| index.calls.get(path).into_iter().flatten();
    let mut found: Vec<&'static Mark> = Vec::new();
    match mention.as_a {
        Use::Attribute => {
            let words: Vec<&str> =
                mention.args.iter().flat_map(|arg| &arg.names).map(String::as_str).collect();
            let all = index.attributes.get(whole).into_iter().flatten();
            found.extend(all.filter(|mark| {
                let has = |list: &[String]| list.iter().any(|word| words.contains(&word.as_str()));
                (mark.with.is_empty() || has(&mark.with)) && !has(&mark.without)
            }));
        }
        Use::Macro => found.extend(given(whole)),
        Use::Call | Use::Value | Use::Token | Use::Type | Use::Pattern => {
            found.extend(prefixes(whole).flat_map(|prefix| index.types.get(prefix).into_iter().flatten()));
            if !matches!(mention.as_a, Use::Type | Use::Pattern) {
                found.extend(given(whole));
            }
        }
    }
    found.retain(|mark| {
        (mark.text.is_empty()
            || graph.texts(file, mention.at, &mention.args).iter().any(|text| starts(mark, text)))
            && (!mark.at_start || graph.is_at_start(file, mention.at))
            && (mark.unless.is_empty() || !graph.calls_one_of(file, mention.at, &mark.unless))
    });
    found
}

fn starts(mark: &Mark, text: &str) -> bool {
    mark.text.iter().any(|start| text.starts_with(start.as_str()))
}

fn methods(graph: &Graph<'_>, file: usize, unit: &Unit, crates: &HashSet<String>, found: &mut Vec<Found>) {
    for method in &unit.outline.methods {
        for (of, mark) in marks().methods.get(method.name.as_str()).into_iter().flatten() {
            let fits = mark.text.is_empty()
                || graph.texts(file, method.at, &method.args).iter().any(|text| starts(mark, text));
            if crates.contains(*of) && fits {
                let path = format!("{of}::{}", method.name);
                let mut one =
                    graph.found(mark, &path, How::Guessed, file, method.scope, method.at, method.span);
                one.context.detail = graph.detail(file, method.at, &method.args);
                found.push(one);
            }
        }
    }
}

/// Marks by texts, and by parts of the names of what is called.
fn words(graph: &Graph<'_>, file: usize, unit: &Unit, found: &mut Vec<Found>) {
    for mark in &marks().words {
        for literal in &unit.outline.literals {
            if has_word(&mark.texts, [literal.text.as_str()]) {
                let path = mark.texts.first().map_or("", String::as_str);
                found.push(graph.found(mark, path, How::Guessed, file, 0, literal.at, literal.span));
            }
        }
        if mark.names.is_empty() {
            continue;
        }
        let calls = unit.outline.mentions.iter().filter(|mention| mention.as_a == Use::Call);
        let calls = calls.map(|call| (call.path.last(), call.scope, call.at, call.span));
        let methods = unit.outline.methods.iter();
        let methods = methods.map(|method| (method.name.as_str(), method.scope, method.at, method.span));
        for (name, scope, at, span) in calls.chain(methods) {
            if has_word(&mark.names, [name]) {
                found.push(graph.found(mark, name, How::Guessed, file, scope, at, span));
            }
        }
    }
}

impl Graph<'_> {
    /// A mark at a place.
    #[expect(clippy::too_many_arguments, reason = "each says another thing about one place")]
    pub(super) fn found(
        &self,
        mark: &'static Mark,
        path: &str,
        how: How,
        file: usize,
        scope: usize,
        at: usize,
        span: Span,
    ) -> Found {
        let place = match self.files.get(file) {
            Some(unit) => Place::new(&unit.source, span),
            None => Place::new(&std::sync::Arc::new(crate::text::Source::new("", String::new())), span),
        };
        Found { mark, path: path.to_owned(), how, place, context: self.context(file, scope, at, span) }
    }

    /// The surroundings that something points at.
    pub(super) fn at(&self, file: usize, at: usize) -> Option<&At> {
        self.files.get(file)?.outline.places.get(at)
    }

    /// The texts that some arguments hold, also through variables and constants of the file.
    pub(super) fn texts(&self, file: usize, at: usize, args: &[Argument]) -> Vec<String> {
        let mut found: Vec<String> = args.iter().flat_map(|arg| arg.literals.iter().cloned()).collect();
        for name in args.iter().flat_map(|arg| &arg.paths).filter_map(|path| path.segments.last()) {
            if let Some(value) = self.value_of(file, at, name) {
                found.extend(value.literals.iter().cloned());
            }
        }
        found
    }

    /// What a variable of the function or a constant of the file is made of.
    pub(super) fn value_of(&self, file: usize, at: usize, name: &str) -> Option<&Argument> {
        let outline = &self.files.get(file)?.outline;
        let function = self.at(file, at)?.function.and_then(|index| outline.functions.get(index));
        let bindings = function.map(|function| function.bindings.as_slice()).unwrap_or_default();
        let all = bindings.iter().rev().chain(&outline.constants);
        all.into_iter().find(|binding| binding.name == name).map(|binding| &binding.value)
    }

    /// The text that is given to a call.
    pub(super) fn detail(&self, file: usize, at: usize, args: &[Argument]) -> Option<String> {
        self.texts(file, at, args).into_iter().find(|text| !text.trim().is_empty())
    }

    /// Whether code runs when a process starts: in a static, or in a function that is named like it.
    fn is_at_start(&self, file: usize, at: usize) -> bool {
        let Some(here) = self.at(file, at) else { return false };
        let function = here.function.and_then(|index| self.files.get(file)?.outline.functions.get(index));
        here.in_static.is_some()
            || function.is_some_and(|function| {
                let name = function.name.to_ascii_lowercase();
                let words = |part: &str| shapes().starts.iter().any(|word| part == word);
                words(&name) || name.split('_').any(words) || name.ends_with("keys")
            })
    }

    /// Whether the function around a place, or the file outside of functions, calls one of some methods.
    pub(super) fn calls_one_of(&self, file: usize, at: usize, names: &[String]) -> bool {
        let Some(unit) = self.files.get(file) else { return false };
        let function = self.at(file, at).and_then(|at| at.function);
        unit.outline.methods.iter().any(|method| {
            names.contains(&method.name)
                && (function.is_none() || self.at(file, method.at).and_then(|at| at.function) == function)
        })
    }
}
