//! The variables of a container, as the kubelet makes them.
//!
//! kubernetes/kubernetes, pkg/kubelet/kubelet_pods.go, `makeEnvironmentVariables`: what `envFrom` lists later wins over
//! what it lists earlier, `env` over both, and the variables of services fill up what is left.

use std::collections::HashMap;
use std::sync::Arc;

use super::expand::{Part, is_placeholder, parts};
use super::notes::Notes;
use super::object::{Object, Objects};
use super::services;
use super::sources::{Reference, Source, data, keys};
use super::tree::{Item, Kind};
use crate::deploy::{Given, Layer, Value};
use crate::facts::{Note, Place, Reason, Step, TrailStep};

/// How many variables and sources of a container are read.
const MAX_ITEMS: usize = 1_000;
/// How long a value grows by its references.
const MAX_LENGTH: usize = 64 * 1024;

/// What the variables of a container are read from.
pub(super) struct Container<'a> {
    pub objects: &'a Objects,
    pub workload: &'a Object,
    pub pod: &'a Item,
    pub item: &'a Item,
}

impl Container<'_> {
    /// The layers, the strongest first.
    pub fn layers(&self, notes: &mut Notes) -> Vec<Layer> {
        let mut weaker: Vec<Layer> = Vec::new();
        let sources = self.item.path(&["envFrom"]);
        for source in sources.map(Item::items).unwrap_or_default().iter().take(MAX_ITEMS) {
            weaker.extend(self.source(source, notes));
        }
        if let Some((item, reason)) = sources.and_then(|item| Some((item, item.more()?))) {
            weaker.push(self.layer(item, Vec::new(), Some(reason.clone())));
        }
        weaker.reverse();
        if let Some(links) = services::links(self.objects, self.workload, self.pod) {
            weaker.push(links);
        }
        let own = self.own(&weaker, notes);
        own.into_iter().chain(weaker).collect()
    }

    fn layer(&self, at: &Item, variables: Vec<Given>, more: Option<Reason>) -> Layer {
        Layer { origin: Arc::clone(at.place.source.path()), variables, more }
    }

    /// A part of `envFrom`.
    fn source(&self, source: &Item, notes: &mut Notes) -> Option<Layer> {
        let prefix = source.get("prefix").filter(|prefix| !matches!(prefix.kind, Kind::Null));
        let more = prefix.and_then(Item::reason).cloned();
        let prefix = prefix.and_then(Item::text).map_or("", |text| text);
        if let Some(holder) = source.path(&["configMapRef"]).filter(|holder| holder.reason().is_none()) {
            let reference = Reference::of(self.workload, holder, "name")?;
            return Some(match reference.config_map(self.objects, notes) {
                Source::Map(map) => {
                    let (entries, unread) = data(map);
                    entries.iter().for_each(|(key, value)| check(&key.text, value, notes));
                    let given = |(key, value): &(super::tree::Key, Item)| Given {
                        name: format!("{prefix}{}", key.text).into(),
                        value: plain(value),
                        place: value.place.clone(),
                        before: value.before().to_vec(),
                    };
                    let known = entries.iter().filter(|(key, _)| is_name(&key.text) && more.is_none());
                    let given = known.map(given).collect();
                    self.layer(&map.root, given, more.or(unread))
                }
                Source::Unseen(reason) => self.layer(holder, Vec::new(), Some(reason)),
            });
        }
        if let Some(holder) = source.path(&["secretRef"]).filter(|holder| holder.reason().is_none()) {
            let reference = Reference::of(self.workload, holder, "name")?;
            return Some(match reference.secret(self.objects, notes) {
                Source::Map(secret) => {
                    let (keys, unread) = keys(secret);
                    let known = keys.into_iter().filter(|key| is_name(&key.text) && more.is_none());
                    let given = known.map(|key| Given {
                        name: format!("{prefix}{}", key.text).into(),
                        value: Value::Unknown(reference.is_secret()),
                        place: key.place,
                        before: Vec::new(),
                    });
                    let given = given.collect();
                    self.layer(&secret.root, given, more.or(unread))
                }
                Source::Unseen(reason) => self.layer(holder, Vec::new(), Some(reason)),
            });
        }
        let reason = source.more().or_else(|| source.get("configMapRef").and_then(Item::reason)).cloned();
        reason.map(|reason| self.layer(source, Vec::new(), Some(reason)))
    }

    /// `env`.
    fn own(&self, weaker: &[Layer], notes: &mut Notes) -> Option<Layer> {
        let list = self.item.path(&["env"])?;
        let mut known = Known::new(weaker);
        for item in list.items().iter().take(MAX_ITEMS) {
            let Some(name) = item.get("name") else { continue };
            match name.text() {
                Some(text) => {
                    if let Some(given) = self.given(item, text, &name.place, &known, notes) {
                        known.add(given);
                    }
                }
                None => known.more = known.more.or_else(|| name.reason().cloned()),
            }
        }
        let mut more = list.more().cloned().or(known.more);
        if list.items().len() > MAX_ITEMS {
            let unread = || Reason::at("there are more variables than are read", list.place.clone());
            more = more.or_else(|| Some(unread()));
        }
        Some(self.layer(list, known.own, more))
    }

    fn given(
        &self,
        item: &Item,
        name: &Arc<str>,
        place: &Place,
        known: &Known<'_>,
        notes: &mut Notes,
    ) -> Option<Given> {
        let given = |value: Value, place: &Place, before: Vec<TrailStep>| {
            Some(Given { name: Arc::clone(name), value, place: place.clone(), before })
        };
        let value = item.path(&["value"]).filter(|value| !self.is_hole(item, value));
        let from = item.path(&["valueFrom"]).filter(|from| !self.is_hole(item, from));
        match (value, from) {
            // A template may leave one of them out.
            (Some(value), Some(from)) if value.reason().or(from.reason()).is_some() => {
                let reason = from.reason().or(value.reason()).cloned();
                given(Value::Unknown(reason?), place, Vec::new())
            }
            (Some(value), Some(_)) => {
                let message = format!("`{name}` has both a value and a source of its value");
                notes.problem(message.clone(), place.clone());
                given(Value::Unknown(Reason::at(message, value.place.clone())), place, Vec::new())
            }
            (Some(value), None) => {
                if matches!(value.kind, Kind::Plain(_)) && value.before().is_empty() {
                    let message =
                        format!("the value of `{name}` must be in quotes: Kubernetes takes only texts");
                    notes.problem(message, value.place.clone());
                }
                let (resolved, mut before) = known.expand(value);
                before.splice(..0, value.before().iter().cloned());
                given(resolved, &value.place, before)
            }
            (None, Some(from)) => self.taken(from, name, place, notes),
            (None, None) => match item.more() {
                Some(reason) => given(Value::Unknown(reason.clone()), place, Vec::new()),
                None => given(Value::Known("".into()), place, Vec::new()),
            },
        }
    }

    /// Whether a value only may be there: something may add keys.
    fn is_hole(&self, holder: &Item, value: &Item) -> bool {
        holder.open().iter().any(|open| std::ptr::eq(open, value))
    }

    /// `valueFrom`; `None` when an optional key is not there.
    fn taken(&self, from: &Item, name: &Arc<str>, place: &Place, notes: &mut Notes) -> Option<Given> {
        let given = |value: Value, before: Vec<TrailStep>| {
            Some(Given { name: Arc::clone(name), value, place: place.clone(), before })
        };
        let unknown = |reason: Reason| given(Value::Unknown(reason), Vec::new());
        if let Some(reason) = from.reason() {
            return unknown(reason.clone());
        }
        if let Some(holder) = from.path(&["secretKeyRef"]) {
            let reference = Reference::of(self.workload, holder, "name");
            let reason = reference.map(|reference| reference.is_secret());
            return unknown(reason.unwrap_or_else(|| Reason::at("it is kept in a secret", place.clone())));
        }
        let Some(holder) = from.path(&["configMapKeyRef"]) else {
            return unknown(Reason::at("the cluster fills it in", place.clone()));
        };
        let broken = || Reason::at("the reference has no name or no key", holder.place.clone());
        let Some(reference) = Reference::of(self.workload, holder, "name") else { return unknown(broken()) };
        let Some(key) = holder.get("key").and_then(Item::text) else { return unknown(broken()) };
        let map = match reference.config_map(self.objects, notes) {
            Source::Map(map) => map,
            Source::Unseen(reason) => return unknown(reason),
        };
        let (entries, more) = data(map);
        let Some((_, value)) = entries.iter().find(|(name, _)| name.text == *key) else {
            let message = format!("the ConfigMap `{}` has no key `{key}`", map.name);
            return match more {
                Some(reason) => unknown(reason),
                None if reference.optional => None,
                None => {
                    notes.problem(message.clone(), holder.place.clone());
                    unknown(Reason::at(message, holder.place.clone()))
                }
            };
        };
        check(key, value, notes);
        let mut before = value.before().to_vec();
        let note = Note::Text(format!("`{key}` of the ConfigMap `{}`", map.name).into());
        before.push(TrailStep { step: Step::Set, place: Some(value.place.clone()), note });
        given(plain(value), before)
    }
}

