use super::*;

#[test]
fn a_path_is_followed_to_its_crate() {
    each(&[
        ("fn f() { tower_sessions::MemoryStore::default(); }", &["tower-sessions-memory-store"]),
        ("fn f() { ::tower_sessions::MemoryStore::default(); }", &["tower-sessions-memory-store"]),
        (
            "use tower_sessions as ts; fn f() { ts::MemoryStore::default(); }",
            &["tower-sessions-memory-store"],
        ),
        (
            "extern crate tower_sessions as ts; fn f() { ts::MemoryStore::default(); }",
            &["tower-sessions-memory-store"],
        ),
        (
            "use tower_sessions::{self, SessionManagerLayer}; fn f() { tower_sessions::MemoryStore::default(); }",
            &["tower-sessions-memory-store"],
        ),
        ("use tower_sessions::*; fn f() { MemoryStore::default(); }", &["tower-sessions-memory-store"]),
        (
            "fn f() { use tower_sessions::MemoryStore; MemoryStore::default(); }",
            &["tower-sessions-memory-store"],
        ),
        (
            "fn f() { { use tower_sessions::MemoryStore as M; M::default(); } }",
            &["tower-sessions-memory-store"],
        ),
        (
            "mod a { pub use tower_sessions::MemoryStore; } fn f() { a::MemoryStore::default(); }",
            &["tower-sessions-memory-store"],
        ),
        (
            "mod a { pub use tower_sessions::*; } use a::*; fn f() { MemoryStore::default(); }",
            &["tower-sessions-memory-store"],
        ),
        (
            "mod a { pub fn f() { super::M::default(); } } use tower_sessions::MemoryStore as M;",
            &["tower-sessions-memory-store"],
        ),
        (
            "mod a { pub mod b { pub use tower_sessions::MemoryStore as S; } } use self::a::b; fn f() { b::S::default(); }",
            &["tower-sessions-memory-store"],
        ),
        (
            "type Store = tower_sessions::MemoryStore; fn f() { Store::default(); }",
            &["tower-sessions-memory-store"],
        ),
        (
            "use axum_login::tower_sessions::MemoryStore; fn f() { MemoryStore::default(); }",
            &["tower-sessions-memory-store"],
        ),
        ("struct A { store: Option<tower_sessions::MemoryStore> }", &["tower-sessions-memory-store"]),
        ("fn f() { Layer::<tower_sessions::MemoryStore>::new(); }", &["tower-sessions-memory-store"]),
        ("fn f() { g::<tower_sessions::MemoryStore>(); }", &["tower-sessions-memory-store"]),
        ("fn f() { h.g::<tower_sessions::MemoryStore>(); }", &["tower-sessions-memory-store"]),
        ("fn f() { vec![tower_sessions::MemoryStore::default()]; }", &["tower-sessions-memory-store"]),
        (
            "fn f() { tokio::select! { a = b => { tower_sessions::MemoryStore::default(); } } }",
            &["tower-sessions-memory-store"],
        ),
        (
            "fn f() { cfg_select! { unix => { tower_sessions::MemoryStore::default(); } _ => {} } }",
            &["tower-sessions-memory-store"],
        ),
        (
            "use moka::sync::Cache; lazy_static::lazy_static! { static ref C: Cache<u8, u8> = Cache::new(1); }",
            &["moka-cache"],
        ),
        (
            "use moka::sync::Cache; fn f() { thread_local! { static C: Cache<u8, u8> = Cache::new(1); } }",
            &["moka-cache"],
        ),
        ("use cookie::Key; fn f() { env.map(a).unwrap_or_else(Key::generate); }", &["cookie-key-generate"]),
        ("use poem::web::cookie::CookieKey; fn f() { CookieKey::generate(); }", &["cookie-key-generate"]),
        (
            "use rocket::tokio; #[post(\"/\")] async fn f() { tokio::fs::write(\"uploads/a\", b).await; }",
            &["file-write"],
        ),
        ("use salvo::session::MemoryStore; fn f() { MemoryStore::new(); }", &["salvo-memory-store"]),
        ("use tide::sessions::MemoryStore; fn f() { MemoryStore::new(); }", &["async-session-memory-store"]),
        ("use cached::proc_macro::once; #[once] fn f() -> u8 { 1 }", &["cached-function"]),
        (
            "#[cached::proc_macro::io_cached(disk = true, time = 1)] fn f() -> u8 { 1 }",
            &["cached-function-disk"],
        ),
        ("fn f() { flexi_logger::Logger::with(a).log_to_file(b); }", &["flexi-logger-file"]),
        ("use surrealdb::engine::local::Mem; fn f() { Surreal::new::<Mem>(()); }", &["surrealdb-memory"]),
        ("fn f() { sea_orm::Database::connect(\"sqlite://a.db\"); }", &["sea-orm-sqlite"]),
        (
            "const URL: &str = \"sqlite://a.db\"; fn f() { sea_orm::Database::connect(URL); }",
            &["sea-orm-sqlite"],
        ),
        (
            "use axum_session::SessionConfig; fn f() { SessionConfig::default().with_table_name(a); }",
            &["axum-session-memory-lifetime"],
        ),
        ("use fs2::FileExt; fn f() { file.try_lock_exclusive(); }", &["file-lock"]),
        // What the parser refuses is read as tokens.
        (
            "use tower_sessions::MemoryStore; fn f() { let = MemoryStore::default(); }",
            &["tower-sessions-memory-store"],
        ),
    ]);
}

