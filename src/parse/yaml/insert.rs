//! Where the lines go that a template prints: by their column, into the list or map that has it.

use super::super::node::{Kind, Node};
use super::place::{column, dash_before};
use super::templated::{Insert, unknown};
use crate::text::Span;

/// The lines themselves: an unknown value.
pub(super) fn node(source: &str, insert: Insert) -> Node {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    unknown(source, Span::new(offset(insert.start), offset(insert.end)))
}

/// Opens the list or map of `target` that the lines belong to. In doubt more than one.
pub(super) fn into(source: &str, target: &mut Node, insert: Insert) {
    let own = block_column(source, target);
    let span = target.span;
    let flow = own.is_none() && !target.entries().is_empty() | !target.items().is_empty();
    if flow && insert.start >= span.end as usize {
        *target = unknown(source, span);
        return;
    }
    let is_deeper = !flow && own.is_none_or(|own| insert.column > own);
    match &mut target.kind {
        // What several actions print is one unknown value over all of them.
        Kind::Templated(_) if (span.end as usize) <= insert.start => {
            *target = unknown(source, Span::new(span.start, node(source, insert).span.end));
        }
        Kind::Templated(_) => {}
        Kind::Tagged(_, inner) => into(source, inner, insert),
        Kind::Map(entries) if !entries.is_empty() => {
            let before = entries.iter_mut().filter(|(key, _)| (key.span.start as usize) < insert.start);
            let last = before.max_by_key(|(key, _)| key.span.start).map(|(_, value)| value);
            let opens = match last {
                Some(value) if is_deeper => {
                    let too_shallow = block_column(source, value).is_some_and(|inner| insert.column < inner);
                    into(source, value, insert);
                    too_shallow
                }
                // A list may stand at the column of its own key.
                Some(value) if matches!(value.kind, Kind::List(_)) && block_column(source, value) == own => {
                    into(source, value, insert);
                    true
                }
                _ => true,
            };
            if opens {
                entries.push((node(source, insert), node(source, insert)));
            }
        }
        Kind::List(items) if !items.is_empty() => {
            let before = items.iter_mut().filter(|item| (item.span.start as usize) < insert.start);
            let last = before.max_by_key(|item| item.span.start);
            let opens = match last {
                Some(item) if is_deeper => {
                    let too_shallow = block_column(source, item).is_some_and(|inner| insert.column < inner);
                    into(source, item, insert);
                    too_shallow || own.is_none()
                }
                _ => true,
            };
            if opens {
                items.push(node(source, insert));
            }
        }
        Kind::Null if span.start == span.end => *target = node(source, insert),
        _ => *target = unknown(source, span),
    }
}

/// The column of a block's keys or dashes; `None` for all that is not a block, or where it cannot be told.
fn block_column(source: &str, node: &Node) -> Option<usize> {
    match &node.kind {
        Kind::Map(entries) => {
            let own = entries.iter().any(|(key, _)| key.span.start == node.span.start);
            own.then(|| column(source, node.span.start as usize))
        }
        Kind::List(items) => {
            let first = items.first()?.span.start as usize;
            dash_before(source, first).map(|dash| column(source, dash))
        }
        _ => None,
    }
}
