//! Every shape of `rules/laravel/calls.toml` in the forms that apps write it in.

use std::collections::BTreeSet;

use super::super::shapes::shapes;
use super::{found, found_in, ids};

/// Ids that each code gives, in the order of places.
const SHAPES: &[(&str, &[&str])] = &[
    // Names: without an import, with one, renamed, in a group, absolute, in a namespace.
    ("Storage::disk('a');", &["disk-named"]),
    ("\\Storage::disk('a');", &["disk-named"]),
    ("\\Illuminate\\Support\\Facades\\Storage::disk('a');", &["disk-named"]),
    ("use Illuminate\\Support\\Facades\\Storage; Storage::drive('a');", &["disk-named"]),
    ("use Illuminate\\Support\\Facades\\Storage as Files; Files::disk('a');", &["disk-named"]),
    ("use Illuminate\\Support\\Facades\\{Cache, Storage as Files}; Files::disk('a');", &["disk-named"]),
    ("use Illuminate\\Support\\{Facades\\Storage, Str}; Storage::disk('a');", &["disk-named"]),
    ("use Storage; Storage::disk('a');", &["disk-named"]),
    ("namespace App; use Illuminate\\Support\\Facades\\Storage; Storage::disk('a');", &["disk-named"]),
    ("namespace App; \\Storage::disk('a');", &["disk-named"]),
    ("Storage::DISK('a');", &["disk-named"]),
    ("app('filesystem')->disk('a');", &["disk-named"]),
    ("app(\\Illuminate\\Contracts\\Filesystem\\Factory::class)->disk('a');", &["disk-named"]),
    ("resolve('filesystem')->disk('a');", &["disk-named"]),
    ("app()->make('filesystem')->disk('a');", &["disk-named"]),
    ("class A { function f() { $this->app['filesystem']->disk('a'); } }", &["disk-named"]),
    ("Storage::build(['driver' => 'local', 'root' => 'x']);", &["disk-built"]),
    // Chains.
    ("Storage::disk('a')->put('b', $c);", &["disk-named", "disk-write"]),
    ("Storage::disk('a')\n    // a comment\n    ->putFileAs(\n'b', $c, 'd');", &["disk-named", "disk-write"]),
    ("Storage::put('b', $c);", &["disk-write"]),
    ("Storage::putFile('b', $request->file('c'));", &["disk-write"]),
    ("$disk = Storage::disk('a'); $disk->makeDirectory('b');", &["disk-named", "disk-write"]),
    ("function f() { return fn () => Storage::append('a', 'b'); }", &["disk-write"]),
    ("collect([1])->each(function ($x) { if ($x) { Storage::put('a', $x); } });", &["disk-write"]),
    ("return new class { function f() { Storage::put('a', 'b'); } };", &["disk-write"]),
    ("$x = \"a {$f(Storage::put('a', 'b'))}\";", &["disk-write"]),
    ("Storage::disk('a')?->put('b', 'c');", &["disk-named", "disk-write"]),
    ("match (true) { default => Storage::put('a', 'b') };", &["disk-write"]),
    // Uploads.
    ("$request->file('a')->store('b');", &["upload-store"]),
    ("request()->file('a')->store('b', 'c');", &["upload-store"]),
    ("$request->avatar->store('b');", &["upload-store"]),
    ("$file = $request->file('a'); $file->store('b');", &["upload-store"]),
    ("foreach ($request->file('a') as $file) { $file->storePublicly('b'); }", &["upload-store"]),
    ("$request->file('a')->storePubliclyAs('b', 'c', 's3');", &["upload-store"]),
    ("$anything->storeAs('b', 'c');", &["upload-store"]),
    ("$request->file('a')->move('uploads');", &["upload-move"]),
    ("$file->move(public_path('a'), 'b');", &["upload-move"]),
    ("$file->move($this->app->publicPath(), 'b');", &["upload-move"]),
    (
        "class A { use \\Livewire\\WithFileUploads; function f() { $this->photo->store('a'); } }",
        &["livewire-upload", "upload-store"],
    ),
    // Files of the server.
    ("file_put_contents('a', 'b');", &["local-file-write"]),
    ("\\file_put_contents('a', 'b');", &["local-file-write"]),
    ("namespace App; file_put_contents('a', 'b'); mkdir('a'); touch('b');", &["local-file-write"; 3]),
    ("fopen('a', 'w'); fopen('a', 'ab'); fopen('a', 'r+'); fopen('a', 'x');", &["local-file-write"; 4]),
    ("rename('a', 'b'); copy('a', 'b'); symlink('a', 'b');", &["local-file-write"; 3]),
    ("move_uploaded_file($a, 'b');", &["local-file-write"]),
    ("File::put('a', 'b'); File::ensureDirectoryExists('a');", &["local-file-write"; 2]),
    ("use Illuminate\\Support\\Facades\\File as F; F::copy('a', 'b');", &["local-file-write"]),
    ("app('files')->put('a', 'b');", &["local-file-write"]),
    ("Image::make($x)->resize(1, 2)->save(public_path('a'));", &["local-file-write"]),
    // Sessions.
    ("session_start();", &["session-native"]),
    ("$_SESSION['a'] = 1;", &["session-native"]),
    ("Session::driver('file')->get('a'); session()->driver('file');", &["session-driver"; 2]),
    ("Route::post('a', 'b')->block(1, 2);", &["session-block"]),
    // Cache.
    ("Cache::store('file')->get('a'); cache()->store('file');", &["cache-store"; 2]),
    ("app('cache')->store('file');", &["cache-store"]),
    ("Cache::lock('a')->get();", &["lock"]),
    ("cache()->lock('a', 5)->block(1, fn () => 2);", &["lock"]),
    ("Cache::store('redis')->lock('a')->get(function () {});", &["cache-store", "lock"]),
    ("Cache::restoreLock('a', 'b'); Cache::funnel('a')->limit(1);", &["lock"; 2]),
    ("Cache::withoutOverlapping('a', fn () => 1);", &["lock"]),
    ("RateLimiter::for('api', fn () => 1); RateLimiter::attempt('a', 1, fn () => 1);", &["rate-limit"; 2]),
    ("app(\\Illuminate\\Cache\\RateLimiter::class)->hit('a');", &["rate-limit"]),
    ("class A { use \\Illuminate\\Foundation\\Auth\\ThrottlesLogins; }", &["rate-limit"]),
    ("Route::middleware('throttle:60,1')->group(fn () => 1);", &["throttle-middleware"]),
    ("Route::get('a', 'b')->middleware(['auth', 'throttle:api']);", &["throttle-middleware"]),
    ("Route::get('a', 'b')->middleware('throttle');", &["throttle-middleware"]),
    ("Route::group(['middleware' => 'throttle:1,1'], function () {});", &["throttle-middleware"]),
    (
        "use Illuminate\\Routing\\Middleware\\ThrottleRequests;\n$r->middleware(ThrottleRequests::class.':a');",
        &["throttle-middleware"],
    ),
    (
        "class A { protected $middlewareGroups = ['api' => ['throttle:60,1', 'x']]; }",
        &["throttle-middleware"],
    ),
    (
        "class A { function __construct() { $this->middleware('throttle:6,1')->only('a'); } }",
        &["throttle-middleware"],
    ),
    ("$middleware->throttleApi();", &["throttle-middleware"]),
    // Logs.
    ("Log::channel('single')->info('a'); Log::driver('daily'); logger()->channel('a');", &["log-channel"; 3]),
    ("Log::stack(['single', 'slack'])->info('a');", &["log-channel"]),
    ("Log::build(['driver' => 'single', 'path' => 'x']);", &["log-built"]),
    // Scheduled tasks.
    ("class K { function schedule($schedule) { $schedule->command('a')->daily(); } }", &["schedule-event"]),
    (
        "Schedule::command('a')->daily(); Schedule::call(fn () => 1); Schedule::job(new A);",
        &["schedule-event"; 3],
    ),
    ("use Illuminate\\Support\\Facades\\Schedule as S; S::exec('a')->hourly();", &["schedule-event"]),
    ("app(\\Illuminate\\Console\\Scheduling\\Schedule::class)->command('a');", &["schedule-event"]),
    (
        "Schedule::daily()->onOneServer()->group(function () { Schedule::command('a'); });",
        &["schedule-event"],
    ),
    (
        "$app->booted(function ($app) { $s = $app->make(\\Illuminate\\Console\\Scheduling\\Schedule::class); $s->command('a'); });",
        &["schedule-event"],
    ),
    ("Artisan::command('a', fn () => 1)->purpose('b')->hourly();", &["schedule-event"]),
    (
        "Schedule::useCache('redis'); function f($schedule) { $schedule->useCache('a'); }",
        &["schedule-store"; 2],
    ),
    // Jobs and commands.
    ("class A implements \\Illuminate\\Contracts\\Queue\\ShouldBeUnique {}", &["unique-job"]),
    (
        "use Illuminate\\Contracts\\Queue\\{ShouldQueue, ShouldBeUniqueUntilProcessing as U}; class A implements ShouldQueue, U {}",
        &["unique-job"],
    ),
    (
        "use Illuminate\\Queue\\Middleware\\WithoutOverlapping; return [(new WithoutOverlapping('a'))->dontRelease()];",
        &["without-overlapping"],
    ),
    ("new \\Illuminate\\Queue\\Middleware\\RateLimited('a');", &["rate-limited-job"]),
    ("class A implements \\Illuminate\\Contracts\\Console\\Isolatable {}", &["isolated-command"]),
    (
        "Artisan::call('queue:restart'); $this->call('queue:pause', []); Queue::pause('a');",
        &["queue-restart"; 3],
    ),
    ("Artisan::call('down', ['--secret' => 'a']); Artisan::queue('up');", &["maintenance-call"; 2]),
    // Settings and variables.
    ("config(['a.b' => 1]); Config::set('a', 1); config()->set('a', 1);", &["config-write"; 3]),
    ("app('config')->set('a', 1);", &["config-write"]),
    ("env('A'); namespace\\env('A'); \\env('A', 1); \\Illuminate\\Support\\Env::get('A');", &["env-call"; 4]),
    // The proxy.
    ("Application::configure()->withMiddleware(fn ($m) => $m->trustProxies(at: '*'));", &["trust-proxies"]),
    ("\\Illuminate\\Http\\Middleware\\TrustProxies::at('*');", &["trust-proxies"]),
    ("Request::setTrustedProxies(['*'], 1); $request->setTrustedProxies([]);", &["trust-proxies"; 2]),
    (
        "class A extends \\Illuminate\\Http\\Middleware\\TrustProxies { protected $proxies = '*'; }",
        &["trust-proxies-class", "trust-proxies-property"],
    ),
    ("class A extends \\Fideloper\\Proxy\\TrustProxies {}", &["trust-proxies-class"]),
    ("URL::forceScheme('https'); \\URL::forceHttps(); url()->forceScheme('https');", &["force-https"; 3]),
    // Packages.
    ("class A { use \\Livewire\\WithFileUploads; }", &["livewire-upload"]),
    ("use Filament\\Forms\\Components\\FileUpload; FileUpload::make('a')->disk('s3');", &["filament-upload"]),
    ("class A implements \\Spatie\\MediaLibrary\\HasMedia {}", &["media-library"]),
    (
        "\\Excel::store(new A, 'a.xlsx', 's3'); \\Maatwebsite\\Excel\\Facades\\Excel::queue(1, 2);",
        &["excel-store", "excel-queue"],
    ),
    (
        "use Maatwebsite\\Excel\\Concerns\\FromQuery; use Illuminate\\Contracts\\Queue\\ShouldQueue; class A implements FromQuery, ShouldQueue {}",
        &["excel-queue"],
    ),
    ("\\Laravel\\Passport\\Passport::loadKeysFrom('a');", &["passport-keys"]),
    ("class A { use \\Laravel\\Passport\\HasApiTokens; }", &["passport-used"]),
    ("class A { use \\Laravel\\Scout\\Searchable; }", &["scout-searchable"]),
    (
        "\\Laravel\\Octane\\Facades\\Octane::table('a'); use Laravel\\Octane\\Facades\\Octane; Octane::table('a');",
        &["octane-table"; 2],
    ),
];

