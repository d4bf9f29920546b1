//! What the JSON outputs look like is a contract: they are held against the schemas in `schema/`.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::{COMPOSER, Folder};
use serde_json::Value as Json;

fn schema(name: &str) -> Json {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(format!("{name}.schema.json"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[track_caller]
fn holds(name: &str, output: &Json, from: &str) {
    let schema = schema(name);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(output).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "`{from}` is not what schema/{name}.schema.json says: {errors:#?}");
}

/// Each object of each schema names all its fields and allows no other.
#[test]
fn the_schemas_allow_nothing_else() {
    fn walk(value: &Json, at: &str) {
        if let Json::Object(object) = value {
            if object.get("properties").is_some_and(Json::is_object) && object.get("type").is_some() {
                assert_eq!(object.get("additionalProperties"), Some(&Json::Bool(false)), "{at}");
            }
            object.iter().for_each(|(key, value)| walk(value, &format!("{at}/{key}")));
        } else if let Json::Array(list) = value {
            list.iter().enumerate().for_each(|(index, value)| walk(value, &format!("{at}/{index}")));
        }
    }
    for name in ["report", "state", "config", "env", "fix"] {
        jsonschema::meta::validate(&schema(name)).unwrap();
        walk(&schema(name), name);
    }
}

/// The schema lists the ids of the rules, and each is the name of a file under `rules/`.
#[test]
fn rule_ids_are_those_of_the_catalogue() {
    let run = Folder::new().run(&["rules", "--format", "json"]);
    let mut ids: Vec<String> = run.exits(0).json()["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| rule["id"].as_str().unwrap().to_owned())
        .collect();
    ids.sort();
    for name in ["report", "fix"] {
        let schema = schema(name);
        let listed: Vec<&str> = schema["$defs"]["rule"]["enum"]
            .as_array()
            .unwrap()
            .iter()
            .map(|id| id.as_str().unwrap())
            .collect();
        assert_eq!(ids, listed, "`rules --format json` and the enum `rule` of schema/{name}.schema.json");
    }
}

/// A fix looks the same wherever it is told.
#[test]
fn shared_parts_are_the_same() {
    for part in ["rule", "fix", "skipped"] {
        assert_eq!(schema("report")["$defs"][part], schema("fix")["$defs"][part], "{part}");
    }
}

/// An app whose env file cannot be edited: it has another name too.
fn two_names() -> Folder {
    let folder =
        Folder::laravel().file(".env", "APP_ENV=production\nLOG_CHANNEL=single\nSESSION_DRIVER=file\n");
    fs::hard_link(folder.path(".env"), folder.path("other")).unwrap();
    folder
}

fn apps() -> Vec<(&'static str, Folder)> {
    let huge = "<?php\nreturn ['a.b' => [], 'n' => NAN, 'i' => INF, 'm' => -INF, 'f' => 1.5, 'k' => ['' => ['x.y' => null]], \
        'u' => unknown_function(), 'c' => fn () => 1, ...unknown(), 'l' => PHP_INT_MIN, 's' => \"\\u{1F600}\\x80\"];\n";
    vec![
        ("a small app", Folder::laravel()),
        ("nothing", Folder::new()),
        ("two names", two_names()),
        ("an old app", Folder::laravel().file("composer.json", COMPOSER.replace("^12.0", "5.5.*"))),
        ("no version", Folder::laravel().file("composer.json", "{}")),
        ("only an example", Folder::laravel().without(".env").file(".env.example", "SESSION_DRIVER=redis\nNULL\n")),
        ("no variables", Folder::laravel().without(".env")),
        ("a developer's", Folder::laravel().file(".env", "APP_ENV=local\nCACHE_DRIVER=redis\n")),
        ("two environments", Folder::laravel().file(".env.staging", "SESSION_DRIVER=cookie\n")),
        ("odd values", Folder::laravel().file("config/odd.php", huge)),
        ("undefined", Folder::laravel().file(".env", "APP_ENV=production\nSESSION_DRIVER=nope\nCACHE_STORE=nope\nLOG_CHANNEL=null\n")),
        ("broken variables", Folder::laravel().file(".env", "A=1\nB C=2\n")),
        ("broken config", Folder::laravel().file("config/cache.php", "<?php\nreturn [;\n")),
        ("broken composer", Folder::laravel().file("composer.json", "{").file("composer.lock", "[")),
        ("endless", Folder::laravel().file("config/session.php", "<?php\nreturn require __FILE__;\n")),
        ("hostile text", Folder::laravel().file(".env", "APP_ENV=\"\u{1b}[2J\"\nSESSION_DRIVER=\"\u{202e}\"\n")),
        ("a binary file", Folder::laravel().file(".env", b"\0\xff")),
        (
            "loopback",
            Folder::laravel().file(".env", "APP_ENV=production\nCACHE_STORE=redis\nSESSION_DRIVER=redis\nREDIS_HOST=127.0.0.1\nDB_CONNECTION=mysql\nDB_HOST=localhost\n"),
        ),
    ]
}

#[test]
fn outputs_are_as_the_schemas_say() {
    let mut rules = 0;
    let mut progress = BTreeSet::new();
    for (name, app) in apps() {
        let set = ["--set", "SESSION_DRIVER=array", "--set", "X="];
        for more in [[].as_slice(), &set, &["--no-env-file"]] {
            for (schema, arguments) in [
                ("report", ["check"].as_slice()),
                ("state", &["state"]),
                ("config", &["config"]),
                ("config", &["config", "--show-secrets"]),
                ("config", &["config", "--key", "session", "--key", "odd"]),
                ("env", &["env"]),
                ("env", &["env", "--show-secrets"]),
                ("fix", &["fix", "--diff"]),
                ("fix", &["fix", "--diff", "--unsafe", "--to", "redis"]),
            ] {
                let run = app.run(&[arguments, &["--format", "json"], more].concat());
                let output = run.json();
                holds(schema, &output, &format!("{name}: {}", run.call));
                if schema == "report" {
                    rules += output["findings"].as_array().unwrap().len();
                    counts_are_right(&output);
                }
                paths_lead_to_files(&app, &output, name);
            }
        }
        // They write, so they come last: the second one finds nothing.
        for flags in [["--backup"].as_slice(), &["--unsafe"], &["--unsafe"]] {
            let run = app.run(&[&["fix", "--format", "json"], flags].concat());
            let output = run.json();
            holds("fix", &output, &format!("{name}: {}", run.call));
            paths_lead_to_files(&app, &output, name);
            for step in output["steps"].as_array().unwrap() {
                progress.insert(step["progress"].as_str().unwrap().to_owned());
            }
        }
    }
    assert_eq!(progress.into_iter().collect::<Vec<_>>(), ["applied", "by-hand", "held-back", "skipped"]);
    assert!(rules > 50, "the apps give too few findings to try the schema: {rules}");
}

fn counts_are_right(report: &Json) {
    let count = |key: &str| report[key].as_array().unwrap().len() as u64;
    let summary = &report["summary"];
    let findings: u64 = ["error", "warning", "info"].iter().map(|key| summary[key].as_u64().unwrap()).sum();
    assert_eq!(
        (findings, &summary["unknown"], &summary["skipped"]),
        (count("findings"), &count("unknown").into(), &count("skipped").into())
    );
}

/// Every path of an output is one that can be opened: a framework's own files are named in notes only.
fn paths_lead_to_files(app: &Folder, output: &Json, name: &str) {
    match output {
        Json::Object(object) => {
            let is_place = object.contains_key("line") || object.contains_key("step");
            if let Some(path) = object.get("path").and_then(Json::as_str).filter(|_| is_place) {
                assert!(app.path(path).exists(), "{name}: `{path}` is not there: {output:#}");
            }
            object.values().for_each(|value| paths_lead_to_files(app, value, name));
        }
        Json::Array(list) => list.iter().for_each(|value| paths_lead_to_files(app, value, name)),
        _ => {}
    }
}

/// The validator would notice.
#[test]
fn a_wrong_output_is_refused() {
    let schema = schema("report");
    let validator = jsonschema::validator_for(&schema).unwrap();
    let good = Folder::laravel().check();
    assert!(validator.is_valid(&good) && !good["findings"].as_array().unwrap().is_empty());
    for (pointer, value) in [
        ("/version", Json::from(2)),
        ("/findings/0/rule", Json::from("no-such-rule")),
        ("/findings/0/line", Json::from("6")),
        ("/findings/0/fingerprint", Json::from("x")),
        ("/summary", Json::Null),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = value;
        assert!(!validator.is_valid(&bad), "{pointer}");
    }
    let mut bad = good;
    bad["more"] = Json::Null;
    assert!(!validator.is_valid(&bad));
}
