use std::fs;

use super::App;
use crate::fix::write::{backup, replace, sweep};
use crate::fix::{Target, WriteFailure};

fn app() -> App {
    App::new().file("app/.env", "A=1\n")
}

#[test]
fn the_new_target_is_what_is_there() {
    let app = app();
    let target = app.open("app/.env").unwrap();
    let target = replace(&target, b"A=2\n").unwrap();
    assert_eq!(app.text("app/.env"), "A=2\n");
    let again = app.open("app/.env").unwrap();
    assert_eq!((target.bytes(), target.identity()), (again.bytes(), again.identity()));
    // So it can be written again.
    let target = replace(&target, b"").unwrap();
    replace(&target, b"A=3").unwrap();
    assert_eq!((app.text("app/.env").as_str(), app.names("app")), ("A=3", vec![".env".to_owned()]));
}

#[test]
fn a_file_that_changed_is_left_alone() {
    type Change = fn(&App);
    let changes: [(&str, Change); 5] = [
        ("other bytes", |app| fs::write(app.path("app/.env"), "A=9\n").unwrap()),
        ("more bytes", |app| fs::write(app.path("app/.env"), "A=1\nB=1\n").unwrap()),
        ("another file", |app| {
            fs::write(app.path("app/new"), "A=1\n").unwrap();
            fs::rename(app.path("app/new"), app.path("app/.env")).unwrap();
        }),
        ("gone", |app| fs::remove_file(app.path("app/.env")).unwrap()),
        ("a folder", |app| {
            fs::remove_file(app.path("app/.env")).unwrap();
            fs::create_dir(app.path("app/.env")).unwrap();
        }),
    ];
    for (name, change) in changes {
        let app = app();
        let target = app.open("app/.env").unwrap();
        change(&app);
        let before = (fs::read(app.path("app/.env")).ok(), app.names("app"));
        let failure = replace(&target, b"A=2\n").unwrap_err();
        assert_eq!(failure, WriteFailure::Changed("app/.env".to_owned()), "{name}");
        assert_eq!((fs::read(app.path("app/.env")).ok(), app.names("app")), before, "{name}");
    }
}

/// Only the bytes tell: length, time and place are the same.
#[test]
fn bytes_are_compared() {
    let app = app();
    let target = app.open("app/.env").unwrap();
    fs::write(app.path("app/.env"), "A=9\n").unwrap();
    let file = fs::File::options().write(true).open(app.path("app/.env")).unwrap();
    file.set_modified(target.identity().modified.unwrap()).unwrap();
    assert_eq!(app.open("app/.env").unwrap().identity(), target.identity());
    assert_eq!(replace(&target, b"A=2\n").unwrap_err(), WriteFailure::Changed("app/.env".to_owned()));
}

#[test]
fn a_folder_that_vanished_fails_in_words() {
    let app = app();
    let target = app.open("app/.env").unwrap();
    fs::remove_dir_all(app.path("app")).unwrap();
    for failure in [replace(&target, b"").unwrap_err(), backup(&target).map(drop).unwrap_err()] {
        let WriteFailure::NotWritten { reason, .. } = &failure else { panic!("{failure:?}") };
        assert_eq!(reason, "not there", "{failure}");
    }
    assert!(!app.path("app").exists());
}

#[cfg(unix)]
#[test]
fn links_and_modes_stay() {
    use std::os::unix::fs::PermissionsExt;
    let app = App::new().file("app/env/real", "A=1\n").link("env/real", "app/.env").link("app", "current");
    for mode in [0o640, 0o600, 0o444, 0o664] {
        fs::set_permissions(app.path("app/env/real"), fs::Permissions::from_mode(mode)).unwrap();
        let target = Target::open(&app.path("current/.env"), ".env", &app.path("current")).unwrap();
        replace(&target, b"A=2\n").unwrap();
        assert_eq!(fs::metadata(app.path("app/env/real")).unwrap().permissions().mode() & 0o7777, mode);
    }
    assert_eq!(fs::read_link(app.path("app/.env")).unwrap().to_str(), Some("env/real"));
    assert_eq!((app.text("app/.env").as_str(), app.names("app/env")), ("A=2\n", vec!["real".to_owned()]));
    // The link leads elsewhere by now.
    let target = app.open("app/.env").unwrap();
    let app = app.file("app/env/other", "A=2\n");
    fs::remove_file(app.path("app/.env")).unwrap();
    let app = app.link("env/other", "app/.env");
    assert_eq!(replace(&target, b"A=3\n").unwrap_err(), WriteFailure::Changed("app/.env".to_owned()));
    assert_eq!((app.text("app/env/real"), app.text("app/env/other")), ("A=2\n".into(), "A=2\n".into()));
}

