//! The file itself: links, modes, line ends, backups, and files that cannot be written.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};

use crate::app::{app, changes_nothing, read, snapshot};
use crate::common::{Folder, finish};

fn mode(folder: &Folder, path: &str) -> u32 {
    fs::metadata(folder.path(path)).unwrap().permissions().mode() & 0o7777
}

fn set_mode(folder: &Folder, path: &str, mode: u32) {
    fs::set_permissions(folder.path(path), Permissions::from_mode(mode)).unwrap();
}

/// The names in the app's folder.
fn names(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.path("")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_link_within_the_app_stays() {
    let folder = app(12);
    folder.write("shared/env", read(&folder, ".env"));
    set_mode(&folder, "shared/env", 0o640);
    let folder = folder.link("shared/env", ".env");
    folder.run(&["fix"]).exits(0).says("fixed: .env:13");
    assert_eq!(fs::read_link(folder.path(".env")).unwrap().to_str(), Some("shared/env"));
    assert!(read(&folder, "shared/env").contains("SESSION_DRIVER=database\n"));
    assert_eq!(mode(&folder, "shared/env"), 0o640);
    assert_eq!(fs::read_dir(folder.path("shared")).unwrap().count(), 1, "no copy is left");
    changes_nothing(&folder, &[]).exits(0);
}

/// What is behind it may be the file of other releases: refused, unless it is named itself.
#[test]
fn a_link_that_leaves_the_app() {
    let shared = Folder::new().file("env", read(&app(12), ".env"));
    let target = shared.path("env");
    let folder = app(12).link(&target, ".env");
    let before = snapshot(&shared);
    // The file is not even read, unless it is asked for.
    folder
        .run(&["fix", "--unsafe"])
        .exits(3)
        .says("not read: .env: a link that leaves the app")
        .says("--env-file");
    assert_eq!(snapshot(&shared), before);
    for more in [[].as_slice(), &["--unsafe", "--yes"], &["--backup"]] {
        let run = folder.run(&[&["fix", "--env-file", ".env"], more].concat());
        run.exits(1).says("reached through a symbolic link that leaves the app").says("Nothing was changed");
        run.says(&format!("--env-file {}", target.canonicalize().unwrap().display()));
        assert_eq!(snapshot(&shared), before, "{run:#?}");
        assert!(folder.path(".env").is_symlink());
    }
    let run = folder.run(&["fix", "--env-file", target.to_str().unwrap()]);
    run.exits(0).says("Fixed 4.");
    assert!(read(&shared, "env").contains("SESSION_DRIVER=database\n"));
    assert!(folder.path(".env").is_symlink());
}

#[test]
fn the_mode_stays() {
    for wanted in [0o600, 0o640, 0o644, 0o664, 0o400] {
        let folder = app(12);
        set_mode(&folder, ".env", wanted);
        let owner = fs::metadata(folder.path(".env")).unwrap().uid();
        folder.run(&["fix"]).exits(0);
        assert_eq!(format!("{:o}", mode(&folder, ".env")), format!("{wanted:o}"));
        assert_eq!(fs::metadata(folder.path(".env")).unwrap().uid(), owner);
    }
}

/// Every byte that no fix is about stays, whatever the file looks like.
#[test]
fn other_bytes_stay() {
    let plain = read(&app(12), ".env");
    let fixes = |text: &str| {
        text.replace("LOG_CHANNEL=single", "LOG_CHANNEL=stderr")
            .replace("CACHE_STORE=file", "CACHE_STORE=database")
            .replace("FILESYSTEM_DISK=local", "FILESYSTEM_DISK=s3")
            .replace("SESSION_DRIVER=file", "SESSION_DRIVER=database")
            .into_bytes()
    };
    let odd = format!(
        "# caf\u{e9}\t \n\n\n{plain}   \nEMPTY=\nexport SPACED = 'a # b'  # why\n#OTHER_DRIVER=file-\nLINES=\"a\nb\"\n"
    );
    for (name, text) in [
        ("plain", plain.clone()),
        ("windows", plain.replace('\n', "\r\n")),
        ("a mark in front", format!("\u{feff}# env\n{plain}")),
        ("no end of the last line", plain.trim_end().to_owned()),
        ("windows without the last end", plain.replace('\n', "\r\n").trim_end().to_owned()),
        ("odd", odd),
    ] {
        let folder = app(12);
        folder.write(".env", &text);
        let run = folder.run(&["fix"]);
        run.exits(0);
        let after = fs::read(folder.path(".env")).unwrap();
        let wanted = fixes(&text);
        assert_eq!(String::from_utf8_lossy(&after), String::from_utf8_lossy(&wanted), "{name}: {run:#?}");
        changes_nothing(&folder, &[]);
    }
}

/// A quoted value stays quoted where it has to be, comments behind it stay.
#[test]
fn what_is_around_a_value_stays() {
    for (line, wanted) in [
        ("SESSION_DRIVER=\"file\"", "SESSION_DRIVER=\"database\""),
        ("SESSION_DRIVER='file'", "SESSION_DRIVER='database'"),
        ("SESSION_DRIVER=file # on the disk", "SESSION_DRIVER=database # on the disk"),
        ("export SESSION_DRIVER=file", "export SESSION_DRIVER=database"),
        ("SESSION_DRIVER=\"file\" # x", "SESSION_DRIVER=\"database\" # x"),
    ] {
        let folder = app(12);
        folder.write(".env", read(&folder, ".env").replace("SESSION_DRIVER=file", line));
        folder.run(&["fix"]);
        let text = read(&folder, ".env");
        assert!(text.contains(&format!("\n{wanted}\n")), "{line}: {text}");
    }
}

#[test]
fn a_backup() {
    let folder = app(12);
    set_mode(&folder, ".env", 0o644);
    let old = read(&folder, ".env");
    let run = folder.run(&["fix", "--backup", "--rule", "local-session"]);
    run.exits(0).says("backup: .env is as it was in .env.backup");
    assert_eq!(read(&folder, ".env.backup"), old);
    assert_eq!(mode(&folder, ".env.backup"), 0o600);
    let older = read(&folder, ".env");
    let run = folder.run(&["fix", "--backup", "--format", "json"]);
    assert_eq!(run.exits(0).json()["files"][0]["backup"], ".env.backup.1");
    assert_eq!((read(&folder, ".env.backup"), read(&folder, ".env.backup.1")), (old, older));
    // Nothing to write, nothing to keep; and a backup is no environment of the app.
    changes_nothing(&folder, &["--backup"]).exits(0);
    let report = folder.check();
    assert!(!report.to_string().contains(".backup"), "{report:#}");
    assert!(!names(&app(12)).contains(&".env.backup".to_owned()));
}

/// A backup was asked for and cannot be made: then nothing is written either.
#[test]
fn no_backup_no_edit() {
    let folder = app(12).file(".env.backup", "");
    for number in 1..1000 {
        folder.write(&format!(".env.backup.{number}"), "");
    }
    let before = snapshot(&folder);
    let run = folder.run(&["fix", "--backup"]);
    run.exits(1).says("no backup was made").says("Nothing was changed");
    folder.run(&["fix", "--backup", "--fail-on", "never"]).exits(3);
    assert!(snapshot(&folder) == before, "{run:#?}");
}

/// What is not writable is told, the file is as it was, and the exit code is not that of a success.
#[test]
fn a_file_that_cannot_be_written() {
    for (fault, words) in [
        ("full:opened", "not written, the file is as it was"),
        ("full:written", "make room on the disk"),
        ("full:synced", "not written, the file is as it was"),
        ("full:linked", "not written, the file is as it was"),
    ] {
        for format in ["text", "json"] {
            let folder = app(12);
            let before = snapshot(&folder);
            let mut command = folder.command();
            command.args(["fix", "--format", format]).env("UNSTICK_FAULT", fault);
            let run = finish(command);
            assert_eq!(snapshot(&folder), before, "{run:#?}");
            run.exits(1).says(words);
            // Even when nothing that remains would fail a run.
            let mut command = folder.command();
            command.args(["fix", "--fail-on", "never", "--format", format]).env("UNSTICK_FAULT", fault);
            finish(command).exits(3).says(words);
        }
    }
}

/// The file has a second name: a new file under one name would leave the old text under the other.
#[test]
fn a_file_with_two_names() {
    let folder = app(12);
    fs::hard_link(folder.path(".env"), folder.path("env.copy")).unwrap();
    let before = snapshot(&folder);
    folder.run(&["fix", "--unsafe"]).exits(1).says("hard links").says("Nothing was changed");
    assert_eq!(snapshot(&folder), before);
    folder.run(&["fix", "--fail-on", "never"]).exits(3);
    folder.run(&["fix", "--fail-on", "never", "--diff"]).exits(3);
    // Told once, not with each of the four.
    let run = folder.run(&["fix"]);
    assert_eq!(run.out.matches("hard links").count(), 1, "{run:#?}");
    assert_eq!(run.out.matches("  for the same reason\n").count(), 3, "{run:#?}");
}

/// A user who may not write in the folder. Root may always: then only the other tests say something.
#[test]
fn a_folder_that_is_read_only() {
    let folder = app(12);
    set_mode(&folder, "", 0o555);
    let may_write_anyway = fs::write(folder.path("probe"), "").is_ok();
    if may_write_anyway {
        println!("skipped: this user may write everywhere");
    } else {
        let before = snapshot(&folder);
        folder
            .run(&["fix"])
            .exits(1)
            .says("not written, the file is as it was")
            .says("run as a user who may write");
        folder.run(&["fix", "--fail-on", "never"]).exits(3);
        assert_eq!(snapshot(&folder), before);
    }
    set_mode(&folder, "", 0o755);
}

/// One of two files cannot be written: the other one is, and the run says that something failed.
#[test]
fn one_of_two_files() {
    let folder = app(12);
    folder.write(".env.staging", read(&folder, ".env"));
    fs::rename(folder.path(".env"), folder.path(".env.production")).unwrap();
    fs::hard_link(folder.path(".env.staging"), folder.path("other")).unwrap();
    let run = folder.run(&["fix"]);
    run.exits(1)
        .says("fixed: .env.production:13")
        .says("skipped: .env.staging:13")
        .says("Fixed 4, 4 skipped.");
    assert!(read(&folder, ".env.staging").contains("SESSION_DRIVER=file\n"));
}
