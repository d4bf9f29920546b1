//! Whole small apps: each folder of `fixtures/laravel` and `fixtures/rust` has an `expected.json`, written by hand, that says what the
//! program must report about it. The file is never written by the tests.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value, json};

/// Marks every password in a fixture: it must be in no output.
const CANARY: &str = "canary";

/// The parts of a finding that a fixture says, beside `hangs_on`.
const OF_FINDING: &[&str] = &["rule", "severity", "confidence", "environment", "path", "line"];
/// The parts of a state that a fixture says.
const OF_STATE: &[&str] = &["concern", "store", "locality", "confidence"];
/// The parts of an `expected.json`; only `skipped` may be left out, and means that nothing is.
const OF_EXPECTED: &[&str] = &["exit", "findings", "state", "unknown", "skipped"];

#[test]
fn every_app_gives_the_report_it_must_give() {
    let mut failures = String::new();
    let folders = fixtures();
    assert!(folders.len() >= 22, "the fixtures are found: {folders:?}");
    for folder in folders {
        let differences = differences(&folder);
        if !differences.is_empty() {
            let name = folder.file_name().unwrap().to_string_lossy();
            write!(failures, "\n{name}:\n{differences}").unwrap();
        }
    }
    assert!(failures.is_empty(), "`-` is expected, `+` is what the program says\n{failures}");
}

#[test]
fn findings_are_in_their_fixed_order() {
    for folder in fixtures() {
        let report = run(&folder, "check").report;
        let place = |finding: &Value| {
            let text = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
            (text("app"), text("path"), finding["line"].as_u64(), text("rule"))
        };
        let places: Vec<_> = list(&report["findings"]).iter().map(place).collect();
        assert!(places.is_sorted(), "{}: {places:#?}", folder.display());
    }
}

#[test]
fn a_wrong_expectation_is_told() {
    let got = vec![json!({"rule": "local-log", "line": 4}), json!({"rule": "local-disk", "line": 2})];
    let mut told = String::new();
    compare(&mut told, "findings", got.clone(), got.iter().rev().cloned().collect());
    assert_eq!(told, "", "the order does not matter");
    compare(&mut told, "findings", got[..1].to_vec(), got.clone());
    assert_eq!(told, "  findings\n    + {\"line\":2,\"rule\":\"local-disk\"}\n");
    told.clear();
    compare(&mut told, "findings", vec![got[0].clone(), got[0].clone()], got[..1].to_vec());
    assert_eq!(told, "  findings\n    - {\"line\":4,\"rule\":\"local-log\"}\n", "twice is not once");
}

/// The folders of the apps, in order.
fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let of = |stack: &str| fs::read_dir(root.join(stack)).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = ["laravel", "rust"].into_iter().flat_map(of).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

/// What the program says otherwise than the fixture's `expected.json`.
fn differences(folder: &Path) -> String {
    let Ok(text) = fs::read_to_string(folder.join("expected.json")) else {
        return "  there is no expected.json\n".to_owned();
    };
    let expected: Value = match serde_json::from_str(&text) {
        Ok(expected) => expected,
        Err(error) => return format!("  expected.json: {error}\n"),
    };
    let keys = expected.as_object().unwrap();
    if let Some(key) = keys.keys().find(|key| !OF_EXPECTED.contains(&key.as_str())) {
        return format!("  expected.json has a key `{key}` that nothing compares\n");
    }
    if let Some(key) = OF_EXPECTED[..4].iter().find(|key| !keys.contains_key(**key)) {
        return format!("  expected.json has no key `{key}`\n");
    }
    let check = run(folder, "check");
    let state = run(folder, "state");
    let mut told = String::new();
    compare(&mut told, "exit", vec![expected["exit"].clone()], vec![json!(check.code)]);
    compare(
        &mut told,
        "findings",
        owned(&expected["findings"]),
        list(&check.report["findings"]).iter().map(finding).collect(),
    );
    compare(&mut told, "state", owned(&expected["state"]), states(&state.report, &deciding_lines(folder)));
    let setting = |unknown: &Value| unknown["setting"].clone();
    compare(
        &mut told,
        "unknown",
        owned(&expected["unknown"]),
        list(&check.report["unknown"]).iter().map(setting).collect(),
    );
    let path = |skipped: &Value| skipped["path"].clone();
    compare(
        &mut told,
        "skipped",
        owned(&expected["skipped"]),
        list(&check.report["skipped"]).iter().map(path).collect(),
    );
    if check.output.contains(CANARY) || state.output.contains(CANARY) {
        told.push_str("  a password is in the output\n");
    }
    told
}

