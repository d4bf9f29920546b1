//! Which of several named profiles are judged.

use std::sync::Arc;

use super::super::Request;
use super::super::stage::{self, Stage};
use crate::facts::Confidence;

/// The profile that the first of these variables that is set names.
pub(super) fn selected(request: &Request<'_>, variables: &[&str]) -> Option<Arc<str>> {
    variables.iter().find_map(|name| request.text(name))
}

/// The profiles to judge and what a conclusion from each is worth at most: the one that is asked for, else all that
/// are deployed, else what there is.
pub(super) fn judged(there: &[Arc<str>], asked: Option<&str>) -> Vec<(Arc<str>, Confidence)> {
    let same = |name: &&Arc<str>| asked.is_some_and(|asked| asked.eq_ignore_ascii_case(name));
    if let Some(name) = there.iter().find(same) {
        return vec![(Arc::clone(name), Confidence::High)];
    }
    let rank = |wanted: fn(&Option<Stage>) -> bool, confidence: Confidence| {
        let names = there.iter().filter(move |name| wanted(&stage::of(name)));
        names.map(move |name| (Arc::clone(name), confidence)).collect::<Vec<_>>()
    };
    let deployed = rank(|stage| matches!(stage, Some(Stage::Deployed(_))), Confidence::High);
    if !deployed.is_empty() {
        return deployed;
    }
    let others = rank(Option::is_none, Confidence::Medium);
    if !others.is_empty() {
        return others;
    }
    let developers = |name: &&Arc<str>| {
        let name = name.to_ascii_lowercase();
        ["development", "dev", "local", "debug"].contains(&name.as_str())
    };
    there.iter().find(developers).map(|name| (Arc::clone(name), Confidence::Medium)).into_iter().collect()
}
