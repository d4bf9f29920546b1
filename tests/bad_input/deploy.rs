//! Manifests that are broken, huge, endless, or do not fit together: each is said, and the rest is judged.

use std::fs;

use super::common::{Folder, Run};
use super::{each_names, look};

/// An app that compose deploys, with a session on each server.
fn app() -> Folder {
    Folder::laravel().without(".env").file("docker-compose.prod.yml", COMPOSE)
}

const COMPOSE: &str = "services:\n  web:\n    build: .\n    ports: [\"80:80\"]\n    environment:\n      \
                       APP_ENV: production\n      SESSION_DRIVER: file\n    deploy:\n      replicas: 2\n";
const POD: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n  replicas: 3\n  template:\n    \
                   spec:\n      containers:\n        - name: web\n          image: ghcr.io/example/shop\n          ports:\n            \
                   - containerPort: 80\n";

/// The session of the app that compose deploys is found, whatever else there is.
#[track_caller]
fn still_judged(folder: &Folder) {
    let report = folder.check();
    let findings = report["findings"].as_array().unwrap();
    assert!(
        findings.iter().any(|finding| {
            finding["rule"] == "local-session"
                && finding["path"] == "docker-compose.prod.yml"
                && finding["line"] == 7
                && finding["severity"] == "error"
        }),
        "{report:#}"
    );
    folder.run(&["check"]).exits(1);
}

/// The findings of a rule: severity, path, line and message.
fn found(folder: &Folder, rule: &str) -> Vec<(String, String, u64, String)> {
    let report = folder.check();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == rule);
    findings
        .map(|finding| {
            let line = finding["line"].as_u64().unwrap_or_default();
            (text(&finding["severity"]), text(&finding["path"]), line, text(&finding["message"]))
        })
        .collect()
}

#[test]
fn broken_manifests() {
    for (path, text, reason) in [
        ("k8s/web.yaml", "apiVersion: apps/v1\nkind: Deployment\nspec: [a\nb: {", "not YAML: line"),
        ("k8s/web.yaml", "apiVersion: apps/v1\nkind: Deployment\nspec:\n\treplicas: 3\n", "not YAML: line 4"),
        (".ebextensions/app.config", "option_settings:\n  a: [\n", "not YAML: line"),
        ("fly.toml", "app = \"shop\"\n[env\nA = 1\n", "not TOML: line 2"),
        ("app.json", "{\"env\": {\"A\": \"b\",,}}", "not"),
        ("vapor.yml", "environments:\n  production: {\n", "not YAML: line"),
        ("render.yaml", "services:\n  - type: web\n   name: shop\n", "not YAML: line"),
        ("k8s/web.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: *nothing\n", "not YAML: line 3"),
        ("k8s/web.yaml", "apiVersion: apps/v1\0\nkind: Deployment\n", "binary"),
    ] {
        let folder = app().file(path, text);
        each_names(&folder, path, reason);
        still_judged(&folder);
    }
}

#[test]
fn a_broken_file_of_compose_alone() {
    let folder = Folder::laravel().file("docker-compose.prod.yml", "services:\n  web:\n   - a\n  b: [\n");
    each_names(&folder, "docker-compose.prod.yml", "not YAML: line");
    // The env file is judged as if there were no manifest.
    assert_eq!(found(&folder, "local-session").len(), 1);
    folder.run(&["check", "--set", "SESSION_DRIVER=redis", "--rule", "local-session"]).exits(3);
}

#[test]
fn aliases_without_end() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..40 {
        let one = format!("*a{}", level - 1);
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", [one.as_str(); 9].join(", ")));
    }
    for (path, text) in [
        ("docker-compose.staging.yml", format!("{bomb}services: *a39\n")),
        ("k8s/web.yaml", format!("{POD}{bomb}")),
        (".ebextensions/app.config", format!("{bomb}option_settings: *a39\n")),
        ("k8s/web.yaml", format!("kind: Deployment\napiVersion: &a [*a, *a]\n")),
    ] {
        let folder = app().file(path, text);
        look(&folder);
        still_judged(&folder);
    }
}

#[test]
fn a_manifest_of_fifty_megabytes() {
    for path in ["k8s/web.yaml", "docker-compose.staging.yml", "task-definition.json", "fly.toml"] {
        let folder = app().file(path, "kind: Deployment\n");
        fs::OpenOptions::new().write(true).open(folder.path(path)).unwrap().set_len(50 << 20).unwrap();
        each_names(&folder, path, "larger than");
        still_judged(&folder);
    }
}

