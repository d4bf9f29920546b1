//! What `fix` writes, read by real PHP: the drivers are the new ones, and every other value is what it was.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value as Json, json};

use crate::app::{app, read, replace, uninstall};
use crate::common::Folder;
use crate::{Case, collect_apps, env_files, laravel, skipped};

/// What PHP reads in a folder with its `.env`.
fn php(folder: &Folder) -> Json {
    let case = Case {
        name: "a fixed app".to_owned(),
        app: folder.path(""),
        file: Some(folder.path(".env")),
        laravel: 8,
    };
    let sheet = case.php();
    assert_eq!(sheet["failed"], json!({}), "PHP reads all of it: {sheet:#}");
    sheet
}

/// Keys whose values differ, with what they are now.
fn differences(before: &Json, after: &Json) -> BTreeMap<String, Json> {
    let map = |value: &Json| value.as_object().cloned().unwrap_or_else(Map::new);
    let (before, after) = (map(before), map(after));
    let keys = before.keys().chain(after.keys());
    let changed = keys.filter(|key| before.get(*key) != after.get(*key));
    changed.map(|key| (key.clone(), after.get(key).cloned().unwrap_or(Json::Null))).collect()
}

fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, Json> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), Json::from(*value))).collect()
}

/// Variables and settings that PHP must read otherwise afterwards.
type Row = (
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
    &'static [(&'static str, &'static str)],
);

const ROWS: &[Row] = &[
    (
        &["--to", "redis"],
        &[
            ("CACHE_DRIVER", "redis"),
            ("FILESYSTEM_DRIVER", "s3"),
            ("LOG_CHANNEL", "stderr"),
            ("SESSION_DRIVER", "redis"),
        ],
        &[
            ("cache.default", "redis"),
            ("filesystems.default", "s3"),
            ("logging.default", "stderr"),
            ("session.driver", "redis"),
        ],
    ),
    (
        &[
            "--to",
            "session=database",
            "--to",
            "cache=memcached",
            "--skip",
            "local-log",
            "--skip",
            "local-disk",
        ],
        &[("CACHE_DRIVER", "memcached"), ("SESSION_DRIVER", "database")],
        &[("cache.default", "memcached"), ("session.driver", "database")],
    ),
    (
        &["--rule", "local-session", "--backup"],
        &[("SESSION_DRIVER", "database")],
        &[("session.driver", "database")],
    ),
];

/// The same file in several shapes, so that edits have something to disturb.
fn shapes(text: &str) -> Vec<String> {
    let odd = format!(
        "# env\n{text}APP_NAME=\"A \\\"name\\\" with ${{DB_HOST}}\" # why\nLINES=\"a\nb\"\nSINGLE='${{DB_HOST}} #'\nexport SPACED = x\nEMPTY=\n"
    );
    vec![text.to_owned(), text.replace('\n', "\r\n"), text.trim_end().to_owned(), odd]
}

#[test]
fn php_reads_the_new_drivers_and_nothing_else_new() {
    if skipped() {
        return;
    }
    for (flags, variables, settings) in ROWS {
        for text in shapes(&read(&app(8), ".env")) {
            let folder = app(8).file(".env", &text);
            let before = php(&folder);
            folder.run(&[&["fix"], *flags].concat()).says("Fixed ");
            let after = php(&folder);
            assert_eq!(
                differences(&before["variables"], &after["variables"]),
                map(variables),
                "{flags:?} {text}"
            );
            assert_eq!(differences(&before["config"], &after["config"]), map(settings), "{flags:?} {text}");
        }
    }
}

/// What is added without a value is empty to PHP too, and takes a default away: nothing else changes.
#[test]
fn php_reads_added_variables_as_empty() {
    if skipped() {
        return;
    }
    let folder = app(8);
    replace(&folder, ".env", "AWS_BUCKET=shop\nAWS_DEFAULT_REGION=eu-central-1\n", "");
    replace(&folder, ".env", "REDIS_HOST=redis.internal\n", "");
    uninstall(&folder, "predis/predis");
    let before = php(&folder);
    folder.run(&["fix", "--unsafe", "--to", "redis", "--skip", "local-log"]).says("still to do: ");
    let after = php(&folder);
    let variables = map(&[
        ("AWS_BUCKET", ""),
        ("AWS_DEFAULT_REGION", ""),
        ("CACHE_DRIVER", "redis"),
        ("FILESYSTEM_DRIVER", "s3"),
        ("REDIS_HOST", ""),
        ("SESSION_DRIVER", "redis"),
    ]);
    assert_eq!(differences(&before["variables"], &after["variables"]), variables);
    let settings = map(&[
        ("cache.default", "redis"),
        ("cache.stores.dynamodb.region", ""),
        ("database.redis.cache.host", ""),
        ("database.redis.default.host", ""),
        ("filesystems.default", "s3"),
        ("filesystems.disks.s3.bucket", ""),
        ("filesystems.disks.s3.region", ""),
        ("session.driver", "redis"),
    ]);
    assert_eq!(differences(&before["config"], &after["config"]), settings);
}

/// Every fixture with each of its env files: PHP reads exactly the edits that were told.
#[test]
fn php_reads_the_edits_of_every_fixture() {
    if skipped() {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/laravel");
    let mut apps = Vec::new();
    collect_apps(&root, &mut apps);
    let mut edited = 0;
    for source in apps {
        // An older phpdotenv reads some lines otherwise than Debian's.
        if laravel(&source) < 8 {
            continue;
        }
        for file in env_files(&source) {
            let file = file.file_name().unwrap().to_string_lossy().into_owned();
            let folder = Folder::new();
            copy(&source, "", &folder);
            let case = Case {
                name: source.strip_prefix(&root).unwrap().to_string_lossy().into_owned(),
                app: folder.path(""),
                file: Some(folder.path(&file)),
                laravel: laravel(&source),
            };
            let before = case.php();
            let report = folder.run(&["fix", "--unsafe", "--env-file", &file, "--format", "json"]).json();
            let after = case.php();
            let mut wanted = BTreeMap::new();
            for step in
                report["steps"].as_array().unwrap().iter().filter(|step| step["progress"] == "applied")
            {
                for edit in step["fix"]["edits"].as_array().unwrap() {
                    edited += 1;
                    let variable = edit["variable"].as_str().unwrap().to_owned();
                    if edit["action"] == "rename" {
                        let value = before["variables"][&variable].clone();
                        wanted.insert(edit["new"].as_str().unwrap().to_owned(), value);
                        wanted.insert(variable, Json::Null);
                    } else {
                        wanted.insert(variable, edit["new"].clone());
                    }
                }
                for name in step["fix"]["companions"].as_array().unwrap() {
                    let name = name.as_str().unwrap().to_owned();
                    if before["variables"].get(&name).is_none() {
                        wanted.insert(name, Json::from(""));
                    }
                }
            }
            let got = differences(&before["variables"], &after["variables"]);
            assert_eq!(got, wanted, "{case}: {report:#}");
            assert_eq!(before["failed"], after["failed"], "{case}");
        }
    }
    assert!(edited >= 10, "{edited}");
}

fn copy(from: &Path, at: &str, folder: &Folder) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{at}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &format!("{name}/"), folder);
        } else {
            folder.write(&name, std::fs::read(entry.path()).unwrap());
        }
    }
}
