//! `env` of a workflow, a job or a step.

use std::sync::Arc;

use crate::deploy::reading::{at, literal};
use crate::deploy::{Given, Layer, Value};
use crate::facts::{Place, Reason};
use crate::parse::node::Node;
use crate::text::Source;

/// The variables of an `env`.
pub(super) fn layer(source: &Arc<Source>, env: &Node, level: &str) -> Option<Layer> {
    let origin = format!("{} ({level} env)", source.path()).into();
    if env.entries().is_empty() {
        // `env: ${{ .. }}`
        let more = env.scalar_text().map(|_| Reason::at("an expression sets variables", at(source, env)));
        return more.map(|more| Layer { origin, variables: Vec::new(), more: Some(more) });
    }
    let given = |(name, node): &(Node, Node)| {
        let place = at(source, node);
        let value = match literal(source, node) {
            Value::Known(text) => value(&text, &place),
            value => value,
        };
        Some(Given { name: name.scalar_text()?.into(), value, place, before: Vec::new() })
    };
    Some(Layer { origin, variables: env.entries().iter().filter_map(given).collect(), more: None })
}

/// A value in which expressions are unknown.
pub(super) fn value(text: &Arc<str>, place: &Place) -> Value {
    match expression(text) {
        None => Value::Known(Arc::clone(text)),
        Some(inner) => Value::Unknown(Reason::at(why(inner), place.clone())),
    }
}

/// What stands within the first `${{ .. }}`.
pub(super) fn expression(text: &str) -> Option<&str> {
    let (_, inner) = text.split_once("${{")?;
    Some(inner.split("}}").next().unwrap_or(inner).trim())
}

/// Why an expression is not known: in names, never in values.
pub(super) fn why(inner: &str) -> String {
    let name = |rest: &str| -> String {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
    };
    if let Some(rest) = inner.strip_prefix("secrets.") {
        return format!("its value is kept in the secret `{}`", name(rest));
    }
    if let Some(rest) = inner.strip_prefix("vars.") {
        return format!("its value is kept in the variable `{}` of the repository's settings", name(rest));
    }
    "an expression of the workflow fills it in".to_owned()
}
