//! What arguments are known to be.

use super::{Small, found, only, words};

fn disk(code: &str) -> String {
    let all = found(code);
    let call = only(&all, "disk-named");
    words(call.target().unwrap())
}

#[test]
fn values() {
    for (code, expected) in [
        ("Storage::disk('a');", "a"),
        ("Storage::disk(name: 'a');", ""),
        ("Storage::disk('a' . '-' . 'b');", "a-b"),
        ("Storage::disk(strtolower('A'));", "a"),
        ("Storage::disk(<<<X\na\nX);", "a"),
        // Variables.
        ("$d = 'a'; Storage::disk($d);", "a"),
        ("function f() { $d = 'a'; $e = $d . 'b'; Storage::disk(\"$e-c\"); }", "ab-c"),
        ("function f() { $d = 'a'; return function () use ($d) { Storage::disk($d); }; }", "a"),
        ("function f() { $d = 'a'; return fn () => fn () => Storage::disk($d); }", "a"),
        ("foreach (['a', 'b'] as $d) { Storage::disk($d); }", "a | b"),
        ("$d = 'a'; if ($x) { $d = 'b'; } Storage::disk($d);", "a | b"),
        ("Storage::disk($d = 'a');", "a"),
        ("function f($d) { Storage::disk($d); }", "?a parameter is not followed"),
        (
            "function f() { Storage::disk($d); } $d = 'a';",
            "?a variable that is set elsewhere is not followed",
        ),
        (
            "$d = 'a'; function f() { return function () { Storage::disk($d); }; }",
            "?a variable that is set elsewhere is not followed",
        ),
        (
            "$d = 'a'; $d .= 'b'; Storage::disk($d);",
            "?a variable that is built piece by piece is not followed",
        ),
        (
            "$d = 'a'; $f = function () use (&$d) { $d = 'b'; }; Storage::disk($d);",
            "?a variable that a closure changes is not followed",
        ),
        (
            "$d = 'a'; [$d, $e] = f(); Storage::disk($d);",
            "?a variable that is built piece by piece is not followed",
        ),
        (
            "$d = 'a'; extract($x); Storage::disk($d);",
            "?a variable that may be extracted from an array is not followed",
        ),
        (
            "$d = 'a'; $e = &$d; Storage::disk($d);",
            "?a variable that is changed through a reference is not followed",
        ),
        ("$d = $d . 'a'; Storage::disk($d);", "?a variable that stands for others is not followed"),
        (
            "class A { public $d = 'a'; function f() { Storage::disk($this->d); } }",
            "?a property of an object is not followed",
        ),
        // Constants.
        ("const D = 'a'; Storage::disk(D);", "a"),
        (
            "class A { const D = 'a'; const E = self::D . 'b'; function f() { Storage::disk(self::E); } }",
            "ab",
        ),
        ("class A { const D = 'a'; } Storage::disk(A::D);", "a"),
        (
            "class A { const D = 'a'; function f() { Storage::disk(static::D); } }",
            "?a constant of a class that is not known is not followed",
        ),
        ("enum D: string { case Local = 'a'; } Storage::disk('x');", "x"),
        ("Storage::disk(NONE);", "?the constant NONE is not known"),
        // Settings and variables of the environment.
        ("Storage::disk(config('filesystems.default'));", "uploads"),
        ("Storage::disk(Config::get('filesystems.default'));", "uploads"),
        ("Storage::disk(config()->get('filesystems.default'));", "uploads"),
        ("$d = config('filesystems.default', 'x'); Storage::disk($d);", "uploads"),
        ("Storage::disk(config('none', 'x'));", "x"),
        ("Storage::disk(config('none') ?? 'x');", "x"),
        ("Storage::disk(config('none'));", "null"),
        ("Storage::disk(config('app.unknown'));", "?kept elsewhere"),
        ("Storage::disk(env('DISK', 'x') . env('NONE', 'y'));", "env-disky"),
        // Branches.
        ("Storage::disk($x ? 'a' : 'b');", "a | b"),
        ("Storage::disk($x ?: 'b');", "b | ?a variable that is set elsewhere is not followed"),
        ("Storage::disk(true ? 'a' : 'b');", "a"),
        ("Storage::disk(config('filesystems.default') === 'uploads' ? 'a' : 'b');", "a"),
        ("Storage::disk($x ?? 'b');", "b | ?a variable that is set elsewhere is not followed"),
        ("Storage::disk(match ($x) { 1 => 'a', default => 'b' });", "a | b"),
        ("Storage::disk(...$all);", "?a list of arguments is not followed"),
        ("Storage::disk(compact('a'));", "?a function that sees the variables around it is not followed"),
    ] {
        let all = found(code);
        let call = only(&all, "disk-named");
        let shown = call.target().map(words).unwrap_or_default();
        assert_eq!(shown, expected, "{code}");
    }
}

