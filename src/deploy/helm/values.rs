//! The values files of a chart, and the environments they make.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::chart::{Chart, charts, document};
use crate::deploy::kubernetes::names::{self, Named};
use crate::deploy::kubernetes::tree::{Item, Kind, Map};
use crate::deploy::{Files, folder, join};
use crate::facts::{Confidence, Place};
use crate::text::Span;

/// How many environments a chart has.
const MAX_SETTINGS: usize = 30;

/// The values of an environment.
#[derive(Debug)]
pub(super) struct Setting {
    pub name: Arc<str>,
    pub values: Item,
    pub files: Vec<Arc<str>>,
    pub confidence: Confidence,
}

/// Names of values files that are no environment.
const NO_ENVIRONMENTS: &[&str] = &[
    "base", "common", "default", "defaults", "example", "examples", "global", "kind", "sample", "schema",
    "secret", "secrets", "template", "values",
];

/// The environments of a chart: one for each values file of its own, or the plain values alone.
pub(super) fn settings(files: &Files<'_>, chart: &Chart) -> Vec<Setting> {
    let plain = ["values.yaml", "values.yml"]
        .iter()
        .find_map(|name| join(&chart.folder, name).and_then(|path| document(files, &path)));
    let mut own: BTreeMap<Arc<str>, Vec<String>> = BTreeMap::new();
    for path in files.paths() {
        if let Some(name) = environment(files, chart, path) {
            own.entry(name).or_default().push(path.clone());
        }
    }
    let shown = |item: &Item| Arc::clone(item.place.source.path());
    let mut found = Vec::new();
    for (name, paths) in own.into_iter().take(MAX_SETTINGS) {
        let over: Vec<Item> = paths.iter().filter_map(|path| document(files, path)).collect();
        let used: Vec<Arc<str>> = plain.iter().chain(&over).map(shown).collect();
        let values = over.iter().fold(plain.clone(), |values, over| {
            Some(values.map_or_else(|| over.clone(), |values| overlaid(&values, over)))
        });
        if let Some(values) = values {
            found.push(Setting { name, values, files: used, confidence: Confidence::High });
        }
    }
    if found.is_empty() {
        let files_used: Vec<Arc<str>> = plain.iter().map(shown).collect();
        let nothing = join(&chart.folder, "Chart.yaml")
            .and_then(|path| files.read(&path))
            .map(|source| Item::new(Place::new(&source, Span::default()), Kind::Map(Map::default())));
        // What is installed is seldom the values as they come with the chart.
        let values = plain.or(nothing);
        found.extend(values.map(|values| Setting {
            name: super::SOURCE.into(),
            values,
            files: files_used,
            confidence: Confidence::Medium,
        }));
    }
    found
}

/// The environment that a values file is for.
fn environment(files: &Files<'_>, chart: &Chart, path: &str) -> Option<Arc<str>> {
    let stem = path
        .rsplit('/')
        .next()?
        .strip_suffix(".yaml")
        .or_else(|| path.rsplit('/').next()?.strip_suffix(".yml"))?;
    let place = folder(path);
    let inner = place.strip_prefix(&*chart.folder).map(|rest| rest.trim_matches('/'));
    let is_beside = place == folder(&chart.folder)
        && charts(files).iter().filter(|other| folder(other) == place).count() == 1;
    let holders = ["", "values", "environments", "envs", "env"];
    let of_stem = |stem: &str| -> Option<String> {
        let words: Vec<&str> = stem.split(['-', '.', '_']).filter(|word| *word != "values").collect();
        (words.len() < stem.split(['-', '.', '_']).count()).then(|| words.join("-"))
    };
    let phrase = match inner {
        Some("") => of_stem(stem)?,
        // `values/production.yaml`
        Some(inner) if holders.contains(&inner) => of_stem(stem).unwrap_or_else(|| stem.to_owned()),
        // `environments/production/values.yaml`
        Some(inner) if stem == "values" => {
            let (holder, name) = inner.rsplit_once('/')?;
            holders.contains(&holder).then(|| name.to_owned())?
        }
        _ if is_beside && !chart.folder.is_empty() => of_stem(stem)?,
        _ => return None,
    };
    let is_none = phrase.is_empty() || phrase.split('-').any(|word| NO_ENVIRONMENTS.contains(&word));
    match names::phrase(&phrase) {
        Named::Developer => None,
        _ if is_none => None,
        Named::Deployed(name) => Some(name),
        Named::Nothing => Some(phrase.into()),
    }
}

/// Values with others over them: maps are merged, null takes away, all else is replaced.
/// helm/helm, pkg/chart/common/util/coalesce.go.
pub(super) fn overlaid(base: &Item, over: &Item) -> Item {
    let (Kind::Map(_), Kind::Map(new)) = (&base.kind, &over.kind) else {
        let mut over = over.clone();
        if !matches!(over.kind, Kind::Map(_) | Kind::List(_))
            && !matches!(base.kind, Kind::Map(_) | Kind::List(_))
        {
            over.replaces(base, "the values of the environment replace it");
        }
        return over;
    };
    let mut merged = base.clone();
    for (key, value) in &new.entries {
        let old = base.entries().iter().find(|(name, _)| name.text == key.text);
        match old {
            Some((_, old)) => merged.set(&key.text, overlaid(old, value)),
            None => merged.set(&key.text, value.clone()),
        }
    }
    if let Some(map) = merged.map_mut() {
        map.open.extend(new.open.iter().cloned());
    }
    merged
}
