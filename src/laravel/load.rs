//! The framework's LoadConfiguration: which files, in which order, merged how
//! (laravel/framework Foundation/Bootstrap/LoadConfiguration.php, v5.5.50 to v13.26.1).

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::app::App;
use super::bootstrap::Layout;
use super::framework::{self, BaseFile};
use super::host::LaravelHost;
use super::{timeline, writes};
use crate::eval::{Array, Evaluator, Key, Kind, Value};
use crate::facts::{Place, Reason, Variables};
use crate::text::{Span, is_secret_name};

/// Folders within each other below the config folder.
const MAX_FOLDERS: usize = 8;

/// The whole configuration of an app in one environment.
#[derive(Debug)]
pub struct Configuration {
    /// The tree, by file and key.
    pub root: Array,
    /// Config files that could not be parsed, with the place of the first error.
    pub unreadable: Vec<Unreadable>,
    /// The values of the variables that hold secrets, by name: no report may take one for the name of something.
    pub secrets: BTreeMap<Arc<str>, Arc<str>>,
    /// The names of the variables that the config reads.
    pub read: BTreeSet<Arc<str>>,
}

/// A config file from which nothing is concluded.
#[derive(Debug, Clone)]
pub struct Unreadable {
    /// What is wrong, in words.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// Loads the configuration of an app with these variables.
#[must_use]
pub fn load(app: &App, layout: &Layout, variables: &Variables) -> Configuration {
    let host = LaravelHost::new(app, &layout.config, variables);
    let evaluator = Evaluator::new(&host);
    let files = config_files(app, &layout.config, timeline::nests_names(app.version_or_newest()));
    let mut unreadable = Vec::new();
    let version = app.version_or_newest();
    let base_first = timeline::base_comes_first(version);
    let add_base = |host: &LaravelHost<'_>| {
        for name in framework::tables().keys() {
            if !files.iter().any(|(key, _)| key == name)
                && let Some(base) = app.base_file(name)
            {
                set(host, name, Value::array(base.evaluate(&evaluator, |_| false)));
            }
        }
    };
    if layout.merges && base_first {
        add_base(&host);
    }
    for (key, path) in &files {
        let Some(script) = app.script(path) else {
            set(&host, key, Value::unknown(Reason::new("the config file could not be read")));
            continue;
        };
        if let Some(error) = script.file.errors.first() {
            let place = Place::new(&script.source, error.span);
            let reason = Reason::at("the config file has a syntax error", place.clone());
            unreadable.push(Unreadable { message: error.message.clone(), place });
            set(&host, key, Value::unknown(reason));
            continue;
        }
        let mut value = evaluator.run(&script);
        if value.place.is_none() {
            value.place = Some(Place::new(&script.source, Span::default()));
        }
        if layout.merges
            && let Some(base) = app.base_file(key)
        {
            value = merged(key, &base, &evaluator, value);
        }
        set(&host, key, value);
    }
    if layout.merges && !base_first {
        add_base(&host);
    }
    let root = host.repository.take();
    Configuration { root, unreadable, secrets: secrets_of(variables), read: host.read.take() }
}

fn secrets_of(variables: &Variables) -> BTreeMap<Arc<str>, Arc<str>> {
    let secret = variables.iter().filter(|(name, _)| is_secret_name(name));
    let valued = secret.filter_map(|(name, variable)| Some((Arc::clone(name), variable.value.clone()?)));
    valued.filter(|(_, value)| !value.is_empty()).collect()
}

/// `array_merge(base, config)`, and once more for the options that are merged by entry name. What the app has itself is
/// not evaluated below it.
fn merged(name: &str, base: &BaseFile, evaluator: &Evaluator<'_>, config: Value) -> Value {
    let Kind::Array(own) = &config.kind else { return config };
    let options: Vec<Key> = framework::tables()
        .get(name)
        .into_iter()
        .flat_map(|table| &table.merged)
        .map(|key| Key::from_text(key))
        .collect();
    let covered = |path: &[Key]| match path {
        [option, entry, ..] if options.contains(option) => own
            .get(option)
            .is_some_and(|value| value.as_array().is_none_or(|entries| entries.get(entry).is_some())),
        [key, ..] => own.get(key).is_some(),
        [] => false,
    };
    let base = base.evaluate(evaluator, covered);
    let mut result = overlay(&base, own);
    for key in options {
        let Some(value) = result.get(&key).cloned() else { continue };
        if let (Kind::Array(under), Kind::Array(over)) =
            (base.get(&key).map_or(&Kind::Null, |value| &value.kind), &value.kind)
        {
            let kind = Kind::Array(Arc::new(overlay(under, over)));
            result.insert(key, Value { kind, ..value });
        }
    }
    Value { kind: Kind::Array(Arc::new(result)), ..config }
}

fn overlay(under: &Array, over: &Array) -> Array {
    let mut result = Array::new();
    for (key, value) in under.iter().chain(over.iter()) {
        match key {
            Key::Int(_) => result.push(value.clone()),
            Key::Str(_) => result.insert(key.clone(), value.clone()),
        }
    }
    if let Some(reason) = over.open() {
        result.set_open(reason.clone());
    }
    result
}

fn set(host: &LaravelHost<'_>, key: &str, value: Value) {
    writes::set_key(&mut host.repository.borrow_mut(), key, value);
}

/// The config files by key (`services`, `nested.file`), in the order in which they are loaded.
fn config_files(app: &App, folder: &str, nests: bool) -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(app, folder, "", 0, &mut files);
    if !nests {
        for (key, _) in &mut files {
            *key = key.rsplit('.').next().unwrap_or_default().to_owned();
        }
    }
    files.sort_by(|(a, _), (b, _)| natural(a, b));
    files
}

fn collect(app: &App, folder: &str, prefix: &str, depth: usize, files: &mut Vec<(String, String)>) {
    for name in app.tree.names(folder) {
        let path = format!("{folder}/{name}");
        if let Some(stem) = name.strip_suffix(".php") {
            if !app.tree.is_dir(&path) {
                files.push((format!("{prefix}{stem}"), path));
            }
        } else if depth < MAX_FOLDERS
            && !name.starts_with('.')
            && app.tree.is_dir(&path)
            && !app.tree.is_link(&path)
        {
            // The framework's Finder does not follow links to folders below the config folder.
            collect(app, &path, &format!("{prefix}{name}."), depth + 1, files);
        }
    }
}

/// `SORT_NATURAL`: runs of digits compare as numbers.
fn natural(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (left.as_bytes(), right.as_bytes());
    loop {
        match (left.first(), right.first()) {
            (None, None) => return Ordering::Equal,
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit() => {
                let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
                let (a, left_rest) = left.split_at(digits(left));
                let (b, right_rest) = right.split_at(digits(right));
                let trim =
                    |text: &[u8]| text.iter().skip_while(|byte| **byte == b'0').copied().collect::<Vec<u8>>();
                let (a, b) = (trim(a), trim(b));
                match a.len().cmp(&b.len()).then_with(|| a.cmp(&b)) {
                    Ordering::Equal => (left, right) = (left_rest, right_rest),
                    order => return order,
                }
            }
            (Some(a), Some(b)) if a == b => (left, right) = (&left[1..], &right[1..]),
            (Some(a), Some(b)) => return a.cmp(b),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_in_natural_order() {
        let mut names = ["v10", "v2", "app", "a.b", "auth"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["a.b", "app", "auth", "v2", "v10"]);
    }
}
