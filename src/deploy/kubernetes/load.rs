//! Files to objects.

use std::sync::Arc;

use super::object::Object;
use super::reading::Reading;
use super::tree::Item;
use crate::deploy::Files;
use crate::discover::Skipped;
use crate::parse::yaml::{self, ErrorKind, Yaml};
use crate::text::Source;

/// Whether a file may hold YAML or JSON.
pub(in crate::deploy) fn is_yaml(path: &str) -> bool {
    [".yaml", ".yml", ".json"].iter().any(|end| path.ends_with(end))
}

/// Whether a text may hold objects of Kubernetes: parsing all that is YAML would take long.
pub(in crate::deploy) fn may_hold_objects(text: &str) -> bool {
    let has = |key: &str| {
        text.lines().any(|line| {
            let line = line.trim_start_matches(['-', ' ', '{', '\t']).trim_start_matches('"');
            line.strip_prefix(key).is_some_and(|rest| rest.starts_with([':', '"']))
        })
    };
    text.contains("apiVersion") && text.contains("kind") && has("apiVersion")
}

/// The objects of a file; what is wrong with it is remembered.
pub(in crate::deploy) fn objects(files: &Files<'_>, path: &str) -> Vec<Object> {
    let Some(source) = files.read(path).filter(|source| may_hold_objects(source.text())) else {
        return Vec::new();
    };
    let path = path.into();
    documents(files, &source).into_iter().flat_map(|root| Object::of(root, &path)).collect()
}

/// The documents of a source, a template or not.
pub(in crate::deploy) fn documents(files: &Files<'_>, source: &Arc<Source>) -> Vec<Item> {
    let text = source.text();
    let is_template = ["{{", "{%", "<%"].iter().any(|open| text.contains(open));
    let yaml = if is_template { read_both(text) } else { yaml::read(text) };
    complain(files, source, &yaml);
    let reading = Reading::plain(source);
    yaml.documents.iter().map(|node| reading.item(node)).collect()
}

/// A text that is YAML as it stands is no template: braces may stand in a value, such as a rule of Prometheus.
fn read_both(text: &str) -> Yaml {
    let templated = yaml::read_templated(text);
    if templated.error.is_none() { templated } else { yaml::read(text) }
}

/// Remembers what is wrong with a text. A key that is given twice is not: the last one counts, as kubectl has it.
pub(in crate::deploy) fn complain(files: &Files<'_>, source: &Source, yaml: &Yaml) {
    let Some(error) = yaml.error.as_ref().filter(|error| error.kind != ErrorKind::Duplicate) else { return };
    let line = source.position(error.span.start).line;
    let reason = format!("not YAML: line {line}: {}", error.message);
    files.skip(Skipped { path: source.path().to_string(), reason });
}
