//! An env file is replaced whole or not at all: by processes that are killed, halted, or run out of room.
#![cfg(target_os = "linux")]

mod common;

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

use common::Folder;
use unstick::fix::{Target, write};

const OLD: &str = "APP_ENV=production\nDB_PASSWORD=hunter2\n";
const NEW: &str = "APP_ENV=production\nDB_PASSWORD=hunter2\nSESSION_DRIVER=redis\n";
/// What the child is to do, and where.
const JOB: &str = "UNSTICK_TEST_JOB";
const ROOT: &str = "UNSTICK_TEST_ROOT";
/// The child's exit codes.
const WRITTEN: i32 = 40;
const REFUSED: i32 = 41;

/// Not a test of its own: the process that the tests start, which is this program again.
#[test]
fn child() {
    let (Ok(job), Some(root)) = (std::env::var(JOB), std::env::var_os(ROOT)) else { return };
    let root = Path::new(&root);
    let target = Target::open(&root.join(".env"), ".env", root).unwrap();
    let done = match job.as_str() {
        "replace" => write::replace(&target, NEW.as_bytes()).map(drop),
        "backup" => write::backup(&target).map(drop),
        other => panic!("{other}"),
    };
    // As an exit code, not as a panic: it must be told from a broken child.
    std::process::exit(match done {
        Ok(()) => WRITTEN,
        Err(failure) => {
            writeln!(std::io::stderr(), "{failure}").unwrap();
            REFUSED
        }
    });
}

fn command(shell: Option<&str>, folder: &Folder, job: &str, fault: &str) -> Command {
    let program = std::env::current_exe().unwrap();
    let mut command = match shell {
        None => Command::new(program),
        Some(shell) => {
            let mut command = Command::new("sh");
            command.args(["-c", shell, "sh"]).arg(program);
            command
        }
    };
    command.args(["--exact", "child", "--nocapture"]).env(JOB, job).env(ROOT, folder.path(""));
    command.env("UNSTICK_FAULT", fault).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn end(child: Child) -> (ExitStatus, String) {
    let output = child.wait_with_output().unwrap();
    (output.status, String::from_utf8_lossy(&output.stderr).into_owned())
}

fn run(folder: &Folder, job: &str, fault: &str) -> (ExitStatus, String) {
    end(command(None, folder, job, fault).spawn().unwrap())
}

fn app() -> Folder {
    let folder = Folder::new().file(".env", OLD);
    fs::set_permissions(folder.path(".env"), fs::Permissions::from_mode(0o640)).unwrap();
    folder
}

fn names(folder: &Folder) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    names
}

fn text(folder: &Folder) -> String {
    fs::read_to_string(folder.path(".env")).unwrap()
}

#[track_caller]
fn is_old_and_alone(folder: &Folder, case: &str) {
    assert_eq!(text(folder), OLD, "{case}");
    assert_eq!(names(folder), [".env"], "{case}");
    assert_eq!(fs::metadata(folder.path(".env")).unwrap().mode() & 0o7777, 0o640, "{case}");
}

#[test]
fn a_kill_leaves_the_old_file_or_the_new_one() {
    // The step, whether the new file is in place by then, whether a copy is left (without a name, with a name).
    for (step, replaced, nameless, named) in [
        ("opened", false, false, true),
        ("written", false, false, true),
        ("kept", false, false, true),
        ("synced", false, false, true),
        ("linked", false, true, true),
        ("renamed", true, false, false),
    ] {
        for (prefix, leaves) in [("", nameless), ("named:opened,", named)] {
            let folder = app();
            let fault = format!("{prefix}kill:{step}");
            let (status, _) = run(&folder, "replace", &fault);
            assert_eq!(status.signal(), Some(9), "{fault}: {status}");
            assert_eq!(text(&folder), if replaced { NEW } else { OLD }, "{fault}");
            assert_eq!(fs::metadata(folder.path(".env")).unwrap().mode() & 0o7777, 0o640, "{fault}");
            let names_now = names(&folder);
            assert_eq!(names_now.len(), 1 + usize::from(leaves), "{fault}: {names_now:?}");
            for name in names_now.iter().filter(|name| *name != ".env") {
                assert!(name.starts_with(".env.unstick-"), "{name}");
                let mode = fs::metadata(folder.path(name)).unwrap().mode() & 0o7777;
                assert_eq!(mode & !0o640, 0, "{fault}: {mode:o}");
            }
            // The next run takes the copy away.
            let (status, said) = run(&folder, "replace", prefix);
            assert_eq!(status.code(), Some(WRITTEN), "{fault}: {said}");
            assert_eq!(text(&folder), NEW, "{fault}");
            assert_eq!(names(&folder), [".env"], "{fault}");
        }
    }
}

