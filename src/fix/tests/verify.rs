//! After the write: a step that did not take effect is taken back, whatever the others did.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::App;
use crate::facts::{
    About, Action, Applicability, Concern, Confidence, Edit, Environment, Fix, Judged, Locality, Note,
    Severity, State, Step, TrailStep,
};
use crate::findings::{FixStep, Progress};
use crate::fix::Before;
use crate::fix::apply::{self, Targets};
use crate::fix::plan::{self, Wish};
use crate::parse::dotenv::Version;
use crate::text::Source;

const OLD: &str = "APP_ENV=production\nSESSION_DRIVER=file\nCACHE_STORE=file\nDB_PASSWORD=hunter2\n";
const WISH: Wish = Wish { unsafe_too: true, version: Version::V5 };

fn state(concern: Concern, key: &str, store: &str) -> State {
    let local = store == "file";
    State {
        concern,
        key: key.into(),
        decided_by: key.into(),
        variable: None,
        store: store.into(),
        locality: if local { Locality::Disk } else { Locality::Shared },
        unknown: None,
        fault: None,
        service: None,
        backing: None,
        detail: local.then(|| "storage/framework".into()),
        severity: Severity::Error,
        confidence: Confidence::High,
        trail: vec![TrailStep {
            step: Step::Override,
            place: None,
            note: Note::Text("a service provider".into()),
        }],
        place: None,
    }
}

/// An environment with sessions and a cache.
fn judged(session: &str, cache: &str) -> Vec<Judged> {
    let environment = Environment { name: ".env".into(), ..Environment::default() };
    let states = vec![
        state(Concern::Session, "session.driver", session),
        state(Concern::Cache, "cache.default", cache),
    ];
    vec![Judged { environment, states, observations: Vec::new(), fixes: Vec::new() }]
}

fn step(source: &Arc<Source>, concern: Concern, key: &str, variable: &str, line: u32) -> FixStep {
    let action = Action::Set { variable: variable.into(), value: "redis".into(), kin: Vec::new() };
    FixStep {
        rule: "local-session",
        app: ".".to_owned(),
        environment: ".env".into(),
        fix: Fix {
            about: About::State(concern, key.into()),
            title: format!("set {variable} to redis"),
            applicability: Applicability::Safe,
            place: None,
            why: Vec::new(),
            edits: vec![Edit { source: Arc::clone(source), line, action, old: Some("file".to_owned()) }],
            companions: Vec::new(),
            by_hand: None,
        },
        progress: Progress::Planned(crate::fix::effect::none()),
    }
}

/// Writes both steps, then looks at an app in which `now` came of it: the file and what became of the steps.
fn run(now: &[Judged]) -> (String, Vec<Progress>) {
    let app = App::new().file("app/.env", OLD);
    let source = Arc::new(Source::new(".env", OLD.to_owned()));
    let mut steps = vec![
        step(&source, Concern::Session, "session.driver", "SESSION_DRIVER", 2),
        step(&source, Concern::Cache, "cache.default", "CACHE_STORE", 3),
    ];
    let before = Before::of(&judged("file", "file"));
    let edits = plan::rewrite(&mut steps, WISH);
    let target = app.open("app/.env").unwrap();
    let path: Arc<str> = ".env".into();
    let originals = BTreeMap::from([(Arc::clone(&path), target.bytes().to_vec())]);
    let mut targets = Targets::from([(path, target)]);
    assert_eq!(apply::write_all(&mut steps, &edits, &mut targets), []);
    assert_eq!(app.text("app/.env"), OLD.replace("=file", "=redis"), "it is written first");
    let failures = apply::verify(&mut steps, &before, now, WISH, &mut targets, &originals);
    assert_eq!(failures, []);
    assert_eq!(app.names("app"), [".env"], "nothing is left beside it");
    (app.text("app/.env"), steps.into_iter().map(|step| step.progress).collect())
}

fn why(progress: &Progress) -> &str {
    match progress {
        Progress::Reverted(why) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_took_effect_stays() {
    let (text, progress) = run(&judged("redis", "redis"));
    assert_eq!(text, OLD.replace("=file", "=redis"));
    assert!(progress.iter().all(
        |progress| matches!(progress, Progress::Applied(effect) if effect.locality == Locality::Shared)
    ));
}

#[test]
fn what_changed_nothing_is_taken_back_with_the_step_that_wins() {
    let (text, progress) = run(&judged("file", "file"));
    assert_eq!(text, OLD);
    assert_eq!(why(&progress[0]), "`session.driver` would not change: a service provider decides");
    assert_eq!(why(&progress[1]), "`cache.default` would not change: a service provider decides");
}

#[test]
fn one_of_two_is_taken_back() {
    let (text, progress) = run(&judged("redis", "file"));
    assert_eq!(text, OLD.replace("SESSION_DRIVER=file", "SESSION_DRIVER=redis"));
    assert!(matches!(&progress[0], Progress::Applied(_)), "{progress:?}");
    assert_eq!(why(&progress[1]), "`cache.default` would not change: a service provider decides");
    let (text, progress) = run(&judged("file", "redis"));
    assert_eq!(text, OLD.replace("CACHE_STORE=file", "CACHE_STORE=redis"));
    assert!(matches!(&progress[1], Progress::Applied(_)), "{progress:?}");
}

/// It changed, and it is on one server still.
#[test]
fn what_does_not_help_is_taken_back() {
    let mut now = judged("redis", "redis");
    now[0].states[0] = state(Concern::Session, "session.driver", "file");
    now[0].states[0].store = "other".into();
    let (text, progress) = run(&now);
    assert_eq!(text, OLD.replace("CACHE_STORE=file", "CACHE_STORE=redis"));
    assert_eq!(
        why(&progress[0]),
        "`session.driver` would be kept on one server all the same: a service provider decides"
    );
}

/// The app cannot be read any more, or it has no such environment: nothing is known, so nothing stays.
#[test]
fn what_cannot_be_told_is_taken_back() {
    let mut other = judged("redis", "redis");
    other[0].environment.name = "production".into();
    for now in [Vec::new(), other] {
        let (text, progress) = run(&now);
        assert_eq!(text, OLD);
        assert_eq!(why(&progress[0]), "`session.driver` could no longer be told");
    }
}

/// Between the reading and the opening somebody else wrote: that text is not the one that was judged.
#[test]
fn a_file_that_changed_since_is_left_alone() {
    let app = App::new().file("app/.env", OLD);
    let source = Arc::new(Source::new(".env", OLD.to_owned()));
    let mut steps = vec![step(&source, Concern::Session, "session.driver", "SESSION_DRIVER", 2)];
    let edits = plan::rewrite(&mut steps, WISH);
    let edited = edits.get(".env").unwrap();
    assert!(apply::check(app.open("app/.env").unwrap(), edited).is_ok());
    let app = app.file("app/.env", "APP_ENV=production\n");
    let refused = apply::check(app.open("app/.env").unwrap(), edited).unwrap_err();
    assert!(refused.contains("changed by someone else"), "{refused}");
    apply::leave_out(&mut steps, ".env", &refused);
    assert_eq!(steps[0].progress, Progress::Skipped(refused));
}
