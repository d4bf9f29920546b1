//! No secret leaves `fix`: other values, comments and commented-out keys hold distinct canaries, and no run tells one,
//! whatever it is asked and however it ends.

use std::fs;

use serde_json::Value as Json;

use crate::app::{DOTENV, app, read};
use crate::common::{Folder, Run, finish};

/// Every secret holds this word, each with its own end.
const SECRET: &str = "canary";

/// Beside what fixes are about: secrets wherever one can stand.
const SECRETS: &str = r##"# DB_PASSWORD=canary-01
#SESSION_DRIVER=canary-02
  # canary-03: see canary-04
MAIL_PASSWORD='canary-05 # canary-06'
STRIPE_SECRET="canary-07-${NESTED}" # canary-08
NESTED=canary-09
DATABASE_URL=mysql://canary-10:canary-11@db.internal:3306/shop?password=canary-12
REDIS_URL=
REDIS_PASSWORD=canary-13
AWS_SECRET_ACCESS_KEY=canary-14
AWS_ACCESS_KEY_ID=canary-15
OTHER=canary-16
SESSION_COOKIE=canary-17
PRIVATE_KEY="-----BEGIN canary-18-----
canary-19
canary-20=
-----END canary-21-----"
export TOKEN=canary-22
EMPTY=
# AWS_BUCKET=canary-23
CACHE_PREFIX=canary-24
APP_NAME="canary-25"
"##;

/// Flags that every app is run with.
const FLAGS: &[&[&str]] = &[
    &[],
    &["--unsafe", "--backup"],
    &["--diff"],
    &["--diff", "--unsafe", "--to", "redis"],
    &["--env-file", ".env", "--unsafe"],
];

/// More of them, for one app.
const MORE_FLAGS: &[&[&str]] = &[
    &["--unsafe"],
    &["--diff", "--unsafe"],
    &["--diff", "--to", "redis"],
    &["--backup"],
    &["--backup", "--unsafe", "--yes"],
    &["--to", "redis"],
    &["--to", "session=memcached", "--unsafe"],
    &["--rule", "local-session"],
    &["--skip", "local-session", "--unsafe"],
    &["--env-file", ".env"],
    &["--env-file", ".env", "--diff", "--unsafe"],
    &["--set", "DB_PASSWORD=canary-set", "--set", "SESSION_DRIVER=file"],
    &["--no-env-file"],
    &["--fail-on", "info"],
    // Errors.
    &["--to", "canaria"],
    &["--env", "nowhere"],
    &["--env-file", "nowhere.env"],
    &["--env-file", "config"],
    &["--set", "=canary-set"],
    &["--set", "canary-set"],
];

#[track_caller]
fn tells_none(run: &Run, what: &str) {
    let text = run.all();
    let leaks: Vec<&str> = text.lines().filter(|line| line.contains(SECRET)).collect();
    assert!(leaks.is_empty(), "{what}: {}: {leaks:#?}", run.call);
}

/// The app with its secrets around, between and behind the lines that fixes are about.
fn full() -> Folder {
    let folder = app(12);
    let lines: Vec<String> = read(&folder, ".env").lines().map(ToOwned::to_owned).collect();
    assert!(lines.len() > 15 && DOTENV.contains("hunter2"));
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        let line = line.replace("hunter2", "canary-30").replace("base64:c2VjcmV0", "base64:canary-31");
        let between = if line.is_empty() { String::new() } else { format!(" # canary-9{index}") };
        text.push_str(&format!("{line}{between}\n"));
        if index == 11 {
            text.push_str(SECRETS);
        }
    }
    folder.write(".env", format!("{text}LAST=canary-32\n#CACHE_DRIVER=canary-33\n"));
    folder
}

