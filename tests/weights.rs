//! What weighs less by what it is for: each was a false alarm in a public app.

use std::fs;
use std::process::Command;

const MANIFEST: &str = r#"
[package]
name = "shop"
version = "0.1.0"
edition = "2024"

[dependencies]
axum = "0.8"
dashmap = "6"
redis = "0.32"
tempfile = "3"
tokio = { version = "1", features = ["full"] }
"#;

const SERVER: &str = r#"
#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:8080").await?;
    axum::serve(listener, axum::Router::new()).with_graceful_shutdown(stopped()).await
}

async fn stopped() {
    let _ = tokio::signal::ctrl_c().await;
}
"#;

/// The severities that `check` gives the findings of a rule in an app with this code and this file beside it.
fn severities(rule: &str, code: &str, beside: Option<(&str, &str)>) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let main = format!("{code}\n{SERVER}");
    let own = [("Cargo.toml", MANIFEST), ("src/main.rs", main.as_str())];
    for (path, content) in own.into_iter().chain(beside) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_unstick"))
        .args(["check", "--format", "json"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let of_rule = report["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == rule);
    of_rule.map(|finding| finding["severity"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn collections_in_a_static() {
    for (name, kind, expected) in [
        ("SCANS", "Mutex<HashMap<String, u64>>", "info"),
        ("SESSIONS", "Mutex<HashMap<String, u64>>", "error"),
        ("USERS", "RwLock<HashMap<u64, String>>", "error"),
        // The lock is no word of the name.
        ("SEEN", "RwLock<HashMap<u64, String>>", "info"),
        ("STORED_IMAGES", "RwLock<HashMap<u64, String>>", "info"),
        ("REORDERED", "RwLock<HashMap<u64, String>>", "info"),
        ("PUBLIC_KEY_CACHE", "Mutex<HashMap<String, String>>", "info"),
        ("USER_CACHE", "Mutex<HashMap<String, String>>", "info"),
        ("TOKEN_CACHE", "Mutex<HashMap<String, String>>", "error"),
        ("IN_MEMORY", "Mutex<HashMap<String, String>>", "info"),
        ("EVENT_LISTENERS", "RwLock<Vec<u64>>", "info"),
        ("ROOM_LISTENERS", "RwLock<Vec<u64>>", "error"),
    ] {
        let code = format!(
            "use std::collections::HashMap;\nuse std::sync::{{LazyLock, Mutex, RwLock}};\nstatic {name}: LazyLock<{kind}> = LazyLock::new(Default::default);"
        );
        assert_eq!(severities("in-process-state", &code, None), [expected], "{name}");
    }
}

#[test]
fn addresses_of_the_own_machine() {
    let code = "fn redis() -> redis::RedisResult<redis::Client> { redis::Client::open(std::env::var(\"REDIS_URL\").unwrap_or_default()) }";
    let address = "REDIS_URL=redis://127.0.0.1:6379\n";
    let compose =
        "services:\n  shop:\n    build: .\n    environment:\n      REDIS_URL: redis://127.0.0.1:6379\n";
    for (file, content, expected) in [
        (".env.production", address, &["warning"][..]),
        (".env.example", address, &[][..]),
        ("compose.yaml", compose, &["warning"][..]),
    ] {
        let found = severities("loopback-service", code, Some((file, content)));
        let found: Vec<&str> =
            found.iter().map(String::as_str).filter(|severity| *severity != "info").collect();
        assert_eq!(found, expected, "{file}");
    }
}

#[test]
fn loops_on_a_clock() {
    let code = r#"
fn upkeep(db_pool: std::sync::Arc<dashmap::DashMap<u64, u64>>) {
    tokio::spawn(async move {
        let mut clock = tokio::time::interval(std::time::Duration::from_secs(60));
        loop {
            clock.tick().await;
            db_pool.clear();
        }
    });
}
"#;
    let found = severities("repeated-schedule", code, None);
    assert!(found.iter().all(|severity| severity == "info"), "{found:?}");
}
