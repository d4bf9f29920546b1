//! What a file leaves in the environment: precedence, duplicates and references, as an immutable repository has it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::entry::Entry;
use super::template::{Answer, Doubt, Template};
use super::version::Version;

/// How many bytes references may add to all values of a file. PHP's default memory limit is 128 MB, and it holds each
/// value several times.
const GROWTH_LIMIT: usize = 64 * 1024 * 1024;

/// What a variable is in the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// It has this value.
    Value(Arc<str>),
    /// It is undefined: a name without `=` decided. Versions 3 and 4 leave null in `$_ENV` and `$_SERVER` and an empty
    /// string in `getenv()`; version 5 removes it everywhere.
    Cleared,
    /// It is set, but its value is not known.
    Unknown(Doubt),
}

/// A variable that a reference gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Its name.
    pub name: Arc<str>,
    /// The entry that had set it; `None` when it came from the outer environment.
    pub entry: Option<usize>,
}

/// A variable that the file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: Arc<str>,
    /// What it is in the end: the outer environment's value when `outer_wins`.
    pub setting: Setting,
    /// The entry that decided. When `outer_wins`, the one that would have.
    pub entry: usize,
    /// The entries of the same name that have no effect in the end, in the file's order.
    pub shadowed: Vec<usize>,
    /// The variables that its references gave, each once.
    pub uses: Vec<Use>,
    /// The names of its references that were undefined, each once: they stay as they are written.
    pub undefined: Vec<Arc<str>>,
    /// Whether the outer environment has the variable, so that the file cannot change it.
    pub outer_wins: bool,
}

/// The variables of a file, in the order in which they are first named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// All of them, those that the outer environment or a name without `=` decides too.
    pub variables: Vec<Variable>,
    index: HashMap<Arc<str>, usize>,
}

impl Loaded {
    /// The variable of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Variable> {
        self.index.get(name).and_then(|&place| self.variables.get(place))
    }
}

/// Sets the entries one after the other, as an immutable repository does: what the outer environment has stays.
///
/// The outer environment is all that PHP sees before it reads the file: `getenv()`, `$_ENV` and `$_SERVER`. On the
/// command line `$_SERVER` also holds `argc`, `SCRIPT_NAME` and the like, under a web server the request's headers.
pub fn load(entries: &[Entry], version: Version, outer: &dyn Fn(&str) -> Option<String>) -> Loaded {
    let mut loader =
        Loader { version, outer, cache: HashMap::new(), growth: GROWTH_LIMIT, loaded: Loaded::default() };
    for (index, entry) in entries.iter().enumerate() {
        loader.set(index, entry);
    }
    loader.loaded
}

struct Loader<'a> {
    version: Version,
    outer: &'a dyn Fn(&str) -> Option<String>,
    cache: HashMap<Arc<str>, Option<Arc<str>>>,
    growth: usize,
    loaded: Loaded,
}

impl Loader<'_> {
    fn set(&mut self, index: usize, entry: &Entry) {
        let outer = self.outer(&entry.name);
        let last_wins = self.version.duplicates_last_wins();
        let place = self.loaded.index.get(&entry.name).copied();
        let current = place.and_then(|place| self.loaded.variables.get(place));
        let held = current.is_some_and(|variable| variable.setting != Setting::Cleared);
        let stays = outer.is_some() || (held && !last_wins);
        let mut next = Variable {
            name: entry.name.clone(),
            setting: Setting::Cleared,
            entry: index,
            shadowed: Vec::new(),
            uses: Vec::new(),
            undefined: Vec::new(),
            outer_wins: outer.is_some(),
        };
        if let Some(value) = outer {
            next.setting = Setting::Value(value);
        } else if !stays && let Some(template) = &entry.value {
            self.resolve(template, &mut next);
        }
        let variable = match place.and_then(|place| self.loaded.variables.get_mut(place)) {
            None => {
                self.loaded.index.insert(entry.name.clone(), self.loaded.variables.len());
                self.loaded.variables.push(next);
                return;
            }
            Some(variable) => variable,
        };
        if stays && !last_wins {
            variable.shadowed.push(index);
            return;
        }
        next.shadowed = std::mem::take(&mut variable.shadowed);
        next.shadowed.push(variable.entry);
        *variable = next;
    }

    fn resolve(&mut self, template: &Template, variable: &mut Variable) {
        let mut seen = HashSet::new();
        let mut growth = self.growth;
        let value = template.resolve(&mut growth, |name| {
            let (answer, entry) = self.get(name);
            if !seen.contains(name) {
                let name: Arc<str> = name.into();
                seen.insert(name.clone());
                match answer {
                    Answer::Undefined => variable.undefined.push(name),
                    _ => variable.uses.push(Use { name, entry }),
                }
            }
            answer
        });
        self.growth = growth;
        variable.setting = value.map_or_else(Setting::Unknown, Setting::Value);
    }

    /// What the repository holds under a name at this moment, and the entry that set it.
    fn get(&mut self, name: &str) -> (Answer, Option<usize>) {
        if let Some(value) = self.outer(name) {
            return (Answer::Value(value), None);
        }
        let Some(variable) = self.loaded.get(name) else {
            return (Answer::Undefined, None);
        };
        let answer = match &variable.setting {
            Setting::Value(value) => Answer::Value(value.clone()),
            Setting::Cleared => Answer::Undefined,
            Setting::Unknown(doubt) => Answer::Doubtful(*doubt),
        };
        (answer, Some(variable.entry))
    }

    fn outer(&mut self, name: &str) -> Option<Arc<str>> {
        if let Some(known) = self.cache.get(name) {
            return known.clone();
        }
        let value: Option<Arc<str>> = (self.outer)(name).map(Into::into);
        self.cache.insert(name.into(), value.clone());
        value
    }
}
