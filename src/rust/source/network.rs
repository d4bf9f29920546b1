//! Servers that listen on their own machine only, and logins whose state one process keeps.

use super::found::{Condition, ConditionKind, Found, How};
use super::graph::Graph;
use super::marks::marks;
use super::shapes::{has_word, is_in, shapes};
use crate::parse::rust::{Argument, Use};

/// Finds the listeners of one file that no load balancer reaches.
pub fn listeners(graph: &Graph<'_>, file: usize, found: &mut Vec<Found>) {
    let Some(unit) = graph.files.get(file) else { return };
    let calls = unit.outline.mentions.iter().filter(|mention| mention.as_a == Use::Call).filter_map(|call| {
        let path = graph.foreign_path(file, call.scope, &call.path)?;
        is_in(&shapes().binds, &path).then_some((path.join("::"), call.scope, call.at, call.span, &call.args))
    });
    let serves = graph.crates.values().any(|package| shapes().bind_crates.contains(package));
    let methods = unit.outline.methods.iter().filter(|method| {
        serves && matches!(method.name.as_str(), "bind" | "bind_auto_h2c" | "bind_rustls" | "bind_openssl")
    });
    let methods = methods.map(|one| (one.name.clone(), one.scope, one.at, one.span, &one.args));
    for (path, scope, at, span, args) in calls.chain(methods) {
        let Some((address, fallback)) = args.first().and_then(|arg| loopback(graph, file, at, arg)) else {
            continue;
        };
        let Some(mark) = marks().ids.get("loopback-bind") else { continue };
        let mut one = graph.found(mark, &path, How::Made, file, scope, at, span);
        if has_word(&shapes().inner_servers, one.context.words.iter().map(String::as_str)) {
            continue;
        }
        // It only asks whether a port is free, or takes any that is and asks which: a helper of the program itself.
        let function = |at: usize| unit.outline.places.get(at).and_then(|around| around.function);
        let asks = |name: &str| {
            let mut methods = unit.outline.methods.iter().filter(|method| method.name == name);
            methods.any(|method| function(method.at) == function(at))
        };
        if one.context.chain.iter().any(|name| matches!(name.as_str(), "is_ok" | "is_err"))
            || (!address.contains(':') && function(at).is_some() && asks("local_addr"))
        {
            continue;
        }
        one.context.detail = Some(address);
        if let Some(name) = fallback {
            one.context.conditions.push(Condition { kind: ConditionKind::Fallback(name), words: Vec::new() });
        }
        found.push(one);
    }
}

/// The address of the own machine that an argument is, and what is asked before it.
fn loopback(
    graph: &Graph<'_>,
    file: usize,
    at: usize,
    arg: &Argument,
) -> Option<(String, Option<Option<String>>)> {
    let mut waiting = vec![(arg, 0)];
    while let Some((arg, depth)) = waiting.pop() {
        let text = arg
            .literals
            .iter()
            // Whoever asks for any port that is free serves no load balancer.
            .filter(|text| !text.ends_with(":0"))
            .find(|text| shapes().loopback.iter().any(|start| text.starts_with(start.as_str())));
        let constant =
            arg.paths.iter().any(|path| path.last() == "LOCALHOST").then(|| "localhost".to_owned());
        if let Some(address) = text.cloned().or(constant) {
            let asks =
                arg.names.iter().any(|name| name.starts_with("unwrap_or") || name.starts_with("map_or"));
            let name = arg.literals.iter().find(|text| *text != &address).cloned();
            return Some((address, asks.then_some(name)));
        }
        if depth < 3 {
            let names = arg.paths.iter().filter_map(|path| path.single());
            waiting
                .extend(names.filter_map(|name| graph.value_of(file, at, name)).map(|arg| (arg, depth + 1)));
        }
    }
    None
}

/// Finds the functions of one file that begin a login and keep what they must know at its end in a map.
pub fn logins(graph: &Graph<'_>, file: usize, found: &mut Vec<Found>) {
    let Some(unit) = graph.files.get(file) else { return };
    for mention in unit.outline.mentions.iter().filter(|one| matches!(one.as_a, Use::Call | Use::Value)) {
        let path = graph.foreign_path(file, mention.scope, &mention.path);
        let Some(path) = path.filter(|path| is_in(&shapes().oauth, path)) else { continue };
        let Some(function) = graph.at(file, mention.at).and_then(|at| at.function) else { continue };
        let keeps = unit.outline.methods.iter().any(|method| {
            let words = method.on.words();
            method.name == "insert"
                && graph.at(file, method.at).and_then(|at| at.function) == Some(function)
                && !has_word(&shapes().sessions, words.iter().map(String::as_str))
                && method.args.len() > 1
        });
        if keeps && let Some(mark) = marks().ids.get("oauth-state") {
            found.push(graph.found(
                mark,
                &path.join("::"),
                How::Made,
                file,
                mention.scope,
                mention.at,
                mention.span,
            ));
        }
    }
}