#[test]
fn every_form_is_found() {
    for (code, expected) in SHAPES {
        let mut names = ids(&found(code));
        // Two calls of one chain start at one place: their order is that of their ends.
        names.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(names, expected, "{code}");
    }
}

#[test]
fn every_id_has_an_example_and_a_literal_of_its_own_in_it() {
    let mut seen = BTreeSet::new();
    for (code, expected) in SHAPES {
        for id in *expected {
            seen.insert(*id);
            let mut literals =
                shapes().all.iter().filter(|shape| shape.id == *id).flat_map(|shape| &shape.literals);
            assert!(literals.any(|literal| code.contains(literal.as_str())), "no literal of {id} in {code}");
        }
    }
    let all: BTreeSet<&str> = shapes().all.iter().map(|shape| shape.id.as_str()).collect();
    assert_eq!(seen, all);
}

#[test]
fn every_method_and_function_is_found_with_its_literals_alone() {
    for shape in shapes().all.iter().filter(|shape| shape.on.first().is_some_and(|on| on != "*")) {
        let root = shapes().roots.iter().find(|root| root.name == shape.on[0]).unwrap();
        let later = shape.when.later.first().map(|method| format!("->{method}()")).unwrap_or_default();
        let starts = shape.when.starts.first().cloned().unwrap_or_else(|| "a".to_owned());
        for method in &shape.methods {
            let class = &root.classes[0];
            let short = class.rsplit('\\').next().unwrap();
            // A method that any may stand before is one of an object, not of the class.
            let object = if shape.through.first().is_some_and(|one| one == "*") { "x()->" } else { "" };
            let code = format!("use {class}; {short}::{object}{method}('{starts}', 'a', 'a'){later};");
            assert!(ids(&found(&code)).contains(&shape.id.as_str()), "{code}");
        }
    }
    for shape in shapes().all {
        for function in &shape.functions {
            let argument = if shape.when.array.is_some() { "['a' => 1]" } else { "'a'" };
            assert!(
                ids(&found(&format!("{function}({argument}, 'w');"))).contains(&shape.id.as_str()),
                "{function}"
            );
        }
    }
}

