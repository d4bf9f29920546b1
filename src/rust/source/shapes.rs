//! Lists of paths and words that shapes of code are told by. Data: `rules/rust/shapes.toml`, `rules/rust/same.toml`.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use serde::Deserialize;

use super::marks::prefixes;

/// The lists.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Shapes {
    /// Types that hold another one and add nothing: `Arc`, `LazyLock`.
    pub wrappers: Vec<String>,
    /// Types that let a shared value be changed: `Mutex`.
    pub locks: Vec<String>,
    /// Collections.
    pub containers: Vec<String>,
    /// Collections that can be changed while they are shared: `DashMap`.
    pub concurrent: Vec<String>,
    /// Names of the std prelude, with their paths.
    pub prelude: Vec<String>,
    /// Types through which a handler is given the state of the app: `State<T>`.
    pub states: Vec<String>,
    /// Methods that are given the state of the app, and the crate they are of.
    pub state_methods: HashMap<String, Vec<String>>,
    /// Functions that are given the state of the app.
    pub state_calls: Vec<String>,
    /// Types of parameters that only handlers have.
    pub extractors: Vec<String>,
    /// Last names of attributes that only handlers have.
    pub routes: Vec<String>,
    /// Functions that write to the disk.
    pub writes: Vec<String>,
    /// Starts of a chain that writes to the disk when one of `opens` follows.
    pub openers: Vec<String>,
    /// Methods with which a file is opened to be written.
    pub opens: Vec<String>,
    /// Types of requests with files.
    pub multiparts: Vec<String>,
    /// Types of files that are deleted unless they are kept.
    pub temporary: Vec<String>,
    /// Methods that keep such a file.
    pub persists: Vec<String>,
    /// Words of paths of files that are not kept.
    pub scratch: Vec<String>,
    /// Functions that wait.
    pub waits: Vec<String>,
    /// Crates whose use in a loop is work for the app.
    pub work_crates: Vec<String>,
    /// Words of names whose use in a loop is work for the app.
    pub work_words: Vec<String>,
    /// Functions that listen.
    pub binds: Vec<String>,
    /// Crates with a server that has a method `bind`.
    pub bind_crates: Vec<String>,
    /// Addresses of the own machine, as they start.
    pub loopback: Vec<String>,
    /// Types of connections that a server pushes through.
    pub pushes: Vec<String>,
    /// Words of names of loops that only look after the process itself.
    pub housekeeping: Vec<String>,
    /// Words of names of code that runs on a clock.
    pub clocks: Vec<String>,
    /// Words of names of servers that are not for users.
    pub inner_servers: Vec<String>,
    /// Words of names of channels that tell a process to end.
    pub endings: Vec<String>,
    /// Functions that make what an OAuth login must be told by later.
    pub oauth: Vec<String>,
    /// Words of what is kept with the client or in a session.
    pub sessions: Vec<String>,
    /// Words of names of functions and modules that keep what was uploaded.
    pub uploads: Vec<String>,
    /// Names of types of what is no state of users, whole.
    pub harmless_types: Vec<String>,
    /// How functions are named that run once, when a process starts.
    pub starts: Vec<String>,
    /// Words of names of limiters.
    pub limits: Vec<String>,
    /// Words of names and types of what is no state of users: settings, metrics.
    pub harmless: Vec<String>,
    /// Words of what tells environments apart.
    pub environments: Vec<String>,
    /// Names that say too little to look for.
    pub common: Vec<String>,
    /// Literals that stand in files that matter though no mark has them.
    pub literals: Vec<String>,
}

#[derive(Debug, Deserialize, Default)]
struct Same {
    same: Vec<Pair>,
    library: Vec<Library>,
}

#[derive(Debug, Deserialize)]
struct Pair {
    path: String,
    r#as: String,
}

#[derive(Debug, Deserialize)]
struct Library {
    package: String,
    r#as: String,
}

/// The lists.
#[must_use]
pub fn shapes() -> &'static Shapes {
    static DATA: OnceLock<Shapes> = OnceLock::new();
    DATA.get_or_init(|| packed!("rust-shapes.json").unwrap_or_default())
}

fn same() -> &'static Same {
    static DATA: OnceLock<Same> = OnceLock::new();
    DATA.get_or_init(|| packed!("rust-same.json").unwrap_or_default())
}

