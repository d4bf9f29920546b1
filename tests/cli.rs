//! The command line: other people's scripts depend on it.

mod common;

#[path = "cli/deployed.rs"]
mod deployed;
#[path = "cli/pages.rs"]
mod pages;

use std::fs;

use common::{Folder, Run, finish};
use serde_json::Value as Json;

/// An app with an error (the session), a warning (the log) and nothing else.
fn app() -> Folder {
    Folder::laravel()
        .file(
            ".env",
            "APP_ENV=production\nSESSION_DRIVER=file\nLOG_CHANNEL=single\nCACHE_STORE=redis\nQUEUE_CONNECTION=redis\n\
             REDIS_HOST=cache.internal\nDB_CONNECTION=pgsql\nDB_HOST=db.internal\nFILESYSTEM_DISK=s3\n\
             APP_MAINTENANCE_DRIVER=cache\nAPP_MAINTENANCE_STORE=redis\nQUEUE_FAILED_DRIVER=null\n",
        )
        .file("config/logging.php", "<?php\nreturn ['default' => env('LOG_CHANNEL'), 'channels' => ['single' => ['driver' => 'single', 'path' => storage_path('logs/laravel.log')]]];\n")
}

/// The same app with nothing wrong.
const RIGHT: &[&str] = &["--set", "SESSION_DRIVER=redis", "--set", "LOG_CHANNEL=stderr"];

fn findings(run: &Run) -> Vec<(String, String, String)> {
    let text = |finding: &Json, key: &str| finding[key].as_str().unwrap().to_owned();
    let report = run.json();
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| (text(finding, "rule"), text(finding, "severity"), text(finding, "confidence")))
        .collect()
}

fn check(app: &Folder, more: &[&str]) -> Run {
    app.run(&[&["check", "--format", "json"], more].concat())
}

#[test]
fn exit_codes_do_not_depend_on_the_format() {
    let app = app();
    let broken = Folder::laravel().file("composer.lock", "{").file(".env", "APP_ENV=production\n");
    let nothing = Folder::new();
    for format in ["text", "concise", "json"] {
        app.run(&["check", "--format", format]).exits(1);
        app.run(&["--format", format]).exits(1);
        app.run(&[&["check", "--format", format], RIGHT].concat()).exits(0);
        app.run(&["check", "--format", format, "--fail-on", "never"]).exits(0);
        nothing.run(&["check", "--format", format]).exits(3);
        broken.run(&["check", "--format", format, "--fail-on", "never"]).exits(3);
        app.run(&["check", "--format", format, "--no-such-flag"]).exits(2);
    }
    for command in ["state", "config", "env"] {
        app.run(&[command]).exits(0);
        app.run(&[command, "--format", "json"]).exits(0);
        nothing.run(&[command]).exits(3);
        broken.run(&[command]).exits(3);
    }
    // Findings outweigh what was not read.
    app.run(&["check", ".", "nowhere"]).exits(1).says("nowhere");
    app.run(&[&["check", ".", "nowhere"], RIGHT].concat()).exits(3).says("nowhere");
}

#[test]
fn fail_on() {
    let app = app();
    let found = findings(&check(&app, &[]));
    assert!(
        found.iter().any(|(rule, severity, _)| rule == "local-session" && severity == "error"),
        "{found:?}"
    );
    assert!(
        found.iter().any(|(rule, severity, _)| rule == "local-log" && severity == "warning"),
        "{found:?}"
    );
    for (fail_on, with_error, with_warning, with_nothing) in
        [("error", 1, 0, 0), ("warning", 1, 1, 0), ("info", 1, 1, 0), ("never", 0, 0, 0)]
    {
        check(&app, &["--fail-on", fail_on]).exits(with_error);
        check(&app, &["--fail-on", fail_on, "--set", "SESSION_DRIVER=redis"]).exits(with_warning);
        check(&app, &[&["--fail-on", fail_on], RIGHT].concat()).exits(with_nothing);
    }
}

#[test]
fn rules_are_chosen() {
    let app = app();
    let rules = |more: &[&str]| {
        let mut rules: Vec<String> =
            findings(&check(&app, more)).into_iter().map(|(rule, ..)| rule).collect();
        rules.dedup();
        rules
    };
    assert_eq!(rules(&["--rule", "local-session"]), ["local-session"]);
    assert_eq!(rules(&["--skip", "local-session"]), ["local-log"]);
    assert_eq!(rules(&["--rule", "local-session", "--rule", "local-log"]), rules(&[]));
    assert!(rules(&["--rule", "local-session", "--skip", "local-session"]).is_empty());
    check(&app, &["--rule", "local-cache"]).exits(0);
    check(&app, &["--skip", "local-session"]).exits(0);
    check(&app, &["--rule", "local-sesion"]).exits(2).says("did you mean `local-session`");
    check(&app, &["--skip", "zzzzzzzzzzzzzzzz"]).exits(2).says("unstick rules");
}

