//! The variable that is edited is the one that this app's config reads.

use crate::app::{app, changes_nothing, names, new_lines, plan, read, replace, step, value};
use crate::common::Folder;

/// What a plain `fix` makes of the app, whatever the version.
#[track_caller]
fn fixed(folder: &Folder) -> (String, Vec<String>) {
    let before = read(folder, ".env");
    let run = folder.run(&["fix"]);
    run.exits(0).says("Fixed ").says("Nothing is left to report.");
    folder.run(&["check", "--fail-on", "info"]).exits(0);
    let after = read(folder, ".env");
    changes_nothing(folder, &[]).exits(0);
    assert_eq!(read(folder, ".env"), after);
    (run.out, new_lines(&before, &after))
}

#[test]
fn names_of_each_version() {
    for version in [6, 8, 9, 10, 11, 12] {
        let folder = app(version);
        let names = names(version);
        let (out, lines) = fixed(&folder);
        let cache = format!("{}=database", names.cache);
        let disk = format!("{}=s3", names.disk);
        assert_eq!(
            lines,
            ["LOG_CHANNEL=stderr", &cache, &disk, "SESSION_DRIVER=database"],
            "{version}: {out}"
        );
        assert_eq!(read(&folder, ".env").lines().count(), crate::app::DOTENV.lines().count(), "{out}");
    }
}

/// A config that was brought along from an older app reads the old name, whatever the version is.
#[test]
fn the_old_name_in_a_new_app() {
    let folder = app(12);
    replace(&folder, "config/cache.php", "CACHE_STORE", "CACHE_DRIVER");
    replace(&folder, "config/filesystems.php", "FILESYSTEM_DISK", "FILESYSTEM_DRIVER");
    replace(&folder, ".env", "CACHE_STORE", "CACHE_DRIVER");
    replace(&folder, ".env", "FILESYSTEM_DISK", "FILESYSTEM_DRIVER");
    let (_, lines) = fixed(&folder);
    assert_eq!(
        lines,
        ["LOG_CHANNEL=stderr", "CACHE_DRIVER=database", "FILESYSTEM_DRIVER=s3", "SESSION_DRIVER=database"]
    );
}

/// Names of the app's own, and what is around the call.
#[test]
fn names_of_the_apps_own() {
    for (file, old, new, variable, wanted) in [
        (
            "filesystems",
            "env('FILESYSTEM_DISK', 'local')",
            "env('STORAGE_TYPE', 'local')",
            "STORAGE_TYPE",
            "s3",
        ),
        (
            "session",
            "env('SESSION_DRIVER', 'file')",
            "env('WEB_SESSION') ?: 'file'",
            "WEB_SESSION",
            "database",
        ),
        (
            "session",
            "env('SESSION_DRIVER', 'file')",
            "strtolower(env('WEB_SESSION', 'FILE'))",
            "WEB_SESSION",
            "database",
        ),
        (
            "cache",
            "env('CACHE_STORE', 'file')",
            "(string) env('SHOP_CACHE', 'file')",
            "SHOP_CACHE",
            "database",
        ),
        ("logging", "env('LOG_CHANNEL', 'single')", "env('LOG_TO', 'single')", "LOG_TO", "stderr"),
    ] {
        let folder = app(12);
        replace(&folder, &format!("config/{file}.php"), old, new);
        // The variable is not there yet: a line is added.
        let (out, lines) = fixed(&folder);
        let line = format!("{variable}={wanted}");
        assert!(lines.contains(&line), "{line}: {lines:?} {out}");
        // It is there: its line is changed.
        let folder = app(12);
        replace(&folder, &format!("config/{file}.php"), old, new);
        let text = format!("{variable}=file\n{}", read(&folder, ".env"));
        folder.write(
            ".env",
            text.replace("STORAGE_TYPE=file", "STORAGE_TYPE=local").replace("LOG_TO=file", "LOG_TO=single"),
        );
        fixed(&folder);
        assert!(read(&folder, ".env").starts_with(&format!("{line}\n")), "{}", read(&folder, ".env"));
    }
}

/// A stack of channels that a variable lists: those that are shared stay.
#[test]
fn a_list_of_channels() {
    for (list, wanted) in [("single", "stderr"), ("single,single", "stderr"), ("nowhere,single", "stderr")] {
        let folder = app(12);
        replace(&folder, ".env", "LOG_CHANNEL=single\n", &format!("LOG_CHANNEL=stack\nLOG_STACK={list}\n"));
        let (_, lines) = fixed(&folder);
        assert_eq!(lines[0], format!("LOG_STACK={wanted}"), "{list}: {lines:?}");
    }
}

