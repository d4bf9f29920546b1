//! Where no edit of an env file can help, it is said why and what to do instead; nothing is written for it.

use crate::app::{app, plan, read, replace, snapshot};
use crate::common::{Folder, finish};

#[track_caller]
fn by_hand<'a>(report: &'a serde_json::Value, title: &str) -> &'a serde_json::Value {
    let steps = report["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["fix"]["title"] == title);
    let step = step.unwrap_or_else(|| panic!("no step `{title}`: {report:#}"));
    assert_eq!(step["fix"]["applicability"], "display", "{step:#}");
    assert_eq!(step["progress"], "by-hand", "{step:#}");
    step
}

/// Nothing but the session is on one server.
fn only_sessions(version: u32) -> Folder {
    let folder = app(version);
    folder.run(&["fix", "--skip", "local-session"]).exits(0).says("Fixed 3.");
    folder.run(&["check"]).exits(1);
    folder
}

#[track_caller]
fn writes_nothing(folder: &Folder, more: &[&str], code: i32) {
    let before = snapshot(folder);
    let run = folder.run(&[&["fix", "--unsafe", "--yes"], more].concat());
    assert_eq!(snapshot(folder), before, "{run:#?}");
    run.exits(code).says("Nothing was changed");
}

/// The line for the config is shown, with the variable that a new app of the version reads.
#[test]
fn a_value_in_the_config() {
    for (version, file, old, key, variable, value) in [
        (12, "session", "env('SESSION_DRIVER', 'file')", "driver", "SESSION_DRIVER", "database"),
        (12, "cache", "env('CACHE_STORE', 'file')", "default", "CACHE_STORE", "database"),
        (10, "cache", "env('CACHE_DRIVER', 'file')", "default", "CACHE_DRIVER", "database"),
        (8, "filesystems", "env('FILESYSTEM_DRIVER', 'local')", "default", "FILESYSTEM_DRIVER", "s3"),
        (9, "filesystems", "env('FILESYSTEM_DISK', 'local')", "default", "FILESYSTEM_DISK", "s3"),
        (12, "logging", "env('LOG_CHANNEL', 'single')", "default", "LOG_CHANNEL", "stderr"),
    ] {
        let folder = app(version);
        let hard = old.split('\'').nth(3).unwrap();
        replace(&folder, &format!("config/{file}.php"), old, &format!("'{hard}'"));
        let report = plan(&folder, &[]);
        let setting = format!("{file}.{key}");
        let step = by_hand(&report, &format!("let `{setting}` read {variable}"));
        let line = if file == "logging" { 6 } else { 4 };
        let at = format!("config/{file}.php:{line}");
        assert_eq!(step["fix"]["by_hand"], format!("{at}: '{key}' => env('{variable}', '{value}'),"));
        assert_eq!(
            step["fix"]["why"],
            format!("`{setting}` is written into {at}, and no variable changes it")
        );
        let words = format!("  write: '{key}' => env('{variable}', '{value}'),\n");
        folder.run(&["fix"]).says(&format!("by hand: {at} let `{setting}` read {variable} (")).says(&words);
        assert!(!read(&folder, ".env").contains(&format!("{variable}={value}")), "{}", read(&folder, ".env"));
        // What it says helps: with that line the next run has nothing left to do.
        let line = format!("'{key}' => '{hard}'");
        replace(
            &folder,
            &format!("config/{file}.php"),
            &line,
            &format!("'{key}' => env('{variable}', '{value}')"),
        );
        folder.run(&["fix"]).exits(0).says("Nothing is left to report.");
    }
}

#[test]
fn an_outer_source_wins() {
    let folder = only_sessions(12);
    for (more, source) in [
        (["--set", "SESSION_DRIVER=file"].as_slice(), "--set"),
        (&["--set", "SESSION_DRIVER=file", "--env-file", ".env"], "--set"),
    ] {
        let report = plan(&folder, more);
        let step = by_hand(&report, "set SESSION_DRIVER to database");
        let why = step["fix"]["why"].as_str().unwrap();
        assert_eq!(why, format!("SESSION_DRIVER, from {source}, wins over every env file: change it there"));
        writes_nothing(&folder, more, 1);
    }
    let before = snapshot(&folder);
    let mut command = folder.command();
    command.args(["fix", "--yes", "--process-env"]).env("SESSION_DRIVER", "file");
    let run = finish(command);
    run.exits(1).says("wins over every env file: change it there").says("SESSION_DRIVER, from the process");
    assert_eq!(snapshot(&folder), before);
    // And what wins and is fine already needs nothing.
    writes_nothing(&folder, &["--set", "SESSION_DRIVER=redis"], 0);
}

