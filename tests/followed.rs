//! Settings followed to where the state lives, and what an unknown condition leaves known.

mod common;

use common::Folder;
use serde_json::Value as Json;

/// The locality of a concern, and why it is unknown.
fn locality(app: &Folder, concern: &str) -> (String, Option<String>) {
    let report = app.run(&["state", "--format", "json"]).json();
    let states = report["apps"][0]["environments"][0]["state"].as_array().unwrap().clone();
    let state = states.iter().find(|state| state["concern"] == concern);
    let state = state.unwrap_or_else(|| panic!("no {concern} in {states:#?}"));
    let text = |key: &str| state[key].as_str().map(str::to_owned);
    (text("locality").unwrap(), text("unknown"))
}

#[test]
fn state_lives_where_its_settings_lead() {
    for (env, concern, expected) in [
        ("DB_CONNECTION=sqlite", "database", "disk"),
        ("DB_CONNECTION=sqlite\nDB_DATABASE=:memory:", "database", "memory"),
        ("DB_CONNECTION=sqlite\nDB_URL=sqlite:///:memory:", "database", "memory"),
        ("DB_CONNECTION=mysql\nDB_URL=sqlite:////srv/data.sqlite", "database", "disk"),
        ("DB_CONNECTION=sqlite\nDB_URL=mysql://u:p@db.internal/app", "database", "shared"),
        ("DB_CONNECTION=mysql\nDB_HOST=localhost", "database", "host"),
        ("DB_CONNECTION=mysql\nDB_HOST=db.internal\nDB_SOCKET=/run/mysqld.sock", "database", "host"),
        ("DB_CONNECTION=pgsql\nDB_HOST=", "database", "unknown"),
        ("DB_CONNECTION=mysql\nDB_HOST=db.internal\nSESSION_DRIVER=database", "session", "shared"),
        ("DB_CONNECTION=sqlite\nSESSION_DRIVER=database", "session", "disk"),
        ("SESSION_DRIVER=cookie", "session", "client"),
        ("SESSION_DRIVER=array", "session", "none"),
        ("SESSION_DRIVER=mongodb", "session", "unknown"),
        ("SESSION_DRIVER=redis\nREDIS_HOST=::1", "session", "host"),
        ("SESSION_DRIVER=redis\nREDIS_URL=redis://u:p@cache.internal:6380/1", "session", "shared"),
        ("SESSION_DRIVER=memcached\nSESSION_STORE=file", "session", "disk"),
        ("SESSION_DRIVER=dynamodb", "session", "shared"),
        ("SESSION_DRIVER=dynamodb\nDYNAMODB_ENDPOINT=http://localhost:8000", "session", "host"),
        ("CACHE_STORE=failover\nDB_CONNECTION=sqlite", "cache", "disk"),
        ("QUEUE_CONNECTION=beanstalkd", "queue", "host"),
        ("QUEUE_CONNECTION=sqs", "queue", "shared"),
        ("LOG_STACK=single,stderr", "log", "shared"),
        ("LOG_STACK=single,slack", "log", "disk"),
        ("LOG_CHANNEL=syslog", "log", "unknown"),
        ("APP_MAINTENANCE_DRIVER=cache\nAPP_MAINTENANCE_STORE=file", "maintenance", "disk"),
    ] {
        let app = Folder::laravel().file(".env", format!("APP_ENV=production\n{env}\n"));
        assert_eq!(locality(&app, concern).0, expected, "{concern} with {env:?}");
    }
}

