//! Config files that are broken, deep or endless.

use std::fs;

use super::common::{COMPOSER, Folder};
use super::{each_names, glance, look, unreadable};

/// The app with this config file instead, and whether one of its settings is told as unknown, with a reason.
fn config(text: &str) -> Folder {
    Folder::laravel().file("config/session.php", text)
}

/// The session's driver is not known, said so with a place in the file, and never taken for fine.
#[track_caller]
fn unknown(app: &Folder) {
    glance(app);
    let report = app.check();
    let unknown =
        report["unknown"].as_array().unwrap().iter().find(|unknown| unknown["setting"] == "session.driver");
    let unknown = unknown.unwrap_or_else(|| panic!("session.driver is not unknown: {report:#}"));
    assert!(unknown["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{unknown}");
    assert!(unknown["path"].as_str().is_some_and(|path| path.ends_with(".php")), "{unknown}");
    assert!(unknown["line"].as_u64().is_some(), "{unknown}");
}

#[test]
fn a_syntax_error() {
    let app = config("<?php\n\nreturn [\n    'driver' => env('SESSION_DRIVER' 'file'),\n];\n");
    unreadable(&app, "config/session.php", 4);
    for run in look(&app) {
        if !run.call.starts_with("env") {
            assert_ne!(run.code, Some(0), "{run:#?}");
            run.says("config/session.php");
        }
    }
}

#[test]
fn a_merge_conflict() {
    let text = "<?php\nreturn [\n<<<<<<< HEAD\n    'driver' => 'file',\n=======\n    'driver' => 'redis',\n>>>>>>> b\n];\n";
    unreadable(&config(text), "config/session.php", 3);
}

#[test]
fn ten_thousand_arrays_in_each_other() {
    let deep = format!("<?php\nreturn ['driver' => {}1{}];\n", "[".repeat(10_000), "]".repeat(10_000));
    unreadable(&config(&deep), "config/session.php", 2);
    for open in [
        "[",
        "(",
        "!",
        "-",
        "f(",
        "$a[",
        "'a' . (",
        "fn() => ",
        "{",
        "if (1) {",
        "\"{$a[",
        "new class { function a() { return ",
    ] {
        glance(&config(&format!("<?php\nreturn ['driver' => {}", open.repeat(10_000))));
    }
}

#[test]
fn long_chains() {
    for part in ["1 + ", "'a' . ", "$a ?? ", "$a ?: ", "1 ? 2 : ", "$a = "] {
        glance(&config(&format!("<?php\nreturn ['driver' => {}1];\n", part.repeat(20_000))));
    }
    glance(&config(&format!("<?php\nreturn ['driver' => x{}];\n", "->a()".repeat(20_000))));
    glance(&config(&format!("<?php\n{}return [];\n", "$a = 1;\n".repeat(50_000))));
}

#[test]
fn files_that_include_themselves() {
    unknown(&config("<?php\nreturn require __FILE__;\n"));
    unknown(&config("<?php\nreturn ['driver' => require __FILE__];\n"));
    let app = config("<?php\nreturn require __DIR__.'/other.php';\n")
        .file("config/other.php", "<?php\nreturn require __DIR__.'/session.php';\n");
    unknown(&app);
    // Twice each time: without a bound, the work doubles at every level.
    unknown(&config("<?php\nreturn ['driver' => [require __FILE__, require __FILE__]];\n"));
}

#[test]
fn functions_without_an_end() {
    unknown(&config("<?php\nfunction f($x) { return f($x + 1); }\nreturn ['driver' => f(1)];\n"));
    unknown(&config("<?php\nfunction f($x) { return f($x) . f($x); }\nreturn ['driver' => f(1)];\n"));
    unknown(&config("<?php\n$f = function ($f) { return $f($f); };\nreturn ['driver' => $f($f)];\n"));
    unknown(&config("<?php\nreturn ['driver' => array_map(fn ($f) => $f($f), [fn ($f) => $f($f)])[0]];\n"));
}

#[test]
fn loops_without_an_end() {
    unknown(&config("<?php\nwhile (true) { $x = 1; }\nreturn ['driver' => $x];\n"));
    unknown(&config("<?php\nfor (;;) { $x = 1; }\nreturn ['driver' => $x];\n"));
    unknown(&config("<?php\ndo { $x = 1; } while (true);\nreturn ['driver' => $x];\n"));
    unknown(&config(
        "<?php\n$a = [1];\nforeach ($a as $b) { $a[] = $b; while (1); }\nreturn ['driver' => $a];\n",
    ));
    glance(&config("<?php\na: goto a;\nreturn ['driver' => 'file'];\n"));
}

#[test]
fn values_that_grow() {
    for text in [
        "str_repeat('x', 9000000000)",
        "str_repeat(str_repeat(str_repeat('x', 10000), 10000), 10000)",
        "range(0, 9000000000)",
        "array_fill(0, 9000000000, 'x')",
        "str_pad('x', 9000000000)",
        "implode('x', array_fill(0, 100000, str_repeat('y', 100000)))",
        "preg_replace('/(a+)+$/', '', str_repeat('a', 50000).'b')",
        "9223372036854775807 + 1",
        "-9223372036854775807 - 2",
        "intdiv(PHP_INT_MIN, -1)",
        "PHP_INT_MIN % -1",
        "1 % 0",
        "1 << 100",
        "1 << -1",
        "2 ** 100000",
        "10 ** -400",
        "substr('é', 1, -9223372036854775807)",
        "array_slice([1, 2], -9223372036854775807, 9223372036854775807)",
        "sprintf('%9999999999d', 1)",
        "sprintf('%1$s%99999999999999999999$s', 1)",
        "number_format(1e300, 400)",
        "str_repeat('x', -1)",
        "array_chunk([1], 0)",
        "array_combine([1], [1, 2])",
        "explode('', 'x')",
        "json_decode(str_repeat('[', 100000))",
        "range('a', 'z', 0)",
        "range(0, 1, 0.0000000001)",
    ] {
        let app = config(&format!("<?php\nreturn ['driver' => {text}];\n"));
        glance(&app);
    }
    unknown(&config(
        "<?php\n$x = 'x';\nforeach (range(1, 60) as $i) { $x = $x . $x; }\nreturn ['driver' => $x];\n",
    ));
    unknown(&config(
        "<?php\n$x = [1];\nforeach (range(1, 60) as $i) { $x = [$x, $x]; }\nreturn ['driver' => $x];\n",
    ));
    unknown(&config(
        "<?php\n$x = [1];\nforeach (range(1, 60) as $i) { $x = array_merge($x, $x); }\nreturn ['driver' => $x];\n",
    ));
}

#[test]
fn a_folder_where_a_config_file_is_expected() {
    let app = Folder::laravel().without("config/session.php");
    fs::create_dir(app.path("config/session.php")).unwrap();
    look(&app);
}

#[test]
fn links_in_the_config_folder() {
    // The framework does not follow links to folders below its config folder, and we would walk the whole disk.
    let app = Folder::laravel().link(".", "config/again").link("/", "config/root").link("..", "config/up");
    look(&app);
    assert!(!app.run(&["config"]).out.contains("again."));
    each_names(
        &Folder::laravel().link("session.php", "config/session.php"),
        "config/session.php",
        "loop of symbolic links",
    );
    each_names(
        &Folder::laravel().link("/dev/zero", "config/session.php"),
        "config/session.php",
        "leaves the app",
    );
}

#[test]
fn a_config_file_that_is_no_php() {
    each_names(&config("\0\0\0"), "config/session.php", "binary");
    look(&config("just text"));
    look(&config("<?php"));
    look(&config("<?php return;"));
    look(&config("<?php return 'text';"));
    look(&config("<?php return null;"));
    look(&config("<?php die('x');"));
    look(&config("<?php throw new Exception('x');"));
    look(&config("<?= 'x' ?>"));
}

#[test]
fn a_bootstrap_that_leads_astray() {
    for moved in ["'/../../../../etc'", "'/'", "''", "\"/a\\0b\"", "str_repeat('/x', 5000)", "\"/\\x1b[31m\""]
    {
        let text = format!(
            "<?php\n$app = new Illuminate\\Foundation\\Application(dirname(__DIR__));\n\
            $app->useConfigPath(dirname(__DIR__).{moved});\n$app->useEnvironmentPath(dirname(__DIR__).{moved});\n\
            $app->loadEnvironmentFrom({moved});\nreturn $app;\n"
        );
        look(&Folder::laravel().file("bootstrap/app.php", text));
    }
    look(&Folder::laravel().file("bootstrap/app.php", "<?php\nreturn require __FILE__;\n"));
    look(&Folder::laravel().file("bootstrap/app.php", "<?php\nreturn (((;\n"));
    let class = "<?php namespace App; class Application extends \\Illuminate\\Foundation\\Application {\n\
        public function configPath($path = '') { return $this->configPath($path); } }\n";
    let composer =
        COMPOSER.replace("{\"require\"", "{\"autoload\": {\"psr-4\": {\"App\\\\\": \"app/\"}}, \"require\"");
    look(
        &Folder::laravel()
            .file("composer.json", composer)
            .file("app/Application.php", class)
            .file("bootstrap/app.php", "<?php\nreturn new App\\Application(dirname(__DIR__));\n"),
    );
}
