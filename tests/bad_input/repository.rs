//! Repositories with nothing in them, or with broken files of Composer; arguments that do not fit; closed pipes.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use super::common::{self, COMPOSER, Folder};
use super::{LOOKS, each_names, glance, look};

#[test]
fn nothing_to_check() {
    each_names(&Folder::new(), "", "no app here");
    each_names(
        &Folder::new().file("composer.json", r#"{"require": {"symfony/framework-bundle": "^7.0"}}"#),
        "",
        "no app here",
    );
    each_names(&Folder::new().file("README.md", "hello"), "", "no app here");
}

#[test]
fn a_path_that_is_not_there() {
    let folder = Folder::laravel();
    for look in LOOKS {
        folder
            .run(&[*look, &["nowhere"]].concat())
            .exits(3)
            .says("nowhere: not there".split(':').next().unwrap())
            .says("not there");
        // What is there is looked at all the same.
        let both = folder.run(&[*look, &["nowhere", "."]].concat());
        assert!(matches!(both.code, Some(1 | 3)), "{both:#?}");
        both.says("nowhere").says("not there");
    }
}

#[test]
fn a_file_instead_of_a_folder() {
    let folder = Folder::laravel();
    for look in LOOKS {
        folder.run(&[*look, &["composer.json"]].concat()).exits(3).says("composer.json").says("not a folder");
    }
}

#[test]
fn composer_files_that_are_not_json() {
    for broken in ["{", "not json", "[1,2", "{\"require\": }", "\u{0}", "[]]", ""] {
        each_names(
            &Folder::laravel().file("composer.json", broken),
            "composer.json",
            if broken == "\0" { "binary" } else { "not JSON" },
        );
        each_names(
            &Folder::laravel().file("composer.lock", broken),
            "composer.lock",
            if broken == "\0" { "binary" } else { "not JSON" },
        );
    }
    let folder = Folder::laravel().file("composer.json", "{\n  \"require\": {\n    \"a\" 1\n}}");
    each_names(&folder, "composer.json", "line 3");
}

/// JSON of any other shape.
#[test]
fn composer_files_of_another_shape() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for json in [
        "null",
        "[]",
        "1",
        "\"x\"",
        "{}",
        "{\"require\": []}",
        "{\"require\": \"x\"}",
        "{\"require\": {\"laravel/framework\": 12}}",
        "{\"require\": {\"laravel/framework\": \"\"}}",
        "{\"require\": {\"laravel/framework\": \"99999999999999999999.1\"}}",
        "{\"require\": {\"laravel/framework\": \"^^||~é -\"}}",
        "{\"autoload\": {\"psr-4\": {\"\": \"\", \"A\\\\\": [1, null, \"../../..\"]}, \"files\": [\"/etc/passwd\", 1, \"../../x.php\", \"\"]}}",
        "{\"packages\": null}",
        "{\"packages\": {}}",
        "{\"packages\": [null]}",
        "{\"packages\": [1]}",
        "{\"packages\": [{}]}",
        "{\"packages\": [{\"name\": 1}]}",
        "{\"packages\": [{\"name\": \"laravel/framework\", \"version\": \"é\"}]}",
        "{\"packages\": [{\"name\": \"laravel/framework\", \"version\": \"99999999999.0.0\"}]}",
        "{\"packages\": [{\"name\": \"vlucas/phpdotenv\", \"version\": \"v99999999999.é\"}]}",
        &deep,
    ] {
        glance(&Folder::laravel().file("composer.json", json));
        glance(&Folder::laravel().file("composer.lock", json));
    }
}

#[test]
fn links_that_go_round() {
    let folder = Folder::new().link("b", "a").link("a", "b").link(".", "here").link("..", "up");
    each_names(&folder, "", "no app here");
    folder.run(&["check", "a"]).exits(3).says("loop of symbolic links");
    let app = Folder::laravel().link(".", "here");
    look(&app);
    assert_eq!(app.check()["apps"].as_array().unwrap().len(), 1);
}

/// Before a variable is called dead, the app's code is searched for its name: not through a link, not without end.
#[test]
fn links_in_the_code_of_an_app() {
    let dead = || Folder::laravel().file(".env", "APP_ENV=production\nCACHE_DRIVER=redis\n");
    let found = |app: &Folder| app.check()["findings"].to_string().contains("\"dead-variable\"");
    assert!(found(&dead().file("app/A.php", "<?php\n")));
    assert!(!found(&dead().file("app/A.php", "<?php\ngetenv('CACHE_DRIVER');\n")));
    look(&dead().link("/", "app"));
    look(&dead().file("app/A.php", "<?php\n").link("/", "app/root"));
    let huge = dead().file("app/A.php", "");
    fs::File::create(huge.path("app/A.php")).unwrap().set_len(1 << 40).unwrap();
    look(&huge);
}

