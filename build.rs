//! Packs the data under `rules/` into JSON that the program carries, so that nothing is read from disk at start.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

fn main() {
    println!("cargo::rerun-if-changed=rules");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    write(&out, "framework.json", &folder(Path::new("rules/laravel/framework")));
    write(&out, "drivers.json", &folder(Path::new("rules/laravel/drivers")));
    for (name, value) in folder(Path::new("rules/laravel")) {
        write(&out, &format!("laravel-{name}.json"), &value);
    }
    for (name, value) in folder(Path::new("rules/deploy")) {
        write(&out, &format!("deploy-{name}.json"), &value);
    }
    write(&out, "rust-marks.json", &folder(Path::new("rules/rust/marks")));
    for (name, value) in folder(Path::new("rules/rust")) {
        write(&out, &format!("rust-{name}.json"), &value);
    }
    let mut rules = folder(Path::new("rules"));
    // Examples are for `explain` and the tests: a check need not read past them.
    let examples: Map<String, Value> = rules
        .iter_mut()
        .filter_map(|(name, rule)| Some((name.clone(), rule.as_object_mut()?.shift_remove("example")?)))
        .collect();
    write(&out, "rules.json", &rules);
    write(&out, "examples.json", &examples);
}

/// Every TOML file of a folder under its stem, in the order of names.
fn folder(path: &Path) -> Map<String, Value> {
    let mut names: Vec<PathBuf> = fs::read_dir(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    names.sort();
    let mut files = Map::new();
    for name in names {
        let stem = name.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        files.insert(stem, read(&name));
    }
    files
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let table: toml::Table =
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    json!(table)
}

fn write(out: &Path, name: &str, value: &impl serde::Serialize) {
    let text = serde_json::to_string(value).unwrap_or_else(|error| panic!("{name}: {error}"));
    fs::write(out.join(name), text).unwrap_or_else(|error| panic!("{name}: {error}"));
}