/// `?` stands for something that is only known on the server.
#[test]
fn an_unknown_condition_leaves_known_what_its_branches_agree_on() {
    let unknown = "extension_loaded('x')";
    for (code, expected) in [
        ("$d = ? ? 'file' : 'redis';", "unknown"),
        ("$d = ? ? 'file' : 'file';", "disk"),
        ("$d = ? ?: 'file';", "unknown"),
        ("if (?) { $d = 'file'; } else { $d = 'redis'; }", "unknown"),
        ("if (?) { $d = 'file'; } else { $d = 'file'; }", "disk"),
        ("$d = 'file'; if (?) { $d = 'cookie'; }", "unknown"),
        ("$d = 'file'; if (?) { $other = 1; }", "disk"),
        ("if (?) { return ['driver' => 'cookie']; } $d = 'file';", "unknown"),
        ("if (?) { throw new Exception; } $d = 'file';", "disk"),
        ("$d = match (true) { ? => 'cookie', default => 'file' };", "unknown"),
        ("switch (?) { case true: $d = 'cookie'; break; default: $d = 'file'; }", "unknown"),
        ("$d = 'file'; while (?) { $d = 'cookie'; }", "unknown"),
        ("$d = 'file'; foreach (glob('*') as $x) { $d = 'cookie'; }", "unknown"),
        ("$d = 'cookie'; foreach ([1, 2] as $x) { if (?) { break; } $d = 'file'; }", "unknown"),
        ("$d = 'cookie'; for ($i = 0; $i < 3; $i++) { if (?) { continue; } $d = 'file'; }", "unknown"),
        (
            "$d = 'file'; for ($i = 0; $i < 3; $i++) { if (?) { break; } } $d = $i === 3 ? 'cookie' : $d;",
            "unknown",
        ),
        ("$d = $a = 'file'; while (?) { if ($a !== 'file') { $d = 'cookie'; } $a = 'x'; }", "unknown"),
        (
            "$d = 'file'; foreach ([1] as $x) { foreach ([1] as $y) { if (?) { break 2; } } $d = 'cookie'; }",
            "unknown",
        ),
        ("$d = 'file'; foreach ([1, 2] as $x) { if (?) { break; } $other = 1; }", "disk"),
        ("$d = 'file'; foreach ([1] as $x) { if (?) { break; } return ['driver' => 'cookie']; }", "unknown"),
        ("$d = 'cookie'; try { $d = 'file'; f(); $d = 'cookie'; } catch (E) {}", "unknown"),
        ("$d = 'file'; try { $other = f(); } catch (E) {}", "disk"),
        ("$d = false && ? ? 'cookie' : 'file';", "disk"),
        ("$d = ? || true ? 'file' : 'cookie';", "disk"),
        ("$a = [? => 'x', 'd' => 'file']; $d = $a['d'];", "disk"),
        ("$a = ['d' => 'file', ...glob('*')]; $d = $a['d'];", "unknown"),
        ("$a = ['d' => 'file']; $a[gethostname()] = 'cookie'; $d = $a['d'];", "unknown"),
    ] {
        let code = code.replace('?', "\0").replacen("\0 \0", &format!("{unknown} ?"), 1);
        let code = code.replacen('\0', unknown, 1).replace('\0', "?");
        let config = format!("<?php\n{code}\nreturn ['driver' => $d, 'files' => '/tmp'];\n");
        let app = Folder::laravel().file(".env", "APP_ENV=production\n").file("config/session.php", &config);
        let (found, reason) = locality(&app, "session");
        assert_eq!(found, expected, "{config}");
        assert_eq!(reason.is_some(), expected == "unknown", "{config}");
    }
}

/// Files for tests and examples are no place where an app runs, whatever they say.
#[test]
fn files_for_tests_are_never_judged() {
    let app = Folder::laravel()
        .without(".env")
        .file(".env.production", "APP_ENV=production\nSESSION_DRIVER=redis\n");
    for name in ["testing", "ci", "dusk.local", "example", "test", "production.example", "encrypted", "bak"] {
        app.write(&format!(".env.{name}"), "APP_ENV=production\nSESSION_DRIVER=file\n");
    }
    app.write("phpunit.xml", "<phpunit><php><env name=\"SESSION_DRIVER\" value=\"file\"/></php></phpunit>");
    let report = app.run(&["state", "--format", "json"]).json();
    let environments = report["apps"][0]["environments"].as_array().unwrap();
    let names: Vec<&Json> = environments.iter().map(|environment| &environment["name"]).collect();
    assert_eq!(names, ["production"]);
}
