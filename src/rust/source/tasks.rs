//! Work that every process does for itself on a clock, and channels that end with the process.

use super::found::{Found, How};
use super::graph::Graph;
use super::marks::marks;
use super::shapes::{has_word, shapes, text_starts_in};
use crate::parse::rust::{Mention, Type, Use};

/// Finds the loops of one file that wait and then work: `spawn(async { loop { tick().await; work(&db) } })`.
pub fn loops(graph: &Graph<'_>, file: usize, found: &mut Vec<Found>) {
    for (call, path) in graph.foreign_mentions(file).filter(|(mention, _)| mention.as_a == Use::Call) {
        let Some(at) = graph.at(file, call.at) else { continue };
        if !shapes().waits.iter().any(|known| known == path) {
            continue;
        }
        let is_interval = call.path.last().starts_with("interval");
        if !at.spawned
            || !(is_interval || at.in_loop)
            || !(works(graph, file, at.function) || is_interval && is_scheduler(graph, file, call))
        {
            continue;
        }
        let Some(mark) = marks().ids.get("interval-loop") else { continue };
        let one = graph.found(mark, path, How::Made, file, call.scope, call.at, call.span);
        let names = one.context.words.iter().map(String::as_str).chain([one.context.module.as_str()]);
        if !has_word(&shapes().housekeeping, names) {
            found.push(one);
        }
    }
}

/// Whether code is a scheduler by the name of its module or function.
fn is_scheduler(graph: &Graph<'_>, file: usize, call: &Mention) -> bool {
    let module = graph.module_of(file, call.scope).map(|key| key.1.join("::")).unwrap_or_default();
    let words = graph.at(file, call.at).map(|at| at.words.as_slice()).unwrap_or_default();
    has_word(&shapes().clocks, words.iter().map(String::as_str).chain([module.as_str()]))
}

/// Whether a loop that a function spawns does work for the app: with a database, mail, another service.
fn works(graph: &Graph<'_>, file: usize, function: Option<usize>) -> bool {
    let Some(unit) = graph.files.get(file) else { return false };
    let inside =
        |at: usize| graph.at(file, at).is_some_and(|at| at.function == function && at.spawned && at.in_loop);
    let by_crate = graph
        .foreign_mentions(file)
        .any(|(mention, path)| inside(mention.at) && text_starts_in(&shapes().work_crates, path));
    let by_name = unit.outline.mentions.iter().any(|mention| {
        inside(mention.at) && has_word(&shapes().work_words, mention.path.segments.iter().map(String::as_str))
    });
    by_crate
        || by_name
        || unit.outline.methods.iter().filter(|one| inside(one.at)).any(|method| {
            has_word(&shapes().work_words, method.on.names.iter().map(String::as_str))
                || method
                    .args
                    .iter()
                    .any(|arg| has_word(&shapes().work_words, arg.words().iter().map(String::as_str)))
        })
}

/// Finds the channels of a package that reach the clients of one process only.
pub fn channels(graph: &Graph<'_>, found: &mut Vec<Found>) {
    if !(0..graph.files.len()).any(|file| graph.file_names(file, &shapes().pushes)) {
        return;
    }
    for file in 0..graph.files.len() {
        for (call, path) in graph.foreign_mentions(file) {
            if call.as_a != Use::Call || path != "tokio::sync::broadcast::channel" {
                continue;
            }
            let Some(mark) = marks().ids.get("broadcast-channel") else { continue };
            let mut one = graph.found(mark, path, How::Made, file, call.scope, call.at, call.span);
            if ends_something(graph, file, call, &one.context.words) {
                continue;
            }
            one.context.words.extend(super::containers::words_of(&call.generics));
            found.push(one);
        }
    }
}

/// Whether a channel only tells a process to end: by its name, or because it carries nothing.
fn ends_something(graph: &Graph<'_>, file: usize, call: &Mention, words: &[String]) -> bool {
    let is_nothing = |kind: &Type| kind.path.is_none() && kind.args.is_empty();
    if let [payload] = call.generics.as_slice() {
        return is_nothing(payload);
    }
    let senders = graph.foreign_mentions(file).filter(|(mention, path)| {
        path.starts_with("tokio::sync::broadcast::") && !mention.generics.is_empty()
    });
    let mut payloads = senders.flat_map(|(mention, _)| &mention.generics).peekable();
    let carries_nothing = payloads.peek().is_some() && payloads.all(is_nothing);
    carries_nothing || has_word(&shapes().endings, words.iter().map(String::as_str))
}
