//! No secret leaves the program: canaries stand wherever a secret can, and every output is searched for them.

mod common;

#[path = "secrets/app.rs"]
mod app;
#[path = "secrets/deploy.rs"]
mod deploy;
#[path = "secrets/names.rs"]
mod names;
#[path = "secrets/rust.rs"]
mod rust;

use std::fs;

use app::{PLAIN, SECRET, app};
use common::{COMPOSER, Folder, Run};

/// Every command but `config`, in every format.
const REPORTS: &[&[&str]] = &[
    &["check"],
    &["check", "--color", "always"],
    &["check", "--format", "concise"],
    &["check", "--format", "json"],
    &[
        "check",
        "--output",
        "json=report.json",
        "--output",
        "text=report.txt",
        "--output",
        "concise=report.lines",
    ],
    &["state"],
    &["state", "--color", "always"],
    &["state", "--format", "json"],
    &["env"],
    &["env", "--format", "json"],
    &["rules"],
    &["rules", "--format", "json"],
    &["explain", "local-session"],
    &["explain", "--symptom", "logged out"],
];
const CONFIGS: &[&[&str]] = &[
    &["config"],
    &["config", "--format", "json"],
    &["config", "--key", "session", "--key", "database", "--key", "services", "--key", "cache"],
    &[
        "config", "--key", "session", "--key", "database", "--key", "services", "--key", "cache", "--format",
        "json",
    ],
];

fn runs(folder: &Folder, calls: &[&[&str]], more: &[&str]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for call in calls {
        // `rules` and `explain` look at no app.
        let own = if matches!(call[0], "rules" | "explain") { &[] } else { more };
        runs.push(folder.run(&[call, own].concat()));
    }
    for report in ["report.json", "report.txt", "report.lines"] {
        if let Ok(out) = fs::read_to_string(folder.path(report)) {
            runs.push(Run { code: None, out, err: String::new(), call: report.to_owned() });
            fs::remove_file(folder.path(report)).unwrap();
        }
    }
    runs
}

/// The lines of every output in which one of the words stands.
fn leaks(runs: &[Run], words: &[&str]) -> Vec<String> {
    let mut leaks = Vec::new();
    for run in runs {
        let text = run.all();
        let lines = text.lines().filter(|line| words.iter().any(|word| line.contains(word)));
        leaks.extend(lines.map(|line| format!("{}: {line}", run.call)));
    }
    leaks
}

#[track_caller]
fn keeps_secrets(folder: &Folder, more: &[&str]) {
    let mut found = leaks(&runs(folder, REPORTS, more), &[SECRET, PLAIN, "73737373"]);
    found.extend(leaks(&runs(folder, CONFIGS, more), &[SECRET, "73737373"]));
    assert!(found.is_empty(), "{} leaks {more:?}: {found:#?}", found.len());
}

#[test]
fn an_app_full_of_secrets() {
    let app = app();
    // The reports are not empty: findings with trails into each of the files.
    let text = app.run(&["check"]);
    for words in
        ["local-session", "loopback-service", ".env:6", "config/session.php:5", "config/database.php"]
    {
        text.says(words);
    }
    keeps_secrets(&app, &[]);
    keeps_secrets(&app, &["--env-file", ".env"]);
    keeps_secrets(
        &app,
        &[
            "--set",
            "NESTED=canary-set",
            "--set",
            "DB_PASSWORD=canary-set",
            "--set",
            "REDIS_URL=redis://canary:canary@localhost",
        ],
    );
    keeps_secrets(&app, &["--no-env-file"]);
    keeps_secrets(&app, &["--set", "SESSION_DRIVER=database", "--set", "DB_CONNECTION=pgsql"]);
    keeps_secrets(&app, &["--set", "SESSION_DRIVER=redis", "--set", "QUEUE_CONNECTION=database"]);
}

#[test]
fn they_are_shown_to_who_asks() {
    let app = app();
    app.run(&["env", "--show-secrets"]).says("canary-app-key").says("canary mail");
    app.run(&["config", "--show-secrets"])
        .says("canary-app-key")
        .says("canary-redis-pass")
        .says("canary-json");
    let json = app.run(&["env", "--show-secrets", "--format", "json"]).json();
    assert_eq!(json["apps"][0]["environments"][0]["variables"]["MAIL_PASSWORD"]["value"], "canary mail");
    // And what is no secret is not masked away.
    app.run(&["config"]).says("sparrow-cookie").says("127.0.0.1:3306");
}

