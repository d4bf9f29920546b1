use std::collections::BTreeMap;
use std::sync::Arc;

use crate::deploy::reading::{Collected, Document, MAX_PARTS, MAX_VARIABLES, given};
use crate::deploy::{Given, Layer, Value};
use crate::facts::{Note, Reason, Step, TrailStep};
use crate::parse::node::Node;

/// How many groups a service takes in.
const MAX_GROUPS: usize = 20;

/// The groups of variables that a service sees, by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups<'d>(BTreeMap<&'d str, &'d Node>);

impl<'d> Groups<'d> {
    /// These, and those of a narrower scope in place of them.
    pub(super) fn and(mut self, scope: &'d Node) -> Self {
        let groups = scope.get("envVarGroups").map(Node::items).unwrap_or_default();
        let named = groups.iter().filter_map(|group| Some((group.get("name")?.as_str()?, group)));
        self.0.extend(named.take(MAX_PARTS));
        self
    }
}

/// What a service's own list sets, and what the groups it takes in set. The own list wins
/// (render.com/docs/configure-environment-variables); which of two groups wins is not said.
pub(super) fn layers(document: &Document, service: &Node, groups: &Groups<'_>) -> Vec<Layer> {
    let entries = service.get("envVars").map(Node::items).unwrap_or_default();
    let path = document.source.path();
    let mut more = Reason::new("variables that were added in Render's dashboard are not in the repository");
    let mut from_groups: Vec<(&Node, &Node)> = Vec::new();
    for name in entries.iter().filter_map(|entry| entry.get("fromGroup")).take(MAX_GROUPS) {
        let text = name.as_str().unwrap_or_default();
        match groups.0.get(text) {
            Some(group) => from_groups.push((name, group)),
            None => {
                let text = format!("the group `{text}` of variables is kept in Render's dashboard");
                more = Reason::at(text, document.place(name));
            }
        }
    }
    let mut layers = vec![Layer {
        origin: format!("{path} envVars").into(),
        variables: list(document, entries),
        more: Some(more),
    }];
    if let Some(layer) = merged(document, &from_groups) {
        layers.push(layer);
    }
    layers
}

fn merged(document: &Document, groups: &[(&Node, &Node)]) -> Option<Layer> {
    let mut all: BTreeMap<Arc<str>, Given> = BTreeMap::new();
    let mut names = Vec::new();
    for (reference, group) in groups {
        let name = reference.as_str().unwrap_or_default();
        names.push(name);
        let step = TrailStep {
            step: Step::Read,
            place: Some(document.place(reference)),
            note: Note::Text(format!("the group `{name}`").into()),
        };
        for mut given in list(document, group.get("envVars").map(Node::items).unwrap_or_default()) {
            given.before.push(step.clone());
            if let Some(other) = all.get(&given.name)
                && !matches!((&other.value, &given.value), (Value::Known(a), Value::Known(b)) if a == b)
            {
                let text = "two groups set it, and which one wins is not said";
                given.value = Value::Unknown(Reason::at(text, given.place.clone()));
            }
            all.insert(Arc::clone(&given.name), given);
        }
    }
    let origin = format!("{} envVarGroups {}", document.source.path(), names.join(", "));
    let layer = || Layer { origin: origin.into(), variables: all.into_values().collect(), more: None };
    (!names.is_empty()).then(layer)
}

/// The variables of a list of entries, each with one source.
fn list(document: &Document, entries: &[Node]) -> Vec<Given> {
    let mut variables = Collected::default();
    for entry in entries.iter().take(MAX_VARIABLES) {
        let Some((key, name)) = entry.get("key").and_then(|key| Some((key, key.scalar_text()?))) else {
            continue;
        };
        let from = |kind: &str| {
            let source = entry.path(&[kind, "name"])?.as_str()?;
            Some(source.to_owned())
        };
        let place = document.place(key);
        if let Some(value) = entry.get("value") {
            variables.put(given(document, name, value));
        } else if entry.get("generateValue").is_some() {
            variables.put_unknown(name, "Render generates its value once for this service", place);
        } else if let Some(database) = from("fromDatabase") {
            variables.put_unknown(name, format!("it is taken from the database `{database}`"), place);
        } else if let Some(service) = from("fromService") {
            variables.put_unknown(name, format!("it is taken from the service `{service}`"), place);
        } else {
            variables.put_unknown(name, "its value is set in Render's dashboard", place);
        }
    }
    variables.into_list()
}
