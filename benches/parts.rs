//! The parts of a check, measured one by one: `cargo bench`.

use std::path::Path;

use divan::Bencher;
use unstick::discover::Tree;
use unstick::facts::Selection;
use unstick::findings::findings;
use unstick::laravel::{App, Layout, load, select, survey};
use unstick::parse::{dotenv, php};
use unstick::report;

const APP: &str = "fixtures/laravel/laravel-12-fresh";

fn main() {
    // The PHP parser wants a deep stack; started once, it is not part of what is measured.
    php::with_deep_stack(divan::main);
}

fn app() -> App {
    App::open(Tree::open(Path::new(APP)).expect("the fixture is there"))
        .expect("the fixture is a Laravel app")
}

fn text(path: &str) -> String {
    std::fs::read_to_string(Path::new(APP).join(path)).expect("the fixture has this file")
}

#[divan::bench]
fn parse_env_file(bencher: Bencher) {
    let text = text(".env");
    bencher.bench(|| dotenv::read(&text, &dotenv::Version::V5));
}

#[divan::bench]
fn parse_config_file(bencher: Bencher) {
    let text = text("config/database.php");
    bencher.bench(|| php::parse(&text));
}

#[divan::bench]
fn open_app(bencher: Bencher) {
    bencher.bench(app);
}

#[divan::bench]
fn load_config_of_parsed_files(bencher: Bencher) {
    let app = app();
    let layout = Layout::of(&app);
    let environments = select(&app, &layout, &Selection::default()).expect("it has environments");
    let variables = &environments.first().expect("at least one").variables;
    bencher.bench_local(|| load(&app, &layout, variables));
}

#[divan::bench]
fn survey_and_report(bencher: Bencher) {
    bencher.bench_local(|| {
        let survey = survey(&app(), &Selection::default()).expect("it can be surveyed");
        let (found, _) = findings(&survey);
        report::json::render(&unstick::findings::Outcome { findings: found, ..Default::default() })
    });
}
