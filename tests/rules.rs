//! Every rule fires on its bad example and is silent on its good one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use unstick::rules;

/// Files that every example app has unless it brings its own.
fn base(version: &str) -> Vec<(&'static str, String)> {
    vec![
        ("composer.json", format!(r#"{{"require": {{"laravel/framework": "^{version}"}}}}"#)),
        ("artisan", String::new()),
        ("bootstrap/app.php", "<?php\n".to_owned()),
    ]
}

/// The ids of the rules that `check` reports for an app of these files.
fn met(example: &rules::Example, files: &BTreeMap<String, String>) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let own = files.iter().map(|(path, content)| (path.as_str(), content.clone()));
    for (path, content) in base(&example.version).into_iter().chain(own) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    check(folder.path())
}

fn check(folder: &Path) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_unstick"))
        .args(["check", "--format", "json"])
        .current_dir(folder)
        .output()
        .unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn bad_examples_meet_their_rule_and_good_ones_meet_none() {
    let mut tried = 0;
    for rule in rules::all() {
        for example in rules::examples(&rule.id) {
            let bad = met(example, &example.bad);
            assert!(bad.contains(&rule.id), "{}: `{}` (bad) met only {bad:?}", rule.id, example.name);
            let good = met(example, &example.good);
            assert!(good.is_empty(), "{}: `{}` (good) met {good:?}", rule.id, example.name);
            tried += 1;
        }
    }
    assert!(tried >= rules::all().len(), "every rule has an example");
}