/// What a reference in a value may name.
struct Known<'a> {
    own: Vec<Given>,
    index: HashMap<Arc<str>, usize>,
    weaker: HashMap<&'a str, &'a Given>,
    /// Why a variable that is not known here may be set.
    unseen: Option<&'a Reason>,
    more: Option<Reason>,
}

impl<'a> Known<'a> {
    fn new(layers: &'a [Layer]) -> Self {
        let mut weaker = HashMap::new();
        for given in layers.iter().flat_map(|layer| &layer.variables) {
            weaker.entry(&*given.name).or_insert(given);
        }
        let unseen = layers.iter().find_map(|layer| layer.more.as_ref());
        Self { own: Vec::new(), index: HashMap::new(), weaker, unseen, more: None }
    }

    fn add(&mut self, given: Given) {
        match self.index.get(&given.name).and_then(|at| self.own.get_mut(*at)) {
            Some(slot) => *slot = given,
            None => {
                self.index.insert(Arc::clone(&given.name), self.own.len());
                self.own.push(given);
            }
        }
    }

    fn get(&self, name: &str) -> Option<&Given> {
        let own = self.index.get(name).and_then(|at| self.own.get(*at));
        own.or_else(|| self.weaker.get(name).copied())
    }

    fn expand(&self, value: &Item) -> (Value, Vec<TrailStep>) {
        let Some(text) = value.text() else { return (plain(value), Vec::new()) };
        if let Some(reason) = filled_in(text, &value.place) {
            return (Value::Unknown(reason), Vec::new());
        }
        if !text.contains('$') {
            return (Value::Known(Arc::clone(text)), Vec::new());
        }
        let (mut resolved, mut before) = (String::new(), Vec::new());
        for part in parts(text) {
            match part {
                Part::Text(text) => resolved.push_str(text),
                Part::Variable(name, written) => match self.get(name) {
                    Some(Given { value: Value::Known(text), place, before: steps, .. }) => {
                        resolved.push_str(text);
                        before.extend(steps.iter().cloned());
                        let note = Note::Variable(name.into());
                        before.push(TrailStep { step: Step::Set, place: Some(place.clone()), note });
                    }
                    Some(Given { value: Value::Unknown(reason), .. }) => {
                        return (Value::Unknown(reason.clone()), Vec::new());
                    }
                    Some(_) => {}
                    None => match self.unseen.or(self.more.as_ref()) {
                        Some(reason) => return (Value::Unknown(reason.clone()), Vec::new()),
                        None if services::is_link(name) => {
                            let reason = format!("the cluster may set `{name}` for a service");
                            return (Value::Unknown(Reason::at(reason, value.place.clone())), Vec::new());
                        }
                        None => resolved.push_str(written),
                    },
                },
            }
            if resolved.len() > MAX_LENGTH || before.len() > 100 {
                let reason = Reason::at("its references make it too long", value.place.clone());
                return (Value::Unknown(reason), Vec::new());
            }
        }
        (Value::Known(resolved.into()), before)
    }
}

