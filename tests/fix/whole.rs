//! The fixtures, copied and fixed: what is called fixed is no longer reported, and what remains was told.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::app::snapshot;
use crate::common::Folder;

/// Marks every password in a fixture.
const CANARY: &str = "canary";

/// The apps of `fixtures/laravel`, each in a folder of its own.
fn fixtures() -> Vec<(String, Folder)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/laravel");
    let mut names: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.is_dir());
    names.sort();
    names.iter().map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), copy(path))).collect()
}

fn copy(from: &Path) -> Folder {
    fn walk(from: &Path, at: &str, folder: &Folder) {
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{at}{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{name}/"), folder);
            } else {
                folder.write(&name, fs::read(entry.path()).unwrap());
            }
        }
    }
    let folder = Folder::new();
    walk(from, "", &folder);
    folder
}

fn list(value: &Json) -> &[Json] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The setting that a finding or a state is about: findings name it by where they are, fixes by their title.
fn titles(report: &Json) -> Vec<(String, String, String)> {
    let of = |finding: &Json, fix: &Json| {
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        (text(&finding["app"]), text(&finding["environment"]), text(&fix["title"]))
    };
    let findings = list(&report["findings"]).iter();
    findings.flat_map(|finding| list(&finding["fixes"]).iter().map(move |fix| of(finding, fix))).collect()
}

/// The steps of a run, by what became of them.
fn steps<'a>(report: &'a Json, progress: &[&str]) -> Vec<&'a Json> {
    let is = |step: &&Json| progress.contains(&step["progress"].as_str().unwrap());
    list(&report["steps"]).iter().filter(is).collect()
}

/// States of every environment that are on one server, by app, environment and key.
fn local_states(folder: &Folder, more: &[&str]) -> Vec<(String, String, String)> {
    let report = folder.run(&[&["state", "--format", "json"], more].concat()).json();
    let mut states = Vec::new();
    for app in list(&report["apps"]) {
        for environment in list(&app["environments"]) {
            for state in list(&environment["state"]) {
                let locality = state["locality"].as_str().unwrap();
                if matches!(locality, "disk" | "memory" | "host") {
                    let text = |value: &Json| value.as_str().unwrap().to_owned();
                    states.push((text(&app["path"]), text(&environment["name"]), text(&state["concern"])));
                }
            }
        }
    }
    states
}

#[test]
fn every_fixture() {
    let (mut applied, mut told) = (0, 0);
    for (name, folder) in fixtures() {
        let check = folder.check();
        let run = folder.run(&["fix", "--unsafe", "--yes", "--format", "json"]);
        let report = run.json();
        let after = folder.check();
        assert_eq!(run.code, folder.run(&["check"]).code, "{name}: {run:#?}");
        // What was fixed is proposed no more.
        let left = titles(&after);
        let key = |step: &Json| {
            let text = |value: &Json| value.as_str().unwrap().to_owned();
            (text(&step["app"]), text(&step["environment"]), text(&step["fix"]["title"]))
        };
        for step in steps(&report, &["applied"]) {
            applied += 1;
            assert!(!left.contains(&key(step)), "{name}: still proposed: {step:#}");
            // Either it is shared now, or what keeps it from that was told.
            let done = matches!(step["locality"].as_str(), Some("shared" | "none" | "client"));
            assert!(done || !list(&step["still_to_do"]).is_empty(), "{name}: {step:#}");
        }
        // What remains was told: by its fix, or as something still to do.
        let open: Vec<_> =
            steps(&report, &["held-back", "by-hand", "skipped", "reverted"]).into_iter().map(key).collect();
        for finding in list(&after["findings"]) {
            let fixes = list(&finding["fixes"]);
            let to_do = steps(&report, &["applied"]).iter().any(|step| {
                step["environment"] == finding["environment"] && !list(&step["still_to_do"]).is_empty()
            });
            let one = fixes.iter().any(|fix| {
                let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
                open.contains(&(text(&finding["app"]), text(&finding["environment"]), text(&fix["title"])))
            });
            let before =
                list(&check["findings"]).iter().any(|other| other["fingerprint"] == finding["fingerprint"]);
            assert!(one || to_do || (before && fixes.is_empty()), "{name}: not told: {finding:#} {report:#}");
            told += 1;
        }
        // Nothing that was shared is on one server now.
        let states = local_states(&copy(&original(&name)), &[]);
        for state in local_states(&folder, &[]) {
            assert!(states.contains(&state), "{name}: {state:?} was not on one server before");
        }
        // A second run has nothing left.
        let before = snapshot(&folder);
        let again = folder.run(&["fix", "--unsafe", "--yes"]);
        assert_eq!(snapshot(&folder), before, "{name}: {again:#?}");
        assert!(!again.out.contains("fixed: "), "{name}: {again:#?}");
        // And only env files were touched.
        for (path, bytes) in before {
            let old = fs::read(original(&name).join(&path)).unwrap();
            let is_env = path.rsplit('/').next().unwrap().starts_with(".env");
            assert!(is_env || old == bytes, "{name}: {path}");
        }
        assert!(!run.all().contains(CANARY) && !again.all().contains(CANARY), "{name}: {run:#?} {again:#?}");
    }
    assert!(applied >= 10 && told >= 10, "{applied} applied, {told} remain");
}

fn original(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/laravel").join(name)
}

/// Without `--unsafe`, what was applied is shared, and the rest is as it was.
#[test]
fn what_is_safe_is_enough() {
    let mut applied = 0;
    for (name, folder) in fixtures() {
        let report = folder.run(&["fix", "--format", "json"]).json();
        for step in steps(&report, &["applied"]) {
            applied += 1;
            let done = matches!(step["locality"].as_str(), Some("shared" | "none" | "client"));
            assert!(done && list(&step["still_to_do"]).is_empty(), "{name}: {step:#}");
            assert_eq!(step["fix"]["applicability"], "safe", "{name}: {step:#}");
        }
        assert!(steps(&report, &["reverted"]).is_empty(), "{name}: {report:#}");
    }
    assert!(applied >= 4, "{applied}");
}