#[test]
fn kinds_that_nobody_knows() {
    let folder = app()
        .file(
            "k8s/a.yaml",
            "apiVersion: example.com/v1\nkind: Spaceship\nspec:\n  containers: 3\n  env: [A]\n",
        )
        .file("k8s/b.yaml", "kind: [Deployment]\napiVersion: {}\n")
        .file("k8s/c.yaml", "- 1\n- kind: Deployment\n---\nx\n---\n~\n---\n")
        .file("k8s/d.yaml", POD.replace("kind: Deployment", "kind: Rollout"))
        .file("fly.toml", "app = 1\nenv = 2\nmounts = \"x\"\n[[processes]]\na = 1\n")
        .file("render.yaml", "services: {web: 1}\nenvVarGroups: x\n")
        .file("vapor.yml", "environments: [production]\n")
        .file("app.json", "[1]")
        .file("Procfile", ":\nweb\n: php\n")
        .file("serverless.yml", "provider: aws\nplugins: bref\nfunctions: 3\n")
        .file(".ebextensions/a.config", "option_settings: 3\nResources: x\ncontainer_commands: [a]\n");
    look(&folder);
    still_judged(&folder);
    assert_eq!(folder.check()["skipped"].as_array().unwrap().len(), 0);
}

#[test]
fn an_env_file_that_is_not_there() {
    let compose = COMPOSE.replace("    environment:", "    env_file: [docker/web.env]\n    environment:");
    let folder = app().file("docker-compose.prod.yml", compose);
    let problem = found(&folder, "unresolved-reference");
    assert_eq!(problem.len(), 1, "{problem:?}");
    assert_eq!((problem[0].1.as_str(), problem[0].2), ("docker-compose.prod.yml", 5));
    assert!(problem[0].3.contains("docker/web.env"), "{problem:?}");
    // What it may set is unknown, what is stronger is not.
    assert_eq!(found(&folder, "local-session").len(), 1);
    let unknown = format!("{:#}", folder.check()["unknown"]);
    assert!(unknown.contains("docker/web.env") && unknown.contains("cache.default"), "{unknown}");
    let optional = "    env_file:\n      - path: docker/web.env\n        required: false\n    environment:";
    let folder = app().file("docker-compose.prod.yml", COMPOSE.replace("    environment:", optional));
    assert!(found(&folder, "unresolved-reference").is_empty());
    folder.run(&["check"]).exits(1).says("docker/web.env");
}

#[test]
fn a_config_map_that_nothing_defines() {
    let pod = format!(
        "{POD}          envFrom:\n            - configMapRef: {{name: laravel}}\n          env:\n            - {{name: SESSION_DRIVER, value: file}}\n"
    );
    let map =
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: laravel-config\ndata:\n  CACHE_STORE: file\n";
    let folder = Folder::laravel().without(".env").file("k8s/web.yaml", pod).file("k8s/map.yaml", map);
    let problem = found(&folder, "unresolved-reference");
    assert_eq!(problem.len(), 1, "{problem:?}");
    assert_eq!((problem[0].1.as_str(), problem[0].2), ("k8s/web.yaml", 15));
    assert!(problem[0].3.contains("ConfigMap `laravel`"), "{problem:?}");
    assert_eq!(found(&folder, "local-session").len(), 1);
    // The map of another name is not taken for it.
    let report = folder.run(&["env", "--format", "json", "--show-secrets"]).json();
    assert!(report["apps"][0]["environments"][0]["variables"]["CACHE_STORE"].is_null(), "{report:#}");
    look(&folder);
}

#[test]
fn manifests_that_disagree() {
    let pod = format!(
        "{POD}          env:\n            - {{name: SESSION_DRIVER, value: redis}}\n            - {{name: APP_ENV, value: production}}\n            - {{name: REDIS_HOST, value: redis.internal}}\n"
    );
    let folder = app().file("k8s/production/web.yaml", pod);
    let run = folder.run(&["state"]);
    let names: Vec<&str> = run.out.lines().filter(|line| line.contains(" · ")).collect();
    assert_eq!(names.len(), 3, "{run:#?}");
    run.says("· production (docker compose, 2 replicas)")
        .says("· production (kubernetes) (kubernetes, 3 replicas)");
    let sessions = |run: &Run| -> Vec<String> {
        run.json()["apps"][0]["environments"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["state"].as_array().unwrap().iter().find(|state| state["concern"] == "session").unwrap()["store"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(sessions(&folder.run(&["state", "--format", "json"])), ["file", "redis"]);
    still_judged(&folder);
    // The one that is right does not hide the other, in either order.
    let only = folder.run(&["check", "--env", "production (kubernetes)", "--rule", "local-session"]);
    only.exits(0);
    folder.run(&["check", "--env", "production", "--rule", "local-session"]).exits(1);
}
