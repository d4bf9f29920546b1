//! Settings layer over layer: tables are merged, lists and values are replaced.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use super::document::Document;
use super::tera::From;
use super::{Format, Setting};
use crate::facts::{Confidence, Note, Place, Step, TrailStep};

/// A setting of a layer and what it replaces.
pub(super) struct Given {
    pub replaces: Arc<str>,
    pub setting: Setting,
}

/// The settings so far.
#[derive(Default)]
pub(super) struct Layers {
    settings: BTreeMap<Arc<str>, (usize, Setting)>,
    next: usize,
}

/// For whom and how sure a file's settings are.
#[derive(Clone)]
pub(super) struct Weight {
    pub format: Format,
    pub profile: Option<Arc<str>>,
    pub confidence: Confidence,
}

impl Layers {
    /// Lays a document over it. `pick` gives the key under which a leaf counts.
    pub(super) fn document(
        &mut self,
        document: &Document,
        weight: &Weight,
        pick: impl Fn(&str) -> Option<String>,
    ) {
        let mut layer = Vec::new();
        for leaf in &document.leaves {
            let (Some(key), Some(replaces)) = (pick(&leaf.key), pick(&leaf.replaces)) else { continue };
            let key: Arc<str> = key.into();
            let span = document.rendered.as_ref().map_or(leaf.span, |rendered| rendered.origin(leaf.span));
            let place = Place::new(&document.source, span);
            let mut setting = Setting {
                key: Arc::clone(&key),
                value: leaf.value.clone(),
                unknown: leaf.unknown.clone().map(|reason| reason.or_at(|| place.clone())),
                place: Some(place.clone()),
                profile: weight.profile.clone(),
                format: weight.format,
                confidence: weight.confidence,
                trail: Vec::new(),
            };
            for piece in document.rendered.iter().flat_map(|rendered| rendered.within(leaf.span)) {
                let Some(variable) = &piece.variable else { continue };
                let step = match &piece.from {
                    From::Default => Step::Default,
                    From::Variable | From::Nowhere(_) => Step::Read,
                };
                if piece.from == From::Default {
                    setting.confidence = setting.confidence.min(Confidence::Medium);
                }
                if let From::Nowhere(reason) = &piece.from {
                    setting.unknown = Some(reason.clone().or_at(|| place.clone()));
                    setting.value = None;
                }
                let note = Note::Variable(Arc::clone(variable));
                setting.trail.push(TrailStep { step, place: Some(place.clone()), note });
            }
            if setting.trail.is_empty() {
                let note = Note::Setting(Arc::clone(&key));
                setting.trail.push(TrailStep { step: Step::Set, place: Some(place), note });
            }
            layer.push(Given { replaces: replaces.into(), setting });
        }
        self.lay(layer);
    }

    /// Lays settings over it.
    pub(super) fn lay(&mut self, layer: Vec<Given>) {
        let mut replaced: BTreeSet<Arc<str>> = BTreeSet::new();
        let mut before: BTreeMap<Arc<str>, Setting> = BTreeMap::new();
        for Given { replaces, mut setting } in layer {
            if replaced.insert(Arc::clone(&replaces)) {
                self.remove(&replaces, &mut before);
            }
            if let Some(old) = before.remove(&setting.key) {
                let mut trail = old.trail;
                // A value that takes another one's place says so.
                for step in setting.trail.iter_mut().filter(|step| step.step == Step::Set) {
                    step.step = Step::Override;
                }
                trail.append(&mut setting.trail);
                setting.trail = trail;
            }
            self.next += 1;
            self.settings.insert(Arc::clone(&setting.key), (self.next, setting));
        }
    }

    /// Takes away a key, what stands below it, and a value that stands where its table is to be.
    fn remove(&mut self, key: &str, removed: &mut BTreeMap<Arc<str>, Setting>) {
        let below = format!("{key}.");
        let mut gone: Vec<Arc<str>> = self
            .settings
            .range::<str, _>((Bound::Included(below.as_str()), Bound::Unbounded))
            .map(|(key, _)| key)
            .take_while(|key| key.starts_with(&below))
            .cloned()
            .collect();
        let above = key.match_indices('.').filter_map(|(at, _)| key.get(..at)).chain([key]);
        gone.extend(above.filter_map(|key| self.settings.get_key_value(key)).map(|(key, _)| Arc::clone(key)));
        for key in gone {
            if let Some((_, setting)) = self.settings.remove(&key) {
                removed.insert(key, setting);
            }
        }
    }

    /// Whether a key has a value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.settings.contains_key(key)
    }

    /// The keys that have a value.
    pub(super) fn keys(&self) -> Vec<Arc<str>> {
        self.settings.keys().cloned().collect()
    }

    /// The settings in the order in which they were written.
    pub(super) fn settings(self) -> Vec<Setting> {
        let mut settings: Vec<(usize, Setting)> = self.settings.into_values().collect();
        settings.sort_by_key(|(order, _)| *order);
        settings.into_iter().map(|(_, setting)| setting).collect()
    }
}
