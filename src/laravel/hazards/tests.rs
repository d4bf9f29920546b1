//! Small apps with the shapes that are no hazard, or a smaller one, and those that examples of rules cannot show.

use std::fs;
use std::rc::Rc;

use crate::deploy::Repository;
use crate::discover::Tree;
use crate::facts::{Confidence, Judged, Observation, Selection, Severity};
use crate::laravel::App;
use crate::laravel::survey::survey;

const CONSOLE: &str = "routes/console.php";
const USE: &str =
    "<?php\nuse Illuminate\\Support\\Facades\\{Artisan, Cache, RateLimiter, Route, Schedule};\n";

/// What the code of an app of these files does in its `.env`, by the rules of this folder.
fn observed(version: &str, files: &[(&str, &str)]) -> Vec<Observation> {
    let facts = ["local-lock", "local-rate-limit", "local-signal", "repeated-schedule"];
    seen(version, files).into_iter().filter(|one| facts.contains(&one.fact)).collect()
}

/// Everything that is seen in an app of these files.
fn seen(version: &str, files: &[(&str, &str)]) -> Vec<Observation> {
    judged(version, files).into_iter().flat_map(|judged| judged.observations).collect()
}

fn judged(version: &str, files: &[(&str, &str)]) -> Vec<Judged> {
    let folder = tempfile::tempdir().unwrap();
    let composer = format!(r#"{{"require": {{"laravel/framework": "^{version}"}}}}"#);
    let own = [("artisan", ""), ("composer.json", composer.as_str()), ("bootstrap/app.php", "<?php\n")];
    for (name, text) in own.iter().chain(files) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let repository = Repository::new(Tree::open(folder.path()).unwrap());
    repository.has_app("");
    let app = App::open(Tree::open(folder.path()).unwrap()).unwrap();
    let app = app.in_repository(Rc::new(repository), String::new());
    let survey = survey(&app, &Selection { code: true, ..Selection::default() }).unwrap();
    survey.environments
}

fn word<'o>(one: &'o Observation, name: &str) -> &'o str {
    one.words.iter().find(|(word, _)| *word == name).map_or("", |(_, text)| text)
}

/// The facts of one file of an app of Laravel 12 whose cache is on disk.
fn on_disk(name: &str, code: &str) -> Vec<&'static str> {
    let code = format!("{USE}{code}");
    let env = "APP_ENV=production\nCACHE_STORE=file\nQUEUE_CONNECTION=database\nDB_CONNECTION=pgsql\nDB_HOST=db.internal\n";
    observed("12", &[(".env", env), (name, &code)]).iter().map(|one| one.fact).collect()
}

#[test]
fn each_call_is_paired_with_the_store_in_effect() {
    for (name, code, facts) in [
        ("app/A.php", "Cache::lock('a')->get();", &["local-lock"][..]),
        ("app/A.php", "Cache::store('redis')->lock('a')->get();", &[]),
        ("app/A.php", "Cache::store($any)->lock('a')->get();", &[]),
        ("app/A.php", "Cache::store('nowhere')->lock('a')->get();", &[]),
        ("app/A.php", "Cache::get('a');", &[]),
        ("tests/A.php", "Cache::lock('a')->get();", &[]),
        ("database/seeders/A.php", "Cache::lock('a')->get();", &[]),
        ("app/A.php", "if (app()->isLocal()) { Cache::lock('a')->get(); }", &[]),
        ("app/A.php", "RateLimiter::hit('a');", &["local-rate-limit"]),
        ("routes/api.php", "Route::middleware('throttle:api')->get('/');", &["local-rate-limit"]),
        ("routes/api.php", "Route::middleware('auth:api')->get('/');", &[]),
        ("app/A.php", "Artisan::call('queue:restart');", &["local-signal"]),
        ("app/A.php", "Artisan::call('queue:work');", &[]),
    ] {
        assert_eq!(on_disk(name, code), facts, "{code}");
    }
}

#[test]
fn a_trait_of_limits_that_nobody_asks_limits_nothing() {
    let used = |code: &str| {
        let code = format!(
            "use Illuminate\\Foundation\\Auth\\{{AuthenticatesUsers, ThrottlesLogins}}; class A {{ {code} }}"
        );
        on_disk("app/Http/Controllers/A.php", &code.replace("AuthenticatesUsers, ", ""))
    };
    assert_eq!(used("use ThrottlesLogins; function login() {}"), Vec::<&str>::new());
    let asks = "use ThrottlesLogins; function login($r) { $this->hasTooManyLoginAttempts($r); }";
    assert_eq!(used(asks), ["local-rate-limit"]);
}