#[test]
fn the_same_name_elsewhere_is_not() {
    each(&[
        ("fn f() { MemoryStore::default(); }", &[]),
        ("struct MemoryStore; fn f() { MemoryStore::default(); }", &[]),
        ("use tower_sessions::*; struct MemoryStore; fn f() { MemoryStore::default(); }", &[]),
        ("use unknown::MemoryStore; fn f() { MemoryStore::default(); }", &[]),
        ("mod tower_sessions { pub struct MemoryStore; } fn f() { tower_sessions::MemoryStore; }", &[]),
        ("use tower_sessions::MemoryStore;", &[]),
        (
            "/// MemoryStore::default()\n// tower_sessions::MemoryStore\nfn f() { \"tower_sessions::MemoryStore\"; }",
            &[],
        ),
        ("use ed25519_dalek::SigningKey as Key; fn f() { Key::generate(&mut rng); }", &[]),
        ("use amqprs::connection::Connection; fn f() { Connection::open(&args); }", &[]),
        ("use rusqlite::Connection; fn f(c: &Connection) { c.execute(a); }", &[]),
        ("use cookie::Key; fn f() { Key::from(secret); }", &[]),
        ("use cookie::Key; fn f() -> Key { Key::derive_from(secret) }", &[]),
        ("#[cached(time = 1)] fn f() {}", &[]),
        ("#[cached::proc_macro::io_cached(redis = true, time = 1)] fn f() -> u8 { 1 }", &[]),
        ("use moka::sync::Cache; struct A { cache: Cache<u8, u8> }", &[]),
        ("struct L; impl L { fn log_to_file(&self) {} } fn f() { L.log_to_file(); }", &[]),
        ("fn f() { sea_orm::Database::connect(\"postgres://a\"); }", &[]),
        ("fn f() { sea_orm::Database::connect(url); }", &[]),
        (
            "use axum_session::SessionConfig; fn f() { SessionConfig::default().with_memory_lifetime(a); }",
            &[],
        ),
        ("use libsql::Builder; fn f() { Builder::new_remote(url, token); }", &[]),
        ("fn test_state() { tower_sessions::MemoryStore::default(); }", &[]),
        ("#[tokio::test] async fn f() { tower_sessions::MemoryStore::default(); }", &[]),
        ("#[cfg(any(test, feature = \"mock\"))] fn f() { tower_sessions::MemoryStore::default(); }", &[]),
        ("#[cfg(debug_assertions)] fn f() { tower_sessions::MemoryStore::default(); }", &[]),
        ("mod mock { fn f() { tower_sessions::MemoryStore::default(); } }", &[]),
        ("fn f() { openssl::rsa::Rsa::generate(2048); }", &[]),
        ("use a::b; use b::a; fn f() { a::c(); b::d(); }", &[]),
    ]);
}

#[test]
fn files_are_one_crate() {
    let main = "mod store; mod web; #[cfg(test)] mod helpers; #[path = \"odd/place.rs\"] mod moved; use store::Store;";
    let store = "pub use tower_sessions::MemoryStore as Store;";
    for (path, text, expected) in [
        (
            "src/web.rs",
            "use crate::store::Store; fn f() { Store::default(); }",
            &["tower-sessions-memory-store"][..],
        ),
        ("src/web.rs", "use super::Store; fn f() { Store::default(); }", &["tower-sessions-memory-store"]),
        (
            "src/web.rs",
            "use super::store; fn f() { store::Store::default(); }",
            &["tower-sessions-memory-store"],
        ),
        ("src/web.rs", "use crate::*; fn f() { Store::default(); }", &["tower-sessions-memory-store"]),
        (
            "src/web/mod.rs",
            "use shop::store::Store; fn f() { Store::default(); }",
            &["tower-sessions-memory-store"],
        ),
        (
            "src/web/inner.rs",
            "use super::super::Store; fn f() { Store::default(); }",
            &["tower-sessions-memory-store"],
        ),
        (
            "src/odd/place.rs",
            "use super::Store; fn f() { Store::default(); }",
            &["tower-sessions-memory-store"],
        ),
        (
            "src/bin/tool.rs",
            "use shop::store::Store; fn f() { Store::default(); }",
            &["tower-sessions-memory-store"],
        ),
        ("src/bin/tool.rs", "use crate::store::Store; fn f() { Store::default(); }", &[]),
        ("src/helpers.rs", "use crate::store::Store; fn f() { Store::default(); }", &[]),
        ("src/tests.rs", "use crate::store::Store; fn f() { Store::default(); }", &[]),
        ("tests/a.rs", "use shop::store::Store; fn f() { Store::default(); }", &[]),
    ] {
        let scanned = scan_files(&[("src/main.rs", main), ("src/store.rs", store), (path, text)]);
        assert_eq!(locals(&scanned.found), expected, "{path} {text}");
    }
}

#[test]
fn a_crate_goes_by_the_name_that_cargo_gives() {
    let crates: BTreeMap<String, String> = [("sessions", "tower-sessions"), ("bucket", "rust-s3")]
        .map(|(name, package)| (name.to_owned(), package.to_owned()))
        .into();
    let text = "fn f() { sessions::MemoryStore::default(); bucket::Bucket::new(); tower_sessions::MemoryStore::new(); }";
    let source = Arc::new(Source::new("src/main.rs", text.to_owned()));
    let files = [SourceText { relative: "src/main.rs".to_owned(), source }];
    let roots = ["src/main.rs".to_owned()];
    let scanned = scan(&Code { crate_name: "shop", roots: &roots, files: &files, crates: &crates });
    let ids: Vec<&str> = scanned.found.iter().map(|one| one.mark.id.as_str()).collect();
    assert_eq!(ids, ["tower-sessions-memory-store", "s3-client"]);
}

#[test]
fn what_cannot_be_parsed_is_said() {
    let scanned = scan_files(&[("src/main.rs", "fn f() { let = 1; }"), ("src/a.rs", "fn f( {")]);
    let paths: Vec<&str> = scanned.unparsed.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["src/main.rs", "src/a.rs"]);
}