/// The name in code of a package's library, as marks are written.
#[must_use]
pub fn library_of(package: &str) -> String {
    let known = same().library.iter().find(|library| library.package == package);
    known.map_or_else(|| package.replace('-', "_"), |library| library.r#as.clone())
}

/// The one path of a thing that several paths lead to.
#[must_use]
pub fn canonical(path: &[String]) -> Vec<String> {
    static INDEX: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    let index = INDEX
        .get_or_init(|| same().same.iter().map(|pair| (pair.path.as_str(), pair.r#as.as_str())).collect());
    let mut path = path.join("::");
    // A crate may hand on what another one hands on.
    for _ in 0..4 {
        let Some((prefix, target)) = prefixes(&path).find_map(|prefix| Some((prefix, *index.get(prefix)?)))
        else {
            break;
        };
        path = format!("{target}{}", path.get(prefix.len()..).unwrap_or_default());
    }
    path.split("::").map(str::to_owned).collect()
}

/// Some crates, by their names in code, and those whose things they hand on.
#[must_use]
pub fn handed_on(crates: &BTreeSet<String>) -> BTreeSet<&str> {
    // The standard library is there without a dependency.
    let mut named: BTreeSet<&str> =
        crates.iter().map(String::as_str).chain(["std", "core", "alloc"]).collect();
    let root = |path: &'static str| path.split("::").next().unwrap_or(path);
    loop {
        let before = named.len();
        for pair in &same().same {
            if named.contains(root(&pair.path)) {
                named.insert(root(&pair.r#as));
            }
        }
        if named.len() == before {
            return named;
        }
    }
}

impl Shapes {
    /// Whether a path starts with a type that others are built with: `Arc`, `Mutex`, `HashMap`.
    #[must_use]
    pub fn builds_on(&self, path: &[String]) -> bool {
        [&self.wrappers, &self.locks, &self.containers, &self.concurrent]
            .iter()
            .any(|list| starts_in(list, path))
    }

    /// Whether a path, or what it starts with, is in one of the lists.
    #[must_use]
    pub fn know(&self, path: &[String]) -> bool {
        let types = [&self.states, &self.extractors, &self.multiparts, &self.temporary, &self.pushes];
        let calls = [&self.state_calls, &self.writes, &self.openers, &self.waits, &self.binds, &self.oauth];
        let built = [&self.wrappers, &self.locks, &self.containers, &self.concurrent];
        types.iter().chain(&calls).chain(&built).any(|list| starts_in(list, path))
    }
}

/// Whether a path or what it starts with is in a list.
#[must_use]
pub fn starts_in(list: &[String], path: &[String]) -> bool {
    text_starts_in(list, &path.join("::"))
}

/// The same for a path as text.
#[must_use]
pub fn text_starts_in(list: &[String], path: &str) -> bool {
    prefixes(path).any(|prefix| list.iter().any(|known| known == prefix))
}

/// Whether a path is in a list.
#[must_use]
pub fn is_in(list: &[String], path: &[String]) -> bool {
    let whole = path.join("::");
    list.contains(&whole)
}

/// Whether one of some names has one of the words in it, in any case.
pub fn has_word<'a>(words: &[String], names: impl IntoIterator<Item = &'a str>) -> bool {
    names.into_iter().any(|name| {
        let name = name.to_ascii_lowercase();
        words.iter().any(|word| name.contains(word.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_whole() {
        let read: Result<Shapes, _> = packed!("rust-shapes.json");
        read.unwrap();
        let read: Result<Same, _> = packed!("rust-same.json");
        assert!(!read.unwrap().same.is_empty());
    }

    #[test]
    fn one_thing_has_one_path() {
        for (path, expected) in [
            ("axum_login::tower_sessions::MemoryStore", "tower_sessions::MemoryStore"),
            ("actix_web::cookie::Key::generate", "cookie::Key::generate"),
            ("rocket::tokio::fs::write", "tokio::fs::write"),
            ("own::MemoryStore", "own::MemoryStore"),
        ] {
            let path: Vec<String> = path.split("::").map(str::to_owned).collect();
            assert_eq!(canonical(&path).join("::"), expected);
        }
    }
}