#[test]
fn a_full_disk_leaves_the_old_file_alone() {
    for step in ["opened", "written", "kept", "synced", "linked"] {
        for prefix in ["", "named:opened,"] {
            let folder = app();
            let fault = format!("{prefix}full:{step}");
            let (status, said) = run(&folder, "replace", &fault);
            assert_eq!(status.code(), Some(REFUSED), "{fault}: {said}");
            assert!(said.contains("the file is as it was") && said.contains("make room"), "{said}");
            assert!(!said.contains("hunter2"), "{said}");
            is_old_and_alone(&folder, &fault);
        }
    }
}

#[test]
fn a_file_size_limit_leaves_the_old_file_alone() {
    for prefix in ["", "named:opened"] {
        let folder = app();
        let shell = "trap '' XFSZ; ulimit -f 0; exec \"$@\"";
        let (status, said) = end(command(Some(shell), &folder, "replace", prefix).spawn().unwrap());
        // What it says went to a pipe, which the limit does not hold for.
        assert_eq!(status.code(), Some(REFUSED), "{said}");
        assert!(said.contains("the file is as it was"), "{said}");
        is_old_and_alone(&folder, prefix);
        // The signal itself, not ignored: the process dies.
        let shell = "ulimit -f 0; exec \"$@\"";
        let (status, _) = end(command(Some(shell), &folder, "replace", prefix).spawn().unwrap());
        assert_eq!(status.signal(), Some(25), "{status}");
        assert_eq!(text(&folder), OLD);
        let target = Target::open(&folder.path(".env"), ".env", &folder.path("")).unwrap();
        assert_eq!(write::sweep(&target).unwrap(), usize::from(!prefix.is_empty()));
        is_old_and_alone(&folder, prefix);
    }
}