/// Channels that every replica reaches stay in the list.
#[test]
fn a_list_with_a_shared_channel() {
    let folder = app(12);
    let slack =
        "'slack' => ['driver' => 'slack', 'url' => env('LOG_SLACK_WEBHOOK_URL')],\n        'single' => [";
    replace(&folder, "config/logging.php", "'single' => [", slack);
    replace(&folder, ".env", "LOG_CHANNEL=single\n", "LOG_CHANNEL=stack\nLOG_STACK=single,slack\n");
    let (_, lines) = fixed(&folder);
    assert_eq!(lines[0], "LOG_STACK=stderr,slack");
}

/// Maintenance mode needs a driver and, when its own store is not known to work, a store.
#[test]
fn maintenance_mode() {
    let driver = "'maintenance' => ['driver' => 'cache', 'store' => 'database']";
    let read_it = "'maintenance' => ['driver' => env('APP_MAINTENANCE_DRIVER', 'file'), 'store' => env('APP_MAINTENANCE_STORE', 'database')]";
    for (has_table, wanted) in [
        (true, ["APP_MAINTENANCE_DRIVER=cache"].as_slice()),
        (false, &["APP_MAINTENANCE_DRIVER=cache", "APP_MAINTENANCE_STORE=redis"]),
    ] {
        let folder = app(12);
        replace(&folder, "config/app.php", driver, read_it);
        if !has_table {
            replace(&folder, crate::app::MIGRATION_PATH, "'cache'", "'visits'");
        }
        let (out, lines) = fixed(&folder);
        let mut own: Vec<&str> =
            lines.iter().map(String::as_str).filter(|line| line.contains("MAINTENANCE")).collect();
        own.sort_unstable();
        assert_eq!(own, wanted, "{out}");
    }
}

/// The new line stands beside its kin, not at the end of the file.
#[test]
fn a_line_that_is_not_there_yet() {
    let folder = app(12);
    replace(&folder, ".env", "SESSION_DRIVER=file\n", "SESSION_TABLE=sessions\n");
    fixed(&folder);
    let text = read(&folder, ".env");
    assert!(text.contains("SESSION_TABLE=sessions\nSESSION_DRIVER=database\n"), "{text}");
}

/// The name changed with the version: the variable that nothing reads gets the name that is read.
#[test]
fn a_dead_variable_is_renamed() {
    let folder = app(12);
    let dotenv = read(&folder, ".env").replace("CACHE_STORE=file", "CACHE_DRIVER=redis");
    folder.write(".env", &dotenv);
    let report = plan(&folder, &[]);
    let rename = step(&report, "CACHE_DRIVER");
    assert_eq!(rename["fix"]["edits"][0]["action"], "rename", "{rename:#}");
    assert_eq!(value(rename), "CACHE_STORE");
    assert_eq!(rename["fix"]["applicability"], "safe", "{rename:#}");
    let (out, _) = fixed(&folder);
    assert!(out.contains("fixed: .env:10 CACHE_DRIVER is now CACHE_STORE"), "{out}");
    let text = read(&folder, ".env");
    assert!(text.contains("CACHE_STORE=redis\n") && !text.contains("CACHE_DRIVER"), "{text}");
}

/// What the old name says is on one server as well: under its new name it would do harm, so the state gets its own fix.
#[test]
fn a_dead_variable_whose_value_is_local() {
    for value in ["file", "array"] {
        let folder = app(12);
        replace(&folder, ".env", "CACHE_STORE=file", &format!("CACHE_DRIVER={value}"));
        let run = folder.run(&["fix"]);
        run.exits(0).says(" CACHE_STORE=database (local-cache)");
        run.says("by hand: .env:10 remove CACHE_DRIVER (dead-variable)");
        run.says("CACHE_STORE is read instead, and what CACHE_DRIVER names is kept on one server");
        folder.run(&["check", "--fail-on", "info"]).exits(0);
        changes_nothing(&folder, &["--unsafe"]).exits(0);
    }
}

/// What the new name would bring is not known to work.
#[test]
fn a_dead_variable_that_is_not_proven() {
    let folder = app(12);
    replace(&folder, ".env", "FILESYSTEM_DISK=local", "FILESYSTEM_DRIVER=s3");
    replace(&folder, ".env", "AWS_BUCKET=shop\n", "");
    let report = plan(&folder, &[]);
    let rename = step(&report, "FILESYSTEM_DRIVER");
    assert_eq!(rename["fix"]["why"], "no AWS_BUCKET found", "{rename:#}");
    assert_eq!(rename["rule"], "dead-variable", "{rename:#}");
    folder.run(&["fix"]).says("held back: .env:11 FILESYSTEM_DRIVER is now FILESYSTEM_DISK (dead-variable)");
    assert!(read(&folder, ".env").contains("FILESYSTEM_DRIVER=s3\n"));
    folder.run(&["fix", "--unsafe"]).says("fixed: .env:11 FILESYSTEM_DRIVER is now FILESYSTEM_DISK");
    assert!(read(&folder, ".env").contains("FILESYSTEM_DISK=s3\n"));
}