#[test]
fn a_frozen_configuration() {
    let folder = only_sessions(12)
        .file("bootstrap/cache/config.php", "<?php return ['session' => ['driver' => 'file']];\n");
    let run = folder.run(&["fix", "--unsafe"]);
    run.exits(1).says("bootstrap/cache/config.php froze the configuration").says("php artisan config:clear");
    assert!(read(&folder, ".env").contains("SESSION_DRIVER=file\n"));
    writes_nothing(&folder, &[], 1);
}

/// An example is for people who set the app up: it is edited only when it is named.
#[test]
fn only_an_example() {
    let folder = only_sessions(12);
    std::fs::rename(folder.path(".env"), folder.path(".env.example")).unwrap();
    let run = folder.run(&["fix"]);
    run.exits(1).says(".env.example is an example and only edited when it is named: --env-file .env.example");
    writes_nothing(&folder, &[], 1);
    folder.run(&["fix", "--env-file", ".env.example"]).exits(0).says("fixed: .env.example:13");
    assert!(read(&folder, ".env.example").contains("SESSION_DRIVER=database\n"));
}

/// The same for a name that nothing reads any more.
#[test]
fn a_dead_variable_in_an_example() {
    let folder = only_sessions(12);
    replace(&folder, ".env", "CACHE_STORE=database", "CACHE_DRIVER=redis");
    std::fs::rename(folder.path(".env"), folder.path(".env.example")).unwrap();
    let report = plan(&folder, &["--rule", "dead-variable"]);
    let step = by_hand(&report, "rename CACHE_DRIVER to CACHE_STORE");
    let why = ".env.example is an example and only edited when it is named: --env-file .env.example";
    assert_eq!(step["fix"]["why"], why);
    writes_nothing(&folder, &[], 1);
}

/// A variable that the setting is only made from: which of its values helps is not known.
#[test]
fn a_variable_that_is_no_name() {
    for (expression, value) in [
        ("['disk' => 'file', 'net' => 'redis'][env('STATE', 'disk')] ?? 'file'", "disk"),
        ("env('STATE') == 1 ? 'file' : 'redis'", "1"),
        ("str_replace('on-', '', env('STATE', 'on-file'))", "on-file"),
    ] {
        let folder = only_sessions(12);
        replace(&folder, "config/session.php", "env('SESSION_DRIVER', 'file')", expression);
        replace(&folder, ".env", "SESSION_DRIVER=file", &format!("STATE={value}"));
        let report = plan(&folder, &[]);
        let step = by_hand(&report, "set STATE so that `session.driver` is database");
        let why = "`session.driver` is made from STATE in the config, and which value does that is not known";
        assert_eq!(step["fix"]["why"], why, "{expression}");
        writes_nothing(&folder, &[], 1);
    }
}

#[test]
fn no_env_file_at_all() {
    let folder = app(12).without(".env");
    let run = folder.run(&["fix", "--unsafe"]);
    // What only the framework's defaults say is a guess, and a guess alone fails no run.
    run.exits(0)
        .says("no env file was read: set SESSION_DRIVER where the app runs")
        .says("What remains: 3 errors");
    writes_nothing(&folder, &[], 0);
    assert!(!folder.path(".env").exists(), "no file is made up");
    // Asked for explicitly, with a file that would be there.
    let folder = app(12);
    writes_nothing(&folder, &["--no-env-file"], 1);
    let run = folder.run(&["fix", "--env-file", ".env.missing"]);
    assert!(matches!(run.code, Some(2 | 3)), "{run:#?}");
    run.says(".env.missing");
}

/// Where a service runs is in nobody's head but the owner's.
#[test]
fn a_host_is_not_invented() {
    let folder = app(12);
    folder.run(&["fix", "--to", "redis"]).exits(0);
    replace(&folder, ".env", "redis.internal", "localhost");
    let report = plan(&folder, &[]);
    let step = by_hand(&report, "set REDIS_HOST to a host that every replica reaches");
    assert_eq!(step["fix"]["by_hand"], ".env:16");
    assert_eq!(
        step["fix"]["why"],
        "localhost is each server itself, and which host is meant is not in the repository"
    );
    writes_nothing(&folder, &[], 0);
    folder.run(&["fix", "--fail-on", "warning"]).exits(1);
    // One thing to do is told once, although two connections need it.
    let run = folder.run(&["fix"]);
    assert_eq!(run.out.matches("set REDIS_HOST to a host").count(), 1, "{run:#?}");
}
