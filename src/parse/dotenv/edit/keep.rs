//! Whether an edit leaves alone what it must.

use std::sync::Arc;

use super::Refused;
use crate::parse::dotenv::{Document, Doubt, Loaded, Setting, Version, part, read, trimmed};

/// Whether two texts leave the same in an empty environment, but for the variables in `changed`.
///
/// # Errors
///
/// The variables that differ, or that are too long to tell, in the order of their names. None of them when the files
/// differ only in whether phpdotenv refuses them, or drops a part of them.
pub fn keeps_others(
    before: &str,
    after: &str,
    version: Version,
    changed: &[&str],
) -> Result<(), Vec<Arc<str>>> {
    let (before, after) = (read(before, &version), read(after, &version));
    let same_end = before.error.as_ref().map(|error| &error.message)
        == after.error.as_ref().map(|error| &error.message)
        && before.unclosed.is_some() == after.unclosed.is_some()
        && before.long_comments.len() == after.long_comments.len();
    let loaded = [before.load(&|_| None), after.load(&|_| None)];
    let [before, after] = &loaded;
    let mut others: Vec<Arc<str>> = loaded
        .iter()
        .flat_map(|loaded| &loaded.variables)
        .filter(|variable| !changed.contains(&&*variable.name))
        .filter(|variable| !is_kept(before, after, &variable.name))
        .map(|variable| variable.name.clone())
        .collect();
    others.sort_unstable();
    others.dedup();
    if same_end && others.is_empty() { Ok(()) } else { Err(others) }
}

/// A value of unknown length may differ: what it would be made of is not compared.
fn is_kept(before: &Loaded, after: &Loaded, name: &str) -> bool {
    let setting = |loaded: &Loaded| loaded.get(name).map(|variable| variable.setting.clone());
    let before = setting(before);
    before != Some(Setting::Unknown(Doubt::TooLong)) && before == setting(after)
}

/// Whether every row of an entry stays as it is written, but for one that changes or for new ones in one place. A value
/// with `="` in it can open a row of several lines that swallows a row without effect: no variable would tell.
pub(super) fn keeps_rows(before: &[&str], after: &[&str]) -> bool {
    let first = before.iter().zip(after).take_while(|(before, after)| before == after).count();
    let before = before.get(first..).unwrap_or_default();
    let after = after.get(first..).unwrap_or_default();
    if before.len() == after.len() {
        return before.get(1..) == after.get(1..);
    }
    before.len() < after.len() && after.ends_with(before)
}

/// The rows of all entries as they are written, without the blanks around them.
pub(super) fn rows<'a>(text: &'a str, document: &Document) -> Vec<&'a str> {
    let spans = document.entries.iter().map(|entry| entry.line_span);
    spans.map(|span| trimmed(part(text, span.start as usize, span.end as usize))).collect()
}

/// Why others would change: because they are made of a changed one, before the edit or after it, or for another reason.
pub(super) fn why(loads: &[&Loaded], changed: &[&str], others: Vec<Arc<str>>) -> Refused {
    let made_of = |name: &&str| {
        loads.iter().flat_map(|loaded| &loaded.variables).any(|variable| {
            let names = variable.uses.iter().map(|used| &used.name).chain(&variable.undefined);
            others.contains(&variable.name) && names.into_iter().any(|used| **used == **name)
        })
    };
    match changed.iter().copied().find(made_of) {
        Some(name) => Refused::UsedBy { name: name.to_owned(), by: others },
        None => Refused::Others { names: others },
    }
}
