mod contexts;
mod facts;
mod names;
mod shapes;

use super::*;
use crate::facts::Locality;

/// The crates that every snippet may name: each under its own name.
const CRATES: &[&str] = &[
    "tower-sessions",
    "tower-sessions-moka-store",
    "tower-sessions-redis-store",
    "tower-sessions-sqlx-store",
    "axum-extra",
    "axum",
    "actix-web",
    "actix-session",
    "actix-multipart",
    "dashmap",
    "governor",
    "tower_governor",
    "moka",
    "cached",
    "tokio",
    "object_store",
    "tracing-appender",
    "tracing-subscriber",
    "tokio-cron-scheduler",
    "tempfile",
    "socketioxide",
    "axum-login",
    "rocket",
    "rusqlite",
    "sqlx",
    "parking_lot",
    "once_cell",
    "lazy_static",
    "redb",
    "sled",
    "diesel",
    "ed25519-dalek",
    "amqprs",
    "oauth2",
    "tantivy",
    "opendal",
    "flexi_logger",
    "fs2",
    "rust-s3",
    "async-session",
    "tide",
    "cookie",
    "poem",
    "salvo",
    "linked-hash-map",
    "lru",
    "regex",
    "reqwest",
    "sea-orm",
    "surrealdb",
    "apalis",
    "clokwerk",
    "axum_session",
    "redis",
    "hyper",
    "cfg-if",
    "chrono",
    "actix-governor",
    "fern",
    "libsql",
    "rocksdb",
    "arc-swap",
];

fn crates() -> BTreeMap<String, String> {
    CRATES.iter().map(|package| (package.replace('-', "_"), (*package).to_owned())).collect()
}

/// What is found in some files.
fn scan_files(files: &[(&str, &str)]) -> Scanned {
    let files: Vec<SourceText> = files
        .iter()
        .map(|(path, text)| SourceText {
            relative: (*path).to_owned(),
            source: Arc::new(Source::new(path, (*text).to_owned())),
        })
        .collect();
    let roots: Vec<String> = files
        .iter()
        .map(|file| file.relative.clone())
        .filter(|path| matches!(path.as_str(), "src/main.rs" | "src/lib.rs") || path.starts_with("src/bin/"))
        .collect();
    scan(&Code { crate_name: "shop", roots: &roots, files: &files, crates: &crates() })
}

/// What is found in a text as `src/main.rs`.
fn found(text: &str) -> Vec<Found> {
    scan_files(&[("src/main.rs", text)]).found
}

/// The marks of what lives with one process, in order.
fn local(text: &str) -> Vec<&'static str> {
    locals(&found(text))
}

fn locals(found: &[Found]) -> Vec<&'static str> {
    let mut ids: Vec<&str> = found
        .iter()
        .filter(|one| !matches!(one.mark.locality, Locality::Shared | Locality::Client))
        .map(|one| one.mark.id.as_str())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Each text has just these local marks.
fn each(cases: &[(&str, &[&str])]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, local(text), expected))
        .filter(|(_, found, expected)| found != *expected)
        .map(|(text, found, expected)| format!("{text}\n  found {found:?}, not {expected:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The one finding of a mark in a text.
fn one(text: &str, id: &str) -> Found {
    let mut all: Vec<Found> = found(text).into_iter().filter(|one| one.mark.id == id).collect();
    assert_eq!(all.len(), 1, "{id} in {text}");
    all.remove(0)
}

#[test]
fn every_literal_is_looked_for() {
    let crates = ["tower_sessions", "flexi_logger", "sqlx", "redis", "sled", "axum_extra", "axum"];
    let needles = needles(&crates.into_iter().map(str::to_owned).collect());
    for literal in
        ["MemoryStore", "::generate", "log_to_file", "advisory_lock", "SqlitePool", "redis", "sled", "Mutex"]
    {
        assert!(needles.contains(&literal), "{literal}");
    }
    for literal in ["new", "open", "Key", "Client", "default", "std", "tokio"] {
        assert!(!needles.contains(&literal), "{literal}");
    }
}

#[test]
fn nothing_panics() {
    for text in [
        "",
        "\u{feff}",
        "#!",
        "#!x",
        "fn",
        "use",
        "use a::{",
        "}",
        "é",
        "'",
        "\"",
        "/*",
        "r#\"",
        "fn f(){x!(é)}",
        "\0",
    ] {
        let _ = found(text);
    }
}
