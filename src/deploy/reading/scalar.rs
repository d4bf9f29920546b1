//! Scalars of YAML and JSON as values of variables.

use std::sync::Arc;

use super::file::at;
use crate::deploy::Value;
use crate::facts::Reason;
use crate::parse::node::{Kind, Node};
use crate::text::Source;

/// The value that a node gives a variable. What is no plain scalar is filled in by something else.
pub fn literal(source: &Arc<Source>, node: &Node) -> Value {
    let why = match &node.kind {
        Kind::Str(text) => return Value::Known(Arc::clone(text)),
        Kind::Bool(on) => return Value::Known(if *on { "true" } else { "false" }.into()),
        Kind::Templated(_) => "a template fills it in",
        Kind::Null => "no value is given here",
        Kind::Tagged(..) | Kind::Map(_) => "a parameter or another resource fills it in",
        Kind::List(_) => "a list is given for it",
        Kind::Int(_) | Kind::Float => match node.scalar_text().filter(|text| is_canonical(text)) {
            Some(text) => return Value::Known(text.into()),
            None => "a number that is written in a way tools read differently",
        },
    };
    Value::Unknown(Reason::at(why, at(source, node)))
}

/// Whether a number is written as every tool writes it back.
fn is_canonical(text: &str) -> bool {
    text.parse::<i64>().is_ok_and(|number| number.to_string() == text)
        || text.parse::<f64>().is_ok_and(|number| number.to_string() == text)
}

/// A count: a number, or a text that is one.
pub fn number(node: &Node) -> Option<u32> {
    node.scalar_text()?.trim().parse().ok()
}

/// A boolean, or a text that is one.
pub fn truth(node: &Node) -> Option<bool> {
    match node.scalar_text()?.trim() {
        text if text.eq_ignore_ascii_case("true") => Some(true),
        text if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}
