//! What the arguments ask for, and how a run ends.

use crate::app::{
    MIGRATION_PATH, app, changes_nothing, new_lines, plan, read, replace, snapshot, step, value,
};
use crate::common::Folder;

#[track_caller]
fn lines_after(folder: &Folder, arguments: &[&str]) -> Vec<String> {
    let before = read(folder, ".env");
    folder.run(arguments);
    new_lines(&before, &read(folder, ".env"))
}

#[test]
fn a_driver_for_everything() {
    let folder = app(12);
    let lines = lines_after(&folder, &["fix", "--to", "redis"]);
    // What cannot be there is fixed all the same.
    let wanted = ["LOG_CHANNEL=stderr", "CACHE_STORE=redis", "FILESYSTEM_DISK=s3", "SESSION_DRIVER=redis"];
    assert_eq!(lines, wanted);
    changes_nothing(&folder, &["--to", "redis"]).exits(0);
}

#[test]
fn a_driver_for_one_kind_of_state() {
    for (more, session, cache) in [
        (["--to", "session=redis"].as_slice(), "redis", "database"),
        (&["--to", "cache=memcached"], "database", "memcached"),
        (&["--to", "session=database", "--to", "redis"], "database", "redis"),
        (&["--to", "redis", "--to", "session=database"], "database", "redis"),
        (&["--to", "session=redis", "--to", "session=dynamodb"], "dynamodb", "database"),
    ] {
        let report = plan(&app(12), more);
        assert_eq!(value(step(&report, "SESSION_DRIVER")), session, "{more:?}");
        assert_eq!(value(step(&report, "CACHE_STORE")), cache, "{more:?}");
    }
}

/// A store of the app's own, by its name.
#[test]
fn a_store_of_the_apps_own() {
    let folder = app(12);
    replace(
        &folder,
        "config/cache.php",
        "'redis' => [",
        "'shared' => ['driver' => 'redis', 'connection' => 'cache'],\n        'redis' => [",
    );
    let report = plan(&folder, &["--to", "cache=shared"]);
    assert_eq!(value(step(&report, "CACHE_STORE")), "shared");
    assert_eq!(step(&report, "CACHE_STORE")["fix"]["applicability"], "safe");
    // One that nobody named may be there for something else.
    let folder = app(10);
    replace(&folder, "config/cache.php", "'redis' => [", "'shared' => [");
    let report = plan(&folder, &["--to", "cache=redis"]);
    assert_eq!(value(step(&report, "CACHE_DRIVER")), "shared");
    assert_eq!(
        step(&report, "CACHE_DRIVER")["fix"]["why"],
        "whether `shared` is meant for this is not known"
    );
}

#[test]
fn names_that_do_not_exist() {
    let folder = app(12);
    let before = snapshot(&folder);
    for (arguments, words) in [
        (["--to", "reddis"].as_slice(), "no driver is named `reddis`"),
        (&["--to", "sessions=redis"], "no state is named `sessions`"),
        (&["--to", "session="], "expects DRIVER or STATE=DRIVER"),
        (&["--to", ""], "no driver is named ``"),
        (&["--rule", "local-sessions"], "local-sessions"),
        (&["--skip", "nothing"], "nothing"),
        (&["--format", "yaml"], "yaml"),
        (&["--env", "production", "--env-file", ".env"], "cannot be used with"),
    ] {
        folder.run(&[&["fix", "--yes"], arguments].concat()).exits(2).says(words);
    }
    assert_eq!(snapshot(&folder), before);
    // A state that the app has nothing of that name for: told, and nothing else is put in its place.
    let run = folder.run(&["fix", "--to", "session=nowhere", "--rule", "local-session"]);
    run.exits(1).says("keep session in nowhere").says("nothing of that name");
    assert_eq!(snapshot(&folder), before);
}

#[test]
fn only_some_rules() {
    let lines = lines_after(&app(12), &["fix", "--rule", "local-session"]);
    assert_eq!(lines, ["SESSION_DRIVER=database"]);
    let lines = lines_after(&app(12), &["fix", "--skip", "local-session", "--skip", "local-disk"]);
    assert_eq!(lines, ["LOG_CHANNEL=stderr", "CACHE_STORE=database"]);
    let lines = lines_after(&app(12), &["fix", "--rule", "loopback-service"]);
    assert!(lines.is_empty(), "{lines:?}");
}

