//! Which files are edited: those of the environments that are judged, or those that are named.

use std::fs;

use crate::app::{app, changes_nothing, read, snapshot};
use crate::common::Folder;

/// The env file of the app under other names.
fn with_files(names: &[&str]) -> Folder {
    let folder = app(12);
    let text = read(&folder, ".env");
    fs::remove_file(folder.path(".env")).unwrap();
    for name in names {
        let environment = name.rsplit('.').next().unwrap();
        folder.write(name, text.replace("APP_ENV=production", &format!("APP_ENV={environment}")));
    }
    folder
}

/// The files that differ from what they were.
fn changed(before: &[(String, Vec<u8>)], folder: &Folder) -> Vec<String> {
    let after = snapshot(folder);
    after.into_iter().filter(|file| !before.contains(file)).map(|(name, _)| name).collect()
}

#[test]
fn two_environments() {
    let folder = with_files(&[".env.production", ".env.staging"]);
    let before = snapshot(&folder);
    let run = folder.run(&["fix"]);
    run.exits(0).says("fixed: .env.production:13 SESSION_DRIVER: file -> database");
    run.says("fixed: .env.staging:13 SESSION_DRIVER: file -> database").says("Fixed 8.");
    assert_eq!(changed(&before, &folder), [".env.production", ".env.staging"]);
    for name in [".env.production", ".env.staging"] {
        assert!(read(&folder, name).contains("SESSION_DRIVER=database\n"), "{name}");
        folder.run(&["check", "--env-file", name]).exits(0);
    }
    changes_nothing(&folder, &[]).exits(0);
}

#[test]
fn one_of_two_environments() {
    for more in [["--env", "staging"], ["--env-file", ".env.staging"]] {
        let folder = with_files(&[".env.production", ".env.staging"]);
        let before = snapshot(&folder);
        folder.run(&[&["fix"], more.as_slice()].concat()).exits(0).says("Fixed 4.");
        assert_eq!(changed(&before, &folder), [".env.staging"], "{more:?}");
        folder.run(&["check"]).exits(1);
        changes_nothing(&folder, &more).exits(0);
    }
}

/// Several at once, and a file outside of every app.
#[test]
fn files_that_are_named() {
    let folder = with_files(&[".env.production", ".env.staging", "deploy/shop.env"]);
    let before = snapshot(&folder);
    let run = folder.run(&["fix", "--env-file", "deploy/shop.env", "--env-file", ".env.staging"]);
    run.exits(0).says("fixed: deploy/shop.env:13 SESSION_DRIVER");
    assert_eq!(changed(&before, &folder), [".env.staging", "deploy/shop.env"]);
}

/// A developer's file beside that of production is not what the app is deployed with.
#[test]
fn a_developers_file_is_left_alone() {
    let folder = with_files(&[".env.production"]);
    let local = "APP_ENV=local\nSESSION_DRIVER=file\nCACHE_STORE=file\n";
    folder.write(".env", local);
    folder.run(&["fix"]).exits(0);
    assert_eq!(read(&folder, ".env"), local);
    folder.run(&["fix", "--unsafe", "--env-file", ".env"]);
    assert!(read(&folder, ".env").contains("SESSION_DRIVER="));
    assert_ne!(read(&folder, ".env"), local);
}

#[test]
fn an_environment_that_is_not_there() {
    let folder = with_files(&[".env.production"]);
    let before = snapshot(&folder);
    let run = folder.run(&["fix", "--env", "nowhere"]);
    assert!(matches!(run.code, Some(2 | 3)), "{run:#?}");
    run.says("nowhere");
    assert_eq!(snapshot(&folder), before);
}

/// Two apps of one repository: each has its own file, and what is told names it.
#[test]
fn two_apps() {
    let folder = Folder::new();
    for name in ["shop", "admin"] {
        for (path, bytes) in snapshot(&app(12)) {
            folder.write(&format!("{name}/{path}"), bytes);
        }
    }
    let before = snapshot(&folder);
    folder.run(&["fix", "shop"]).exits(0).says("fixed: shop/.env:13 SESSION_DRIVER");
    assert_eq!(changed(&before, &folder), ["shop/.env"]);
    folder.run(&["fix"]).exits(0).says("fixed: admin/.env:13 SESSION_DRIVER").says("Fixed 4.");
    assert_eq!(changed(&before, &folder), ["admin/.env", "shop/.env"]);
    changes_nothing(&folder, &[]).exits(0);
}