#[test]
fn a_default_disk_that_nothing_writes_to_is_no_error() {
    let disk = "<?php\nuse Illuminate\\Support\\Facades\\Storage;\n";
    for (name, code, severity) in [
        ("app/A.php", "", Severity::Warning),
        ("app/A.php", "Storage::disk('s3')->put('a', 1);", Severity::Warning),
        ("tests/A.php", "Storage::put('a', 1);", Severity::Warning),
        ("app/A.php", "Storage::put('a', 1);", Severity::Error),
        ("app/A.php", "Storage::get('a');", Severity::Error),
        ("app/A.php", "Storage::disk($any)->put('a', 1);", Severity::Error),
        ("app/A.php", "Storage::disk()->put('a', 1);", Severity::Error),
        ("app/A.php", "Storage::disk('local')->put('a', 1);", Severity::Error),
        ("app/A.php", "$request->file('a')->store('b');", Severity::Error),
        ("app/A.php", "$request->file('a')->store('b', 's3');", Severity::Warning),
        ("app/A.php", "class A { use \\Livewire\\WithFileUploads; }", Severity::Error),
        ("app/A.php", "use Illuminate\\Contracts\\Filesystem\\Filesystem;", Severity::Error),
        ("app/A.php", "Storage::put('a', ", Severity::Error),
        ("src/A.php", "", Severity::Error),
    ] {
        let code = format!("{disk}{code}");
        let env = "APP_ENV=production\nFILESYSTEM_DISK=local\n";
        let other = if name.starts_with("src/") { "src/B.php" } else { "app/B.php" };
        let found = judged("12", &[(".env", env), (name, &code), (other, "<?php\n")]);
        let states = found.iter().flat_map(|judged| &judged.states);
        let disks: Vec<_> = states.filter(|state| &*state.key == "filesystems.default").collect();
        let given: Vec<_> = disks.iter().map(|state| state.severity).collect();
        assert_eq!(given, [severity], "{name} {code}");
        let is_low = disks.iter().all(|state| state.confidence == Confidence::Low);
        assert_eq!(is_low, severity == Severity::Warning, "{name} {code}");
    }
}

#[test]
fn a_lock_of_a_named_store_is_told_once() {
    let env = "APP_ENV=production\nCACHE_STORE=redis\nREDIS_HOST=redis.internal\n";
    for (code, facts) in [
        ("Cache::store('file')->lock('a')->get();", &["local-lock"][..]),
        ("$lock = Cache::store('file')->lock('a', 5); $lock->block(1); $lock->release();", &["local-lock"]),
        ("Cache::store('file')->put('a', 1);", &["local-store-call"]),
    ] {
        let code = format!("{USE}{code}");
        let found = seen("12", &[(".env", env), ("app/Http/Controllers/A.php", &code)]);
        let found = found.iter().map(|one| one.fact).filter(|fact| fact.starts_with("local-"));
        assert_eq!(found.collect::<Vec<_>>(), facts, "{code}");
    }
}

#[test]
fn what_a_file_without_a_key_leaves_out_is_little_worth() {
    let lock = format!("{USE}Cache::lock('a')->get();");
    let user = "<?php\nnamespace App\\Models;\nclass User { use \\Laravel\\Passport\\HasApiTokens; }";
    let composer = r#"{"require": {"laravel/framework": "^10.0", "laravel/passport": "^11.0"}}"#;
    let cache = "<?php return ['default' => env('CACHE_DRIVER', 'file'), 'stores' => ['file' => ['driver' => 'file']]];";
    for (env, key, confidence, passport) in [
        ("", "", Confidence::Low, 0),
        ("", "APP_KEY=\n", Confidence::High, 1),
        ("CACHE_DRIVER=file\n", "", Confidence::High, 0),
    ] {
        let env = format!("APP_ENV=production\n{key}{env}");
        let found = seen(
            "10",
            &[
                (".env.production", &env),
                ("config/cache.php", cache),
                ("composer.json", composer),
                ("app/Jobs/A.php", &lock),
                ("app/Models/User.php", user),
            ],
        );
        let locks = found.iter().filter(|one| one.fact == "local-lock").map(|one| one.confidence);
        let locks: Vec<_> = locks.map(|sure| sure == Confidence::Low).collect();
        assert_eq!(locks, [confidence == Confidence::Low], "{env}");
        assert_eq!(found.iter().filter(|one| one.fact == "local-passport-keys").count(), passport, "{env}");
    }
}

