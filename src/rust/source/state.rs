//! State in the memory of the process: containers in statics, in the state of the app, in limiters of one's own.

use std::collections::BTreeSet;

use super::containers::{Container, words_of};
use super::found::{Found, How};
use super::graph::Graph;
use super::marks::marks;
use super::resolve::Resolved;
use super::shapes::{has_word, is_in, shapes, starts_in};
use crate::parse::rust::{Argument, Path, Type, Use};

/// A struct or alias of the package: file, scope, name.
type Own = (usize, usize, String);

/// Finds the containers of a package.
pub fn of_package(graph: &Graph<'_>, found: &mut Vec<Found>) {
    let mut seen = BTreeSet::new();
    for file in 0..graph.files.len() {
        statics(graph, file, &mut seen, found);
    }
    for file in 0..graph.files.len() {
        given(graph, file, &mut seen, found);
        in_signatures(graph, file, &mut seen, found);
    }
    for file in 0..graph.files.len() {
        limiters(graph, file, &mut seen, found);
    }
}

/// The mark of a container, by the names around it.
fn mark_id<'a>(plain: &'static str, names: impl Iterator<Item = &'a str> + Clone) -> &'static str {
    if has_word(&shapes().limits, names) { "limiter-container" } else { plain }
}

fn statics(graph: &Graph<'_>, file: usize, seen: &mut BTreeSet<Own>, found: &mut Vec<Found>) {
    let Some(unit) = graph.files.get(file) else { return };
    for one in &unit.outline.statics {
        if one.of_thread {
            continue;
        }
        let Some(container) = graph.container(file, one.scope, &one.kind) else { continue };
        let words = [words_of(std::slice::from_ref(&one.kind)), container.words.clone()].concat();
        let names = || words.iter().map(String::as_str).chain([one.name.as_str()]);
        // The struct in it is told here.
        seen.extend(graph.own_type(file, one.scope, &one.kind));
        if is_harmless(&words, one.name.as_str()) {
            continue;
        }
        let id = mark_id("static-container", names());
        let Some(mark) = marks().ids.get(id) else { continue };
        let mut this = graph.found(mark, &container.kind, How::Made, file, one.scope, one.at, one.span);
        this.context.words.extend(words);
        found.push(this);
    }
}

