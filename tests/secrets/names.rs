//! Values that become names, and passwords that look like something else.

use crate::common::Folder;
use crate::keeps_in_checks;

/// A value that is used as the name of something.
#[test]
fn names_that_come_from_values() {
    for expression in [
        "($f = env('MY_SECRET'))()",
        "call_user_func(env('MY_SECRET'))",
        "call_user_func([env('MY_SECRET'), env('MY_SECRET')])",
        "call_user_func(env('MY_SECRET').'::x')",
        "array_map(env('MY_SECRET'), [1])",
        "constant(env('MY_SECRET'))",
        "env('MY_SECRET')::A",
        "(function () { $c = env('MY_SECRET'); return $c::f(); })()",
        "(function () { $c = env('MY_SECRET'); return new $c; })()",
        "(function () { $c = env('MY_SECRET'); return app()->$c(); })()",
        "(function () { $c = env('MY_SECRET'); return app()->$c; })()",
        "(function () { $c = env('MY_SECRET'); return $$c; })()",
        "require env('MY_SECRET')",
        "config(env('MY_SECRET'))",
        "collect([1])->map(env('MY_SECRET'))",
        "env('MY_SECRET')",
        "env(env('MY_SECRET'))",
        "env(env('MY_SECRET'), 'file')",
        "env('X'.env('MY_SECRET'), 'file')",
        "getenv(env('MY_SECRET')) ?: 'file'",
    ] {
        let app = Folder::laravel()
            .file(".env", "APP_ENV=production\nMY_SECRET=canary\n")
            .file("config/session.php", format!("<?php\nreturn ['driver' => {expression}];\n"));
        keeps_in_checks(&app, &[]);
    }
}

/// The same for what the other state is kept in.
#[test]
fn stores_that_a_secret_names() {
    for (file, key) in [
        ("cache", "'stores' => ['a' => ['driver' => 'array']]"),
        ("queue", "'connections' => ['a' => ['driver' => 'sync']]"),
        ("filesystems", "'disks' => ['a' => ['driver' => 'local']]"),
        ("logging", "'channels' => ['a' => ['driver' => 'single']]"),
        ("database", "'connections' => ['a' => ['driver' => 'mysql']]"),
        ("broadcasting", "'connections' => ['a' => ['driver' => 'log']]"),
    ] {
        let config = format!("<?php\nreturn ['default' => env('MY_SECRET'), {key}];\n");
        let app = Folder::laravel()
            .file(".env", "APP_ENV=production\nMY_SECRET=canary\n")
            .file(&format!("config/{file}.php"), config);
        keeps_in_checks(&app, &[]);
    }
}

/// Passwords that look like the rest of a url.
#[test]
fn urls_within_urls() {
    for url in [
        "redis://u://canary@127.0.0.1",
        "redis://u:x://canary@127.0.0.1:6379/0",
        "redis://://canary@localhost",
    ] {
        let app = Folder::laravel()
            .file(".env", format!("APP_ENV=production\nSESSION_DRIVER=redis\nREDIS_URL={url}\n"));
        keeps_in_checks(&app, &[]);
    }
}