#[test]
fn the_process_environment() {
    let app = app();
    for call in REPORTS.iter().chain(CONFIGS).filter(|call| !matches!(call[0], "rules" | "explain")) {
        let mut command = app.command();
        command.args(*call).arg("--process-env");
        command
            .env("MY_PASSWORD", "canary-process")
            .env("SESSION_DRIVER", "file")
            .env("CANARY_SEED", "canary-x");
        command.env("DB_URL", "mysql://canary:canary@127.0.0.1/x");
        let run = common::finish(command);
        assert_eq!(leaks(&[run], &[SECRET]), Vec::<String>::new());
    }
}

/// Urls that are not what they should be, where a rule looks at them.
#[test]
fn urls_of_every_form() {
    for url in [
        "redis://canary@127.0.0.1",
        "redis://:canary@127.0.0.1",
        "redis://canary:canary@127.0.0.1:6379",
        "redis://:can/canary@127.0.0.1",
        "redis://:can?canary@127.0.0.1",
        "redis://:can#canary@127.0.0.1",
        "redis://:can@canary@127.0.0.1",
        "redis://:can:canary@127.0.0.1",
        "redis://:canary%zz@127.0.0.1",
        "redis://:can canary@127.0.0.1",
        "redis://:can\\\"canary@127.0.0.1",
        "redis://:can'canary@127.0.0.1",
        "redis://127.0.0.1?password=canary",
        "redis://127.0.0.1/0?a=b&auth=canary",
        "redis://127.0.0.1:canary",
        "tls://:canary@localhost",
        "//:canary@localhost",
        "redis:canary@localhost",
        ":canary@localhost",
        "unix:///tmp/redis.sock?password=canary",
        "redis://:canary@",
        "redis://:canary@/",
        "redis://[::1]:canary",
        "redis://:canary@[::1]:6379",
        "REDIS://:canary@LOCALHOST",
        "redis+tls://:canary@localhost",
        "redis://:canary\\\\@localhost",
        "mysql://root:canary@tcp(127.0.0.1)/x",
        "host=127.0.0.1 password=canary",
    ] {
        let env = |variables: &str| {
            format!(
                "APP_ENV=production\nSESSION_DRIVER=redis\nCACHE_STORE=redis\nDB_CONNECTION=mysql\n{variables}"
            )
        };
        for name in ["REDIS_URL", "DB_URL", "REDIS_HOST"] {
            let app = Folder::laravel().file(".env", env(&format!("{name}=\"{url}\"\n")));
            keeps_in_checks(&app, &[]);
        }
        let php = url.replace("\\\"", "\"").replace('\'', "\\'");
        let config = format!(
            "<?php return ['redis' => ['default' => ['url' => '{php}'], 'cache' => ['url' => env('REDIS_URL', '{php}')]]];"
        );
        keeps_in_checks(&Folder::laravel().file(".env", env("")).file("config/database.php", config), &[]);
    }
}

#[track_caller]
fn keeps_in_checks(app: &Folder, more: &[&str]) {
    let calls: &[&[&str]] =
        &[&["check"], &["check", "--format", "json"], &["state", "--format", "json"], &["env"], &["config"]];
    let runs = runs(app, calls, more);
    assert_eq!(
        leaks(&runs, &[SECRET]),
        Vec::<String>::new(),
        "{}",
        fs::read_to_string(app.path(".env")).unwrap()
    );
}

#[test]
fn files_that_do_not_parse() {
    for line in [
        "MAIL NAME=canary",
        "MAIL_NAME=x canary",
        "MAIL_NAME=\"x\" canary",
        "MAIL_NAME=\"canary\\q\"",
        "MAIL_NAME='canary",
        "=canary",
        "canary secret",
        "canary",
        "-----BEGIN canary KEY-----",
        "DB-PASSWORD=canary",
        "export canary",
        "export SOME NAME=canary",
        "SESSION_DRIVER=file canary",
        " SOME NAME = canary",
        "SESSION_DRIVER=\"file\"canary",
        "canary+/9canary=",
        "é NAME=canary",
    ] {
        let app = Folder::laravel()
            .file(".env", format!("APP_ENV=production\nDB_PASSWORD=canary\n{line}\nSESSION_DRIVER=file\n"));
        keeps_in_checks(&app, &[]);
        keeps_in_checks(&app, &["--env-file", ".env"]);
        if line.contains('+') {
            // To the releases before 3 this is a variable of that name, and names are shown.
            continue;
        }
        let old = app.file("composer.json", COMPOSER.replace("^12.0", "5.5.*"));
        keeps_in_checks(&old, &[]);
    }
}

