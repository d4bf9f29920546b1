//! Patches of RFC 6902: a list of operations, each on a path.

use super::merge::REPLACED;
use crate::deploy::kubernetes::tree::{Item, Key, Kind, Map};
use crate::facts::Reason;

/// A path with more parts than this is no path of an object.
const MAX_PARTS: usize = 40;

/// Applies the operations of a patch; gives the paths, with their places, at which there is nothing to change.
pub(super) fn apply(root: &mut Item, operations: &[Item]) -> Vec<(String, Item)> {
    let mut missing = Vec::new();
    for operation in operations {
        let Some(path) = operation.get("path") else { continue };
        let Some(parts) = path.text().and_then(|path| parts(path)) else { continue };
        let done = match operation.text_of(&["op"]).map(|op| &**op) {
            Some("add") => add(root, &parts, value(operation)),
            Some("replace") => replace(root, &parts, value(operation)),
            Some("remove") => remove(root, &parts).is_some(),
            Some(op @ ("move" | "copy")) => transfer(root, operation, &parts, op == "move"),
            _ => true,
        };
        if !done {
            missing.push((path.text().map_or("", |text| text).to_owned(), path.clone()));
        }
    }
    missing
}

fn value(operation: &Item) -> Item {
    let null = || Item::new(operation.place.clone(), Kind::Null);
    operation.get("value").cloned().unwrap_or_else(null)
}

/// The parts of `/spec/template/metadata/annotations/a~1b`.
pub(super) fn parts(path: &str) -> Option<Vec<String>> {
    let parts: Vec<String> =
        path.strip_prefix('/')?.split('/').map(|part| part.replace("~1", "/").replace("~0", "~")).collect();
    (parts.len() <= MAX_PARTS).then_some(parts)
}

/// What holds the last part of a path. `None` when it is not there, or not known.
fn holder<'a>(root: &'a mut Item, parts: &[String]) -> Option<&'a mut Item> {
    let (_, before) = parts.split_last()?;
    before.iter().try_fold(root, |item, part| step(item, part))
}

fn step<'a>(item: &'a mut Item, part: &str) -> Option<&'a mut Item> {
    if matches!(item.kind, Kind::List(_)) {
        return item.list_mut()?.items.get_mut(part.parse::<usize>().ok()?);
    }
    item.get_mut(part)
}

/// Whether a path leads into something that is not known.
fn is_open(root: &Item, parts: &[String]) -> bool {
    let mut at = root;
    for part in parts {
        if at.more().is_some() {
            return true;
        }
        let next = match &at.kind {
            Kind::List(list) => part.parse::<usize>().ok().and_then(|index| list.items.get(index)),
            _ => at.get(part),
        };
        match next {
            Some(next) => at = next,
            None => return false,
        }
    }
    at.more().is_some()
}

fn add(root: &mut Item, parts: &[String], mut value: Item) -> bool {
    let open = is_open(root, parts);
    let (Some(holder), Some(last)) = (holder(root, parts), parts.last()) else { return open };
    match &mut holder.kind {
        Kind::List(list) => {
            let at = if last == "-" { Some(list.items.len()) } else { last.parse().ok() };
            match at.filter(|at| *at <= list.items.len()) {
                Some(at) => list.items.insert(at, value),
                None => return open,
            }
        }
        Kind::Map(_) => {
            if let Some(old) = holder.get_mut(last) {
                value.replaces(old, REPLACED);
            }
            holder.set(last, value);
        }
        // `add` to a map that is written without anything in it.
        Kind::Null => {
            let key = Key { text: last.as_str().into(), place: value.place.clone() };
            holder.kind = Kind::Map(Map { entries: vec![(key, value)], open: Vec::new() });
        }
        _ => return open,
    }
    true
}

fn replace(root: &mut Item, parts: &[String], mut value: Item) -> bool {
    let open = is_open(root, parts);
    let slot = holder(root, parts).zip(parts.last()).and_then(|(holder, last)| step(holder, last));
    match slot {
        Some(slot) => {
            value.replaces(slot, REPLACED);
            *slot = value;
            true
        }
        None if open => add(root, parts, value),
        None => false,
    }
}

fn remove(root: &mut Item, parts: &[String]) -> Option<Item> {
    let open = is_open(root, parts).then(|| Item::new(root.place.clone(), Kind::Null));
    let (Some(holder), Some(last)) = (holder(root, parts), parts.last()) else { return open };
    match &mut holder.kind {
        Kind::List(list) => {
            let at = last.parse::<usize>().ok().filter(|at| *at < list.items.len());
            at.map(|at| list.items.remove(at)).or(open)
        }
        Kind::Map(map) => {
            let at = map.entries.iter().position(|(key, _)| &*key.text == last);
            at.map(|at| map.entries.remove(at).1).or(open)
        }
        _ => open,
    }
}

fn transfer(root: &mut Item, operation: &Item, to: &[String], takes: bool) -> bool {
    let Some(from) = operation.text_of(&["from"]).and_then(|from| parts(from)) else { return true };
    if to.starts_with(&from) {
        return true;
    }
    let found = if takes {
        remove(root, &from)
    } else {
        let slot = holder(root, &from).zip(from.last()).and_then(|(holder, last)| step(holder, last));
        // Copies of copies of large parts would grow without end.
        slot.map(|slot| match slot.kind {
            Kind::Map(_) | Kind::List(_) => {
                let reason = Reason::at("a patch copies it", operation.place.clone());
                Item::unknown(operation.place.clone(), reason)
            }
            _ => slot.clone(),
        })
    };
    found.is_some_and(|value| add(root, to, value))
}
