use std::fs;
use std::path::Path;

use super::App;
use crate::fix::{Refusal, Target};

#[test]
fn a_file_is_itself_inside_and_outside_of_the_app() {
    let app = App::new().file("app/.env", "A=1\n").file("shared/.env", "A=2\n");
    let target = app.open("app/.env").unwrap();
    assert_eq!((target.bytes(), target.shown()), (&b"A=1\n"[..], "app/.env"));
    assert_eq!(target.identity().length, 4);
    assert_eq!(app.open("shared/.env").unwrap().bytes(), b"A=2\n");
    assert_eq!(app.open("app/../shared/.env").unwrap().bytes(), b"A=2\n");
}

#[cfg(unix)]
#[test]
fn a_link_inside_the_app_leads_to_the_file() {
    let app = App::new().file("app/env/production", "A=1\n").link("env/production", "app/.env");
    let real = fs::canonicalize(app.path("app/env/production")).unwrap();
    assert_eq!(app.open("app/.env").unwrap().path(), real);
    // The folder on the way, the app itself as a link, and a link above the app.
    let app = App::new().file("app/real/.env", "A=1\n").link("real", "app/config").link("app", "current");
    let real = fs::canonicalize(app.path("app/real/.env")).unwrap();
    assert_eq!(app.open("app/config/.env").unwrap().path(), real);
    let through = Target::open(&app.path("current/real/.env"), ".env", &app.path("current")).unwrap();
    assert_eq!(through.path(), real);
    let app = app.file("app/apps/one/x", "").file("app/shared.env", "A=3\n").link("app", "linked");
    let beside = Target::open(&app.path("linked/shared.env"), ".env", &app.path("linked/apps/one")).unwrap();
    assert_eq!(beside.bytes(), b"A=3\n");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_app_is_refused_and_the_target_named() {
    let app = App::new()
        .file("shared/.env", "A=1\n")
        .link("../shared/.env", "app/.env")
        .link("../shared", "app/folder")
        .link("shared/.env", "outside.env");
    for link in ["app/.env", "app/folder/.env", "outside.env"] {
        let refusal = app.open(link).unwrap_err();
        let real = fs::canonicalize(app.path("shared/.env")).unwrap().to_string_lossy().into_owned();
        assert!(refusal.to_string().ends_with(&format!("--env-file {real}")), "{refusal}");
        assert_eq!(refusal, Refusal::LeavesApp { shown: link.to_owned(), real });
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_of_its_own_is_refused() {
    let app = App::new()
        .file("app/.env", "A=1\n")
        .file("app/folder/x", "")
        .link("nowhere", "app/dangling")
        .link("loop", "app/loop");
    fs::hard_link(app.path("app/.env"), app.path("app/.env.twin")).unwrap();
    let shown = |name: &str| name.to_owned();
    for (name, refusal) in [
        ("app/.env", Refusal::HardLinks(shown("app/.env"))),
        ("app/folder", Refusal::NoFile(shown("app/folder"))),
        ("app/missing", Refusal::Missing(shown("app/missing"))),
        ("app/.env/x", Refusal::Missing(shown("app/.env/x"))),
        ("app/dangling", Refusal::DanglingLink(shown("app/dangling"))),
        (
            "app/loop",
            Refusal::Unreadable {
                shown: shown("app/loop"),
                reason: crate::discover::io_reason(&fs::metadata(app.path("app/loop")).unwrap_err()),
            },
        ),
    ] {
        assert_eq!(app.open(name).unwrap_err(), refusal, "{name}");
    }
    for device in ["/dev/null", "/dev/zero"] {
        let refusal = Target::open(Path::new(device), device, &app.path("app")).unwrap_err();
        assert_eq!(refusal, Refusal::NoFile(device.to_owned()));
    }
    // A socket; a pipe would do as well, but std makes none.
    let _socket = std::os::unix::net::UnixListener::bind(app.path("app/socket")).unwrap();
    assert_eq!(app.open("app/socket").unwrap_err(), Refusal::NoFile(shown("app/socket")));
}

#[test]
fn size_has_a_bound() {
    let app = App::new().file("app/.env", "");
    let file = fs::File::create(app.path("app/.env")).unwrap();
    file.set_len(8 << 20).unwrap();
    assert_eq!(app.open("app/.env").unwrap().bytes().len(), 8 << 20);
    file.set_len((8 << 20) + 1).unwrap();
    assert_eq!(app.open("app/.env").unwrap_err(), Refusal::TooLarge("app/.env".to_owned()));
}

#[test]
fn messages_hold_nothing_that_a_terminal_acts_on_and_no_text() {
    let app = App::new().file("app/.env", "DB_PASSWORD=hunter2\n");
    let shown = "\u{1b}[31m.env";
    let target = Target::open(&app.path("app/.env"), shown, &app.path("app")).unwrap();
    assert_eq!(target.shown(), "\\u{1b}[31m.env");
    assert!(!format!("{target:?}").contains("104, 117"), "{target:?}");
    let refusal = Target::open(&app.path("app/none"), shown, &app.path("app")).unwrap_err();
    assert!(!refusal.to_string().contains('\u{1b}'));
}
