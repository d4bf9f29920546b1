//! A variable that nothing reads any more: it gets the name that is read.

use std::sync::Arc;

use super::assess::assess;
use super::candidates::named;
use super::propose::shown;
use super::{Situation, edits, table};
use crate::facts::{About, Applicability, Basis, Fix, Locality, Observation};

/// The fix of an observed dead variable.
pub fn fix(situation: Situation<'_>, observation: &Observation) -> Option<Fix> {
    if observation.fact != "dead-variable" {
        return None;
    }
    let word = |wanted: &str| {
        observation.words.iter().find(|(name, _)| *name == wanted).map(|(_, word)| Arc::clone(word))
    };
    let (old, new, setting) = (word("variable")?, word("replacement")?, word("setting")?);
    let about = About::Variable(Arc::clone(&old), Arc::clone(&setting));
    let title = format!("rename {old} to {new}");
    let edit = match edits::rename(situation, &old, &new) {
        Ok(edit) => edit,
        Err(why) => return Some(shown(about, title, why, None)),
    };
    let Some(mut why) = missing(situation, &old, &setting) else {
        // Under its new name it would do harm: the state gets a fix of its own, and the old line is of no use.
        let why = format!("{new} is read instead, and what {old} names is kept on one server");
        let at = format!("{}:{}", edit.source.path(), edit.line);
        return Some(shown(about, format!("remove {old}"), why, Some(at)));
    };
    let mut applicability = if why.is_empty() { Applicability::Safe } else { Applicability::Unsafe };
    if situation.loaded.environment.basis == Basis::AsDocumented {
        let path = edit.source.path();
        why.push(format!("{path} is an example and only edited when it is named: --env-file {path}"));
        applicability = Applicability::Display;
    }
    Some(Fix {
        about,
        title,
        applicability,
        place: None,
        why,
        edits: vec![edit],
        companions: Vec::new(),
        by_hand: None,
    })
}

/// What is not proven of the value that takes effect under its new name; `None` when it is kept on one server.
fn missing(situation: Situation<'_>, old: &str, setting: &str) -> Option<Vec<String>> {
    let value = situation.loaded.variables.get(old).and_then(|variable| variable.value.clone());
    let candidate = table::of(setting)
        .zip(value)
        .and_then(|(remedy, value)| Some((remedy, named(situation, remedy, &value)?)));
    match candidate {
        Some((remedy, candidate))
            if candidate.value.as_ref() != candidate.driver.as_ref()
                || remedy.prefer.iter().any(|known| known == candidate.driver.as_ref()) =>
        {
            let found = assess(situation, remedy, &candidate)?;
            Some(found.place.into_iter().chain(found.missing).collect())
        }
        Some((_, candidate))
            if candidate.lives.fault.is_some()
                || candidate.lives.locality.is_some_and(Locality::is_local) =>
        {
            None
        }
        _ => Some(vec![format!("whether its value fits `{setting}` is not known")]),
    }
}
