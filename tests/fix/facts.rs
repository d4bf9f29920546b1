//! A fix is safe when the repository shows that it works: each fact that is taken away makes it unsafe, and says so.

use crate::app::{MIGRATION_PATH, app, plan, replace, step, uninstall, value};
use crate::common::Folder;

type Take = fn(&Folder);

/// What is wanted, the variable that is set, what is taken away, and what is then told: nothing for a safe fix.
type Row = (&'static str, &'static str, &'static str, Take, &'static str);

fn env(folder: &Folder, old: &str, new: &str) {
    replace(folder, ".env", old, new);
}

const SESSION: &str = "SESSION_DRIVER";
const CACHE: &str = "CACHE_STORE";
const DISK: &str = "FILESYSTEM_DISK";

const ROWS: &[Row] = &[
    ("session=redis", SESSION, "nothing", |_| {}, ""),
    (
        "session=redis",
        SESSION,
        "the host",
        |app| env(app, "redis.internal", "127.0.0.1"),
        "REDIS_HOST is 127.0.0.1, which each server resolves to itself",
    ),
    (
        "session=redis",
        SESSION,
        "the variable of the host",
        |app| env(app, "REDIS_HOST=redis.internal\n", ""),
        "no REDIS_HOST found (without it: 127.0.0.1)",
    ),
    (
        "session=redis",
        SESSION,
        "predis",
        |app| uninstall(app, "predis/predis"),
        "predis/predis is not in composer.lock: composer require predis/predis",
    ),
    (
        "session=redis",
        SESSION,
        "predis, without a lock",
        |app| std::fs::remove_file(app.path("composer.lock")).unwrap(),
        "predis/predis is not in composer.json: composer require predis/predis",
    ),
    (
        "session=redis",
        SESSION,
        "the client's name",
        |app| env(app, "REDIS_CLIENT=predis\n", ""),
        "nothing shows that PHP has the extension redis: require ext-redis in composer.json, or composer require \
         predis/predis and set REDIS_CLIENT=predis",
    ),
    (
        "session=redis",
        SESSION,
        "predis for phpredis, which is named",
        |app| env(app, "=predis", "=phpredis"),
        "",
    ),
    (
        "session=redis",
        SESSION,
        "the client's name, but the extension is required",
        |app| {
            env(app, "REDIS_CLIENT=predis\n", "");
            replace(app, "composer.json", "ext-memcached", "ext-redis");
        },
        "",
    ),
    ("cache=redis", CACHE, "nothing", |_| {}, ""),
    (
        "cache=redis",
        CACHE,
        "predis",
        |app| uninstall(app, "predis/predis"),
        "predis/predis is not in composer.lock: composer require predis/predis",
    ),
    ("session=database", SESSION, "nothing", |_| {}, ""),
    (
        "session=database",
        SESSION,
        "the migration",
        |app| replace(app, MIGRATION_PATH, "'sessions'", "'visits'"),
        "no migration makes the table sessions: php artisan make:session-table",
    ),
    (
        "session=database",
        SESSION,
        "the table's name",
        |app| env(app, "SESSION_DRIVER=file\n", "SESSION_DRIVER=file\nSESSION_TABLE=web_sessions\n"),
        "no migration makes the table web_sessions: php artisan make:session-table",
    ),
    (
        "session=database",
        SESSION,
        "the host",
        |app| env(app, "db.internal", "localhost"),
        "DB_HOST is localhost, which each server resolves to itself",
    ),
    (
        "session=database",
        SESSION,
        "the host's variable",
        |app| env(app, "DB_HOST=db.internal\n", ""),
        "no DB_HOST found (without it: 127.0.0.1)",
    ),
    ("cache=database", CACHE, "nothing", |_| {}, ""),
    (
        "cache=database",
        CACHE,
        "the migration",
        |app| replace(app, MIGRATION_PATH, "'cache'", "'visits'"),
        "no migration makes the table cache: php artisan make:cache-table",
    ),
    ("session=memcached", SESSION, "nothing", |_| {}, ""),
    ("cache=memcached", CACHE, "nothing", |_| {}, ""),
    (
        "cache=memcached",
        CACHE,
        "the extension",
        |app| replace(app, "composer.json", "ext-memcached", "ext-json"),
        "nothing shows that PHP has the extension memcached: require ext-memcached in composer.json",
    ),
    (
        "cache=memcached",
        CACHE,
        "the host",
        |app| env(app, "memcached.internal", "127.0.0.1"),
        "MEMCACHED_HOST is 127.0.0.1, which each server resolves to itself",
    ),
    (
        "cache=memcached",
        CACHE,
        "the variable of the host",
        |app| env(app, "MEMCACHED_HOST=memcached.internal\n", ""),
        "no MEMCACHED_HOST found (without it: 127.0.0.1)",
    ),
    ("session=dynamodb", SESSION, "nothing", |_| {}, ""),
    ("cache=dynamodb", CACHE, "nothing", |_| {}, ""),
    (
        "cache=dynamodb",
        CACHE,
        "the SDK",
        |app| uninstall(app, "aws/aws-sdk-php"),
        "aws/aws-sdk-php is not in composer.lock: composer require aws/aws-sdk-php",
    ),
    (
        "cache=dynamodb",
        CACHE,
        "the table",
        |app| env(app, "DYNAMODB_CACHE_TABLE=cache\n", ""),
        "no DYNAMODB_CACHE_TABLE found",
    ),
    (
        "cache=dynamodb",
        CACHE,
        "the region",
        |app| env(app, "AWS_DEFAULT_REGION=eu-central-1", "AWS_DEFAULT_REGION="),
        "AWS_DEFAULT_REGION is empty",
    ),
    ("files=s3", DISK, "nothing", |_| {}, ""),
    ("files=s3", DISK, "the bucket", |app| env(app, "AWS_BUCKET=shop\n", ""), "no AWS_BUCKET found"),
    (
        "files=s3",
        DISK,
        "the bucket's name",
        |app| env(app, "AWS_BUCKET=shop", "AWS_BUCKET=\"\""),
        "AWS_BUCKET is empty",
    ),
    (
        "files=s3",
        DISK,
        "the region",
        |app| env(app, "AWS_DEFAULT_REGION=eu-central-1\n", ""),
        "no AWS_DEFAULT_REGION found",
    ),
    (
        "files=s3",
        DISK,
        "the package",
        |app| uninstall(app, "league/flysystem-aws-s3-v3"),
        "league/flysystem-aws-s3-v3 is not in composer.lock: composer require league/flysystem-aws-s3-v3",
    ),
    ("log=stderr", "LOG_CHANNEL", "nothing", |_| {}, ""),
];

