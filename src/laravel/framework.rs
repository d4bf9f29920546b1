//! The framework's own config, which Laravel 11 and later merge under the app's. Data: `rules/laravel/framework/`.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::version::Version;
use crate::eval::{Array, Evaluator, Key, Kind, Value};
use crate::facts::{Note, Step, Trail, TrailStep};
use crate::parse::php;
use crate::parse::php::tree::{ExprKind, File, StatementKind};
use crate::text::Source;

/// One config file of the framework.
#[derive(Debug, Deserialize)]
pub struct Table {
    /// Options whose entries are merged by name.
    pub merged: Vec<String>,
    setting: Vec<Row>,
}

#[derive(Debug, Deserialize)]
struct Row {
    key: String,
    value: String,
    since: Option<Version>,
    until: Option<Version>,
}

/// The tables by the name of their config file.
pub fn tables() -> &'static BTreeMap<String, Table> {
    static TABLES: OnceLock<BTreeMap<String, Table>> = OnceLock::new();
    TABLES.get_or_init(|| packed!("framework.json").unwrap_or_default())
}

/// A config file of the framework in one version: its keys, and their expressions as parsed PHP.
#[derive(Debug)]
pub struct BaseFile {
    name: String,
    source: Arc<Source>,
    file: File,
    keys: Vec<&'static str>,
}

/// The framework's config file `name` in a version; `None` when that version has no such file.
pub fn base_file(name: &str, version: Version) -> Option<BaseFile> {
    let rows = tables().get(name)?.setting.iter().filter(|row| version.is_within(row.since, row.until));
    let (keys, values): (Vec<&str>, Vec<&str>) =
        rows.map(|row| (row.key.as_str(), row.value.as_str())).unzip();
    if keys.is_empty() {
        return None;
    }
    let text = format!("<?php return [\n{}\n];", values.join(",\n"));
    let source = Arc::new(Source::foreign(&format!("laravel/framework config/{name}.php"), text));
    let file = php::parse(source.text());
    Some(BaseFile { name: name.to_owned(), source, file, keys })
}

impl BaseFile {
    /// The file's values in an environment, but for the keys that `covered` says the app has anyway.
    pub fn evaluate(&self, evaluator: &Evaluator<'_>, covered: impl Fn(&[Key]) -> bool) -> Array {
        let mut array = Array::new();
        let Some(StatementKind::Return(Some(list))) = self.file.statements.first().map(|first| &first.kind)
        else {
            return array;
        };
        let ExprKind::Array(items) = &list.kind else { return array };
        for (key, item) in self.keys.iter().zip(items) {
            let Some(expr) = &item.value else { continue };
            let key = key_parts(key);
            if covered(&key) {
                continue;
            }
            let mut value = evaluator.expression(&self.source, expr);
            if value.trail.is_empty() {
                let note = Note::Text(
                    format!("the default of Laravel's own config/{}.php applies", self.name).into(),
                );
                value.trail = Trail::start(TrailStep { step: Step::Default, place: None, note });
            }
            insert(&mut array, &key, value);
        }
        array
    }
}

/// `a\.b.c` as its parts `a.b` and `c`.
fn key_parts(key: &str) -> Vec<Key> {
    let mut parts = vec![String::new()];
    let mut chars = key.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, parts.last_mut()) {
            ('\\', Some(part)) if chars.peek() == Some(&'.') => {
                chars.next();
                part.push('.');
            }
            ('.', _) => parts.push(String::new()),
            (c, Some(part)) => part.push(c),
            (_, None) => {}
        }
    }
    parts.iter().map(|part| Key::from_text(part)).collect()
}

fn insert(array: &mut Array, path: &[Key], value: Value) {
    let Some((key, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        array.insert(key.clone(), value);
        return;
    }
    let entry = array.entry(key.clone());
    if !matches!(entry.kind, Kind::Array(_)) {
        entry.kind = Kind::Array(Arc::default());
    }
    if let Kind::Array(inner) = &mut entry.kind {
        insert(Arc::make_mut(inner), rest, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_read_and_every_expression_is_php() {
        let read: Result<BTreeMap<String, Table>, _> = packed!("framework.json");
        assert!(read.is_ok_and(|tables| tables.len() >= 15));
        for (name, table) in tables() {
            for row in &table.setting {
                let file = php::parse(&format!("<?php return {};", row.value));
                assert!(file.errors.is_empty(), "{name}.{}: {:?}", row.key, file.errors);
            }
        }
    }

    #[test]
    fn a_dot_inside_a_key_is_escaped() {
        assert_eq!(key_parts(r"a\.b.c"), vec![Key::from_text("a.b"), Key::from_text("c")]);
    }
}