#[test]
fn a_throttle_that_counts_in_redis_is_none_of_the_cache() {
    let env = (".env", "APP_ENV=production\nCACHE_STORE=file\n");
    let route = format!("{USE}Route::middleware('throttle:api')->get('/');");
    for (bootstrap, facts) in [
        ("$middleware->throttleWithRedis();", 0),
        ("// $middleware->throttleWithRedis();\n", 1),
        ("$middleware->throttleApi(redis: true);", 1),
    ] {
        let text = format!("<?php\nreturn fn ($middleware) => 1;\n{bootstrap}");
        let found = observed("12", &[env, ("bootstrap/app.php", &text), ("routes/api.php", &route)]);
        assert_eq!(found.len(), facts, "{bootstrap}");
    }
    let only = ("bootstrap/app.php", "<?php\n$middleware->throttleApi(redis: true);");
    assert!(observed("12", &[env, only]).is_empty());
}

#[test]
fn a_signal_matters_only_where_workers_wait_for_it() {
    let call = format!("{USE}Artisan::call('queue:restart');");
    for (queue, facts) in [("sync", 0), ("null", 0), ("background", 0), ("database", 1), ("redis", 1)] {
        let env = format!("APP_ENV=production\nCACHE_STORE=file\nQUEUE_CONNECTION=\"{queue}\"\n");
        let found = observed("12", &[(".env", &env), ("app/A.php", &call)]);
        assert_eq!(found.len(), facts, "{queue}");
    }
}

