//! An app in which everything is on one server, and in which every fact says that it could be shared.

use std::fs;

use serde_json::Value as Json;

use crate::common::{BOOTSTRAP, Folder, Run};

/// The names that changed between versions of Laravel.
pub struct Names {
    pub cache: &'static str,
    pub disk: &'static str,
}

pub fn names(version: u32) -> Names {
    Names {
        cache: if version < 11 { "CACHE_DRIVER" } else { "CACHE_STORE" },
        disk: if version < 9 { "FILESYSTEM_DRIVER" } else { "FILESYSTEM_DISK" },
    }
}

const SESSION: &str = "<?php

return [
    'driver' => env('SESSION_DRIVER', 'file'),
    'files' => storage_path('framework/sessions'),
    'connection' => env('SESSION_CONNECTION'),
    'table' => env('SESSION_TABLE', 'sessions'),
    'store' => env('SESSION_STORE'),
];
";

const CACHE: &str = "<?php

return [
    'default' => env('CACHE_NAME', 'file'),
    'stores' => [
        'array' => ['driver' => 'array', 'serialize' => false],
        'file' => ['driver' => 'file', 'path' => storage_path('framework/cache/data')],
        'database' => ['driver' => 'database', 'connection' => null, 'table' => env('DB_CACHE_TABLE', 'cache')],
        'memcached' => [
            'driver' => 'memcached',
            'servers' => [['host' => env('MEMCACHED_HOST', '127.0.0.1'), 'port' => env('MEMCACHED_PORT', 11211), 'weight' => 100]],
        ],
        'redis' => ['driver' => 'redis', 'connection' => 'cache'],
        'dynamodb' => [
            'driver' => 'dynamodb',
            'key' => env('AWS_ACCESS_KEY_ID'),
            'secret' => env('AWS_SECRET_ACCESS_KEY'),
            'region' => env('AWS_DEFAULT_REGION', 'us-east-1'),
            'table' => env('DYNAMODB_CACHE_TABLE', 'cache'),
            'endpoint' => env('DYNAMODB_ENDPOINT'),
        ],
    ],
    'prefix' => env('CACHE_PREFIX', 'shop'),
];
";

const FILES: &str = "<?php

return [
    'default' => env('DISK_NAME', 'local'),
    'disks' => [
        'local' => ['driver' => 'local', 'root' => storage_path('app')],
        's3' => [
            'driver' => 's3',
            'key' => env('AWS_ACCESS_KEY_ID'),
            'secret' => env('AWS_SECRET_ACCESS_KEY'),
            'region' => env('AWS_DEFAULT_REGION'),
            'bucket' => env('AWS_BUCKET'),
        ],
    ],
];
";

const LOG: &str = "<?php

use Monolog\\Handler\\StreamHandler;

return [
    'default' => env('LOG_CHANNEL', 'single'),
    'channels' => [
        'stack' => ['driver' => 'stack', 'channels' => explode(',', (string) env('LOG_STACK', 'single'))],
        'single' => ['driver' => 'single', 'path' => storage_path('logs/laravel.log')],
        'stderr' => ['driver' => 'monolog', 'handler' => StreamHandler::class, 'with' => ['stream' => 'php://stderr']],
    ],
];
";

const QUEUE: &str = "<?php

return [
    'default' => env('QUEUE_CONNECTION', 'sync'),
    'connections' => [
        'sync' => ['driver' => 'sync'],
        'database' => ['driver' => 'database', 'table' => 'jobs', 'queue' => 'default'],
        'redis' => ['driver' => 'redis', 'connection' => 'default', 'queue' => 'default'],
    ],
    'failed' => ['driver' => 'database-uuids', 'database' => env('DB_CONNECTION', 'mysql'), 'table' => 'failed_jobs'],
];
";

const DATABASE: &str = "<?php

return [
    'default' => env('DB_CONNECTION', 'mysql'),
    'connections' => [
        'sqlite' => ['driver' => 'sqlite', 'database' => env('DB_DATABASE', database_path('database.sqlite'))],
        'mysql' => [
            'driver' => 'mysql',
            'url' => env('DATABASE_URL'),
            'host' => env('DB_HOST', '127.0.0.1'),
            'port' => env('DB_PORT', '3306'),
            'database' => env('DB_DATABASE', 'shop'),
            'username' => env('DB_USERNAME', 'shop'),
            'password' => env('DB_PASSWORD', ''),
        ],
    ],
    'redis' => [
        'client' => env('REDIS_CLIENT', 'phpredis'),
        'default' => [
            'url' => env('REDIS_URL'),
            'host' => env('REDIS_HOST', '127.0.0.1'),
            'password' => env('REDIS_PASSWORD'),
            'database' => '0',
        ],
        'cache' => [
            'url' => env('REDIS_URL'),
            'host' => env('REDIS_HOST', '127.0.0.1'),
            'password' => env('REDIS_PASSWORD'),
            'database' => '1',
        ],
    ],
];
";

const APP: &str = "<?php

return [
    'name' => env('APP_NAME', 'Shop'),
    'env' => env('APP_ENV', 'production'),
    'key' => env('APP_KEY'),
    'maintenance' => ['driver' => 'cache', 'store' => 'database'],
];
";

/// The env file: everything on one server, `CACHE_NAME` and `DISK_NAME` stand for the names of the version.
pub const DOTENV: &str = "APP_ENV=production
APP_KEY=base64:c2VjcmV0

LOG_CHANNEL=single

DB_CONNECTION=mysql
DB_HOST=db.internal
DB_PASSWORD=hunter2

CACHE_NAME=file
DISK_NAME=local
QUEUE_CONNECTION=database
SESSION_DRIVER=file