#[test]
fn constants_of_other_classes() {
    let app = Small::new(&[
        ("app/Disks.php", "<?php namespace App; class Disks { const MAIN = 'a'; }"),
        ("app/Disk.php", "<?php namespace App; enum Disk: string { case Local = 'b'; }"),
        (
            "app/A.php",
            "<?php namespace App; use Illuminate\\Support\\Facades\\Storage;
            Storage::disk(Disks::MAIN); Storage::disk(Disk::Local->value); Storage::disk(None::X);",
        ),
    ]);
    let (all, _) = app.scan();
    let shown: Vec<String> = all.iter().map(|one| words(&one.arguments[0])).collect();
    assert_eq!(shown[..2], ["a", "b"]);
    assert!(shown[2].starts_with('?'), "{shown:?}");
}

#[test]
fn paths() {
    for (path, expected) in [
        ("storage_path('x')", "{base}/storage/x"),
        ("storage_path()", "{base}/storage"),
        ("public_path() . '/x.txt'", "{base}/public/x.txt"),
        ("base_path('a') . DIRECTORY_SEPARATOR . 'b'", "{base}/a/b"),
        ("app_path('x')", "{base}/app/x"),
        ("database_path('x')", "{base}/database/x"),
        ("app()->storagePath('x')", "{base}/storage/x"),
        ("$this->app->storagePath('x')", "{base}/storage/x"),
        ("\"{$x}/a\"", "?a variable that is set elsewhere is not followed"),
        (
            "storage_path('app/' . $x)",
            "{base}/storage/app/.. | ?a variable that is set elsewhere is not followed",
        ),
        (
            "storage_path(\"app/$x.txt\")",
            "{base}/storage/app/.. | ?a variable that is set elsewhere is not followed",
        ),
        ("storage_path($x)", "{base}/storage/.. | ?a variable that is set elsewhere is not followed"),
        (
            "storage_path() . \"/a/{$x}\"",
            "{base}/storage/a/.. | ?a variable that is set elsewhere is not followed",
        ),
        ("$x ? storage_path('a') : public_path('b')", "{base}/storage/a | {base}/public/b"),
        ("sys_get_temp_dir()", "{temp}.. | ?the folder for temporary files"),
        ("sys_get_temp_dir() . '/a/' . 'b.pdf'", "{temp}/a/b.pdf.. | ?the folder for temporary files"),
        ("sys_get_temp_dir() . '/a' . $x . 'b'", "{temp}/a.. | ?the folder for temporary files"),
        ("tempnam(sys_get_temp_dir(), 'x')", "{temp}/.. | ?a temporary file"),
        ("tempnam(storage_path('tmp'), 'x')", "{base}/storage/tmp/.. | ?a temporary file"),
    ] {
        let all = found(&format!("file_put_contents({path}, 'x');"));
        let shown = words(only(&all, "local-file-write").target().unwrap());
        assert_eq!(shown, expected, "{path}");
    }
}

#[test]
fn paths_are_told_without_detours() {
    for (path, expected) in [
        ("'/tmp/x'", "{temp}/x"),
        ("'/tmp'", "{temp}"),
        ("'/var/tmp/' . $x", "{temp}/"),
        ("'/tmpfiles/x'", "/tmpfiles/x"),
        ("__DIR__ . '/../storage//x'", "{base}/storage/x"),
        ("base_path('../outside/x')", "{base}/../outside/x"),
        ("'php://memory'", "php://memory"),
    ] {
        let all = found(&format!("file_put_contents({path}, 'x');"));
        let starts = &only(&all, "local-file-write").target().unwrap().starts;
        assert_eq!(starts.iter().map(|start| &**start).collect::<Vec<_>>(), [expected], "{path}");
    }
}

#[test]
fn other_arguments() {
    assert_eq!(disk("Storage::disk(['a']);"), "array of 1");
    let all = found("Cache::lock('a', 10, fn () => 1);");
    let shown: Vec<String> = only(&all, "lock").arguments.iter().map(words).collect();
    assert_eq!(shown, ["a", "10", "closure"]);
    let all = found("$m->trustProxies(at: '*', headers: 3);");
    let call = only(&all, "trust-proxies");
    assert_eq!(call.arguments[1].name.as_deref(), Some("headers"));
    assert_eq!(words(&call.arguments[0]), "*");
    let all =
        found("class A extends \\Fideloper\\Proxy\\TrustProxies { protected $proxies = ['10.0.0.0/8']; }");
    assert_eq!(words(&only(&all, "trust-proxies-property").arguments[0]), "array of 1");
}
