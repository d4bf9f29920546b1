//! What looks like a shape and is none.

use super::{Small, found, found_in, ids};

#[test]
fn nothing_is_found() {
    for code in [
        "// Storage::disk('a')->put('b', 'c');",
        "/* Storage::disk('a'); */ # Cache::lock('a')",
        "$a = 'Storage::disk(\"a\")'; $b = \"Cache::lock('a')\";",
        "$a = <<<'X'\nStorage::disk('a'); file_put_contents('a', 'b');\nX;",
        "$a = <<<X\nStorage::disk('a'); {$b} file_put_contents('a', 'b');\nX;",
        "?>\nStorage::disk('a'); <p>file_put_contents()</p>\n<?php",
        // Another class of the name.
        "namespace App; Storage::disk('a');",
        "use App\\Storage; Storage::disk('a');",
        "use App\\Services\\{Storage, Cache}; Storage::disk('a'); Cache::lock('b');",
        "namespace App; use Other\\Schedule; Schedule::command('a');",
        "MyStorage::disk('a'); Storage\\Disk::disk('a');",
        // Another method, or one on something else.
        "Storage::disk; Storage::diskette('a'); Storage::get('a'); Storage::delete('b');",
        "$service->disk('a')->put('b', 'c'); $repository->store($x); $model->lock('a');",
        "$product->store('a'); $this->service->store($data); Product::store('x');",
        "$order->move('a'); $piece->move($x, $y); $model->save(); $model->save(['x' => public_path2()]);",
        "$this->disk('a'); self::disk('a'); $x::lock('a');",
        "fopen('a', 'r'); fopen('a', 'rb'); fopen('a', $mode); fclose($a); \\App\\fopen('a', 'w');",
        "namespace App; function env($x) { } use function App\\Support\\touch; touch('a');",
        "class A { function file_put_contents() {} function f() { $this->file_put_contents('a'); A::mkdir('b'); } }",
        "config('filesystems.default'); config('a', []); Config::get('a'); $config->set('a', 1);",
        "Route::middleware('auth')->group(fn () => 'throttle:60,1');",
        "Route::get('throttle:', 'x'); $a = ['throttle:60,1'];",
        "use Illuminate\\Routing\\Middleware\\ThrottleRequestsWithRedis as T; $r->middleware(T::class);",
        "class A { protected $routes = ['throttle:60,1']; protected $proxies = '*'; }",
        "Artisan::command('a', fn () => 1)->purpose('b'); Artisan::call('migrate'); $this->call('app:queue:restart');",
        "class A implements ShouldBeUnique {} class B { use WithFileUploads; } new WithoutOverlapping('a');",
        "class A extends TrustProxies {} class B implements \\Maatwebsite\\Excel\\Concerns\\FromQuery {}",
        "getenv('A'); $this->env('A'); App::env('A'); FileUpload::make('a');",
        "$x = new class { public $disk = 'Storage::put'; };",
        "$plan = $this->schedule; $plan->command('a'); $scheduler->command('a'); $schedule->daily();",
    ] {
        assert_eq!(ids(&found(code)), [""; 0], "{code}");
    }
}

#[test]
fn a_variable_with_another_value_is_not_the_disk() {
    for code in [
        "function f($disk) { $disk = $disk ?: Storage::disk('a'); $disk->put('b', 'c'); }",
        "$a = Storage::disk('a'); $a = other(); $a->put('b', 'c');",
        "$a = $a; $a->put('b', 'c'); $b = $c; $c = $b; $b->lock('x'); Storage::disk('a');",
    ] {
        assert_eq!(ids(&found(code)), ["disk-named"], "{code}");
    }
}

#[test]
fn a_file_that_cannot_be_parsed_is_said() {
    let app = Small::new(&[
        ("app/A.php", "<?php\n\nStorage::put('a' 'b');"),
        ("app/B.php", "<?php Storage::put('a');"),
    ]);
    let (found, skipped) = app.scan();
    assert_eq!(ids(&found), ["disk-write"]);
    assert_eq!(skipped.len(), 1);
    assert!(skipped[0].path.ends_with("app/A.php"), "{skipped:?}");
    assert!(skipped[0].reason.starts_with("a syntax error in line 3: "), "{skipped:?}");
}

#[test]
fn the_config_of_the_app_is_not_code() {
    assert_eq!(ids(&found_in("config/app.php", "<?php return ['a' => env('A')];")), [""; 0]);
}

#[test]
fn deep_and_odd_code_does_no_harm() {
    let deep = format!("{}1{};", "f(Storage::put(".repeat(60), "))".repeat(60));
    assert_eq!(found(&deep).len(), 60);
    let long = format!("Storage::disk('a'){};", "->put('a', 'b')".repeat(200));
    assert_eq!(found(&long).len(), 2);
    for code in [
        "Storage::{$a}('b'); $$a = 1; Storage::disk($$a); Storage::disk(...$a); Storage::disk(...);",
        "Storage::put(); Cache::lock(); file_put_contents(); $schedule->command(); rename('a');",
        "$é = 'Ünï'; Storage::disk(\"é$é\")->put(\"ü{$é}\", 'b'); if ($é === '日本') { Storage::put('日', 'b'); }",
    ] {
        assert!(!found(code).is_empty(), "{code}");
    }
}
