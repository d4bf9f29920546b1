//! Small apps, written for each test, and what is found in them.

mod arguments;
mod contexts;
mod nothing;
mod shapes;

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{Found, Settings, scan};
use crate::discover::{Skipped, Tree};
use crate::eval::{Kind, Value};
use crate::laravel::App;

/// An app of these files in a folder of its own.
struct Small {
    folder: TempDir,
}

impl Small {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let composer =
            r#"{"require": {"laravel/framework": "^11.0"}, "autoload": {"psr-4": {"App\\": "app/"}}}"#;
        let own = [("artisan", ""), ("composer.json", composer), ("bootstrap/app.php", "<?php\n")];
        for (name, text) in own.iter().chain(files) {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What is found, with `filesystems.default` as `uploads` and the variable `DISK` as `env-disk`.
    fn scan(&self) -> (Vec<Found>, Vec<Skipped>) {
        let app = App::open(Tree::open(self.path()).unwrap()).unwrap();
        let config = |key: &str| match key {
            "filesystems.default" => Some(Value::str("uploads")),
            "app.unknown" => Some(Value::unknown(crate::facts::Reason::new("kept elsewhere"))),
            _ => None,
        };
        let env = |name: &str| (name == "DISK").then(|| Value::str("env-disk"));
        let scan = scan(&app, &Settings { config: &config, env: &env });
        (scan.found, scan.skipped)
    }
}

/// What is found in one file of an app.
fn found_in(name: &str, code: &str) -> Vec<Found> {
    let (found, skipped) = Small::new(&[(name, code)]).scan();
    assert_eq!(skipped, [], "{code}");
    found
}

/// What is found in code without a namespace.
fn found(code: &str) -> Vec<Found> {
    found_in("routes/web.php", &format!("<?php\n{code}"))
}

/// The ids of what is found, in the order of places.
fn ids(found: &[Found]) -> Vec<&'static str> {
    found.iter().map(|one| one.id).collect()
}

/// The one call of an id.
fn only<'a>(found: &'a [Found], id: &str) -> &'a Found {
    let all: Vec<_> = found.iter().filter(|one| one.id == id).collect();
    assert_eq!(all.len(), 1, "{id} in {:?}", ids(found));
    all[0]
}

/// An argument in words: its values, `starts..` for what is known from its start only, `?reason`.
fn words(argument: &super::Argument) -> String {
    let value = |value: &Value| match &value.kind {
        Kind::Str(text) => text.to_string(),
        Kind::Int(number) => number.to_string(),
        Kind::Bool(truth) => truth.to_string(),
        Kind::Null => "null".to_owned(),
        Kind::Array(array) => format!("array of {}", array.len()),
        Kind::Closure(_) => "closure".to_owned(),
        other => format!("{other:?}"),
    };
    let values: Vec<String> = argument.values.iter().map(value).collect();
    let starts = argument.starts.iter().filter(|start| !values.iter().any(|value| value == &***start));
    let mut parts = values.clone();
    parts.extend(starts.map(|start| format!("{start}..")));
    parts.extend(argument.unknown.iter().map(|reason| format!("?{}", reason.text())));
    parts.join(" | ")
}