#[test]
fn deep_and_wide() {
    let folder = Folder::laravel();
    fs::create_dir_all(folder.path(&"d/".repeat(500))).unwrap();
    for index in 0..2000 {
        fs::create_dir(folder.path(&format!("w{index}"))).unwrap();
    }
    look(&folder);
}

#[test]
fn special_files_in_the_way() {
    for (name, shown) in [
        ("composer.json", "composer.json"),
        ("composer.lock", "composer.lock"),
        ("bootstrap/app.php", "bootstrap/app.php"),
    ] {
        let folder = Folder::laravel().link("/dev/zero", name);
        for run in look(&folder) {
            assert_ne!(run.code, Some(0), "{run:#?}");
            run.says(shown);
        }
    }
}

#[test]
fn arguments_that_do_not_fit() {
    let folder = Folder::laravel();
    for (arguments, words) in [
        (["check", "--rule", "no-such-rule"].as_slice(), "no-such-rule"),
        (&["check", "--skip", "no-such-rule"], "no-such-rule"),
        (&["check", "--rule", ""], "no rule"),
        (&["check", "--set", "NOVALUE"], "KEY=VALUE"),
        (&["check", "--set", "=x"], "KEY=VALUE"),
        (&["check", "--set", ""], "KEY=VALUE"),
        (&["state", "--set", "NOVALUE"], "KEY=VALUE"),
        (&["config", "--set", "NOVALUE"], "KEY=VALUE"),
        (&["env", "--set", "NOVALUE"], "KEY=VALUE"),
        (&["check", "--format", "xml"], "xml"),
        (&["check", "--output", "json"], "FORMAT=FILE"),
        (&["check", "--output", "json="], "FORMAT=FILE"),
        (&["check", "--output", "xml=x"], "xml"),
        (&["check", "--fail-on", "sometimes"], "sometimes"),
        (&["check", "--env", "a", "--env-file", "b"], "cannot be used"),
        (&["explain"], "explain"),
        (&["explain", "no-such-rule"], "no-such-rule"),
        (&["completions", "tcsh"], "tcsh"),
    ] {
        folder.run(arguments).exits(2).says(words);
    }
    folder.run(&["check", "--set", "SESSION_DRIVER=redis", "--set", "REDIS_HOST=cache.internal"]);
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let folder = Folder::laravel();
    let more: &[&[&str]] =
        &[&["rules"], &["man"], &["completions", "bash"], &["explain", "local-session"], &["--help"]];
    for look in LOOKS.iter().chain(more) {
        let mut command = folder.command();
        let mut child = command
            .args(*look)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let status = common::wait(&mut child, &look.join(" "));
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!(status.code(), Some(0), "{look:?}: {err}");
        assert_eq!(err, "", "{look:?}");
    }
    // Nobody reads the messages either.
    let mut command = folder.command();
    let mut child =
        command.args(["check", "nowhere"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(common::wait(&mut child, "check nowhere").code(), Some(3));
    let mut command = folder.command();
    let mut child =
        command.args(["state", "nowhere"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(common::wait(&mut child, "state nowhere").code(), Some(3));
}

#[test]
fn a_full_disk_is_told() {
    let folder = Folder::laravel();
    for arguments in [["check"].as_slice(), &["rules"], &["man"]] {
        let mut command = folder.command();
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let child = command.args(arguments).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("could not write"), "{output:?}");
    }
}

#[test]
fn many_apps_one_of_them_broken() {
    let folder = Folder::new();
    for name in ["a", "b", "c"] {
        folder.write(&format!("{name}/composer.json"), if name == "b" { "{" } else { COMPOSER });
        folder.write(&format!("{name}/artisan"), "");
        folder.write(&format!("{name}/bootstrap/app.php"), "<?php return 1;");
    }
    look(&folder);
    let report = folder.check();
    assert_eq!(report["apps"].as_array().unwrap().len(), 3, "{report:#}");
    assert_eq!(report["skipped"][0]["path"], "b/composer.json", "{report:#}");
}
