//! Where calls stand.

use super::super::FileRole;
use super::{found, found_in, only};

const WRITE: &str = "\\Storage::put('a', 'b');";

#[test]
fn roles_classes_and_methods() {
    let class =
        |head: &str| format!("<?php namespace App; {head} {{ function handle() {{ fn () => {WRITE} }} }}");
    for (file, code, role, name) in [
        ("routes/web.php", format!("<?php {WRITE}"), FileRole::Route, None),
        ("app/Http/Controllers/A.php", class("class A"), FileRole::Http, Some("App\\A")),
        ("app/Console/Commands/A.php", class("class A"), FileRole::Console, Some("App\\A")),
        (
            "app/A.php",
            class("class A extends \\Illuminate\\Console\\Command"),
            FileRole::Console,
            Some("App\\A"),
        ),
        (
            "app/A.php",
            class("class A implements \\Illuminate\\Contracts\\Queue\\ShouldQueue"),
            FileRole::Job,
            Some("App\\A"),
        ),
        ("app/A.php", class("trait A"), FileRole::Other, Some("App\\A")),
        (
            "app/A.php",
            class("return new class extends \\Illuminate\\Database\\Migrations\\Migration")
                .replace("} }", "} };"),
            FileRole::Migration,
            None,
        ),
        (
            "resources/views/a.blade.php",
            format!("<p>{{{{ $x }}}}</p>\n<?php {WRITE} ?>\n@if(1)"),
            FileRole::Blade,
            None,
        ),
    ] {
        let code =
            code.replace("fn () => \\Storage::put('a', 'b');", "(fn () => \\Storage::put('a', 'b'))();");
        let all = found_in(file, &code);
        let context = &only(&all, "disk-write").context;
        assert_eq!((context.role, context.class.as_deref()), (role, name), "{file}: {code}");
        assert_eq!(&*context.file, file);
        if name.is_some() {
            assert_eq!(context.method.as_deref(), Some("handle"), "{code}");
        }
    }
}

#[test]
fn guards() {
    for (code, expected) in [
        (format!("if (app()->runningInConsole()) {{ {WRITE} }}"), vec!["app()->runningInConsole()"]),
        (format!("if ($a) {{}} elseif ($b) {{ {WRITE} }}"), vec!["not ($a)", "$b"]),
        (format!("if (! $a) {{}} else {{ {WRITE} }}"), vec!["$a"]),
        (
            format!("function f() {{ if (! app()->isLocal()) {{ return; }} {WRITE} }}"),
            vec!["app()->isLocal()"],
        ),
        (format!("function f() {{ if ($a) {{ g(); }} {WRITE} }}"), vec![]),
        (format!("while (f($a)) {{ try {{ {WRITE} }} catch (E) {{}} }}"), vec!["f($a)"]),
        (format!("switch ($a) {{ case 'b': break; case 'c': {WRITE} }}"), vec!["$a is 'c'"]),
        ("$a && $b or Storage::put('a', 'b');".to_owned(), vec!["not ($a && $b)"]),
        ("$x = $a ? Storage::put('a', 'b') : 1;".to_owned(), vec!["$a"]),
        ("$x = $a\n   ->b() ?: Storage::put('a', 'b');".to_owned(), vec!["not ($a ->b())"]),
        (
            "$x = match ($a) { 1, 2 => Storage::put('a', 'b'), default => 3 };".to_owned(),
            vec!["$a is 1 or 2"],
        ),
        (format!("if ($a) {{ f(function () use ($b) {{ if ($b) {{ {WRITE} }} }}); }}"), vec!["$a", "$b"]),
        (format!("if ($a) {{ class A {{ function f() {{ {WRITE} }} }} }}"), vec![]),
        (format!("if (Storage::put('a', 'b')) {{ {} }}", "f();"), vec![]),
    ] {
        let all = found(&code);
        let guards: Vec<&str> =
            only(&all, "disk-write").context.guards.iter().map(|guard| &**guard).collect();
        assert_eq!(guards, expected, "{code}");
    }
}

#[test]
fn deleted_in_the_same_function() {
    for (rest, deleted) in [
        ("unlink($a);", true),
        ("@unlink($a);", true),
        ("Storage::delete('a');", true),
        ("Storage::disk('x')->deleteDirectory('a');", true),
        ("$disk = Storage::disk('x'); $disk->delete('a');", true),
        ("File::delete('a');", true),
        ("return response()->download('a')->deleteFileAfterSend();", true),
        ("$model->delete(); Cache::delete('a'); Model::delete(); $disk->delete('b');", false),
        ("return function () { unlink('a'); };", false),
        ("", false),
    ] {
        let all = found(&format!("function g() {{ unlink('z'); }} function f($disk2) {{ {WRITE} {rest} }}"));
        let write = all.iter().find(|one| one.id == "disk-write").unwrap();
        assert_eq!(write.context.deleted_in_function, deleted, "{rest}");
    }
    let all = found(&format!("function f() {{ h(function () {{ {WRITE} }}); unlink('a'); }}"));
    assert!(only(&all, "disk-write").context.deleted_in_function);
}

#[test]
fn the_chains_around_a_closure() {
    let code = "Schedule::daily()->onOneServer()->group(function () { f(function () { Schedule::command('a'); }); });";
    let all = found(code);
    let within = &only(&all, "schedule-event").context.within;
    let methods: Vec<Vec<&str>> =
        within.iter().map(|chain| chain.iter().map(|call| &*call.method).collect()).collect();
    assert_eq!(methods, [vec!["f"], vec!["daily", "onOneServer", "group"]]);
    let all = found("$schedule = app('x'); Cache::lock('a')->get(fn () => Storage::put('a', 'b'));");
    assert_eq!(only(&all, "disk-write").context.within[0][0].arguments[0].text(), Some("a"));
}