#[test]
fn a_full_disk_in_earnest() {
    let folder = app();
    // A file system of one megabyte in a mount namespace of its own, gone with the process.
    let shell =
        "mount -t tmpfs -o size=1m none \"$UNSTICK_TEST_ROOT\" && cd \"$UNSTICK_TEST_ROOT\" || exit 99
        printf 'A=old\\n' > .env
        dd if=/dev/zero of=filler bs=4096 2>/dev/null
        \"$@\"; code=$?
        [ \"$(cat .env)\" = A=old ] && [ \"$(ls -A | tr '\\n' ' ')\" = '.env filler ' ] || exit 98
        exit $code";
    let mut command = Command::new("unshare");
    let inner = command_line(&folder);
    command.args(["--mount", "sh", "-c", shell, "sh"]).args(inner).env(JOB, "replace");
    command.env(ROOT, folder.path("")).stdout(Stdio::null()).stderr(Stdio::piped());
    match command.spawn().map(end) {
        Ok((status, said)) if status.code() == Some(REFUSED) => {
            assert!(said.contains("make room"), "{said}");
        }
        Ok((status, said)) if [Some(98), Some(WRITTEN), Some(101)].contains(&status.code()) => {
            panic!("{status}: {said}")
        }
        other => eprintln!("SKIPPED: no file system of its own could be mounted here: {other:?}"),
    }
    is_old_and_alone(&folder, "outside");
}

fn command_line(folder: &Folder) -> Vec<std::ffi::OsString> {
    let command = command(None, folder, "replace", "");
    let program = command.get_program().to_owned();
    std::iter::once(program).chain(command.get_args().map(ToOwned::to_owned)).collect()
}

#[test]
fn a_read_only_folder_is_left_alone() {
    let folder = app();
    fs::set_permissions(folder.path(".env"), fs::Permissions::from_mode(0o644)).unwrap();
    let shell = "mount --bind -o ro \"$UNSTICK_TEST_ROOT\" \"$UNSTICK_TEST_ROOT\" || exit 99; exec \"$@\"";
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-c", shell, "sh"]).args(command_line(&folder));
    command.env(JOB, "replace").env(ROOT, folder.path("")).stdout(Stdio::null()).stderr(Stdio::piped());
    match command.spawn().map(end) {
        Ok((status, said)) if status.code() == Some(REFUSED) => assert!(said.contains("read-only"), "{said}"),
        Ok((status, said)) if [Some(WRITTEN), Some(101)].contains(&status.code()) => {
            panic!("{status}: {said}")
        }
        other => eprintln!("SKIPPED: no folder could be mounted read-only here: {other:?}"),
    }
    assert_eq!((text(&folder).as_str(), names(&folder)), (OLD, vec![".env".to_owned()]));
}

#[test]
fn an_immutable_file_is_left_alone() {
    let folder = app();
    let chattr = |flag: &str| {
        let run = Command::new("chattr").arg(flag).arg(folder.path(".env")).stderr(Stdio::null()).status();
        run.is_ok_and(|status| status.success())
    };
    if !chattr("+i") {
        eprintln!("SKIPPED: no file can be made immutable here");
        return;
    }
    let runs = ["", "named:opened"].map(|fault| run(&folder, "replace", fault));
    assert!(chattr("-i"));
    for (status, said) in runs {
        assert_eq!(status.code(), Some(REFUSED), "{said}");
        assert!(said.contains("immutable"), "{said}");
    }
    is_old_and_alone(&folder, "immutable");
}

/// A folder that the user may not write in. Root may write everywhere, so the child becomes nobody.
#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let folder = app();
    fs::set_permissions(folder.path(".env"), fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(folder.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    let root = fs::metadata("/proc/self").unwrap().uid() == 0;
    let mut line = command_line(&folder);
    // The test program may lie where nobody may not look: a copy of it does not.
    let tools = Folder::new();
    fs::set_permissions(tools.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    if root {
        let program = tools.path("child");
        fs::copy(&line[0], &program).unwrap();
        line[0] = program.into();
    } else {
        fs::set_permissions(folder.path(""), fs::Permissions::from_mode(0o555)).unwrap();
    }
    let mut command = if root { Command::new("setpriv") } else { Command::new("env") };
    if root {
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
    }
    command.args(line).env(JOB, "replace").env(ROOT, folder.path(""));
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    match command.spawn().map(end) {
        Ok((status, said)) if status.code() == Some(REFUSED) => {
            assert!(said.contains("permission denied); run as a user"), "{said}");
        }
        Ok((status, said)) if [Some(WRITTEN), Some(101)].contains(&status.code()) => {
            panic!("{status}: {said}")
        }
        other => eprintln!("SKIPPED: no process of another user here: {other:?}"),
    }
    fs::set_permissions(folder.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!((text(&folder).as_str(), names(&folder)), (OLD, vec![".env".to_owned()]));
}

/// Somebody who may write in the folder, but cannot give a file to the one it belongs to.
#[test]
fn an_owner_that_cannot_be_kept_is_refused() {
    if fs::metadata("/proc/self").unwrap().uid() != 0 {
        eprintln!("SKIPPED: only root can make a file of somebody else");
        return;
    }
    let (folder, tools) = (app(), Folder::new());
    fs::set_permissions(folder.path(".env"), fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(folder.path(""), fs::Permissions::from_mode(0o777)).unwrap();
    fs::set_permissions(tools.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    let mut line = command_line(&folder);
    fs::copy(&line[0], tools.path("child")).unwrap();
    line[0] = tools.path("child").into();
    for fault in ["", "named:opened"] {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).args(&line);
        command.env(JOB, "replace").env(ROOT, folder.path("")).env("UNSTICK_FAULT", fault);
        match command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().map(end) {
            Ok((status, said)) => {
                assert_eq!(status.code(), Some(REFUSED), "{said}");
                assert!(said.contains("(user 0, group 0"), "{said}");
            }
            Err(error) => eprintln!("SKIPPED: no process of another user here: {error}"),
        }
        assert_eq!((text(&folder).as_str(), names(&folder)), (OLD, vec![".env".to_owned()]));
    }
    // Root gives the file back to whom it belonged.
    std::os::unix::fs::chown(folder.path(".env"), Some(65534), Some(1)).unwrap();
    assert_eq!(run(&folder, "replace", "").0.code(), Some(WRITTEN));
    let now = fs::metadata(folder.path(".env")).unwrap();
    assert_eq!((now.uid(), now.gid(), now.mode() & 0o7777), (65534, 1, 0o644));
}

#[test]
fn what_somebody_else_wrote_just_before_the_rename_stays() {
    for prefix in ["", "named:opened,"] {
        let folder = app();
        let child = waiting(&folder, &format!("{prefix}wait:synced"));
        fs::write(folder.path(".env"), "OTHER=1\n").unwrap();
        let (status, said) = go_on(child);
        assert_eq!(status.code(), Some(REFUSED), "{said}");
        assert!(said.contains("changed by someone else"), "{said}");
        assert_eq!((text(&folder).as_str(), names(&folder)), ("OTHER=1\n", vec![".env".to_owned()]));
    }
}

#[test]
fn a_copy_that_a_living_run_holds_is_no_stray() {
    for prefix in ["", "named:opened,"] {
        let folder = app();
        let child = waiting(&folder, &format!("{prefix}wait:linked"));
        let target = Target::open(&folder.path(".env"), ".env", &folder.path("")).unwrap();
        assert_eq!(write::sweep(&target).unwrap(), 0);
        assert_eq!(names(&folder).len(), 2);
        let (status, said) = go_on(child);
        assert_eq!(status.code(), Some(WRITTEN), "{said}");
        assert_eq!((text(&folder).as_str(), names(&folder)), (NEW, vec![".env".to_owned()]));
    }
}

/// A child that has come to a step and waits there.
fn waiting(folder: &Folder, fault: &str) -> Child {
    let mut child = command(None, folder, "replace", fault).stdin(Stdio::piped()).spawn().unwrap();
    let mut said = Vec::new();
    let mut byte = [0];
    while !said.ends_with(b"waiting at synced\n") && !said.ends_with(b"waiting at linked\n") {
        let read = child.stderr.as_mut().unwrap().read(&mut byte).unwrap();
        assert_ne!(read, 0, "the child ended: {}", String::from_utf8_lossy(&said));
        said.extend(byte);
    }
    child
}

fn go_on(mut child: Child) -> (ExitStatus, String) {
    child.stdin.take().unwrap().write_all(b"\n").unwrap();
    end(child)
}

#[test]
fn a_killed_backup_leaves_a_whole_copy_or_none() {
    for prefix in ["", "named:opened,"] {
        let folder = app();
        let (status, _) = run(&folder, "backup", &format!("{prefix}kill:written"));
        assert_eq!(status.signal(), Some(9));
        assert!(!folder.path(".env.backup").exists());
        let (status, said) = run(&folder, "backup", &format!("{prefix}full:written"));
        assert_eq!(status.code(), Some(REFUSED), "{said}");
        let (status, said) = run(&folder, "backup", prefix);
        assert_eq!(status.code(), Some(WRITTEN), "{said}");
        assert_eq!(fs::read_to_string(folder.path(".env.backup")).unwrap(), OLD);
        assert_eq!(fs::metadata(folder.path(".env.backup")).unwrap().mode() & 0o7777, 0o600);
    }
}