#[test]
fn config_files_that_do_not_parse() {
    for text in [
        "'password' => 'canary' 'canary',",
        "'password' => 'canary',, 'x' => 'canary'",
        "'password' => \"canary",
        "'password' => 'canary",
        "'password' => canary canary",
        "'x' => env('SECRET' 'canary'),",
        "'x' => 'a'canary'b',",
        "canary => ,",
        "<<<CANARY\ncanary\n",
        "'x' => \"canary{$\",",
        "'x' => \"\\u{canary}\",",
        "$canary = = 'canary'",
        "<<<<<<< canary\n'x' => 'canary'",
        "'x' => 0canary,",
        "'x' => /* canary",
        "'a' => 1 # canary\n 'x' => 'canary'",
    ] {
        let app = Folder::laravel().file("config/services.php", format!("<?php\nreturn [\n    {text}\n];\n"));
        keeps_in_checks(&app, &[]);
    }
}

#[test]
fn files_of_composer_that_do_not_parse() {
    for text in [
        "{\"canary\": canary}",
        "canary",
        "{\"config\": {\"github-oauth\": {\"github.com\": \"canary\"} \"canary\"}}",
        "{\"require\": {\"laravel/framework\": \"canary\"}}",
        "{\"packages\": \"canary\"}",
        "{\"packages\": [\"canary\"]}",
        "{\"repositories\": [{\"url\": \"https://canary:canary@repo.example.test\"}], \"require\": {\"laravel/framework\": \"^12\"}}",
    ] {
        keeps_in_checks(&Folder::laravel().file("composer.json", text), &[]);
        keeps_in_checks(&Folder::laravel().file("composer.lock", text), &[]);
    }
}

/// A trail that leads through a secret, and lines that are cut out of their file.
#[test]
fn trails() {
    for (env, config) in [
        ("SESSION_DRIVER=${SECRET_NAME}\nSECRET_NAME=file #canary", "env('SESSION_DRIVER')"),
        ("SECRET=canary", "env('SECRET') ? 'file' : 'canary'"),
        ("SECRET=canary", "env('SESSION_DRIVER', env('SECRET') === 'canary' ? 'file' : 'x')"),
        ("", "env('SESSION_DRIVER', env('OTHER_SECRET', 'canary') ? 'file' : 'x')"),
        ("", "['canary' => 'file']['canary']"),
        ("", "strtolower('FILE') /* canary */ // canary"),
        ("", "str_replace('canary', '', 'canaryfile')"),
        ("SESSION_DRIVER=\"file\" # canary", "env('SESSION_DRIVER') # canary"),
        ("SESSION_DRIVER='file' # canary", "env(\"SESSION_DRIVER\", \"file\")"),
        ("export SESSION_DRIVER=file #canary", "trim(env('SESSION_DRIVER'), 'canary')"),
        ("\tSESSION_DRIVER=file\t#canary", "substr('canaryfile', 6)"),
    ] {
        let app = Folder::laravel().file(".env", format!("APP_ENV=production\n{env}\n")).file(
            "config/session.php",
            format!("<?php\nreturn ['token' => 'canary', 'driver' => {config}\n, 'secret' => 'canary'];\n"),
        );
        let run = app.run(&["check", "--format", "json"]);
        if !run.out.contains("\"local-session\"") {
            // Not followed so far: then it must be unknown, and the trail stays untested.
            run.says("session.driver");
        }
        keeps_in_checks(&app, &[]);
    }
}

#[test]
fn what_was_typed_is_not_repeated() {
    let app = app();
    for arguments in [
        ["check", "--set", "=canary"].as_slice(),
        &["check", "--set", "canary"],
        &["env", "--set", "canary"],
        &["check", "--set", "APP_KEY=canary", "--format", "nope"],
    ] {
        let run = app.run(arguments);
        run.exits(2);
        assert_eq!(leaks(&[run], &[SECRET]), Vec::<String>::new());
    }
}
