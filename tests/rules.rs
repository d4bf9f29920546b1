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
    let base = if example.stack == "laravel" { base(&example.version) } else { Vec::new() };
    for (path, content) in base.into_iter().chain(own) {
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

/// The groups of versions between which the facts differ most, by their first and last major.
const BANDS: &[(&str, u32, u32)] = &[("5-7", 5, 7), ("8-10", 8, 10), ("11-13", 11, 13)];

/// What an infrastructure says is the same for every version of the framework.
const MANIFESTS: &str = "it reads manifests, which are the same for every version";

/// Why a rule has no example in a group of versions.
const HOLES: &[(&str, &[&str], &str)] = &[
    ("ephemeral-volume", &["5-7", "8-10"], MANIFESTS),
    ("frozen-config", &["5-7", "8-10"], MANIFESTS),
    ("missing-health-check", &["5-7", "8-10"], MANIFESTS),
    ("overridden-variable", &["5-7", "8-10"], MANIFESTS),
    ("replica-migrate", &["5-7", "8-10"], MANIFESTS),
    ("unresolved-reference", &["5-7", "8-10"], MANIFESTS),
    ("unshared-key", &["5-7", "8-10"], MANIFESTS),
    ("local-broadcast", &["5-7"], "Reverb needs Laravel 10.47"),
    ("local-maintenance", &["5-7"], "a file is all there is: no setting could change it"),
    ("local-memory-state", &["5-7"], "Octane needs Laravel 8"),
    ("local-queue", &["5-7"], "no driver keeps jobs in files of its own: local-database tells of sqlite"),
];

#[test]
fn every_rule_has_an_example_for_each_group_of_versions() {
    let names: String = BANDS.iter().map(|(name, ..)| format!("{name:>7}")).collect();
    let mut matrix = format!("{:24}{names}\n", "rule");
    let mut wrong: Vec<String> = Vec::new();
    for rule in rules::all().iter().filter(|rule| rule.laravel.is_some()) {
        let mut line = format!("{:24}", rule.id);
        for (band, first, last) in BANDS {
            let examples = rules::examples(&rule.id).iter().filter(|example| example.stack == "laravel");
            let majors = examples.map(|example| major(&example.version));
            let count = majors.filter(|major| (first..=last).contains(&major)).count();
            let is_explained = HOLES.iter().any(|(id, bands, _)| *id == rule.id && bands.contains(band));
            let cell = if count == 0 { "-".to_owned() } else { count.to_string() };
            line = format!("{line}{cell:>7}");
            match (count, is_explained) {
                (0, false) => wrong.push(format!("{}: no example for Laravel {band}", rule.id)),
                (1.., true) => {
                    wrong.push(format!("{}: {band} has an example, and a reason for none", rule.id))
                }
                _ => {}
            }
        }
        let reason = HOLES.iter().find(|(id, ..)| *id == rule.id).map_or("", |(.., reason)| *reason);
        matrix = format!("{matrix}{}\n", format!("{line}  {reason}").trim_end());
    }
    println!("{matrix}");
    assert!(wrong.is_empty(), "{matrix}\n{wrong:#?}");
    for (id, ..) in HOLES {
        assert!(rules::find(id).is_some(), "a reason for a rule that is not there: {id}");
    }
}

#[test]
fn every_rule_has_an_example_for_each_stack_that_it_speaks_of() {
    for rule in rules::all() {
        for (name, _) in rule.stacks() {
            let stack = name.to_ascii_lowercase();
            let examples = rules::examples(&rule.id);
            assert!(examples.iter().any(|example| example.stack == stack), "{}: none for {name}", rule.id);
        }
    }
}

fn major(version: &str) -> u32 {
    version.split('.').next().and_then(|major| major.parse().ok()).unwrap_or_default()
}