#[test]
fn a_store_without_locks_fails_on_the_first_server() {
    let call = format!("{USE}Cache::lock('a')->get();");
    for (version, driver, facts) in [
        ("8.14.0", "file", 0),
        ("8.15.0", "file", 1),
        ("6.2.0", "array", 0),
        ("6.3.0", "array", 1),
        ("12", "apc", 0),
    ] {
        let config =
            format!("<?php return ['default' => 'a', 'stores' => ['a' => ['driver' => '{driver}']]];");
        let lock = format!(r#"{{"packages": [{{"name": "laravel/framework", "version": "v{version}"}}]}}"#);
        let files = [
            (".env", "APP_ENV=production\n"),
            ("composer.lock", &lock),
            ("config/cache.php", &config),
            ("app/A.php", &call),
        ];
        assert_eq!(observed(version, &files).len(), facts, "{driver} of {version}");
    }
}

#[test]
fn tasks_weigh_what_running_twice_costs() {
    let env = (
        ".env",
        "APP_ENV=production\nDB_CONNECTION=pgsql\nDB_HOST=db.internal\nCACHE_STORE=redis\nREDIS_HOST=r\n",
    );
    for (code, severity) in [
        ("Schedule::command('invoices:send')->daily();", Some(Severity::Warning)),
        ("Schedule::command('model:prune')->daily();", Some(Severity::Info)),
        ("Schedule::command('queue:prune-failed --hours=48')->daily();", Some(Severity::Info)),
        ("Schedule::command(\\App\\Console\\PruneCommand::class)->daily();", Some(Severity::Info)),
        ("Schedule::command('queue:work --stop-when-empty')->everyMinute();", None),
        ("Schedule::command('invoices:send')->daily()->onOneServer();", None),
        ("Schedule::onOneServer()->command('invoices:send')->daily();", None),
        ("Schedule::job(new \\App\\Jobs\\A)->daily()->onOneServer();", None),
        ("$event = Schedule::command('invoices:send'); $event->daily(); $event->onOneServer();", None),
        (
            "Schedule::daily()->onOneServer()->group(fn () => Schedule::call(fn () => 1)->name('a'));",
            Some(Severity::Warning),
        ),
        ("Schedule::call(fn () => 1)->daily()->name('a')->onOneServer();", None),
        ("Schedule::call(fn () => 1)->daily()->onOneServer()->name('a');", Some(Severity::Warning)),
        ("if (app()->environment('local')) { Schedule::command('a')->daily(); }", None),
        ("if (app()->runningInConsole()) { Schedule::command('a')->daily(); }", Some(Severity::Warning)),
        ("Artisan::command('a', fn () => 1)->purpose('x');", None),
        ("Artisan::command('a', fn () => 1)->daily();", Some(Severity::Warning)),
    ] {
        let text = format!("{USE}{code}");
        let found = observed("12", &[env, (CONSOLE, &text)]);
        assert_eq!(found.first().map(|one| one.severity), severity, "{code}");
        assert!(found.len() < 2, "{code}");
    }
}

#[test]
fn the_scheduler_asks_for_its_store_by_version() {
    let task = "app/Console/Kernel.php";
    let kernel = |useful: &str| {
        format!(
            "<?php\nnamespace App\\Console;\nclass Kernel extends \\Illuminate\\Foundation\\Console\\Kernel {{\n\
             function schedule($schedule) {{ {useful} $schedule->command('a')->daily()->onOneServer(); }} }}"
        )
    };
    let config = |more: &str| {
        format!(
            "<?php return ['default' => 'd', {more} 'stores' => ['d' => ['driver' => 'dynamodb'], \
             'l' => ['driver' => 'file'], 'n' => ['driver' => 'null']]];"
        )
    };
    for (version, env, more, useful, local) in [
        ("12.1.0", "", "", "", false),
        ("12.1.0", "SCHEDULE_CACHE_STORE=l", "", "", true),
        ("12.1.0", "SCHEDULE_CACHE_DRIVER=d\nSCHEDULE_CACHE_STORE=l", "", "", false),
        ("10.1.0", "SCHEDULE_CACHE_STORE=l", "", "", false),
        ("10.1.0", "SCHEDULE_CACHE_DRIVER=l", "", "", true),
        ("5.8.16", "SCHEDULE_CACHE_DRIVER=l", "", "", false),
        ("10.1.0", "SCHEDULE_CACHE_DRIVER=l", "'schedule_store' => 'd',", "", false),
        ("10.1.0", "SCHEDULE_CACHE_DRIVER=l", "'schedule_store' => null,", "", false),
        ("8.19.0", "", "'schedule_store' => 'l',", "", false),
        ("8.20.0", "", "'schedule_store' => 'l',", "", true),
        ("10.1.0", "", "", "$schedule->useCache('l');", true),
        ("10.1.0", "SCHEDULE_CACHE_DRIVER=l", "", "$schedule->useCache('d');", false),
        ("10.1.0", "", "'schedule_store' => 'n',", "", true),
    ] {
        let lock = format!(r#"{{"packages": [{{"name": "laravel/framework", "version": "v{version}"}}]}}"#);
        let env = format!("APP_ENV=production\n{env}\n");
        let (config, kernel) = (config(more), kernel(useful));
        let files = [
            (".env", env.as_str()),
            ("composer.lock", &lock),
            ("config/cache.php", &config),
            (task, &kernel),
        ];
        let found = observed(version, &files);
        assert_eq!(found.len(), usize::from(local), "{version} {env} {more} {useful}");
        if more.contains("'n'") {
            assert_eq!(word(&found[0], "effect"), "scheduled tasks run nowhere");
        }
    }
}

#[test]
fn what_runs_the_scheduler_decides() {
    let task = format!("{USE}Schedule::command('invoices:send')->daily();");
    let docker = "FROM php:8.3-apache\nCOPY . .\n";
    let service = |name: &str, command: &str, replicas: u32| {
        format!(
            "  {name}:\n    build: .\n    command: {command}\n    deploy: {{ replicas: {replicas} }}\n    environment: {{ APP_ENV: production, DB_CONNECTION: pgsql, DB_HOST: db.internal, CACHE_STORE: redis, REDIS_HOST: r }}\n"
        )
    };
    let web = |replicas| service("web", "apache2-foreground", replicas);
    for (services, expected) in [
        (web(3), Some((Severity::Warning, Confidence::Medium))),
        (web(1), Some((Severity::Info, Confidence::Medium))),
        (web(3) + &service("scheduler", "php artisan schedule:work", 1), None),
        (
            web(3) + &service("scheduler", "php artisan schedule:work", 2),
            Some((Severity::Error, Confidence::High)),
        ),
        (
            service("web", "sh -c 'php artisan schedule:work & apache2-foreground'", 3),
            Some((Severity::Error, Confidence::High)),
        ),
    ] {
        let compose = format!("services:\n{services}");
        let found = observed(
            "12",
            &[("Dockerfile", docker), ("docker-compose.prod.yml", &compose), (CONSOLE, &task)],
        );
        let got = found.first().map(|one| (one.severity, one.confidence));
        assert_eq!(got, expected, "{compose}");
    }
    let app =
        r#"{"env": {"CACHE_STORE": "redis", "REDIS_HOST": "r", "DB_CONNECTION": "pgsql", "DB_HOST": "db"}}"#;
    for (procfile, expected) in [
        ("web: heroku-php-apache2 public/\nworker: php artisan queue:work\n", None),
        ("web: php artisan schedule:work & heroku-php-apache2 public/\n", Some(Severity::Error)),
    ] {
        let found = observed("12", &[("Procfile", procfile), ("app.json", app), (CONSOLE, &task)]);
        assert_eq!(found.first().map(|one| one.severity), expected, "{procfile}");
    }
}