/// One run of the program in a folder.
struct Run {
    code: Option<i32>,
    output: String,
    report: Value,
}

fn run(folder: &Path, command: &str) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_unstick"))
        .args([command, "--format", "json"])
        .current_dir(folder)
        .output()
        .unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    Run {
        code: output.status.code(),
        report: serde_json::from_str(&report)
            .unwrap_or_else(|error| panic!("{}: {error}: {errors}", folder.display())),
        output: report + &errors,
    }
}

/// A finding as a fixture writes it.
fn finding(finding: &Value) -> Value {
    let mut kept = kept(finding, OF_FINDING);
    let hanging: Vec<Value> =
        list(&finding["hangs_on"]).iter().map(|dependent| dependent["key"].clone()).collect();
    kept.insert("hangs_on".to_owned(), hanging.into());
    kept.into()
}

/// What the column DECIDED BY of the table says, row by row: `.env:7`, or null when no line of the app decides.
fn deciding_lines(folder: &Path) -> Vec<Value> {
    let output =
        Command::new(env!("CARGO_BIN_EXE_unstick")).arg("state").current_dir(folder).output().unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    // The table of every environment side by side has no such column.
    let mut in_overview = false;
    let rows = table.lines().filter_map(|line| {
        if !line.is_empty() && !line.starts_with(' ') {
            in_overview = line.ends_with("every environment");
        }
        line.strip_prefix("  ").filter(|row| !in_overview && !row.starts_with("STATE "))
    });
    rows.map(|row| {
        let at = row.strip_suffix(')').and_then(|row| row.rsplit_once('(')).map_or("", |(_, at)| at);
        let is_line = at.rsplit_once(':').is_some_and(|(_, line)| line.parse::<u32>().is_ok());
        if is_line { at.into() } else { Value::Null }
    })
    .collect()
}

/// Every state of every environment; `app` is there when the app is not the folder itself.
fn states(report: &Value, deciding_lines: &[Value]) -> Vec<Value> {
    let mut states = Vec::new();
    for app in list(&report["apps"]) {
        for environment in list(&app["environments"]) {
            for state in list(&environment["state"]) {
                let mut kept = kept(state, OF_STATE);
                kept.insert("environment".to_owned(), environment["name"].clone());
                kept.insert("by".to_owned(), deciding_lines.get(states.len()).cloned().into());
                if app["path"] != "." {
                    kept.insert("app".to_owned(), app["path"].clone());
                }
                states.push(kept.into());
            }
        }
    }
    assert_eq!(states.len(), deciding_lines.len(), "the table has a row for each state");
    states
}

fn kept(value: &Value, names: &[&str]) -> Map<String, Value> {
    names.iter().map(|name| ((*name).to_owned(), value[*name].clone())).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn owned(value: &Value) -> Vec<Value> {
    list(value).to_vec()
}

/// Tells the lines that only one side has; the order does not matter, how often a line is there does.
fn compare(told: &mut String, what: &str, expected: Vec<Value>, got: Vec<Value>) {
    let mut counts: BTreeMap<String, i32> = BTreeMap::new();
    for value in expected {
        *counts.entry(line(value)).or_default() -= 1;
    }
    for value in got {
        *counts.entry(line(value)).or_default() += 1;
    }
    let lines: Vec<String> = counts
        .iter()
        .filter(|(_, count)| **count != 0)
        .map(|(line, count)| {
            format!("    {} {line}\n", if *count < 0 { '-' } else { '+' })
                .repeat(count.unsigned_abs() as usize)
        })
        .collect();
    if !lines.is_empty() {
        writeln!(told, "  {what}").unwrap();
        told.push_str(&lines.concat());
    }
}

/// A value on one line; keys and the settings that hang on a cause in the order of the alphabet.
fn line(mut value: Value) -> String {
    value.sort_all_objects();
    if let Some(hanging) = value.get_mut("hangs_on").and_then(Value::as_array_mut) {
        hanging.sort_by_key(ToString::to_string);
    }
    value.to_string()
}
