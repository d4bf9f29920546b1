use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Document, literal};
use crate::deploy::{Given, Value};
use crate::facts::{Place, Reason};
use crate::parse::node::Node;

/// How many variables of one source are read; an environment has some hundreds.
pub const MAX_VARIABLES: usize = 5_000;

/// What a scalar says as the value of a variable.
pub fn value(document: &Document, node: &Node) -> Value {
    literal(&document.source, node)
}

/// A variable by its name and the node that holds its value.
pub fn given(document: &Document, name: &str, node: &Node) -> Given {
    Given { name: name.into(), value: value(document, node), place: document.place(node), before: Vec::new() }
}

/// The variables of a map of names and values.
pub fn map(document: &Document, node: &Node) -> Vec<Given> {
    let entries = node.entries().iter().take(MAX_VARIABLES);
    entries.filter_map(|(key, value)| Some(given(document, key.scalar_text()?, value))).collect()
}

/// A number of replicas, when it is a whole number that can be one.
pub fn count(node: Option<&Node>) -> Option<u32> {
    node.and_then(Node::as_int).and_then(|number| u32::try_from(number).ok())
}

/// Variables by name, where the last one that is put in counts.
#[derive(Debug, Default)]
pub struct Collected {
    list: Vec<Given>,
    index: BTreeMap<Arc<str>, usize>,
}

impl Collected {
    /// Puts one in.
    pub fn put(&mut self, given: Given) {
        let room = self.list.len() < MAX_VARIABLES;
        match self.index.get(&given.name).and_then(|&at| self.list.get_mut(at)) {
            Some(slot) => *slot = given,
            None if !room => {}
            None => {
                self.index.insert(Arc::clone(&given.name), self.list.len());
                self.list.push(given);
            }
        }
    }

    /// Puts in one whose value is not in the repository.
    pub fn put_unknown(&mut self, name: &str, why: impl Into<std::borrow::Cow<'static, str>>, place: Place) {
        let value = Value::Unknown(Reason::at(why, place.clone()));
        self.put(Given { name: name.into(), value, place, before: Vec::new() });
    }

    /// All of them, in the order their names came first.
    #[must_use]
    pub fn into_list(self) -> Vec<Given> {
        self.list
    }
}

impl Extend<Given> for Collected {
    fn extend<I: IntoIterator<Item = Given>>(&mut self, givens: I) {
        givens.into_iter().for_each(|given| self.put(given));
    }
}
