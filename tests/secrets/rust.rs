//! A Rust app full of secrets: in its manifest, its config files, its env files and its code.

use crate::common::Folder;
use crate::{CONFIGS, REPORTS, SECRET, leaks, runs};

const MAIN: &str = r##"// canary-comment
use axum::Router;
use axum_extra::extract::cookie::Key;
use tower_sessions::{MemoryStore, SessionManagerLayer};
use std::sync::{LazyLock, Mutex};
use std::collections::HashMap;

static TOKENS: LazyLock<Mutex<HashMap<String, String>>> = LazyLock::new(|| Mutex::new(HashMap::from([("canary".into(), r#"canary"#.into())])));
const PASSWORD: &str = "canary-const";

/// canary-doc
#[cached::proc_macro::cached(key = "String", convert = r#"{ "canary-attribute".to_string() }"#)]
fn price(name: String) -> String { name }

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let key = std::env::var("COOKIE_KEY").map(|key| Key::from(key.as_bytes())).unwrap_or_else(|_| Key::generate()); let password = "canary-beside";
    let fixed = Key::from(b"canary-bytes-canary-bytes-canary-bytes-canary-bytes-canary-bytes-canary");
    let pool = sqlx::SqlitePool::connect("sqlite://canary-user:canary@data/shop.db?password=canary").await.unwrap();
    let file = tracing_appender::rolling::daily("./logs", "canary-name.log");
    let redis = redis::Client::open("redis://:canary@127.0.0.1/").unwrap();
    tokio::fs::write(format!("uploads/{}", "canary"), "canary-body").await?;
    let layer = SessionManagerLayer::new(MemoryStore::default()).with_name("canary-session");
    let app = Router::new().layer(layer).with_state(key);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?; // canary
    axum::serve(listener, app).await
}
"##;

fn app() -> Folder {
    Folder::new()
        .file(
            "Cargo.toml",
            "# canary-comment\n[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\ndescription = \"canary\"\n\n[dependencies]\naxum = { version = \"0.8\", registry = \"canary\" }\naxum-extra = { version = \"0.12\", features = [\"cookie-private\"] }\nsecret = { git = \"https://user:canary@example.test/secret\" }\ntower-sessions = \"0.14\"\ncached = \"0.59\"\nmoka = \"0.12\"\nsqlx = { version = \"0.8\", features = [\"sqlite\", \"postgres\"] }\ntracing-appender = \"0.2\"\nlog4rs = \"1\"\nconfig = \"0.15\"\nloco-rs = \"0.16\"\nrocket = \"0.5\"\nredis = \"0.32\"\ntokio = { version = \"1\", features = [\"full\"] }\ndotenvy = \"0.15\"\n",
        )
        .file(".cargo/config.toml", "[env]\nDATABASE_URL = \"sqlite://canary@dev.db\"\nTOKEN = { value = \"canary\", force = true }\n")
        .file("src/main.rs", MAIN)
        .file(".env.production", "# canary\nDATABASE_URL=\"postgres://shop:canary@127.0.0.1/shop?sslkey=canary\"\nREDIS_URL=redis://:canary@localhost:6379\nJWT_SECRET=canary-jwt\nBROKEN='canary\n")
        .file("Rocket.toml", "[release]\nsecret_key = \"canary-rocket\"\n[release.databases.main]\nurl = \"sqlite://canary:canary@db/db.sqlite?key=canary\"\n")
        .file("config/production.yaml", "auth:\n  jwt:\n    secret: canary\ndatabase:\n  uri: {{ get_env(name=\"DATABASE_URL\", default=\"sqlite://canary:canary@db.sqlite?mode=rwc&key=canary\") }}\ncache:\n  kind: InMem\nqueue:\n  kind: Redis\n  uri: redis://:canary@127.0.0.1\nmailer:\n  smtp:\n    auth: {user: canary, password: canary}\n")
        .file("log4rs.yaml", "appenders:\n  file:\n    kind: rolling_file\n    path: log/shop.log\n    encoder: {pattern: 'canary'}\n    policy: {token: canary}\nroot: {level: info, appenders: [file]}\n")
}

fn keeps_secrets(app: &Folder) {
    let found = leaks(&runs(app, REPORTS, &[]), &[SECRET]);
    assert!(found.is_empty(), "{}: {found:#?}", found.len());
}

#[test]
fn a_rust_app_full_of_secrets() {
    let app = app();
    let report = app.run(&["check"]);
    for rule in [
        "local-session",
        "unshared-key",
        "loopback-service",
        "local-log",
        "in-process-state",
        "loopback-bind",
    ] {
        report.says(rule);
    }
    keeps_secrets(&app);
    let config = leaks(&runs(&app, CONFIGS, &[]), &["canary-rocket", ":canary@", "key=canary"]);
    assert!(config.is_empty(), "{config:#?}");
}

/// The same files cut off anywhere, as they are while someone writes them.
#[test]
fn rust_files_that_are_cut_off() {
    for part in 1..4 {
        let app = app();
        for path in ["src/main.rs", "Rocket.toml", "config/production.yaml", "log4rs.yaml", ".env.production"]
        {
            let text = std::fs::read_to_string(app.path(path)).unwrap();
            let mut end = text.len() * part / 4;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            app.write(path, &text[..end]);
        }
        keeps_secrets(&app);
    }
}
