use super::*;

#[test]
fn state_of_one_process_is_found() {
    each(&[
        (
            "use tower_sessions::{MemoryStore, SessionManagerLayer};
             fn layer() -> SessionManagerLayer<MemoryStore> { SessionManagerLayer::new(MemoryStore::default()) }",
            &["tower-sessions-memory-store"],
        ),
        (
            "use tower_sessions::MemoryStore as Sessions; fn f() { let store: Sessions = Default::default(); }",
            &["tower-sessions-memory-store"],
        ),
        (
            "use tower_sessions::SessionManagerLayer;
             fn f() { SessionManagerLayer::new(tower_sessions_moka_store::MokaStore::new(Some(2_000))); }",
            &["tower-sessions-moka-store"],
        ),
        (
            "use axum_extra::extract::cookie::Key; struct AppState { key: Key }
             fn f() -> AppState { AppState { key: Key::generate() } }",
            &["cookie-key-generate"],
        ),
        (
            "use actix_web::cookie::Key; use actix_session::{SessionMiddleware, storage::CookieSessionStore};
             fn f() { let secret_key = Key::generate(); SessionMiddleware::new(CookieSessionStore::default(), secret_key); }",
            &["cookie-key-generate"],
        ),
        (
            "use std::{collections::HashMap, sync::{LazyLock, Mutex}};
             static LOGIN_ATTEMPTS: LazyLock<Mutex<HashMap<String, u32>>> = LazyLock::new(|| Mutex::new(HashMap::new()));",
            &["limiter-container"],
        ),
        (
            "use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter}; use std::sync::LazyLock;
             static LIMITER: LazyLock<DefaultKeyedRateLimiter<String>> =
                 LazyLock::new(|| RateLimiter::keyed(Quota::per_minute(n)));",
            &["governor-limiter"],
        ),
        (
            "use tower_governor::{governor::GovernorConfigBuilder, GovernorLayer};
             fn f() { let cfg = GovernorConfigBuilder::default().per_second(2).burst_size(5).finish(); GovernorLayer::new(cfg); }",
            &["tower-governor"],
        ),
        (
            "use moka::future::Cache; struct AppState { users: moka::future::Cache<u64, String> }
             fn f() -> AppState { AppState { users: Cache::builder().max_capacity(10_000).build() } }",
            &["moka-cache"],
        ),
        (
            "use cached::proc_macro::cached; #[cached(time = 600, size = 100)] async fn price(sku: String) -> u64 { 1 }",
            &["cached-function"],
        ),
        (
            "use axum::extract::Multipart;
             async fn upload(mut mp: Multipart) { tokio::fs::write(format!(\"uploads/{name}\"), data).await; }",
            &["file-write"],
        ),
        (
            "use object_store::local::LocalFileSystem; use std::sync::Arc;
             fn f() { Arc::new(LocalFileSystem::new_with_prefix(\"data/blobs\")?); }",
            &["object-store-local"],
        ),
        ("fn f() { let file = tracing_appender::rolling::daily(\"./logs\", \"app.log\"); }", &["tracing-appender-rolling"]),
        (
            "use tokio_cron_scheduler::{Job, JobScheduler};
             async fn f() { let s = JobScheduler::new().await?; s.add(Job::new_async(\"0 0 8 * * *\", g)?).await?; s.start().await?; }",
            &["tokio-cron-scheduler"],
        ),
        (
            "use axum::extract::{State, WebSocketUpgrade}; use tokio::sync::broadcast;
             struct AppState { tx: broadcast::Sender<String> }
             async fn ws(ws: WebSocketUpgrade, State(state): State<AppState>) {}
             fn f() -> AppState { let (tx, _) = broadcast::channel(100); AppState { tx } }",
            &["broadcast-channel"],
        ),
    ]);
}

#[test]
fn what_every_replica_reaches_is_not() {
    each(&[
        (
            "#[cfg(test)] mod tests { use tower_sessions::MemoryStore; #[test] fn t() { MemoryStore::default(); } }",
            &[],
        ),
        ("fn f() { SessionManagerLayer::new(tower_sessions_redis_store::RedisStore::new(pool)); }", &[]),
        (
            "use axum_extra::extract::cookie::Key;
             fn f() { Key::from(std::env::var(\"COOKIE_KEY\").expect(\"COOKIE_KEY\").as_bytes()); }",
            &[],
        ),
        (
            "fn f(body: axum::body::Bytes) { let mut t = tempfile::NamedTempFile::new()?; t.write_all(&body)?; std::fs::read(t.path())?; }",
            &[],
        ),
        (
            "fn f() { tracing_subscriber::fmt().json().with_writer(std::io::stdout).init(); tracing_appender::non_blocking(std::io::stdout()); }",
            &[],
        ),
        (
            "use std::{collections::HashMap, sync::LazyLock};
             static MIME: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| HashMap::from([]));",
            &[],
        ),
        ("fn tally(v: &[String]) { let m: dashmap::DashMap<String, u32> = dashmap::DashMap::new(); }", &[]),
        (
            "use axum::extract::WebSocketUpgrade; use tokio::sync::broadcast; async fn ws(ws: WebSocketUpgrade) {}
             fn f() { let (tx, _) = broadcast::channel::<()>(1); let shutdown_rx = tx.subscribe(); }",
            &[],
        ),
        ("mod own { pub struct MemoryStore; } fn f() { own::MemoryStore::default(); }", &[]),
        (
            "fn f() { tokio::spawn(async move { let mut t = tokio::time::interval(MINUTE); loop { t.tick().await; limiter.retain_recent(); } }); }",
            &[],
        ),
    ]);
}

#[test]
fn graded_ones_are_told_apart() {
    each(&[
        (
            "use tower_sessions::CachingSessionStore; use tower_sessions_sqlx_store::PostgresStore; use tower_sessions_moka_store::MokaStore;
             fn f() { CachingSessionStore::new(MokaStore::new(Some(2000)), PostgresStore::new(pool)); }",
            &["tower-sessions-caching-store", "tower-sessions-moka-store"],
        ),
        (
            "use socketioxide::SocketIo; fn f() { let (layer, io) = SocketIo::builder().build_layer(); }",
            &["socketioxide-local"],
        ),
        (
            "use socketioxide::SocketIo; fn f() { let (layer, io) = SocketIo::builder().with_adapter::<R>(a).build_layer(); }",
            &[],
        ),
    ]);
    let text = "use cookie::Key; fn f() { let key = env_key.unwrap_or_else(Key::generate); }";
    let key = one(text, "cookie-key-generate");
    assert_eq!(key.context.conditions[0].kind, ConditionKind::Fallback(Some("env_key".to_owned())));
    let text = "use tower_sessions::CachingSessionStore; use tower_sessions_sqlx_store::PostgresStore;
        use tower_sessions_moka_store::MokaStore;
        fn f() { CachingSessionStore::new(MokaStore::new(Some(2000)), PostgresStore::new(pool)); }";
    let store = one(text, "tower-sessions-moka-store");
    assert_eq!(store.context.neighbours, ["tower-sessions-caching-store", "tower-sessions-sql-store"]);
}
