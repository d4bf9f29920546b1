use std::sync::Arc;

use super::SOURCE;
use crate::deploy::reading::{Stage, named, within};
use crate::facts::Place;

/// A host that a recipe deploys to.
pub(super) struct Host {
    /// Its name or alias.
    pub name: Arc<str>,
    /// The stage as it is written.
    pub stage: Option<Arc<str>>,
    /// What it is for.
    pub roles: Vec<Arc<str>>,
    /// Where releases are put on it.
    pub deploy_path: Option<Arc<str>>,
    /// How many hosts its name stands for; `None` when that cannot be told.
    pub count: Option<u32>,
    /// Where it is named.
    pub place: Place,
}

impl Host {
    /// The environment it belongs to; `None` for one of developers.
    pub(super) fn environment(&self) -> Option<Arc<str>> {
        let stage = match &self.stage {
            Some(stage) => Some(named(stage)),
            None => within(&self.name),
        };
        match stage {
            Some(Stage::Deployed(name)) => Some(name),
            Some(Stage::Developers) => None,
            None => Some(SOURCE.into()),
        }
    }
}

/// How many hosts a name stands for: `www[01:10].example.org` are ten (docs/hosts.md, "Ranges").
pub(super) fn count(name: &str) -> Option<u32> {
    if name.contains("{{") {
        return None;
    }
    let Some((_, rest)) = name.split_once('[') else { return Some(1) };
    let (range, behind) = rest.split_once(']')?;
    let (from, to) = range.split_once(':')?;
    if behind.contains('[') {
        return None;
    }
    let letter = |text: &str| match text.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => Some(u32::from(*letter)),
        _ => text.parse::<u32>().ok(),
    };
    letter(to)?.checked_sub(letter(from)?)?.checked_add(1)
}
