//! Files that handlers write to the disk of the server.

use super::found::{Found, How};
use super::graph::Graph;
use super::marks::marks;
use super::shapes::{has_word, shapes};
use crate::parse::rust::{Argument, Use};

/// Finds what one file writes.
pub fn of_file(graph: &Graph<'_>, file: usize, found: &mut Vec<Found>) {
    let shapes = shapes();
    let with_files = graph.file_names(file, &shapes.multiparts);
    for (call, path) in graph.foreign_mentions(file) {
        let listed = |list: &[String]| list.iter().any(|known| known == path);
        let opens = listed(&shapes.openers);
        if !matches!(call.as_a, Use::Call | Use::Value) || !opens && !listed(&shapes.writes) {
            continue;
        }
        let Some(mark) = marks().ids.get("file-write") else { continue };
        let mut one = graph.found(mark, path, How::Made, file, call.scope, call.at, call.span);
        let answers =
            one.context.handler || with_files && one.context.function.is_some() || is_for_uploads(&one);
        let for_writing = !opens || one.context.chain.iter().any(|method| shapes.opens.contains(method));
        if !answers || !for_writing || is_scratch(graph, file, call.at, &call.args) {
            continue;
        }
        one.context.detail = graph.detail(file, call.at, &call.args);
        found.push(one);
    }
    if graph.file_names(file, &shapes.temporary) {
        persisted(graph, file, found);
    }
}

/// Whether a function is one for uploads by its name, or by that of its module.
fn is_for_uploads(found: &Found) -> bool {
    let function = found.context.function.as_deref();
    function.is_some()
        && has_word(&shapes().uploads, [found.context.module.as_str()].into_iter().chain(function))
}

/// A file of a request that is kept: `file.persist_to(path)`.
fn persisted(graph: &Graph<'_>, file: usize, found: &mut Vec<Found>) {
    let Some(unit) = graph.files.get(file) else { return };
    for method in unit.outline.methods.iter().filter(|one| shapes().persists.contains(&one.name)) {
        let Some(mark) = marks().ids.get("upload-persist") else { continue };
        if method.args.is_empty() || is_scratch(graph, file, method.at, &method.args) {
            continue;
        }
        let mut one = graph.found(mark, &method.name, How::Made, file, method.scope, method.at, method.span);
        one.context.detail = graph.detail(file, method.at, &method.args);
        found.push(one);
    }
}

/// Whether a path is one of a file that is not kept.
fn is_scratch(graph: &Graph<'_>, file: usize, at: usize, args: &[Argument]) -> bool {
    let mut words: Vec<String> = args.iter().flat_map(Argument::words).collect();
    let mut names: Vec<String> =
        args.iter().flat_map(|arg| &arg.paths).map(|path| path.last().to_owned()).collect();
    // A path is often put together in two steps.
    for _ in 0..2 {
        let values: Vec<&Argument> = names.iter().filter_map(|name| graph.value_of(file, at, name)).collect();
        let next = values.iter().flat_map(|value| &value.paths).map(|path| path.last().to_owned()).collect();
        words.extend(values.iter().flat_map(|value| value.words()));
        names = next;
    }
    has_word(&shapes().scratch, words.iter().map(String::as_str))
}
