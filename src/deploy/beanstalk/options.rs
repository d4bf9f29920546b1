//! Option settings, in each form they may be written in.

use std::sync::Arc;

use super::{VARIABLES, problem};
use crate::deploy::reading::{at, literal};
use crate::deploy::{Problem, Value};
use crate::facts::{Place, Reason};
use crate::parse::node::Node;
use crate::text::Source;

/// One option that a file sets.
#[derive(Debug)]
pub(super) struct Setting {
    /// Its namespace: `aws:autoscaling:asg`.
    pub namespace: Arc<str>,
    /// Its name: `MinSize`.
    pub name: Arc<str>,
    /// Its value.
    pub value: Value,
    /// Where the value stands.
    pub place: Place,
    /// What is wrong with it.
    pub problem: Option<Problem>,
}

impl Setting {
    /// The value, when it is known.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Known(text) => Some(text.trim()),
            _ => None,
        }
    }

    /// Whether it is this option.
    pub fn is(&self, namespace: &str, name: &str) -> bool {
        &*self.namespace == namespace && &*self.name == name
    }
}

/// The settings under `option_settings` or `OptionSettings`, in the order they are written. Page "Option settings": a
/// list of `namespace` (when it is left out: the app's variables), `option_name`, `value`; or the options by their
/// namespaces. Saved configurations may have the resource in front: `AWSEBAutoScalingGroup.aws:autoscaling:asg`.
pub(super) fn of(source: &Arc<Source>, node: Option<&Node>) -> Vec<Setting> {
    let mut settings = Vec::new();
    let Some(node) = node else { return settings };
    for item in node.items() {
        let text = |key: &str| item.get(key).and_then(Node::scalar_text);
        let namespace = match item.get("namespace") {
            Some(written) => written.scalar_text(),
            None => Some(VARIABLES),
        };
        let (Some(namespace), Some(name)) = (namespace, text("option_name")) else { continue };
        settings.push(match item.get("value") {
            Some(value) => setting(source, namespace, name, value),
            None => Setting {
                namespace: namespace.into(),
                name: name.into(),
                value: Value::Unknown(Reason::at("no value is given here", at(source, item))),
                place: at(source, item),
                problem: Some(problem(source, item, &format!("the option `{name}` has no `value`"))),
            },
        });
    }
    for (namespace, options) in node.entries() {
        let Some(namespace) = namespace.scalar_text() else { continue };
        let namespace =
            namespace.find(".aws:").map_or(namespace, |at| namespace.get(at + 1..).unwrap_or(namespace));
        // A list of lists: each option by itself under its namespace.
        let nested = options.items().iter().flat_map(Node::entries);
        for (name, value) in options.entries().iter().chain(nested) {
            if let Some(name) = name.scalar_text() {
                settings.push(setting(source, namespace, name, value));
            }
        }
    }
    settings
}

fn setting(source: &Arc<Source>, namespace: &str, name: &str, node: &Node) -> Setting {
    let place = at(source, node);
    let value = match literal(source, node) {
        Value::Known(text) => known(&text, source.slice(node.span), &place),
        value => value,
    };
    Setting { namespace: namespace.trim().into(), name: name.trim().into(), value, place, problem: None }
}

fn known(text: &Arc<str>, written: &str, place: &Place) -> Value {
    let why = if text.starts_with('`') && text.ends_with('`') && text.len() > 1 {
        // Page "Functions": '`{"Ref" : "FileSystem"}`'.
        "a reference to a resource of the environment fills it in"
    } else if **text == *written && is_old_boolean(text) {
        "without quotes this word is a boolean in YAML 1.1"
    } else {
        return Value::Known(Arc::clone(text));
    };
    Value::Unknown(Reason::at(why, place.clone()))
}

/// Words that YAML 1.1, which the platform reads, takes for booleans.
fn is_old_boolean(text: &str) -> bool {
    ["yes", "no", "on", "off"].iter().any(|word| text.eq_ignore_ascii_case(word))
}
