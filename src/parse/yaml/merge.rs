//! The end of a map: keys given twice, and `<<`.

use std::collections::{HashMap, HashSet};

use super::super::node::{Kind, Node};
use super::fault::YamlError;
use crate::text::Span;

type Entries = Vec<(Node, Node)>;

/// Keeps of each key the last value, where the first was, and tells where the first repetition is.
pub(super) fn last_wins(entries: Entries) -> (Entries, Option<Span>) {
    let mut seen: HashMap<Box<str>, usize> = HashMap::new();
    let mut kept: Entries = Vec::with_capacity(entries.len());
    let mut repeated = None;
    for (key, value) in entries {
        let name = key.key_text().filter(|_| !merges(&key)).map(Box::from);
        let slot = name.and_then(|name| {
            let next = kept.len();
            let slot = *seen.entry(name).or_insert(next);
            (slot < next).then_some(slot)
        });
        match slot.and_then(|slot| kept.get_mut(slot)) {
            Some(entry) => {
                repeated = repeated.or(Some(key.span));
                *entry = (key, value);
            }
            None => kept.push((key, value)),
        }
    }
    (kept, repeated)
}

/// Puts what `<<` names behind the map's own entries. Its own win, and of several sources the first.
pub(super) fn resolve(entries: Entries) -> Result<Entries, YamlError> {
    if !entries.iter().any(|(key, _)| merges(key)) {
        return Ok(entries);
    }
    let mut own: Entries = Vec::with_capacity(entries.len());
    let mut sources: Vec<Entries> = Vec::new();
    for (key, value) in entries {
        if !merges(&key) {
            own.push((key, value));
            continue;
        }
        let refused = || YamlError::syntax("a merge key needs a map or a list of maps", key.span);
        match value.kind {
            Kind::Map(source) => sources.push(source),
            Kind::List(items) => {
                for item in items {
                    let Kind::Map(source) = item.kind else { return Err(refused()) };
                    sources.push(source);
                }
            }
            _ => return Err(refused()),
        }
    }
    let mut names: HashSet<Box<str>> =
        own.iter().filter_map(|(key, _)| key.key_text().map(Box::from)).collect();
    for (key, value) in sources.into_iter().flatten() {
        if key.key_text().is_none_or(|name| names.insert(name.into())) {
            own.push((key, value));
        }
    }
    Ok(own)
}

/// Whether a key is `<<`, without quotes.
pub(super) fn merges(key: &Node) -> bool {
    key.is_plain() && key.as_str() == Some("<<")
}