#[test]
fn each_fact_that_is_missing_makes_it_unsafe() {
    for (to, variable, taken, take, why) in ROWS {
        let folder = app(12);
        take(&folder);
        let report = plan(&folder, &["--to", to]);
        let step = step(&report, variable);
        let case = format!("--to {to} without {taken}: {step:#}");
        assert_eq!(Some(value(step)), to.split('=').nth(1), "{case}");
        assert_eq!(step["fix"]["why"], *why, "{case}");
        let (applicability, progress) =
            if why.is_empty() { ("safe", "planned") } else { ("unsafe", "held-back") };
        assert_eq!(step["fix"]["applicability"], applicability, "{case}");
        assert_eq!(step["progress"], progress, "{case}");
    }
}

/// Several facts at once: all of them are told.
#[test]
fn all_that_is_missing_is_told() {
    let folder = app(12);
    env(&folder, "AWS_BUCKET=shop\n", "");
    env(&folder, "AWS_DEFAULT_REGION=eu-central-1\n", "");
    uninstall(&folder, "league/flysystem-aws-s3-v3");
    let run = folder.run(&["fix"]);
    for words in [
        "held back: .env:11 FILESYSTEM_DISK: local -> s3 (local-disk)",
        "no AWS_BUCKET found",
        "no AWS_DEFAULT_REGION found",
        "composer require league/flysystem-aws-s3-v3",
        "1 held back as not proven to work (--unsafe applies them)",
    ] {
        run.says(words);
    }
}

/// The command that makes the table is the one of the version.
#[test]
fn the_command_for_a_table() {
    for (version, command) in [(8, "session:table"), (10, "session:table"), (12, "make:session-table")] {
        let folder = app(version);
        replace(&folder, MIGRATION_PATH, "'sessions'", "'visits'");
        let report = plan(&folder, &["--to", "session=database"]);
        let why = step(&report, SESSION)["fix"]["why"].as_str().unwrap();
        assert_eq!(why, format!("no migration makes the table sessions: php artisan {command}"));
    }
}

/// Without a wish: what is known to work and in use already comes first, then what is known to work.
#[test]
fn what_is_known_to_work_comes_first() {
    let none: Take = |_| {};
    let no_tables: Take = |app| std::fs::remove_file(app.path(MIGRATION_PATH)).unwrap();
    let no_redis: Take = |app| {
        std::fs::remove_file(app.path(MIGRATION_PATH)).unwrap();
        uninstall(app, "predis/predis");
    };
    for (take, session) in [(none, "database"), (no_tables, "redis"), (no_redis, "memcached")] {
        let folder = app(12);
        take(&folder);
        let report = plan(&folder, &[]);
        assert_eq!(value(step(&report, SESSION)), session);
        assert_eq!(step(&report, SESSION)["fix"]["applicability"], "safe");
    }
}

/// A table on a database that is a file on one server is no way out.
#[test]
fn a_database_on_one_server_is_not_proposed() {
    let folder = app(12);
    env(&folder, "DB_CONNECTION=mysql", "DB_CONNECTION=sqlite");
    for more in [[].as_slice(), &["--to", "session=database"], &["--to", "database"]] {
        let report = plan(&folder, more);
        assert_eq!(value(step(&report, SESSION)), "redis", "{more:?}");
    }
}