/// A value as it stands.
fn plain(value: &Item) -> Value {
    match (&value.kind, value.text()) {
        (_, Some(text)) => match filled_in(text, &value.place) {
            Some(reason) => Value::Unknown(reason),
            None => Value::Known(Arc::clone(text)),
        },
        (Kind::Unknown(unknown), _) => Value::Unknown(unknown.reason.clone()),
        (Kind::Null, _) => Value::Known("".into()),
        _ => Value::Unknown(Reason::at("it is no text", value.place.clone())),
    }
}

fn filled_in(text: &str, place: &Place) -> Option<Reason> {
    is_placeholder(text).then(|| Reason::at("it is filled in before it is applied", place.clone()))
}

/// Notes a value of a ConfigMap that Kubernetes refuses.
fn check(key: &str, value: &Item, notes: &mut Notes) {
    if matches!(value.kind, Kind::Plain(_)) && value.before().is_empty() {
        let message = format!("the value of `{key}` must be in quotes: Kubernetes takes only texts");
        notes.problem(message, value.place.clone());
    }
}

/// Whether a key can be the name of a variable that an app reads. The kubelet passes over others, such as `nginx.conf`.
fn is_name(key: &str) -> bool {
    !key.starts_with(|c: char| c.is_ascii_digit())
        && !key.is_empty()
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
