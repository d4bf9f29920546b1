//! Real PHP is the oracle: `oracle/evaluate.php` loads every Laravel fixture with each of its env files, and unstick
//! agrees with it key by key.
//!
//! It needs Debian's packages php-cli, php-laravel-framework and php-vlucas-phpdotenv. Without them it is skipped, but
//! with `UNSTICK_REQUIRE_PHP=1` it fails.

mod common;

#[path = "fix/app.rs"]
#[allow(dead_code, reason = "each test file uses its own part")]
mod app;
#[path = "php_oracle/fixed.rs"]
mod fixed;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use common::finish;
use serde_json::{Map, Value as Json};

/// What Debian's packages install.
const LIBRARIES: [&str; 3] = [
    "/usr/share/php/Illuminate/autoload.php",
    "/usr/share/php/Illuminate/Foundation/Application.php",
    "/usr/share/php/Dotenv/autoload.php",
];

/// Of a hundred values that PHP knows, unstick may leave so many open.
const MAX_UNKNOWN_PERCENT: usize = 3;

/// Fixtures whose config folder is another one.
const CONFIG_FOLDERS: &[(&str, &str)] = &[("moved-config", "app/Config")];

/// What is not compared: a fixture (or one of its cases), a dot key (and all below it) or the name of a variable, why.
const NOT_COMPARED: &[(&str, &str, &str)] = &[
    ("laravel-5-5", "CACHE_DRIVER", DOTENV_2),
    ("laravel-5-5", "cache.default", DOTENV_2),
    ("laravel-5-5", "QUEUE_HOST", DOTENV_2),
    ("laravel-5-5", "queue.connections.beanstalkd.host", DOTENV_2),
    ("laravel-5-5", "SESSION_DRIVER", DOTENV_2),
    ("laravel-5-5", "session.driver", DOTENV_2),
    ("laravel-6", "APP_NAME", DOTENV_3),
    ("laravel-6", "app.name", DOTENV_3),
    ("laravel-6", "SESSION_DRIVER", DOTENV_3),
    ("laravel-6", "session.driver", DOTENV_3),
    // An app that PHP cannot boot. Here the key is read from a config file that throws for another of its keys.
    ("hard-config with no env file", "session.table", "config/database.php throws without REDIS_HOSTS"),
];

/// Laravel 5.0 to 5.7 reads env files with phpdotenv 2 or 1, Debian has 5: in 2 a comment needs a space before it, a
/// variable resolves within single quotes too, and of two lines for one name the first wins.
const DOTENV_2: &str = "phpdotenv 2 reads the line otherwise";

/// Laravel 5.8 and 6 read env files with phpdotenv 3: in it a variable resolves within single quotes too, and so do
/// escapes like `\n`.
const DOTENV_3: &str = "phpdotenv 3 reads the line otherwise";

/// Keys that are made to be unknown: a fixture, a dot key (and all below it), and why PHP's own value proves nothing.
const MADE_UNKNOWN: &[(&str, &str, &str)] = &[
    ("php-semantics", "app.from_helper", "a helper file writes the variable"),
    ("php-semantics", "app.driver", "which of two declarations counts"),
    ("php-semantics", "classes.by_reference", "changed through a reference"),
    ("php-semantics", "classes.static", "kept from call to call"),
    ("php-semantics", "dynamic.known", "written by a computed name"),
    ("php-semantics", "dynamic.fresh", "written by a computed name"),
    ("php-semantics", "scopes.by_reference", "changed through a reference"),
    ("php-semantics", "scopes.entry_by_reference", "changed through a reference"),
    ("php-semantics", "scopes.captured_by_reference", "changed through a reference"),
    ("php-semantics", "scopes.collected", "changed through a reference"),
    ("php-semantics", "scopes.order", "the order of evaluation"),
    ("php-semantics", "scopes.tree", "changed through a reference"),
    ("php-semantics", "scopes.static", "kept from call to call"),
    ("php-semantics", "writes.put", "the config writes the variable"),
    ("php-semantics", "writes.port", "the config writes the variable"),
];

/// What was compared and what came of it.
#[derive(Debug, Default)]
struct Tally {
    sheets: usize,
    settings: usize,
    variables: usize,
    unknown: usize,
    more: usize,
    unevaluated: BTreeSet<String>,
    excused: BTreeSet<(&'static str, &'static str)>,
    faults: Vec<String>,
}

/// An app with one env file, or with none.
struct Case {
    name: String,
    app: PathBuf,
    file: Option<PathBuf>,
    laravel: u32,
}

#[test]
fn unstick_agrees_with_php() {
    if skipped() {
        return;
    }
    let root = env::var_os("UNSTICK_ORACLE_APPS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/laravel"), PathBuf::from);
    let mut apps = Vec::new();
    collect_apps(&root, &mut apps);
    let mut tally = Tally::default();
    for app in &apps {
        for case in cases(&root, app) {
            compare(&case, &mut tally);
        }
    }
    println!("{}", tally.summary(apps.len()));
    assert!(tally.faults.is_empty(), "{} differences\n{}", tally.faults.len(), tally.faults.join("\n"));
    assert!(tally.settings > 0 && tally.variables > 0, "nothing was compared");
    for &(app, key, _) in NOT_COMPARED.iter().chain(MADE_UNKNOWN) {
        let is_here = root.join(app.split(" with ").next().unwrap_or(app)).is_dir();
        assert!(!is_here || tally.excused.contains(&(app, key)), "{app}: {key} needs no excuse");
    }
}

