//! Things named `.env` that are no env file, or not one that can be used.

use std::fs;
use std::process::Command;

use super::common::Folder;
use super::{each_names, each_names_with, glance, look, unreadable};

#[test]
fn a_binary_file() {
    each_names(&Folder::laravel().file(".env", b"\x7fELF\x00\x01\x02\xff"), ".env", "binary");
}

#[test]
fn a_folder() {
    let app = Folder::laravel().without(".env");
    fs::create_dir(app.path(".env")).unwrap();
    each_names(&app, ".env", "folder");
    each_names_with(&app, &["--env-file", ".env"], ".env", "folder");
}

#[test]
fn a_file_of_200_megabytes() {
    let app = Folder::laravel();
    fs::File::create(app.path(".env")).unwrap().set_len(200 << 20).unwrap();
    each_names(&app, ".env", "larger than");
    each_names_with(&app, &["--env-file", ".env"], ".env", "larger than");
}

#[test]
fn a_link_that_goes_round() {
    let app = Folder::laravel().link(".env.b", ".env").link(".env", ".env.b");
    each_names(&app, ".env", "loop of symbolic links");
}

#[test]
fn a_link_to_nothing() {
    each_names(&Folder::laravel().link("nowhere", ".env"), ".env", "link to nothing");
}

#[test]
fn a_link_out_of_the_app() {
    let outside = Folder::new().file(".env", "APP_ENV=production\nSESSION_DRIVER=canary5150\n");
    let app = Folder::laravel().link(outside.path(".env"), ".env");
    each_names(&app, ".env", "leaves the app");
    for run in look(&app) {
        assert!(!run.all().contains("canary5150"), "{run:#?}");
    }
    // Who names the link has said that it is the one in use.
    app.run(&["check", "--format", "json", "--env-file", ".env"]).says("canary5150");
}

#[test]
fn a_folder_that_links_out_of_the_app() {
    let outside = Folder::new().file("session.php", "<?php return ['driver' => 'canary5151'];");
    let app = Folder::laravel().without("config/session.php");
    fs::remove_dir(app.path("config")).unwrap();
    let app = app.link(outside.path(""), "config");
    each_names(&app, "config/session.php", "leaves the app");
    for run in look(&app) {
        assert!(!run.all().contains("canary5151"), "{run:#?}");
    }
}

#[test]
fn a_pipe() {
    let app = Folder::laravel().without(".env");
    assert!(Command::new("mkfifo").arg(app.path(".env")).status().unwrap().success());
    each_names(&app, ".env", "not a regular file");
    each_names_with(&app, &["--env-file", ".env"], ".env", "not a regular file");
}

#[test]
fn devices() {
    let app = Folder::laravel().link("/dev/zero", ".env");
    each_names(&app, ".env", "leaves the app");
    each_names_with(&app, &["--env-file", ".env"], ".env", "not a regular file");
    each_names_with(&app, &["--env-file", "/dev/zero"], "/dev/zero", "not a regular file");
}

#[test]
fn a_line_that_does_not_parse() {
    let app = Folder::laravel().file(".env", "APP_ENV=production\nSESSION_DRIVER=file\n\nMAIL NAME=Acme\n");
    unreadable(&app, ".env", 4);
    let env = app.run(&["env", "--format", "json"]);
    env.exits(3);
    assert_eq!(env.json()["apps"][0]["environments"][0]["errors"][0]["line"], 4, "{env:#?}");
    app.run(&["env"]).exits(3).says(".env:4");
    app.run(&["config"]).exits(3).says(".env:4");
    app.run(&["state"]).exits(3).says(".env:4");
}

#[test]
fn an_env_file_that_is_not_there() {
    each_names_with(&Folder::laravel(), &["--env-file", "nope.env"], "nope.env", "not there");
}

#[test]
fn an_environment_that_is_not_there() {
    each_names_with(&Folder::laravel(), &["--env", "mars"], "", "no environment is named `mars`");
}

#[test]
fn a_file_that_may_not_be_read() {
    let app = Folder::laravel();
    let lock = |path: &str| {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(app.path(path), fs::Permissions::from_mode(0o000)).unwrap();
    };
    lock(".env");
    if fs::read(app.path(".env")).is_ok() {
        eprintln!("skipped: whoever runs this may read everything");
        return;
    }
    each_names(&app, ".env", "permission denied");
    lock("config/session.php");
    each_names(&app, "config/session.php", "permission denied");
    lock("config");
    each_names(&app, "config", "permission denied");
}

#[test]
fn empty() {
    let app = Folder::laravel().file(".env", "").file("config/session.php", "");
    for run in look(&app) {
        assert!(matches!(run.code, Some(0 | 1)), "{run:#?}");
    }
}

/// Line ends and a byte order mark change nothing.
#[test]
fn windows_line_ends_and_a_byte_order_mark() {
    let plain = Folder::laravel();
    let windows = Folder::laravel()
        .file(".env", "\u{feff}APP_ENV=production\r\nSESSION_DRIVER=file\r\n")
        .file("config/session.php", format!("\u{feff}{}", super::common::SESSION.replace('\n', "\r\n")))
        .file("composer.json", format!("\u{feff}{}", super::common::COMPOSER));
    let found = |app: &Folder| {
        let report = app.check();
        let findings = report["findings"].as_array().unwrap();
        findings
            .iter()
            .map(|finding| format!("{} {} {}", finding["rule"], finding["path"], finding["line"]))
            .collect::<Vec<_>>()
    };
    assert!(!found(&plain).is_empty());
    assert_eq!(found(&plain), found(&windows));
    for run in look(&windows) {
        assert!(!run.all().contains('\r'), "{run:#?}");
    }
}

#[test]
fn bytes_that_are_not_text() {
    let app =
        Folder::laravel().file(".env", b"APP_ENV=production\nAPP_NAME=caf\xe9\nSESSION_DRIVER=file\n").file(
            "config/app.php",
            b"<?php return ['name' => env('APP_NAME', 'caf\xe9'), 'motto' => '\xff\xfe'];",
        );
    look(&app);
    let report = app.check();
    assert_eq!(
        report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["rule"] == "local-session")
            .count(),
        1
    );
}

/// A name without a value, the same name thousands of times, a chain and a ring of references.
#[test]
fn env_files_that_cost() {
    let mut text = String::from("APP_ENV=production\nA0=xxxxxxxxxxxxxxxx\n");
    for index in 1..40 {
        text.push_str(&format!("A{index}=\"${{A{}}}${{A{}}}\"\n", index - 1, index - 1));
    }
    text.push_str("RING_A=${RING_B}\nRING_B=${RING_A}\n");
    glance(&Folder::laravel().file(".env", &text));
    glance(&Folder::laravel().file(".env", "SAME=1\n".repeat(100_000)));
    glance(&Folder::laravel().file(".env", format!("LONG={}\n", "x".repeat(1 << 20))));
    glance(&Folder::laravel().file(".env", format!("OPEN=\"{}\n", "a\n".repeat(200_000))));
    glance(&Folder::laravel().file(".env", "#".repeat(1 << 20)));
}
