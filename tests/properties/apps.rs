//! Whole apps with broken files: surveyed, judged and reported in every format.

use std::fs;

use proptest::prelude::*;
use unstick::discover::Tree;
use unstick::facts::Selection;
use unstick::findings::{Outcome, findings};
use unstick::laravel::{self, App, Layout};
use unstick::report;

use super::holds;
use super::mutate::{DOTENV, JSON, PHP, mutated};
use super::php_text::program;

fn files() -> impl Strategy<Value = (String, String, String, String, String)> {
    (mutated(DOTENV), prop_oneof![mutated(PHP).boxed(), program()], mutated(PHP), mutated(JSON), mutated(PHP))
}

#[test]
fn broken_apps_are_reported() {
    holds(40, files, |(env, session, cache, composer, bootstrap)| {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("artisan", "<?php\n");
        write(".env", &env);
        write("composer.json", &composer);
        write("bootstrap/app.php", &bootstrap);
        write("config/session.php", &session);
        write("config/cache.php", &cache);
        write("config/logging.php", &session);
        let once = rendered(&folder);
        prop_assert_eq!(&once, &rendered(&folder));
        Ok(())
    });
}

fn rendered(folder: &tempfile::TempDir) -> Vec<String> {
    let app = App::open(Tree::open(folder.path()).unwrap()).unwrap();
    let selection = Selection::default();
    let layout = Layout::of(&app);
    let survey = laravel::survey(&app, &selection).unwrap();
    let mut settings = String::new();
    for loaded in laravel::select(&app, &layout, &selection).unwrap() {
        for setting in laravel::flatten(&laravel::load(&app, &layout, &loaded.variables).root) {
            settings.push_str(&format!(
                "{} {:?}\n",
                setting.key,
                setting.value.map_err(|reason| reason.text().to_owned())
            ));
        }
    }
    let (found, unknowns) = findings(&survey);
    let table = report::state::text(std::slice::from_ref(&survey), true);
    let json = report::state::json(std::slice::from_ref(&survey));
    let outcome =
        Outcome { findings: found, unknowns, skipped: survey.skipped.clone(), surveys: vec![survey] };
    let style = report::text::Style { colour: true, width: 40 };
    vec![
        settings,
        table,
        json,
        report::text::render(&outcome, style),
        report::concise::render(&outcome),
        report::json::render(&outcome),
    ]
}
