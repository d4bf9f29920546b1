//! The framework's own config, which Laravel 11 and later merge under the app's. Data: `rules/laravel/framework/`.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::version::Version;
use crate::eval::{Array, Evaluator, Key, Kind, Value};
use crate::facts::{Note, Step, Trail, TrailStep};
use crate::parse::php;
use crate::parse::php::tree::{ExprKind, StatementKind};
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
    since: Option<String>,
    until: Option<String>,
}

/// The tables by the name of their config file.
pub fn tables() -> &'static BTreeMap<String, Table> {
    static TABLES: OnceLock<BTreeMap<String, Table>> = OnceLock::new();
    TABLES.get_or_init(|| {
        // The build packs this text from our own data and a test reads it, so it cannot fail on a user's machine.
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/framework.json"))).unwrap_or_default()
    })
}

/// The framework's config file `name` in a version, evaluated; `None` when that version has no such file.
pub fn base(evaluator: &Evaluator<'_>, name: &str, version: Version) -> Option<Array> {
    let rows: Vec<&Row> = tables().get(name)?.setting.iter().filter(|row| row.holds_in(version)).collect();
    if rows.is_empty() {
        return None;
    }
    let text = rows.iter().fold("<?php return [\n".to_owned(), |text, row| text + &row.value + ",\n") + "];";
    let origin = format!("laravel/framework config/{name}.php");
    let source = Arc::new(Source::foreign(&origin, text));
    let file = php::parse(source.text());
    let StatementKind::Return(Some(list)) = &file.statements.first()?.kind else { return None };
    let ExprKind::Array(items) = &list.kind else { return None };
    let mut array = Array::new();
    for (row, item) in rows.iter().zip(items) {
        let Some(expr) = &item.value else { continue };
        let mut value = evaluator.expression(&source, expr);
        if value.trail.is_empty() {
            let note = Note::Text(format!("the default of Laravel's own config/{name}.php applies").into());
            value.trail = Trail::start(TrailStep { step: Step::Default, place: None, note });
        }
        insert(&mut array, &key_parts(&row.key), value);
    }
    Some(array)
}

impl Row {
    fn holds_in(&self, version: Version) -> bool {
        let bound = |text: &Option<String>| text.as_deref().and_then(Version::parse);
        bound(&self.since).is_none_or(|since| version >= since)
            && bound(&self.until).is_none_or(|until| version < until)
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
        assert!(tables().len() >= 15, "{}", tables().len());
        for (name, table) in tables() {
            for row in &table.setting {
                let file = php::parse(&format!("<?php return {};", row.value));
                assert!(file.errors.is_empty(), "{name}.{}: {:?}", row.key, file.errors);
                for bound in [&row.since, &row.until].into_iter().flatten() {
                    assert!(Version::parse(bound).is_some(), "{name}.{}: {bound}", row.key);
                }
            }
        }
    }

    #[test]
    fn a_dot_inside_a_key_is_escaped() {
        assert_eq!(key_parts(r"a\.b.c"), vec![Key::from_text("a.b"), Key::from_text("c")]);
    }
}