REDIS_CLIENT=predis
REDIS_HOST=redis.internal
MEMCACHED_HOST=memcached.internal
DYNAMODB_CACHE_TABLE=cache
AWS_BUCKET=shop
AWS_DEFAULT_REGION=eu-central-1
";

const MIGRATION: &str = "<?php

return new class extends Migration
{
    public function up(): void
    {
        Schema::create('sessions', function ($table) { $table->string('id')->primary(); });
        Schema::create('cache', function ($table) { $table->string('key')->primary(); });
        Schema::create('jobs', function ($table) { $table->id(); });
        Schema::create('failed_jobs', function ($table) { $table->id(); });
    }
};
";
pub const MIGRATION_PATH: &str = "database/migrations/2024_01_01_000000_create_state_tables.php";

/// Packages that are in composer.lock beside the framework.
const PACKAGES: &[&str] = &["predis/predis", "league/flysystem-aws-s3-v3", "aws/aws-sdk-php"];

/// The app, for a version of Laravel.
pub fn app(version: u32) -> Folder {
    let names = names(version);
    let named = |text: &str| text.replace("CACHE_NAME", names.cache).replace("DISK_NAME", names.disk);
    let composer = format!(
        r#"{{"require": {{"php": "^8.0", "ext-memcached": "*", "laravel/framework": "^{version}.0"}}}}"#
    );
    let bootstrap = if version < 11 {
        "<?php\n\n$app = new Illuminate\\Foundation\\Application(dirname(__DIR__));\n\nreturn $app;\n"
    } else {
        BOOTSTRAP
    };
    Folder::new()
        .file("composer.json", composer)
        .file("composer.lock", lock(version, PACKAGES))
        .file("artisan", "#!/usr/bin/env php\n<?php\n")
        .file("bootstrap/app.php", bootstrap)
        .file(MIGRATION_PATH, MIGRATION)
        .file("config/app.php", APP)
        .file("config/session.php", SESSION)
        .file("config/cache.php", named(CACHE))
        .file("config/filesystems.php", named(FILES))
        .file("config/logging.php", LOG)
        .file("config/queue.php", QUEUE)
        .file("config/database.php", DATABASE)
        .file(".env", named(DOTENV))
}

fn lock(version: u32, packages: &[&str]) -> String {
    let mut locked = vec![format!(r#"{{"name": "laravel/framework", "version": "v{version}.20.0"}}"#)];
    locked.extend(packages.iter().map(|name| format!(r#"{{"name": "{name}", "version": "3.0.0"}}"#)));
    format!(r#"{{"packages": [{}], "packages-dev": []}}"#, locked.join(", "))
}

/// Takes a package out of composer.lock.
pub fn uninstall(folder: &Folder, package: &str) {
    replace(folder, "composer.lock", package, "other/package");
}

/// Changes a part of a file that must be there.
#[track_caller]
pub fn replace(folder: &Folder, path: &str, old: &str, new: &str) {
    let text = read(folder, path);
    assert!(text.contains(old), "{path} has no `{old}`");
    folder.write(path, text.replace(old, new));
}

#[track_caller]
pub fn read(folder: &Folder, path: &str) -> String {
    fs::read_to_string(folder.path(path)).unwrap()
}

/// What would be done: `fix --diff --format json`.
#[track_caller]
pub fn plan(folder: &Folder, more: &[&str]) -> Json {
    let before = snapshot(folder);
    let json = folder.run(&[&["fix", "--diff", "--format", "json"], more].concat()).json();
    assert_eq!(snapshot(folder), before, "--diff {more:?} wrote something");
    assert_eq!(json["dry"], true);
    json
}

/// The steps of a report that would set or rename a variable.
pub fn steps_of<'a>(report: &'a Json, variable: &str) -> Vec<&'a Json> {
    let edits = |step: &Json, wanted: &str| {
        step["fix"]["edits"].as_array().unwrap().iter().any(|edit| edit["variable"] == wanted)
    };
    report["steps"].as_array().unwrap().iter().filter(|step| edits(step, variable)).collect()
}

#[track_caller]
pub fn step<'a>(report: &'a Json, variable: &str) -> &'a Json {
    let steps = steps_of(report, variable);
    assert_eq!(steps.len(), 1, "one step is about {variable}: {report:#}");
    steps[0]
}

/// The new value that a step gives to its first variable.
pub fn value(step: &Json) -> &str {
    step["fix"]["edits"][0]["new"].as_str().unwrap()
}

/// Every file of the folder with its bytes.
pub fn snapshot(folder: &Folder) -> Vec<(String, Vec<u8>)> {
    fn walk(path: &std::path::Path, root: &std::path::Path, into: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.is_symlink() {
                walk(&path, root, into);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                into.push((name, fs::read(&path).unwrap_or_default()));
            }
        }
    }
    let mut files = Vec::new();
    let root = folder.path("");
    walk(&root, &root, &mut files);
    files.sort();
    files
}

/// The lines of a text that another one does not have, in order.
pub fn new_lines(old: &str, new: &str) -> Vec<String> {
    let old: Vec<&str> = old.lines().collect();
    new.lines().filter(|line| !old.contains(line)).map(ToOwned::to_owned).collect()
}

/// A run that is the second one: nothing is changed any more.
#[track_caller]
pub fn changes_nothing(folder: &Folder, more: &[&str]) -> Run {
    let before = snapshot(folder);
    let run = folder.run(&[&["fix"], more].concat());
    assert_eq!(snapshot(folder), before, "{run:#?}");
    run.says("Nothing was changed");
    run
}