/// Whether there is no PHP to ask; where it is required, that is a failure.
fn skipped() -> bool {
    let missing = missing();
    if let Some(missing) = &missing {
        assert!(env::var("UNSTICK_REQUIRE_PHP").as_deref() != Ok("1"), "{missing}");
        println!("skipped: PHP with illuminate and phpdotenv is not installed");
    }
    missing.is_some()
}

/// What is not installed.
fn missing() -> Option<String> {
    let runs = Command::new("php").arg("--version").output().is_ok_and(|output| output.status.success());
    if !runs {
        return Some("there is no php".to_owned());
    }
    LIBRARIES.iter().find(|file| !Path::new(file).is_file()).map(|file| format!("there is no {file}"))
}

/// Every folder with a composer.json and a config folder or an env file.
fn collect_apps(folder: &Path, apps: &mut Vec<PathBuf>) {
    if folder.join("composer.json").is_file()
        && (folder.join("config").is_dir() || !env_files(folder).is_empty())
    {
        apps.push(folder.to_owned());
    }
    for entry in entries(folder) {
        if entry.is_dir() && !entry.is_symlink() {
            collect_apps(&entry, apps);
        }
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

fn env_files(app: &Path) -> Vec<PathBuf> {
    let is_env = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        (name == ".env" || name.starts_with(".env.")) && file.is_file()
    };
    entries(app).into_iter().filter(is_env).collect()
}

fn cases(root: &Path, app: &Path) -> Vec<Case> {
    let name = app.strip_prefix(root).unwrap().to_string_lossy().into_owned();
    let laravel = laravel(app);
    let files = env_files(app).into_iter().map(Some).chain([None]);
    files.map(|file| Case { name: name.clone(), app: app.to_owned(), file, laravel }).collect()
}

/// The first version of Laravel that composer.json names (5 for 5.x), 0 when it names none.
fn laravel(app: &Path) -> u32 {
    let composer = fs::read_to_string(app.join("composer.json")).unwrap();
    let composer: Json = serde_json::from_str(&composer).unwrap_or_default();
    let constraint = composer["require"]["laravel/framework"].as_str().unwrap_or_default();
    let digits = constraint.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits
        .split(|c: char| !c.is_ascii_digit())
        .next()
        .and_then(|major| major.parse().ok())
        .unwrap_or_default()
}

fn compare(case: &Case, tally: &mut Tally) {
    tally.sheets += 1;
    let php = case.php();
    let failed = php["failed"].as_object().unwrap();
    let env_name =
        case.file.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let sheet = case.unstick("env");
    if let Some(message) = env_name.as_ref().and_then(|name| failed.get(name)) {
        if sheet["errors"].as_array().is_none_or(Vec::is_empty) {
            tally.faults.push(format!("{case}: PHP cannot read the env file, unstick can: {message}"));
        }
        return;
    }
    tally.unevaluated.extend(failed.iter().map(|(file, why)| format!("{}: {file}: {why}", case.name)));
    compare_variables(
        case,
        php["variables"].as_object().unwrap(),
        sheet["variables"].as_object().unwrap(),
        tally,
    );
    let sheet = case.unstick("config");
    compare_settings(case, &php, sheet["settings"].as_object().unwrap(), tally);
}

fn compare_variables(case: &Case, php: &Map<String, Json>, ours: &Map<String, Json>, tally: &mut Tally) {
    let names: BTreeSet<&String> = php.keys().chain(ours.keys()).collect();
    for name in names {
        // A name without a value (`NAME`) is no variable: `env()` gives its default.
        let theirs = php.get(name).unwrap_or(&Json::Null);
        let our = ours.get(name).map_or(&Json::Null, |variable| &variable["value"]);
        if case.is_excused(name, NOT_COMPARED, tally) {
            continue;
        }
        tally.variables += 1;
        if theirs != our {
            tally.faults.push(format!("{case}: {name}\n    PHP:     {theirs}\n    unstick: {our}"));
        }
    }
}

fn compare_settings(case: &Case, php: &Json, ours: &Map<String, Json>, tally: &mut Tally) {
    let theirs = php["config"].as_object().unwrap();
    let (mut compared, mut unknown) = (0, Vec::new());
    for (key, value) in theirs {
        if case.is_excused(key, NOT_COMPARED, tally) {
            continue;
        }
        let opaque = value.get("opaque").is_some();
        match ours.get(key) {
            Some(setting) if setting.get("unknown").is_some() => {
                if !opaque {
                    unknown.push(format!("{key} = {value}: {}", setting["unknown"]));
                }
            }
            Some(setting) if !opaque && setting["value"] == *value => {}
            // Since Laravel 11 the framework's own entries are merged into an empty list of the app's.
            None if case.laravel >= 11 && *value == Json::Array(Vec::new()) && has_below(ours, key) => {}
            None if let Some(reason) = unknown_above(ours, key) => {
                if !opaque {
                    unknown.push(format!("{key} = {value}: {reason}"));
                }
            }
            None => tally
                .faults
                .push(format!("{case}: {key}\n    PHP:     {value}\n    unstick: has no such key")),
            Some(setting) => tally
                .faults
                .push(format!("{case}: {key}\n    PHP:     {value}\n    unstick: {}", setting["value"])),
        }
        compared += 1;
    }
    unknown.retain(|line| {
        let key = line.split(" = ").next().unwrap_or_default();
        !case.is_excused(key, MADE_UNKNOWN, tally)
    });
    if unknown.len() * 100 > compared * MAX_UNKNOWN_PERCENT {
        let mut fault = format!("{case}: {} of {compared} settings are unknown", unknown.len());
        for line in &unknown {
            let _ = write!(fault, "\n    {line}");
        }
        tally.faults.push(fault);
    }
    tally.settings += compared;
    tally.unknown += unknown.len();
    more(case, php, ours, tally);
}

/// Keys that PHP does not have. Since Laravel 11 they are the framework's; before it they are faults.
fn more(case: &Case, php: &Json, ours: &Map<String, Json>, tally: &mut Tally) {
    let failed = php["failed"].as_object().unwrap();
    for (key, setting) in ours {
        let of_failed = failed.keys().any(|file| is_at_or_below(key, file));
        if php["config"].get(key).is_some() || of_failed || setting.get("unknown").is_some() {
            continue;
        }
        if case.laravel >= 11 {
            tally.more += 1;
        } else if !case.is_excused(key, NOT_COMPARED, tally) {
            tally.faults.push(format!(
                "{case}: {key}\n    PHP:     has no such key\n    unstick: {}",
                setting["value"]
            ));
        }
    }
}

fn is_at_or_below(key: &str, above: &str) -> bool {
    key.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn has_below(settings: &Map<String, Json>, key: &str) -> bool {
    settings.keys().any(|other| other != key && is_at_or_below(other, key))
}

/// Why a key is missing: a value above it is unknown, or it is one of a list whose entries are not all known.
fn unknown_above<'a>(settings: &'a Map<String, Json>, key: &str) -> Option<&'a str> {
    settings
        .iter()
        .filter(|(other, _)| is_at_or_below(key, other.strip_suffix(".*").unwrap_or(other)))
        .find_map(|(_, setting)| setting.get("unknown")?.as_str())
}

