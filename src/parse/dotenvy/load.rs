//! What a file leaves in the environment.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Entry, ParseError, Part, Reader, read};

/// How many bytes references may add to all values of a file.
const GROWTH_LIMIT: usize = 16 * 1024 * 1024;

/// What the process had before the file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outer {
    /// The variable is not there.
    Unset,
    /// It has this value.
    Value(Arc<str>),
    /// It is there, and its value is not known.
    Unknown,
}

/// A variable that the file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// The entry that decided: the first of its name. When `outer_wins`, the one that would have.
    pub entry: Entry,
    /// Its value; `None` when a reference in it is not known, or it is too long.
    pub value: Option<Arc<str>>,
    /// The entries of the same name that come later and have no effect.
    pub shadowed: Vec<Entry>,
    /// The names of the references that gave something or may have, each once.
    pub uses: Vec<Arc<str>>,
    /// The names of its references that were undefined, each once: nothing stands in their place.
    pub undefined: Vec<Arc<str>>,
    /// Whether the process has the variable, so that the file cannot change it.
    pub outer_wins: bool,
}

/// The variables of a file, in the order in which they are first named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// All of them, up to the error.
    pub variables: Vec<Variable>,
    /// Where loading ends. `dotenv().ok()` goes on with what came before.
    pub error: Option<ParseError>,
}

/// Loads a text as `dotenv()` does: what the process has stays, of a name given twice the first counts, the first line
/// that is refused ends it. A reference sees the process and what was loaded so far.
#[must_use]
pub fn load(text: &str, reader: Reader, outer: &dyn Fn(&str) -> Outer) -> Loaded {
    let mut loaded = Loaded::default();
    let mut index: HashMap<Arc<str>, usize> = HashMap::new();
    let mut growth = GROWTH_LIMIT;
    for entry in read(text, reader) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                loaded.error = Some(error);
                break;
            }
        };
        if let Some(known) = index.get(&entry.name).and_then(|place| loaded.variables.get_mut(*place)) {
            known.shadowed.push(entry);
            continue;
        }
        index.insert(Arc::clone(&entry.name), loaded.variables.len());
        let mut variable = Variable {
            value: None,
            shadowed: Vec::new(),
            uses: Vec::new(),
            undefined: Vec::new(),
            outer_wins: true,
            entry,
        };
        match outer(&variable.entry.name) {
            Outer::Value(value) => variable.value = Some(value),
            Outer::Unknown => {}
            Outer::Unset => {
                variable.outer_wins = false;
                resolve(&mut variable, &mut growth, &|name| match outer(name) {
                    Outer::Unset => {
                        let known = index.get(name).and_then(|place| loaded.variables.get(*place));
                        known.map_or(Outer::Unset, |known| {
                            known.value.as_ref().map_or(Outer::Unknown, |value| Outer::Value(value.clone()))
                        })
                    }
                    held => held,
                });
            }
        }
        loaded.variables.push(variable);
    }
    loaded
}

fn resolve(variable: &mut Variable, growth: &mut usize, held: &dyn Fn(&str) -> Outer) {
    let mut value = String::new();
    let mut known = true;
    for part in &variable.entry.value {
        let name = match part {
            Part::Text(text) => {
                value.push_str(text);
                continue;
            }
            Part::Reference(name) => name,
        };
        let list = match held(name) {
            Outer::Unset => &mut variable.undefined,
            Outer::Unknown => {
                known = false;
                &mut variable.uses
            }
            Outer::Value(text) => {
                match growth.checked_sub(text.len()) {
                    Some(left) => {
                        *growth = left;
                        value.push_str(&text);
                    }
                    None => known = false,
                }
                &mut variable.uses
            }
        };
        if !list.contains(name) {
            list.push(Arc::clone(name));
        }
    }
    variable.value = known.then(|| value.into());
}
