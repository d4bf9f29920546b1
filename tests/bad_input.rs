//! Input that is broken, huge, endless or hostile: a clear message, the right exit code, never a panic, never silence.

mod common;

#[path = "bad_input/config.rs"]
mod config;
#[path = "bad_input/deploy.rs"]
mod deploy;
#[path = "bad_input/env_file.rs"]
mod env_file;
#[path = "bad_input/names.rs"]
mod names;
#[path = "bad_input/repository.rs"]
mod repository;
#[path = "bad_input/rust.rs"]
mod rust;

use common::{Folder, Run};

/// Every way to look at an app; each must live through any input.
const LOOKS: &[&[&str]] = &[
    &["check"],
    &["check", "--format", "concise"],
    &["check", "--format", "json"],
    &["state"],
    &["state", "--format", "json"],
    &["config"],
    &["config", "--format", "json"],
    &["config", "--key", "session"],
    &["env"],
    &["env", "--format", "json"],
];

/// Runs every command on a folder; each exits with one of the codes and says something.
#[track_caller]
fn look(folder: &Folder) -> Vec<Run> {
    look_with(folder, &[])
}

#[track_caller]
fn look_with(folder: &Folder, more: &[&str]) -> Vec<Run> {
    let mut runs = Vec::new();
    for arguments in LOOKS {
        let run = folder.run(&[*arguments, more].concat());
        assert!(matches!(run.code, Some(0 | 1 | 3)), "{run:#?}");
        assert!(!run.all().trim().is_empty(), "silence: {run:#?}");
        if arguments.contains(&"json") {
            run.json();
        }
        runs.push(run);
    }
    runs
}

/// Runs the commands that do different work, for input that costs.
#[track_caller]
fn glance(folder: &Folder) {
    for arguments in [["check", "--format", "json"].as_slice(), &["config"], &["env"]] {
        let run = folder.run(arguments);
        assert!(matches!(run.code, Some(0 | 1 | 3)), "{run:#?}");
        assert!(!run.all().trim().is_empty(), "silence: {run:#?}");
    }
}

/// Something could not be read: each command says which file, and none exits with 0.
#[track_caller]
fn each_names(folder: &Folder, path: &str, reason: &str) {
    each_names_with(folder, &[], path, reason);
}

#[track_caller]
fn each_names_with(folder: &Folder, more: &[&str], path: &str, reason: &str) {
    for run in look_with(folder, more) {
        // `env` reads no config file.
        if run.call.starts_with("env") && path.starts_with("config") {
            continue;
        }
        assert_ne!(run.code, Some(0), "clean, though something was not read: {run:#?}");
        run.says(path).says(reason);
    }
    let report = folder.run(&[&["check", "--format", "json"], more].concat()).json();
    let skipped = report["skipped"].as_array().unwrap();
    assert!(
        skipped.iter().any(|skipped| {
            let text = |key: &str| skipped[key].as_str().unwrap().to_owned();
            text("path").contains(path) && text("reason").contains(reason)
        }),
        "{path}: {reason} is not in `skipped`: {report:#}"
    );
}

/// A finding `unreadable-config` at a line, and exit code 1.
#[track_caller]
fn unreadable(folder: &Folder, path: &str, line: u32) {
    let run = folder.run(&["check", "--format", "json"]);
    run.exits(1);
    let report = run.json();
    let found = report["findings"].as_array().unwrap().iter().any(|finding| {
        finding["rule"] == "unreadable-config" && finding["path"] == path && finding["line"] == line
    });
    assert!(found, "no unreadable-config at {path}:{line}: {report:#}");
    folder.run(&["check"]).exits(1).says(path);
    folder.run(&["check", "--format", "concise"]).exits(1).says(&format!("{path}:{line}:"));
}