impl Case {
    fn php(&self) -> Json {
        let mut command = Command::new("php");
        command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("oracle/evaluate.php")).arg(&self.app);
        command.arg(self.file.as_deref().unwrap_or(Path::new("")));
        let folder = CONFIG_FOLDERS.iter().find(|(app, _)| *app == self.name);
        command.args(folder.map(|(_, folder)| self.app.join(folder)));
        command.env_clear().env("PATH", env::var_os("PATH").unwrap_or_default());
        let run = finish(command);
        assert_eq!(run.code, Some(0), "{self}: {run:#?}");
        run.json()
    }

    /// The sheet of the one app and the one environment.
    fn unstick(&self, subcommand: &str) -> Json {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unstick"));
        command.arg(subcommand).arg(&self.app).args(["--show-secrets", "--format", "json"]);
        match &self.file {
            Some(file) => command.arg("--env-file").arg(file),
            None => command.arg("--no-env-file"),
        };
        command.env_clear();
        let json = finish(command).json();
        let apps = json["apps"].as_array().unwrap();
        assert_eq!(apps.len(), 1, "{self}: unstick {subcommand} finds one app");
        let sheets = apps[0]["environments"].as_array().unwrap();
        assert_eq!(sheets.len(), 1, "{self}: unstick {subcommand} judges one environment");
        sheets[0].clone()
    }

    fn is_excused(&self, key: &str, table: &[(&'static str, &'static str, &str)], tally: &mut Tally) -> bool {
        let of_app = |app: &str| app == self.name || app == self.to_string();
        let excuse = table.iter().find(|(app, above, _)| of_app(app) && is_at_or_below(key, above));
        excuse.is_some_and(|&(app, above, _)| {
            tally.excused.insert((app, above));
            true
        })
    }
}

impl std::fmt::Display for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let file = self.file.as_deref().and_then(Path::file_name);
        write!(f, "{} with {}", self.name, file.map_or("no env file".into(), |name| name.to_string_lossy()))
    }
}

impl Tally {
    fn summary(&self, apps: usize) -> String {
        let mut text = format!(
            "{apps} apps, {} times with an env file or none: {} settings compared, {} of them unknown, {} variables \
             compared, {} settings of the framework's own",
            self.sheets, self.settings, self.unknown, self.variables, self.more
        );
        for file in &self.unevaluated {
            let _ = write!(text, "\n  PHP could not evaluate {file}");
        }
        text
    }
}
