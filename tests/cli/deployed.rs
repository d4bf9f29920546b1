//! What the reports say of environments that manifests describe.

use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;

use crate::common::{Folder, Run, finish};

/// Runs the program on an app of `fixtures/laravel`.
fn run(fixture: &str, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unstick"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/laravel").join(fixture));
    command.env_clear().args(arguments);
    finish(command)
}

fn session(fixture: &str) -> Json {
    let report = run(fixture, &["check", "--format", "json"]).json();
    let findings = report["findings"].as_array().unwrap();
    findings.iter().find(|finding| finding["rule"] == "local-session").unwrap().clone()
}

/// A text without its line breaks and indents.
fn flat(text: &str) -> String {
    text.replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn check_says_what_was_judged() {
    let judged: Vec<String> = run("deployed", &["check"])
        .out
        .lines()
        .filter(|line| line.starts_with("  judged: ") && line.contains(" from "))
        .map(|line| line.trim().to_owned())
        .collect();
    let expected = [
        (
            "judged: production (docker compose, 2 replicas) from ",
            &["docker-compose.yml", "docker-compose.prod.yml", ".env.production"][..],
        ),
        (
            "judged: production (kustomize) (kustomize, 3 to 10 replicas) from ",
            &["k8s/base/deployment.yaml", "k8s/overlays/production/hpa.yaml", ".env.production"],
        ),
        (
            "judged: staging (kustomize, 1 replica) from ",
            &["k8s/base/deployment.yaml", "k8s/overlays/staging/kustomization.yaml"],
        ),
    ];
    assert_eq!(judged.len(), expected.len(), "{judged:#?}");
    for (judged, (start, files)) in judged.iter().zip(expected) {
        assert!(judged.starts_with(start), "{judged}");
        let sources: Vec<&str> = judged.strip_prefix(start).unwrap().split(", ").collect();
        files.iter().for_each(|file| assert!(sources.contains(file), "{file}: {judged}"));
    }
}

#[test]
fn state_has_a_column_for_each_environment() {
    let run = run("deployed", &["state"]);
    let table: Vec<Vec<&str>> = run
        .out
        .lines()
        .skip_while(|line| !line.ends_with("every environment"))
        .skip(2)
        .take_while(|line| !line.is_empty())
        .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect();
    assert_eq!(table[0], ["STATE", "production", "production (kustomize)", "staging"], "{run:#?}");
    assert_eq!(table[1], ["replicas", "2 replicas", "3 to 10 replicas", "1 replica"]);
    for row in [
        ["session", "database (shared)", "redis (shared)", "file (one server)"],
        ["cache", "redis (shared)", "redis (shared)", "database (shared)"],
        ["files", "disk local (one server)", "disk s3 (shared)", "disk s3 (shared)"],
        ["log", "channel stderr (shared)", "channel stderr (shared)", "channel stderr (shared)"],
        ["redis", "default (shared)", "default (shared)", "-"],
    ] {
        assert!(table.iter().any(|found| *found == row), "{row:?}: {table:#?}");
    }
    assert!(table.iter().all(|row| row.len() == 4), "{table:#?}");
}

/// The two kinds of load balancer of Elastic Beanstalk, with and without stickiness.
#[test]
fn sticky_sessions_are_weighed_and_told() {
    let kept = "sessions are kept on the disk of each server (storage/framework/sessions)";
    let balancer = ".ebextensions/02-load-balancer.config";
    for (fixture, replicas, sticky) in [
        ("deploy-beanstalk-application", "2 to 6 replicas run (AT:7)", None),
        ("deploy-beanstalk-application-sticky", "2 to 6 replicas run (AT:7)", Some("AT:10")),
        ("deploy-beanstalk-classic", "2 to 4 replicas run (AT:10)", None),
        ("deploy-beanstalk-classic-sticky", "2 to 4 replicas run (AT:10)", Some("AT:13")),
    ] {
        let sentence = sticky.map_or_else(String::new, |at| {
            format!(
                "; a client stays with one replica by a cookie of the load balancer ({at}), until that one dies, \
                 is scaled in or deployed"
            )
        });
        let message = format!("{kept}; {replicas}{sentence}").replace("AT:", &format!("{balancer}:"));
        let finding = session(fixture);
        assert_eq!(finding["message"], message, "{fixture}");
        assert_eq!(finding["severity"], if sticky.is_some() { "warning" } else { "error" }, "{fixture}");
        assert_eq!((&finding["path"], &finding["line"]), (&".ebextensions/01-app.config".into(), &11.into()));
        let text = run(fixture, &["check"]);
        text.exits(i32::from(sticky.is_none()));
        assert!(flat(&text.out).contains(&message), "{text:#?}");
        // The trail leads to the line that says so.
        let trail = finding["trail"].as_array().unwrap();
        let leads = trail.iter().any(|step| step["note"].as_str().unwrap().starts_with("a client stays"));
        assert_eq!(leads, sticky.is_some(), "{trail:#?}");
        let head = run(fixture, &["state"]).out.lines().next().unwrap_or_default().to_owned();
        assert_eq!(head.ends_with(", sticky sessions)"), sticky.is_some(), "{head}");
    }
}

#[test]
fn one_replica_lowers_and_hides_nothing() {
    let report = run("deployed", &["check", "--env", "staging", "--format", "json"]);
    report.exits(0);
    let findings = report.json()["findings"].as_array().unwrap().clone();
    let session = findings.iter().find(|finding| finding["rule"] == "local-session").unwrap();
    assert_eq!(session["severity"], "info");
    let message = session["message"].as_str().unwrap();
    assert!(message.ends_with("fine today, it breaks when there are more"), "{message}");
    run("deployed", &["check", "--env", "staging", "--fail-on", "info"]).exits(1);
}

/// What a job of a workflow writes is judged when it is asked for. Workflows lie at the root of a repository.
#[test]
fn a_workflow_is_judged_when_it_is_named() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/laravel/deploy-workflow");
    let mut app = Folder::laravel();
    for file in
        [".github/workflows/tests.yml", ".github/workflows/deploy.yml", ".env.example", "config/cache.php"]
    {
        app = app.file(file, std::fs::read(fixture.join(file)).unwrap());
    }
    let app = app.without(".env");
    app.run(&["check"]).says("judged: as documented");
    let run = app.run(&["env", "--env", "production", "--show-secrets"]);
    run.says("CACHE_STORE=file  .github/workflows/deploy.yml:21");
    run.says("SESSION_DRIVER=database  .github/workflows/deploy.yml:18");
    run.says("APP_KEY=(kept elsewhere)  .github/workflows/deploy.yml:17");
    assert!(!run.out.contains("array"), "the tests' job is no environment: {run:#?}");
    app.run(&["state", "--env", "production"]).says("production (github workflow, low confidence)");
    // Low confidence never fails a check.
    app.run(&["check", "--env", "production"]).exits(0);
}
