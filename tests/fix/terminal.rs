//! On a terminal the plan is shown and asked about. `script` of util-linux gives the program a terminal.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::app::{app, changes_nothing, read, snapshot};
use crate::common::{Folder, wait};

fn has_script() -> bool {
    let version = Command::new("script").arg("--version").output();
    let is_here = version.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("util-linux"));
    if !is_here {
        println!("SKIPPED: there is no `script` of util-linux, so nothing is known about runs on a terminal");
    }
    is_here
}

/// A run on a terminal, with what is typed there; the exit code and all that it showed.
fn on_a_terminal(folder: &Folder, arguments: &str, typed: &str) -> (Option<i32>, String) {
    let call = format!("'{}' fix {arguments}", env!("CARGO_BIN_EXE_unstick"));
    let mut command = Command::new("script");
    command.args(["-qec", &call, "/dev/null"]).current_dir(folder.path("")).env("SHELL", "/bin/sh");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let mut out = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut text = Vec::new();
        let _ = std::io::Read::read_to_end(&mut out, &mut text);
        String::from_utf8_lossy(&text).into_owned()
    });
    let status = wait(&mut child, arguments);
    (status.code(), reader.join().unwrap())
}

#[test]
fn a_no_writes_nothing() {
    if !has_script() {
        return;
    }
    for typed in ["n\n", "\n", "no\n", "yesterday\n", "\u{4}"] {
        let folder = app(12);
        let before = snapshot(&folder);
        let (code, out) = on_a_terminal(&folder, "--unsafe", typed);
        assert!(out.contains("Write these changes? [y/N]"), "{typed:?}: {out}");
        assert!(out.contains("to fix: .env:13 SESSION_DRIVER: file -> database"), "{out}");
        assert_eq!(code, Some(1), "{out}");
        assert_eq!(snapshot(&folder), before, "{typed:?}: {out}");
        assert!(!out.contains("\nfixed: "), "{out}");
    }
}

#[test]
fn a_yes_writes() {
    if !has_script() {
        return;
    }
    for typed in ["y\n", "Y\n", "yes\n", " yes \n"] {
        let folder = app(12);
        let (code, out) = on_a_terminal(&folder, "", typed);
        assert_eq!(code, Some(0), "{typed:?}: {out}");
        assert!(out.contains("[y/N]") && out.contains("fixed: .env:13"), "{out}");
        assert!(read(&folder, ".env").contains("SESSION_DRIVER=database\n"));
    }
}

#[test]
fn some_runs_do_not_ask() {
    if !has_script() {
        return;
    }
    for (arguments, writes) in [
        ("--yes", true),
        ("-y --unsafe", true),
        ("--diff", false),
        ("--skip local-session --rule local-session", false),
    ] {
        let folder = app(12);
        let before = snapshot(&folder);
        let (_, out) = on_a_terminal(&folder, arguments, "y\n");
        assert!(!out.contains("[y/N]"), "{arguments}: {out}");
        assert_eq!(snapshot(&folder) != before, writes, "{arguments}: {out}");
    }
    // Nothing to write, nothing to ask.
    let folder = app(12);
    folder.run(&["fix"]).exits(0);
    let (code, out) = on_a_terminal(&folder, "", "y\n");
    assert!(code == Some(0) && !out.contains("[y/N]"), "{out}");
    changes_nothing(&folder, &[]);
}