#[test]
fn confidence() {
    let app = app();
    let least =
        |least: &str, more: &[&str]| findings(&check(&app, &[&["--min-confidence", least], more].concat()));
    assert!(!least("high", &[]).is_empty());
    for (confidence, allowed) in
        [("low", ["low", "medium", "high"].as_slice()), ("medium", &["medium", "high"]), ("high", &["high"])]
    {
        for more in [[].as_slice(), &["--no-env-file"]] {
            let found = least(confidence, more);
            assert!(
                found.iter().all(|(_, _, sure)| allowed.contains(&sure.as_str())),
                "{confidence}: {found:?}"
            );
        }
    }
    // A guess is shown and fails nothing.
    let documented = Folder::laravel()
        .without(".env")
        .file(".env.example", "SESSION_DRIVER=array\n")
        .file("config/session.php", "<?php\nreturn ['driver' => env('SESSION_DRIVER', 'cookie')];\n");
    let run =
        check(&documented, &["--rule", "local-session", "--rule", "discarding-driver", "--fail-on", "info"]);
    let found = findings(&run);
    assert!(!found.is_empty() && found.iter().all(|(_, _, sure)| sure == "low"), "{found:?}");
    run.exits(0);
}

#[test]
fn outputs_go_to_files_too() {
    let app = app();
    let run = app.run(&[
        "check",
        "--output",
        "json=out.json",
        "--output",
        "text=out.txt",
        "--output",
        "concise=out.lines",
        "--format",
        "concise",
    ]);
    run.exits(1);
    let file = |name: &str| fs::read_to_string(app.path(name)).unwrap();
    assert_eq!(run.out, file("out.lines"));
    assert_eq!(app.run(&["check", "--format", "json"]).out, file("out.json"));
    assert_eq!(app.run(&["check", "--format", "text"]).out, file("out.txt"));
    // Over what was there, and with a code of its own when it cannot be written.
    fs::write(app.path("out.lines"), "old ".repeat(1000)).unwrap();
    app.run(&["check", "--output", "concise=out.lines"]).exits(1);
    assert_eq!(run.out, file("out.lines"));
    app.run(&["check", "--output", "json=no/such/folder.json"]).exits(3).says("no/such/folder.json");
    app.run(&["check", "--output", "json=."]).exits(3).says("could not write");
}

#[test]
fn check_is_the_default() {
    let app = app();
    for arguments in
        [[].as_slice(), &["."], &["--format", "json"], &["--rule", "local-log", "--fail-on", "warning", "."]]
    {
        let plain = app.run(arguments);
        let named = app.run(&[&["check"], arguments].concat());
        assert_eq!(
            (plain.code, &plain.out, &plain.err),
            (named.code, &named.out, &named.err),
            "{arguments:?}"
        );
    }
}

#[test]
fn several_paths() {
    let folder = Folder::new();
    for name in ["one", "two", "deep/er/three"] {
        for (path, text) in [
            ("composer.json", common::COMPOSER),
            ("artisan", ""),
            ("bootstrap/app.php", common::BOOTSTRAP),
            ("config/session.php", common::SESSION),
            (".env", "APP_ENV=production\nSESSION_DRIVER=file\n"),
        ] {
            folder.write(&format!("{name}/{path}"), text);
        }
    }
    let apps = |arguments: &[&str]| {
        let report = check(&folder, arguments).json();
        report["apps"]
            .as_array()
            .unwrap()
            .iter()
            .map(|app| app["path"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(apps(&[]), ["deep/er/three", "one", "two"]);
    assert_eq!(apps(&["two", "one"]), ["one", "two"]);
    assert_eq!(apps(&["one", "one", "./one", "one/", "one/../one"]).len(), 1);
    assert_eq!(apps(&[".", "one"]).len(), 3);
    assert_eq!(apps(&["deep"]), ["deep/er/three"]);
    let all = check(&folder, &[]);
    let files: Vec<String> = all.json()["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["rule"] == "local-session")
        .map(|finding| finding["path"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(files, ["deep/er/three/.env", "one/.env", "two/.env"]);
    for command in ["state", "config", "env"] {
        folder.run(&[command, "two", "one"]).exits(0).says("one ·").says("two ·");
    }
    // From inside one of them, and by an absolute path.
    let mut command = folder.command();
    command.current_dir(folder.path("one")).args(["check", "--format", "concise", "--rule", "local-session"]);
    assert!(finish(command).out.starts_with(".env:2:1: "));
    let absolute = folder.path("one");
    check(&folder, &[absolute.to_str().unwrap()]).exits(1);
}

#[test]
fn the_same_output_each_time() {
    let app = app();
    app.write(".env.staging", "CACHE_STORE=file\nSESSION_DRIVER=database\n");
    for arguments in [
        ["check"].as_slice(),
        &["check", "--format", "json"],
        &["check", "--format", "concise"],
        &["state"],
        &["config"],
        &["config", "--key", "database", "--format", "json"],
        &["env", "--format", "json"],
        &["rules"],
        &["rules", "--format", "json"],
    ] {
        let first = app.run(arguments);
        for _ in 0..3 {
            let again = app.run(arguments);
            assert_eq!(
                (first.code, &first.out, &first.err),
                (again.code, &again.out, &again.err),
                "{arguments:?}"
            );
        }
    }
}

#[test]
fn findings_are_in_order() {
    let app = app();
    app.write(".env.staging", "CACHE_STORE=file\nSESSION_DRIVER=array\n");
    app.write(".env.production", "CACHE_STORE=file\nLOG_CHANNEL=single\n");
    let report = check(&app, &[]).json();
    let keys: Vec<_> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap().to_owned();
            (text("app"), text("path"), finding["line"].as_u64(), text("rule"))
        })
        .collect();
    assert!(keys.len() > 4, "{keys:?}");
    assert!(keys.is_sorted(), "app, path, line, rule: {keys:#?}");
    let mut fingerprints: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["fingerprint"].as_str().unwrap())
        .collect();
    fingerprints.sort_unstable();
    let count = fingerprints.len();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), count, "two findings have the same fingerprint");
}

/// A fingerprint is that of the finding, not of its line.
#[test]
fn fingerprints_stay_when_lines_move() {
    let app = app();
    let fingerprints = || {
        let report = check(&app, &[]).json();
        report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| finding["fingerprint"].clone())
            .collect::<Vec<_>>()
    };
    let before = fingerprints();
    let env = fs::read_to_string(app.path(".env")).unwrap();
    app.write(".env", format!("# one more line\n\n{env}"));
    assert_eq!(before, fingerprints());
}