/// What is given to the app as its state: `.with_state(state)`.
fn given(graph: &Graph<'_>, file: usize, seen: &mut BTreeSet<Own>, found: &mut Vec<Found>) {
    let Some(unit) = graph.files.get(file) else { return };
    for call in unit.outline.mentions.iter().filter(|mention| mention.as_a == Use::Call) {
        let path = graph.foreign_path(file, call.scope, &call.path);
        if path.is_some_and(|path| is_in(&shapes().state_calls, &path)) {
            for arg in &call.args {
                of_argument(graph, file, call.scope, call.at, call.span, arg, seen, found);
            }
        }
    }
    let has_crate = |of: &String| graph.crates.values().any(|package| package.replace('-', "_") == *of);
    for method in &unit.outline.methods {
        let Some(crates) = shapes().state_methods.get(&method.name) else { continue };
        if crates.iter().any(has_crate) {
            for arg in &method.args {
                of_argument(graph, file, method.scope, method.at, method.span, arg, seen, found);
            }
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "a place and what stands there")]
fn of_argument(
    graph: &Graph<'_>,
    file: usize,
    scope: usize,
    at: usize,
    span: crate::text::Span,
    arg: &Argument,
    seen: &mut BTreeSet<Own>,
    found: &mut Vec<Found>,
) {
    for (kind, own) in types_of(graph, file, scope, at, arg, 3) {
        match own {
            Some(own) => of_own(graph, own, (file, scope, at, span), seen, found),
            None => {
                let Some(kind) = kind else { continue };
                if let Some(container) = graph.container(file, scope, &kind) {
                    push(graph, &container, (file, scope, at, span), found);
                }
            }
        }
    }
}

/// The types that a value may be of, as far as its function tells.
fn types_of(
    graph: &Graph<'_>,
    file: usize,
    scope: usize,
    at: usize,
    arg: &Argument,
    depth: u8,
) -> Vec<(Option<Type>, Option<Own>)> {
    let mut found = Vec::new();
    let Some(depth) = depth.checked_sub(1) else { return found };
    for path in &arg.paths {
        if let Some(own) = graph.own_of_path(file, scope, path) {
            found.push((None, Some(own)));
            continue;
        }
        if let Some(foreign) = graph.foreign_path(file, scope, path) {
            let (kind, _) = foreign.split_at(foreign.len().saturating_sub(1));
            if is_in(&shapes().concurrent, kind) {
                let segments =
                    path.segments.iter().take(path.segments.len().saturating_sub(1)).cloned().collect();
                let path = Path { absolute: path.absolute, segments };
                found.push((Some(Type { path: Some(path), ..Type::default() }), None));
            }
            continue;
        }
        let Some(outline) = graph.files.get(file).map(|unit| &unit.outline) else { continue };
        if let Some(own) = returned(graph, file, scope, path) {
            found.push((None, Some(own)));
            continue;
        }
        let function =
            graph.at(file, at).and_then(|at| at.function).and_then(|index| outline.functions.get(index));
        let Some(function) = function else { continue };
        let all = function.bindings.iter().rev().chain(&function.parameters);
        let Some(binding) = all.into_iter().find(|binding| Some(binding.name.as_str()) == path.single())
        else {
            continue;
        };
        match &binding.kind {
            Some(kind) => match graph.own_type(file, scope, kind) {
                Some(own) => found.push((None, Some(own))),
                None => found.push((Some(kind.clone()), None)),
            },
            None => found.extend(types_of(graph, file, scope, at, &binding.value, depth)),
        }
    }
    found
}

/// The struct or alias that a function of the package returns.
fn returned(graph: &Graph<'_>, file: usize, scope: usize, path: &Path) -> Option<Own> {
    let Resolved::Own(file, scope, name, rest) = graph.resolve(file, scope, path)? else { return None };
    let functions = &graph.files.get(file)?.outline.functions;
    let function = functions.iter().find(|one| one.scope == scope && one.name == name && one.of.is_none());
    let output = function.filter(|_| rest.is_empty())?.output.as_ref()?;
    graph.own_type(file, scope, output)
}

/// What handlers are given: `State<AppState>`.
fn in_signatures(graph: &Graph<'_>, file: usize, seen: &mut BTreeSet<Own>, found: &mut Vec<Found>) {
    let Some(unit) = graph.files.get(file) else { return };
    for mention in &unit.outline.mentions {
        if mention.as_a != Use::Type || mention.generics.is_empty() {
            continue;
        }
        let path = graph.foreign_path(file, mention.scope, &mention.path);
        if !path.is_some_and(|path| starts_in(&shapes().states, &path)) {
            continue;
        }
        let place = (file, mention.scope, mention.at, mention.span);
        for kind in &mention.generics {
            if let Some(own) = graph.own_type(file, mention.scope, kind) {
                of_own(graph, own, place, seen, found);
            } else if let Some(container) = graph.container(file, mention.scope, kind)
                && seen.insert((file, mention.scope, container.kind.clone()))
            {
                push(graph, &container, place, found);
            }
        }
    }
}

/// Whether a container keeps settings, metrics, clients of services: nothing of users.
fn is_harmless(words: &[String], name: &str) -> bool {
    has_word(&shapes().harmless, words.iter().map(String::as_str).chain([name]))
        || words.iter().any(|word| shapes().harmless_types.contains(word))
}

/// A place: file, scope, surroundings, bytes.
type At = (usize, usize, usize, crate::text::Span);

/// The containers in a struct that is state of the app.
fn of_own(graph: &Graph<'_>, own: Own, place: At, seen: &mut BTreeSet<Own>, found: &mut Vec<Found>) {
    if !seen.insert(own.clone()) {
        return;
    }
    let (file, scope, name) = own;
    if let Some(alias) = graph.alias(file, scope, &name) {
        match graph.own_type(file, scope, &alias.target) {
            Some(inner) => of_own(graph, inner, place, seen, found),
            None => {
                if let Some(container) = graph.container(file, scope, &alias.target) {
                    let mut container = container;
                    container.words.push(name);
                    push(graph, &container, place, found);
                }
            }
        }
        return;
    }
    let Some(structure) = graph.structure(file, scope, &name) else { return };
    for field in &structure.fields {
        // A struct in the struct: its own fields are told.
        if let Some(inner) = graph.own_type(file, scope, &field.kind)
            && graph.structure(inner.0, inner.1, &inner.2).is_some()
            && !is_locked(graph, file, scope, &field.kind)
        {
            of_own(graph, inner, place, seen, found);
            continue;
        }
        in_field(graph, file, scope, &name, field, "state-container", found);
    }
}

fn is_locked(graph: &Graph<'_>, file: usize, scope: usize, kind: &Type) -> bool {
    graph.names(file, scope, kind, 4, &|path| is_in(&shapes().locks, path))
}

fn in_field(
    graph: &Graph<'_>,
    file: usize,
    scope: usize,
    structure: &str,
    field: &crate::parse::rust::Field,
    plain: &'static str,
    found: &mut Vec<Found>,
) {
    let Some(container) = graph.container(file, scope, &field.kind) else { return };
    let words = [vec![structure.to_owned(), field.name.clone()], container.words.clone()].concat();
    let names = || words.iter().map(String::as_str);
    if is_harmless(words.get(1..).unwrap_or_default(), "") {
        return;
    }
    let Some(mark) = marks().ids.get(mark_id(plain, names())) else { return };
    let span = span_of(&field.kind);
    let at = graph.files.get(file).and_then(|unit| {
        let same = |one: &&crate::parse::rust::Mention| one.span.start >= span.start && one.scope == scope;
        unit.outline.mentions.iter().find(same).map(|mention| mention.at)
    });
    let mut this = graph.found(mark, &container.kind, How::Made, file, scope, at.unwrap_or(0), span);
    this.context.structure = Some(structure.to_owned());
    this.context.field = Some(field.name.clone());
    this.context.words.extend(words.clone());
    found.push(this);
}

/// Where a type stands, also one that begins with `&`.
fn span_of(kind: &Type) -> crate::text::Span {
    if kind.path.is_some() { kind.span } else { kind.args.first().map(span_of).unwrap_or_default() }
}

fn push(graph: &Graph<'_>, container: &Container, place: At, found: &mut Vec<Found>) {
    let names = || container.words.iter().map(String::as_str);
    if is_harmless(&container.words, "") {
        return;
    }
    let Some(mark) = marks().ids.get(mark_id("state-container", names())) else { return };
    let (file, scope, at, span) = place;
    let mut this = graph.found(mark, &container.kind, How::Made, file, scope, at, span);
    this.context.words.extend(container.words.clone());
    found.push(this);
}

/// Limiters of one's own: a struct that is named like one and has a container.
fn limiters(graph: &Graph<'_>, file: usize, seen: &mut BTreeSet<Own>, found: &mut Vec<Found>) {
    let Some(unit) = graph.files.get(file) else { return };
    for structure in &unit.outline.structures {
        let own = (file, structure.scope, structure.name.clone());
        let module = graph.module_of(file, structure.scope).map(|key| key.1.join("::")).unwrap_or_default();
        let names = [structure.name.as_str(), module.as_str()];
        if !has_word(&shapes().limits, names) || seen.contains(&own) {
            continue;
        }
        let before = found.len();
        for field in &structure.fields {
            // A struct in it is told where it is defined.
            if graph
                .own_type(file, structure.scope, &field.kind)
                .is_some_and(|(file, scope, name)| graph.structure(file, scope, &name).is_some())
            {
                continue;
            }
            in_field(graph, file, structure.scope, &structure.name, field, "limiter-container", found);
        }
        if found.len() > before {
            seen.insert(own);
        }
    }
}