/// What a fix needs beside it stands below a comment, without values.
#[test]
fn companions() {
    let folder = app(12);
    replace(&folder, ".env", "AWS_BUCKET=shop\nAWS_DEFAULT_REGION=eu-central-1\n", "");
    replace(&folder, ".env", "REDIS_HOST=redis.internal\n", "");
    let arguments = ["fix", "--to", "session=redis", "--to", "cache=redis"];
    let lines = lines_after(&folder, &arguments);
    assert_eq!(lines, ["LOG_CHANNEL=stderr"], "nothing unsafe is done unasked");
    let lines = lines_after(&folder, &[arguments.as_slice(), &["--unsafe"]].concat());
    let text = read(&folder, ".env");
    for part in [
        "FILESYSTEM_DISK=s3\n# s3 as FILESYSTEM_DISK needs these\nAWS_BUCKET=\nAWS_DEFAULT_REGION=\n",
        "# redis as CACHE_STORE needs these\nREDIS_HOST=\n",
        "SESSION_DRIVER=redis\n",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(text.matches("REDIS_HOST=").count(), 1, "{text}");
    let comments = lines.iter().filter(|line| line.starts_with('#')).count();
    assert_eq!(comments, 2, "{lines:?}");
    assert_eq!(lines.len(), 3 + 2 + 3, "{lines:?}");
    // What its owner has to do is told again in the next run.
    let again = changes_nothing(&folder, &["--unsafe"]);
    assert_eq!(Some(again.code), Some(folder.run(&["check"]).code));
}

/// The exit code tells what remains, as `check` does, in every format.
#[test]
fn exit_codes() {
    type Make = fn(&Folder);
    let cases: [(&str, Make, &[&str], i32); 6] = [
        ("all safe", |_| {}, &[], 0),
        ("a part is held back", |app| replace(app, ".env", "AWS_BUCKET=shop\n", ""), &[], 1),
        (
            "a part is held back, nothing fails",
            |app| replace(app, ".env", "AWS_BUCKET=shop\n", ""),
            &["--fail-on", "never"],
            0,
        ),
        (
            "by hand",
            |app| replace(app, "config/session.php", "env('SESSION_DRIVER', 'file')", "'file'"),
            &[],
            1,
        ),
        (
            "only a warning",
            |app| replace(app, ".env", "db.internal", "localhost"),
            &["--fail-on", "error", "--to", "redis"],
            0,
        ),
        (
            "a warning is asked for",
            |app| replace(app, ".env", "db.internal", "localhost"),
            &["--fail-on", "warning", "--to", "redis"],
            1,
        ),
    ];
    for (name, make, more, code) in cases {
        for format in ["text", "json"] {
            let folder = app(12);
            make(&folder);
            let run = folder.run(&[&["fix", "--format", format], more].concat());
            run.exits(code);
            let fail_on: Vec<&str> = more.iter().copied().take_while(|word| *word != "--to").collect();
            let check = folder.run(&[["check", "--format", "json"].as_slice(), &fail_on].concat());
            assert_eq!(check.code, run.code, "{name}: {run:#?}");
            if format == "json" {
                let (fix, check) = (run.json(), check.json());
                for count in ["error", "warning", "info", "unknown"] {
                    assert_eq!(fix["remaining"][count], check["summary"][count], "{name}: {count}");
                }
            }
        }
    }
    Folder::new().run(&["fix"]).exits(3).says("no app here");
    Folder::new().run(&["fix", "--format", "json"]).exits(3);
}

/// Nothing is written, and the exit code is that of the app as it is.
#[test]
fn a_plan_writes_nothing() {
    let folder = app(12);
    let before = snapshot(&folder);
    for more in [[].as_slice(), &["--unsafe"], &["--yes"], &["--backup"], &["--unsafe", "--yes", "--backup"]]
    {
        for format in ["text", "json"] {
            let run = folder.run(&[&["fix", "--diff", "--format", format], more].concat());
            run.exits(1);
            assert_eq!(snapshot(&folder), before, "{run:#?}");
            if format == "text" {
                run.says("Would fix 4.");
                assert!(
                    !run.out.contains("Would fix"),
                    "the difference alone is on standard output: {run:#?}"
                );
            }
        }
    }
    folder.run(&["fix"]).exits(0);
    folder.run(&["fix", "--diff"]).exits(0).says("Would fix 0.");
}

/// The second run finds nothing to do, whatever the first was asked.
#[test]
fn twice_is_once() {
    for more in [
        [].as_slice(),
        &["--unsafe"],
        &["--to", "redis"],
        &["--unsafe", "--to", "session=memcached"],
        &["--yes", "--backup"],
    ] {
        let folder = app(12);
        std::fs::remove_file(folder.path(MIGRATION_PATH)).unwrap();
        let first = folder.run(&[&["fix"], more].concat());
        let second = changes_nothing(&folder, more);
        assert_eq!(first.code, second.code, "{more:?}");
        assert!(!second.out.contains("fixed:"), "{second:#?}");
        let third = folder.run(&[&["fix", "--format", "json"], more].concat());
        assert!(third.json()["files"].as_array().unwrap().is_empty(), "{third:#?}");
    }
}

/// Off a terminal there is nobody to ask: a run that waits would hang here.
#[test]
fn nobody_is_asked_off_a_terminal() {
    let run = app(12).run(&["fix"]);
    run.exits(0);
    assert!(!run.all().contains("[y/N]"), "{run:#?}");
}
