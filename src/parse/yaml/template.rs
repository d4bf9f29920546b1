//! A text without its templates: the same length, so that places stay.

use super::action::{self, Action, Does};
use super::place::column;
use super::templated::{Insert, Templates};

/// Replaces every action: on lines of its own by empty lines (blanks could be too deep for a text block), within a
/// line by a filler. Also tells where they were.
pub(super) fn without(text: &str) -> (String, Templates) {
    let actions = action::all(text);
    let mut bytes = text.as_bytes().to_vec();
    let mut templates = Templates::default();
    for group in groups(text, &actions) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let alone = stands_alone(text, first.start, last.end);
        let output = group.iter().find(|action| action.does == Does::Output);
        if let (true, Some(output)) = (alone, output) {
            let column = output.indent.unwrap_or_else(|| column(text, first.start));
            templates.inserts.push(Insert { start: output.start, end: output.end, column });
        }
        for action in group {
            if action.does != Does::Nothing {
                templates.holes.push((action.start, action.end));
            }
            fill(
                &mut bytes,
                action.start,
                action.end,
                if action.does == Does::Nothing { b' ' } else { b'x' },
            );
        }
        if alone {
            fill(&mut bytes, line_start(text, first.start), last.end, b'\n');
        }
    }
    let definitions = regions(&actions, &mut templates);
    for (start, end) in &definitions {
        fill(&mut bytes, line_start(text, *start), *end, b'\n');
    }
    templates.inserts.retain(|insert| {
        let index = definitions.partition_point(|(_, end)| *end <= insert.start);
        definitions.get(index).is_none_or(|(start, _)| insert.start < *start)
    });
    // Every replaced byte is ASCII and whole characters are replaced: the rest is as it was.
    (String::from_utf8(bytes).unwrap_or_default(), templates)
}

fn fill(bytes: &mut [u8], start: usize, end: usize, filler: u8) {
    bytes.get_mut(start..end).unwrap_or_default().fill(filler);
}

/// Where the blanks begin that stand before an offset.
fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t']).len()
}

/// Actions with nothing but blanks between them, on one line.
fn groups<'a>(text: &str, actions: &'a [Action]) -> Vec<&'a [Action]> {
    actions
        .chunk_by(|a, b| {
            text.get(a.end..b.start).is_some_and(|between| between.bytes().all(|c| matches!(c, b' ' | b'\t')))
        })
        .collect()
}

fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let is_blank = |c: &char| matches!(c, ' ' | '\t' | '\r');
    let before = text.get(..start).unwrap_or_default().chars().rev().find(|c| !is_blank(c));
    let after = text.get(end..).unwrap_or_default().chars().find(|c| !is_blank(c));
    before.is_none_or(|c| c == '\n') && after.is_none_or(|c| c == '\n')
}

/// Parts deeper than this are all apart from what is around them: no file of a person has them.
const MAX_REGIONS: usize = 100;

/// Notes where parts begin that may be left out or repeated, and gives the outermost definitions, which stand for
/// nothing.
fn regions(actions: &[Action], templates: &mut Templates) -> Vec<(usize, usize)> {
    // Per open part: the region it is, and where it began when it is an outermost definition.
    let mut open: Vec<(usize, Option<usize>)> = Vec::new();
    let mut definition: Option<usize> = None;
    let mut definitions = Vec::new();
    for action in actions {
        match action.does {
            Does::Output | Does::Nothing => continue,
            Does::Open | Does::Define => {
                let own = (action.does == Does::Define && definition.is_none()).then_some(action.start);
                definition = definition.or(own);
                open.push((new_region(&open, templates), own));
            }
            Does::Else => {
                if let Some((_, own)) = open.pop() {
                    open.push((new_region(&open, templates), own));
                }
            }
            Does::End => {
                if let Some((_, Some(start))) = open.pop() {
                    definitions.push((start, action.end));
                    definition = None;
                }
            }
        }
        templates.enter(action.start, open.last().map(|(region, _)| *region));
    }
    definitions
}

fn new_region(open: &[(usize, Option<usize>)], templates: &mut Templates) -> usize {
    templates.add_region(open.last().map(|(region, _)| *region).filter(|_| open.len() < MAX_REGIONS))
}