#[test]
fn strays_are_swept_and_nothing_else() {
    let keep = [
        ".env.unstick-",
        ".env.unstick-abc12",
        ".env.unstick-abc1234",
        ".env.unstick-abc.12",
        ".env.unstick-abcdé",
        ".env.backup",
        ".env.production.unstick-abc123",
        "x.env.unstick-abc123",
    ];
    let mut app = app().file("app/.env.unstick-abc123", "A=0\n").file("app/.env.unstick-ABCxyz", "A=0\n");
    for name in keep {
        app = app.file(&format!("app/{name}"), "");
    }
    fs::create_dir(app.path("app/.env.unstick-folder")).unwrap();
    #[cfg(unix)]
    let app = app.link(".env", "app/.env.unstick-linked");
    let before = app.names("app").len();
    let target = app.open("app/.env").unwrap();
    assert_eq!(sweep(&target).unwrap(), 2);
    assert_eq!(sweep(&target).unwrap(), 0);
    assert_eq!(app.names("app").len(), before - 2);
    let app = app.file("app/.env.unstick-abc123", "A=0\n");
    replace(&target, b"A=2\n").unwrap();
    assert_eq!(app.names("app").len(), before - 2);
}

#[test]
fn backups_never_replace_anything() {
    let mut app = app();
    for (number, name) in [".env.backup", ".env.backup.1", ".env.backup.2"].into_iter().enumerate() {
        let text = format!("A={number}\n");
        app = app.file("app/.env", &text);
        let target = app.open("app/.env").unwrap();
        assert_eq!(backup(&target).unwrap().file_name().unwrap(), name);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(app.path("app").join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o7777, 0o600);
        }
    }
    assert_eq!(app.text("app/.env.backup"), "A=0\n");
    assert_eq!(app.text("app/.env.backup.1"), "A=1\n");
    assert_eq!(app.text("app/.env.backup.2"), "A=2\n");
    assert_eq!(app.names("app").len(), 4);
}

#[cfg(unix)]
#[test]
fn a_backup_does_not_follow_a_link() {
    let app =
        app().file("victim", "v").link("../victim", "app/.env.backup").link("nowhere", "app/.env.backup.1");
    let path = backup(&app.open("app/.env").unwrap()).unwrap();
    assert_eq!(path.file_name().unwrap(), ".env.backup.2");
    assert_eq!((app.text("victim").as_str(), app.path("app/nowhere").exists()), ("v", false));
}

#[cfg(target_os = "linux")]
#[test]
fn attributes_stay_and_a_folder_adds_no_access() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    const ACCESS: &str = "system.posix_acl_access";
    // Version 2: the owner, user 1234, the group, the mask, others.
    let list: Vec<u8> = 2u32
        .to_le_bytes()
        .into_iter()
        .chain(
            [
                (1u16, 6u16, u32::MAX),
                (2, 4, 1234),
                (4, 0, u32::MAX),
                (0x10, 4, u32::MAX),
                (0x20, 0, u32::MAX),
            ]
            .into_iter()
            .flat_map(|(tag, bits, id)| {
                [&tag.to_le_bytes()[..], &bits.to_le_bytes(), &id.to_le_bytes()].concat()
            }),
        )
        .collect();
    let app = app();
    let env = app.path("app/.env");
    let set = |name: &str, path: &std::path::Path, value: &[u8]| {
        setxattr(path, name, value, XattrFlags::empty())
            .inspect_err(|error| eprintln!("SKIPPED: {name} cannot be set here: {error}"))
            .is_ok()
    };
    let has_list = || getxattr(&env, ACCESS, &mut vec![0; 100][..]).is_ok();
    if !set("system.posix_acl_default", &app.path("app"), &list) {
        return;
    }
    assert!(!has_list());
    replace(&app.open("app/.env").unwrap(), b"A=2\n").unwrap();
    assert!(!has_list(), "the folder's list came to the file");
    assert!(set(ACCESS, &env, &list));
    if !set("user.note", &env, b"kept") {
        return;
    }
    replace(&app.open("app/.env").unwrap(), b"A=3\n").unwrap();
    let mut value = [0; 100];
    let length = getxattr(&env, ACCESS, &mut value[..]).unwrap();
    assert_eq!(value[..length], list);
    let length = getxattr(&env, "user.note", &mut value[..]).unwrap();
    assert_eq!(&value[..length], b"kept");
}