#[test]
fn no_colours_in_a_pipe() {
    let app = app();
    for arguments in [
        ["check"].as_slice(),
        &["state"],
        &["config"],
        &["env"],
        &["rules"],
        &["explain", "local-session"],
        &["--help"],
        &["check", "--help"],
        &["no-such-command"],
        &["check", "--rule", "x"],
    ] {
        for (name, value) in [("NO_COLOR", "1"), ("TERM", "xterm-256color"), ("CLICOLOR", "1")] {
            let mut command = app.command();
            command.args(arguments).env(name, value);
            let run = finish(command);
            assert!(!run.all().contains('\u{1b}'), "{name}: {run:#?}");
        }
    }
    for arguments in [["check", "--color", "never"], ["state", "--color", "never"]] {
        assert!(!app.run(&arguments).all().contains('\u{1b}'));
    }
    for arguments in [["check", "--color", "always"], ["state", "--color", "always"]] {
        assert!(app.run(&arguments).out.contains('\u{1b}'), "{arguments:?}");
    }
    // A file is no terminal, whatever is asked for the terminal.
    app.run(&["check", "--color", "always", "--output", "text=out.txt"]).exits(1);
    assert!(!fs::read_to_string(app.path("out.txt")).unwrap().contains('\u{1b}'));
}

#[test]
fn environments_are_chosen() {
    let app = app();
    app.write(".env.staging", "SESSION_DRIVER=redis\nLOG_CHANNEL=stderr\nREDIS_HOST=cache.internal\n");
    app.write("other.env", "SESSION_DRIVER=array\n");
    let names = |more: &[&str]| {
        let report = check(&app, more).json();
        report["apps"][0]["environments"]
            .as_array()
            .unwrap()
            .iter()
            .map(|environment| environment["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&["--env", "staging"]), ["staging"]);
    assert_eq!(names(&["--env", "staging", "--env", ".env"]).len(), 2);
    assert_eq!(names(&["--env-file", "other.env"]), ["other.env"]);
    assert_eq!(names(&["--env-file", "other.env", "--env-file", ".env.staging"]).len(), 2);
    assert_eq!(names(&["--no-env-file"]).len(), 1);
    check(&app, &["--env", "mars"]).exits(3).says("staging");
    let driver = |more: &[&str]| {
        let arguments = [&["config", "--key", "session.driver", "--format", "json"], more].concat();
        app.run(&arguments).json()["apps"][0]["environments"][0]["settings"]["session.driver"]["value"]
            .clone()
    };
    assert_eq!(driver(&["--env-file", "other.env"]), "array");
    assert_eq!(driver(&["--env", "staging"]), "redis");
    assert_eq!(driver(&["--set", "SESSION_DRIVER=cookie"]), "cookie");
    assert_eq!(driver(&["--set", "SESSION_DRIVER=a", "--set", "SESSION_DRIVER=b=c"]), "b=c");
    assert_eq!(driver(&["--no-env-file"]), "database");
    let mut command = app.command();
    command
        .args(["config", "--key", "session.driver", "--process-env", "--set", "X=1"])
        .env("SESSION_DRIVER", "dynamodb");
    finish(command).exits(0).says("dynamodb");
    let mut command = app.command();
    command.args(["config", "--key", "session.driver"]).env("SESSION_DRIVER", "dynamodb");
    assert!(!finish(command).out.contains("dynamodb"));
}