/// What is less proven, renamed, added, or broken.
type Make = fn() -> Folder;
const APPS: &[(&str, Make)] = &[
    ("safe", full),
    ("no bucket, no host", || {
        changed(&[("AWS_BUCKET=shop", "X=canary-40"), ("REDIS_HOST=redis.internal", "")])
    }),
    ("dead variables", || {
        changed(&[("CACHE_STORE=file", "CACHE_DRIVER=redis"), ("DATABASE_URL=", "DB_URL=")])
    }),
    ("a url under a dead name", || {
        let folder = changed(&[("DB_HOST=db.internal", "")]);
        crate::app::replace(&folder, "config/database.php", "DATABASE_URL", "DB_URL");
        folder
    }),
    ("a host with a password", || {
        changed(&[("REDIS_URL=", "REDIS_URL=redis://canary-41:canary-42@127.0.0.1")])
    }),
    ("a missing line", || changed(&[("SESSION_DRIVER=file", "SESSION_TABLE=canary-43")])),
    ("a value made of a secret", || changed(&[("SESSION_DRIVER=file", "SESSION_DRIVER=\"${NESTED}\"")])),
    ("a long secret as a driver", || {
        changed(&[
            ("SESSION_DRIVER=file", "SESSION_DRIVER=sk_live_canary-44+x/y=="),
            ("CACHE_STORE=file", "CACHE_STORE=canary-45@x"),
        ])
    }),
    ("a secret that another line overrides", || {
        changed(&[("SESSION_DRIVER=file", "SESSION_DRIVER=canary-53\nSESSION_DRIVER=file")])
    }),
    ("another secret as a driver", || {
        changed(&[
            ("CACHE_STORE=file", "CACHE_STORE=canary-22"),
            ("LOG_CHANNEL=single", "LOG_CHANNEL=canary-22"),
        ])
    }),
    ("a driver of another's making", || {
        changed(&[("SESSION_DRIVER=file", "SESSION_DRIVER=file\nMADE=\"${SESSION_DRIVER}canary-46\"")])
    }),
    ("a file that phpdotenv refuses", || changed(&[("EMPTY=", "TWO WORDS=canary-47")])),
    ("an open quote", || changed(&[("EMPTY=", "OPEN=\"canary-48")])),
    ("windows", || {
        let folder = full();
        folder.write(".env", read(&folder, ".env").replace('\n', "\r\n"));
        folder
    }),
    ("no text", || {
        let folder = full();
        let mut bytes = read(&folder, ".env").into_bytes();
        bytes.extend(b"BIN=canary\xff\xfe-49\n\0");
        folder.write(".env", bytes);
        folder
    }),
    ("an example", || {
        let folder = full();
        fs::rename(folder.path(".env"), folder.path(".env.example")).unwrap();
        folder
    }),
    ("a file with two names", || {
        let folder = full();
        fs::hard_link(folder.path(".env"), folder.path("other")).unwrap();
        folder
    }),
    ("a value in the config", || {
        let folder = full();
        let text = "'file', /* canary-50 */ 'password' => 'canary-51'";
        crate::app::replace(&folder, "config/session.php", "env('SESSION_DRIVER', 'file')", text);
        folder
    }),
    ("frozen", || full().file("bootstrap/cache/config.php", "<?php return ['x' => 'canary-52'];\n")),
];

fn changed(changes: &[(&str, &str)]) -> Folder {
    let folder = full();
    for (old, new) in changes {
        crate::app::replace(&folder, ".env", old, new);
    }
    folder
}

#[test]
fn no_run_tells_a_secret() {
    let (mut written, mut shown) = (0, 0);
    for (name, make) in APPS {
        let more = if *name == "safe" { MORE_FLAGS } else { &[] };
        for flags in FLAGS.iter().chain(more) {
            for format in ["text", "json"] {
                let folder = make();
                let run = folder.run(&[&["fix", "--format", format], *flags].concat());
                tells_none(&run, name);
                written += usize::from(run.out.contains("fixed: ") || run.out.contains("\"applied\""));
                shown += usize::from(run.out.contains("@@ "));
            }
        }
    }
    // The runs are not empty.
    assert!(written > 70 && shown > 40, "{written} runs wrote something, {shown} showed a difference");
}

/// A run that fails in the middle, and one whose output nobody can read any more.
#[test]
#[cfg(target_os = "linux")]
fn failures_tell_none() {
    for fault in ["full:opened", "full:written", "full:kept", "full:synced", "full:linked", "full:renamed"] {
        for flags in [["--unsafe"].as_slice(), &["--backup"], &["--format", "json"]] {
            let folder = full();
            let mut command = folder.command();
            command.arg("fix").args(flags).env("UNSTICK_FAULT", fault);
            let run = finish(command);
            assert_ne!(run.code, Some(0), "{fault}: {run:#?}");
            tells_none(&run, fault);
        }
    }
}

/// Canaries stay in the file: nothing is lost, and a backup is the only copy.
#[test]
fn the_secrets_are_still_there() {
    let folder = full();
    let old: Vec<String> = canaries(&read(&folder, ".env"));
    assert!(old.len() > 40, "{old:?}");
    folder.run(&["fix", "--unsafe", "--backup"]);
    assert_eq!(canaries(&read(&folder, ".env")), old);
    assert_eq!(canaries(&read(&folder, ".env.backup")), old);
}

fn canaries(text: &str) -> Vec<String> {
    text.match_indices(SECRET).map(|(index, _)| text[index..].chars().take(9).collect()).collect()
}

/// Where values are shown at all they are those of the fix; a difference has the rest masked.
#[test]
fn a_difference_shows_what_the_fix_is_about() {
    let folder = full();
    let text = folder.run(&["fix", "--diff", "--to", "redis"]);
    for line in ["-SESSION_DRIVER=file", "+SESSION_DRIVER=redis", "--- .env", "+++ .env"] {
        text.says(line);
    }
    let json: Json = folder.run(&["fix", "--diff", "--to", "redis", "--format", "json"]).json();
    assert_eq!(json["files"][0]["diff"], text.out);
}