#[test]
fn the_place_is_the_call_and_the_rest_of_its_chain_is_told() {
    let code = "Storage::disk('a')\n  ->put('b', 'c');\n$event = Schedule::call(fn () => 1)->daily();\n$event->onOneServer();";
    let all = found(code);
    let write = super::only(&all, "disk-write");
    assert_eq!(write.place.source.slice(write.place.span), "Storage::disk('a')\n  ->put('b', 'c')");
    assert_eq!((write.on, &*write.name, write.target), (Some("Storage"), "put", Some(0)));
    assert_eq!(write.target().unwrap().text(), Some("b"));
    let disk = write.before(&["drive", "disk"]).unwrap();
    assert_eq!(disk.arguments[0].text(), Some("a"));
    let named = super::only(&all, "disk-named");
    assert_eq!(named.place.source.slice(named.place.span), "Storage::disk('a')");
    assert!(named.later("put") && named.before.is_empty());
    let event = super::only(&all, "schedule-event");
    assert!(event.later("daily") && event.later("onOneServer") && !event.later("withoutOverlapping"));
}

#[test]
fn a_class_is_shown_by_its_first_line() {
    let code =
        "<?php\nnamespace App;\nclass A\n    implements \\Illuminate\\Contracts\\Console\\Isolatable\n{ }\n";
    let all = found_in("app/A.php", code);
    let class = super::only(&all, "isolated-command");
    assert_eq!(class.place.source.slice(class.place.span), "class A");
    assert_eq!(&*class.name, "Illuminate\\Contracts\\Console\\Isolatable");
}
