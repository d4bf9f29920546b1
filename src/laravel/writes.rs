//! What the app's own code writes while it starts: variables of the environment, keys of the config.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::app::App;
use crate::eval::{Array, Key, Kind, Value};
use crate::facts::Reason;
use crate::parse::php::tree::{Expr, ExprKind, Statement, StatementKind};

/// The class behind `config()`.
pub const REPOSITORY: &str = "Illuminate\\Config\\Repository";

/// The variables that the app's helper files write when they are loaded; `None`: one whose name is not known.
pub fn of_helpers(app: &App) -> BTreeSet<Option<String>> {
    let mut found = BTreeSet::new();
    for file in &app.composer.files {
        // Almost no helper file writes: look at the text before walking the tree.
        let writes = ["putenv", "$_ENV", "$_SERVER"];
        let Some(script) = app.script(file) else { continue };
        if writes.iter().any(|word| script.source.text().contains(word)) {
            in_statements(&script.file.statements, &mut found);
        }
    }
    found
}

fn in_statements(statements: &[Statement], found: &mut BTreeSet<Option<String>>) {
    for statement in statements {
        match &statement.kind {
            StatementKind::Expr(expr) => in_expr(expr, found),
            StatementKind::If { branches, otherwise } => {
                branches.iter().for_each(|(_, body)| in_statements(body, found));
                in_statements(otherwise, found);
            }
            StatementKind::Foreach { body, .. } | StatementKind::Loop { body, .. } => {
                in_statements(body, found)
            }
            StatementKind::Block(inner) => in_statements(inner, found),
            StatementKind::Try { body, catches, finally } => {
                in_statements(body, found);
                catches.iter().for_each(|(_, body)| in_statements(body, found));
                in_statements(finally, found);
            }
            _ => {}
        }
    }
}

fn in_expr(expr: &Expr, found: &mut BTreeSet<Option<String>>) {
    match &expr.kind {
        ExprKind::Silence(inner) => in_expr(inner, found),
        ExprKind::Call { function, args } if function.full.eq_ignore_ascii_case("putenv") => {
            let text = args.first().map(|arg| &arg.value.kind);
            found.insert(match text {
                Some(ExprKind::Str(text)) => text.split('=').next().map(str::to_owned),
                _ => None,
            });
        }
        ExprKind::Assign { target, value, .. } => {
            if let ExprKind::Index { base, index } = &target.kind
                && matches!(&base.kind, ExprKind::Variable(name) if matches!(name.as_ref(), "_ENV" | "_SERVER"))
            {
                found.insert(match index.as_ref().map(|index| &index.kind) {
                    Some(ExprKind::Str(name)) => Some(name.to_string()),
                    _ => None,
                });
            }
            in_expr(value, found);
        }
        _ => {}
    }
}

/// `config([key => value])` and `config()->set(key, value)`.
pub fn set(repository: &mut Array, args: &[Value]) {
    match (args.first().map(|first| &first.kind), args.get(1)) {
        (Some(Kind::Str(key)), value) => set_key(repository, key, value.cloned().unwrap_or_else(Value::null)),
        (Some(Kind::Array(entries)), _) if entries.open().is_none() => {
            for (key, value) in entries.iter() {
                set_key(repository, &key.text(), value.clone());
            }
        }
        _ => forget(repository),
    }
}

/// A key that is not known was written: any may have changed.
fn forget(repository: &mut Array) {
    let reason = Reason::new("the app's own code writes config keys that are not known");
    let keys: Vec<Key> = repository.iter().map(|(key, _)| key.clone()).collect();
    for key in keys {
        repository.insert(key, Value::unknown(reason.clone()));
    }
    repository.set_open(reason);
}

/// `$repository->set('a.b', $value)`.
pub fn set_key(repository: &mut Array, key: &str, value: Value) {
    let mut parts = key.split('.').map(Key::from_text).peekable();
    let mut slot = repository;
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            slot.insert(part, value);
            return;
        }
        let entry = slot.entry(part);
        match &entry.kind {
            Kind::Array(_) => {}
            Kind::Unknown(reason) => {
                let mut around = Array::new();
                around.set_open(reason.clone());
                entry.kind = Kind::Array(Arc::new(around));
            }
            _ => entry.kind = Kind::Array(Arc::default()),
        }
        let Kind::Array(inner) = &mut entry.kind else { return };
        slot = Arc::make_mut(inner);
    }
}
