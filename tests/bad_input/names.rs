//! Paths and names that a terminal, a shell or a report could stumble over.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;

use super::LOOKS;
use super::common::{BOOTSTRAP, COMPOSER, Folder, Run, SESSION};

const HOSTILE: &[&[u8]] = &[
    b"with space",
    b"new\nline",
    b"carriage\rreturn",
    b"escape\x1b[2Jcodes\x1b]0;title\x07",
    b"right\xe2\x80\xaeleft",
    b"not\xff\xfeutf8",
    "c1\u{9b}31m".as_bytes(),
    b"-dash",
    b"'quote\"",
    b"{store}{key}",
    b"100%s%n",
];

fn put_app(folder: &Folder, name: &OsStr, env: &str) {
    let root = folder.path("").join(name);
    for (path, text) in [
        ("composer.json", COMPOSER),
        ("artisan", "<?php\n"),
        ("bootstrap/app.php", BOOTSTRAP),
        (".env", env),
        ("config/session.php", SESSION),
    ] {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), text).unwrap();
    }
}

/// Nothing but text and line ends may reach a terminal.
#[track_caller]
fn is_plain(run: &Run) {
    let bad = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let lines: Vec<&str> = run.out.lines().chain(run.err.lines()).filter(|line| line.contains(bad)).collect();
    assert!(lines.is_empty(), "raw control characters in `{}`: {lines:#?}", run.call);
}

#[test]
fn folders_with_hostile_names() {
    for name in HOSTILE {
        let folder = Folder::new();
        put_app(&folder, OsStr::from_bytes(name), "APP_ENV=production\nSESSION_DRIVER=file\n");
        for look in LOOKS {
            // Found below the folder, given by its name, and missing.
            let run = folder.run(look);
            is_plain(&run);
            assert!(matches!(run.code, Some(0 | 1)), "{run:#?}");
            let mut named: Vec<&OsStr> = look.iter().map(OsStr::new).collect();
            named.extend([OsStr::new("--"), OsStr::from_bytes(name)]);
            let run = folder.run(&named);
            is_plain(&run);
            assert!(matches!(run.code, Some(0 | 1)), "{run:#?}");
            let missing = [b"missing".as_slice(), name].concat();
            *named.last_mut().unwrap() = OsStr::from_bytes(&missing);
            let run = folder.run(&named);
            is_plain(&run);
            run.exits(3).says("not there");
        }
    }
}

#[test]
fn a_new_line_in_a_name_makes_no_new_line_in_a_report() {
    let folder = Folder::new();
    put_app(&folder, OsStr::new("a\nskipped: forged: line"), "APP_ENV=production\nSESSION_DRIVER=file\n");
    for format in ["text", "concise"] {
        let run = folder.run(&["check", "--format", format]);
        run.exits(1);
        assert!(!run.out.lines().any(|line| line.starts_with("skipped: forged")), "{run:#?}");
    }
}

#[test]
fn hostile_text_in_files() {
    let escape = "\u{1b}]0;x\u{7}\u{1b}[2J\u{202e}";
    let folder = Folder::new();
    let env = format!(
        "APP_ENV=production\nSESSION_DRIVER=\"file{escape}\"\nCACHE_STORE=\"{escape}\"\nBAD_{escape}=1\n"
    );
    put_app(&folder, OsStr::new("env"), &env);
    folder.write(
        "env/config/session.php",
        format!("<?php\nreturn ['{escape}' => ['{escape}' => '{escape}'], 'driver' => /* {escape} */ env('SESSION_DRIVER'), 'x' => f{}('{escape}')];\n", "é"),
    );
    folder.write("env/config/cache.php", format!("<?php\nreturn ['default' => '{escape}', 'stores' => ['{escape}' => ['driver' => '{escape}', 'path' => '{escape}']]];\n"));
    folder.write("env/config/logging.php", format!("<?php\nreturn ['default' => 'x', 'channels' => ['x' => ['driver' => 'single', 'path' => '/{escape}']]];\n"));
    folder.write("env/config/broken.php", format!("<?php\nreturn ['{escape}' '{escape}'];\n"));
    folder.write(format!("env/config/a{escape}b.php").as_str(), "<?php\nreturn ['a' => ];\n");
    folder.write(format!("env/.env.{escape}").as_str(), "APP_ENV=production\n");
    folder.write("env/composer.json", COMPOSER.replace("^12.0", &format!("^12.0 {}", "\\u001b[31m")));
    for look in LOOKS {
        is_plain(&folder.run(look));
        is_plain(&folder.run(&[*look, &["--env-file", "env/.env"]].concat()));
        is_plain(&folder.run(&[*look, &["--env", escape]].concat()));
        is_plain(&folder.run(&[*look, &["--env-file", escape]].concat()));
        is_plain(&folder.run(&[*look, &["--set", &format!("{escape}={escape}")]].concat()));
    }
    is_plain(&folder.run(&["config", "--show-secrets"]));
    is_plain(&folder.run(&["env", "--show-secrets"]));
}

#[test]
fn hostile_arguments() {
    let folder = Folder::laravel();
    let escape = "a\u{1b}[2Jb\u{7}\nc";
    for (arguments, code) in [
        (["explain", escape].as_slice(), 2),
        (&["explain", "--symptom", escape], 2),
        (&["check", "--rule", escape], 2),
        (&["check", "--skip", escape], 2),
        (&["check", "--format", escape], 2),
        (&["check", "--output", escape], 2),
        (&["check", "--output", "json=/nowhere/\u{1b}[2J/x"], 3),
        (&["check", "--set", escape], 2),
        (&["config", "--key", escape], 0),
        (&["completions", escape], 2),
        (&["--no-such-flag\u{1b}[2J"], 2),
    ] {
        let run = folder.run(arguments);
        is_plain(&run);
        run.exits(code);
    }
}
