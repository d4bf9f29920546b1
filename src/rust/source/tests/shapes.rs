use super::*;

const STATE: &str =
    "use std::{collections::HashMap, sync::{Arc, Mutex, RwLock, LazyLock}}; use axum::extract::State;";

#[test]
fn collections_that_requests_share() {
    let with = |text: &str| local(&format!("{STATE} {text}"));
    for (text, expected) in [
        ("static A: LazyLock<RwLock<Vec<u8>>> = x();", &["static-container"][..]),
        ("fn f() { static A: Mutex<Vec<u8>> = Mutex::new(Vec::new()); }", &["static-container"]),
        ("static A: LazyLock<dashmap::DashMap<String, u8>> = x();", &["static-container"]),
        (
            "static A: once_cell::sync::Lazy<parking_lot::Mutex<HashMap<u8, u8>>> = x();",
            &["static-container"],
        ),
        ("lazy_static::lazy_static! { static ref A: Mutex<HashMap<u8, u8>> = x(); }", &["static-container"]),
        (
            "struct Hub { users: Mutex<HashMap<u8, u8>> } static A: LazyLock<Arc<Hub>> = x();",
            &["static-container"],
        ),
        ("type Map = HashMap<u8, u8>; static A: Mutex<Map> = x();", &["static-container"]),
        (
            "type Shared<T> = Arc<Mutex<T>>; static A: LazyLock<Shared<HashMap<u8, u8>>> = x();",
            &["static-container"],
        ),
        ("static A: LazyLock<Mutex<HashMap<std::net::IpAddr, u8>>> = x();", &["limiter-container"]),
        ("struct S { m: RwLock<HashMap<u8, u8>> } async fn h(s: State<Arc<S>>) {}", &["state-container"]),
        (
            "struct S { m: dashmap::DashMap<Id, Cart> } struct Id; struct Cart; async fn h(s: State<S>) {}",
            &["state-container"],
        ),
        (
            "struct S { i: Inner } struct Inner { m: Mutex<Vec<u8>> } async fn h(s: State<S>) {}",
            &["state-container"],
        ),
        ("struct S { m: HashMap<u8, u8> } async fn h(s: State<Arc<Mutex<S>>>) {}", &["state-container"]),
        ("type Db = Arc<RwLock<HashMap<u8, u8>>>; async fn h(State(db): State<Db>) {}", &["state-container"]),
        (
            "type Db = Arc<RwLock<HashMap<u8, u8>>>; fn f() { let db = Db::default(); a.with_state(db); }",
            &["state-container"],
        ),
        (
            "struct S { m: Mutex<Vec<u8>> } fn f() { let s = Arc::new(S { m: x() }); a.with_state(s.clone()); }",
            &["state-container"],
        ),
        (
            "struct S { m: Mutex<Vec<u8>> } fn s() -> Arc<S> { x() } fn f() { a.with_state(s()); }",
            &["state-container"],
        ),
        (
            "struct S { m: Mutex<Vec<u8>> } fn f() { actix_web::web::Data::new(S { m: x() }); }",
            &["state-container"],
        ),
        ("struct S { m: Mutex<Vec<u8>> } fn f() { rocket.manage(S { m: x() }); }", &["state-container"]),
        (
            "struct S { m: Mutex<Vec<u8>> } fn f() { a.layer(axum::Extension(Arc::new(S { m: x() }))); }",
            &["state-container"],
        ),
        ("struct RateLimiter { m: Mutex<HashMap<String, u8>> }", &["limiter-container"]),
        // Near misses.
        ("static A: Mutex<()> = Mutex::new(());", &[]),
        ("static A: LazyLock<Vec<u8>> = x();", &[]),
        ("static A: LazyLock<regex::Regex> = x();", &[]),
        ("static CONFIG: LazyLock<RwLock<HashMap<String, String>>> = x();", &[]),
        ("static A: LazyLock<RwLock<Config>> = x(); struct Config { a: String }", &[]),
        ("static METRICS: LazyLock<Mutex<HashMap<String, u64>>> = x();", &[]),
        ("static A: std::sync::OnceLock<sqlx::PgPool> = x();", &[]),
        ("static A: Mutex<own::HashMap> = x(); mod own { pub struct HashMap; }", &[]),
        ("thread_local! { static A: std::cell::RefCell<Vec<u8>> = x(); }", &[]),
        ("struct S { m: HashMap<u8, u8> } async fn h(s: State<Arc<S>>) {}", &[]),
        ("struct S { m: Mutex<Vec<u8>> } fn f() { S { m: x() }; }", &[]),
        ("fn f() { let m: Mutex<HashMap<u8, u8>> = x(); g(&m); }", &[]),
        ("struct S { p: sqlx::PgPool } async fn h(s: State<S>) {}", &[]),
        ("struct Sieve { m: Mutex<HashMap<String, u8>> }", &[]),
    ] {
        assert_eq!(with(text), expected, "{text}");
    }
}

#[test]
fn files_that_requests_write() {
    each(&[
        (
            "use axum::extract::Path; async fn h(p: Path<String>) { std::fs::write(\"data/a\", b); }",
            &["file-write"],
        ),
        ("#[post(\"/a\")] async fn h() { tokio::fs::File::create(\"a\").await; }", &["file-write"]),
        (
            "use axum::extract::Path; async fn h(p: Path<u8>) { tokio::fs::OpenOptions::new().append(true).open(\"a\").await; }",
            &["file-write"],
        ),
        (
            "use axum::extract::Multipart; async fn h(m: Multipart) { save(m) } async fn save(m: Multipart) { tokio::fs::copy(a, b).await; }",
            &["file-write"],
        ),
        ("use std::fs; use axum::Json; async fn h(j: Json<u8>) { fs::rename(a, b); }", &["file-write"]),
        (
            "use rocket::fs::TempFile; #[post(\"/\")] async fn h(mut f: Form<TempFile<'_>>) { f.persist_to(\"media/a\").await; }",
            &["upload-persist"],
        ),
        (
            "use actix_multipart::form::tempfile::TempFile; async fn h(f: TempFile) { f.file.persist(path); }",
            &["upload-persist"],
        ),
        ("use opendal::services; fn f() { services::Fs::default().root(\"a\"); }", &["opendal-disk"]),
        // Near misses.
        ("fn export() { std::fs::write(\"a\", b); }", &[]),
        ("use axum::extract::Path; async fn h(p: Path<u8>) { std::fs::read(\"a\"); }", &[]),
        (
            "use axum::extract::Path; async fn h(p: Path<u8>) { tokio::fs::OpenOptions::new().read(true).open(\"a\").await; }",
            &[],
        ),
        (
            "use axum::extract::Path; async fn h(p: Path<u8>) { let d = std::env::temp_dir().join(\"a\"); std::fs::write(d, b); }",
            &[],
        ),
        (
            "use axum::extract::Path; async fn h(p: Path<u8>) { std::fs::write(format!(\"/tmp/{p}\"), b); }",
            &[],
        ),
        (
            "use axum::extract::Path; async fn h(p: Path<u8>) { let d = tempfile::tempdir()?; let f = d.path().join(\"a\"); std::fs::write(&f, b); }",
            &[],
        ),
        ("async fn h(f: Upload) { f.persist(path); }", &[]),
        ("use opendal::services::S3; fn f() { S3::default(); }", &[]),
    ]);
}

#[test]
fn loops_channels_logins_and_listeners() {
    each(&[
        (
            "fn f() { tokio::spawn(async move { let mut t = tokio::time::interval(d); loop { t.tick().await; purge(&db).await; } }); }",
            &["interval-loop"],
        ),
        (
            "fn f() { tokio::spawn(async move { loop { sqlx::query(\"DELETE\").execute(&p).await; tokio::time::sleep(d).await; } }); }",
            &["interval-loop"],
        ),
        ("async fn f() { loop { try_db(&db).await; tokio::time::sleep(d).await; } }", &[]),
        ("fn f() { tokio::spawn(async move { tokio::time::sleep(d).await; mail(&db).await; }); }", &[]),
        (
            "fn f() { tokio::spawn(async move { loop { tokio::time::sleep(d).await; cache.run_pending_tasks(); } }); }",
            &[],
        ),
        (
            "use tokio::sync::broadcast; use axum::response::sse::Sse; fn h() -> Sse<u8> { a } fn f() { let (tx, _) = broadcast::channel::<String>(1); }",
            &["broadcast-channel"],
        ),
        ("use tokio::sync::broadcast; fn f() { let (tx, _) = broadcast::channel::<String>(1); }", &[]),
        (
            "use tokio::sync::broadcast; use axum::extract::ws::WebSocket; fn h(w: WebSocket) {} fn f() { let (shutdown_tx, _) = broadcast::channel(1); }",
            &[],
        ),
        (
            "use tokio::sync::broadcast; use axum::extract::ws::WebSocket; struct A { s: broadcast::Sender<()> } fn h(w: WebSocket) {} fn f() { let (tx, _) = broadcast::channel(1); }",
            &[],
        ),
        (
            "use tokio::sync::mpsc; use axum::extract::ws::WebSocket; fn h(w: WebSocket) {} fn f() { mpsc::channel(1); }",
            &[],
        ),
        (
            "use oauth2::CsrfToken; async fn login(s: A) { let u = c.authorize_url(CsrfToken::new_random); s.pending.lock().insert(a, b); }",
            &["oauth-state"],
        ),
        (
            "use oauth2::CsrfToken; async fn login(session: A) { let u = c.authorize_url(CsrfToken::new_random); session.insert(\"a\", b).await; }",
            &[],
        ),
        ("use oauth2::CsrfToken; async fn login() { c.authorize_url(CsrfToken::new_random); }", &[]),
        ("async fn main() { tokio::net::TcpListener::bind(\"127.0.0.1:3000\").await; }", &["loopback-bind"]),
        (
            "async fn main() { let addr = \"localhost:3000\"; tokio::net::TcpListener::bind(addr).await; }",
            &["loopback-bind"],
        ),
        (
            "const ADDR: &str = \"127.0.0.1:80\"; async fn main() { tokio::net::TcpListener::bind(ADDR).await; }",
            &["loopback-bind"],
        ),
        (
            "async fn main() { let a = SocketAddr::from(([127, 0, 0, 1], 3000)); tokio::net::TcpListener::bind(&a).await; }",
            &["loopback-bind"],
        ),
        (
            "async fn main() { tokio::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 80)).await; }",
            &["loopback-bind"],
        ),
        (
            "async fn main() { actix_web::HttpServer::new(a).bind((\"127.0.0.1\", 8080))?.run().await; }",
            &["loopback-bind"],
        ),
        ("async fn main() { tokio::net::TcpListener::bind(\"0.0.0.0:3000\").await; }", &[]),
        (
            "async fn main() { let a = SocketAddr::from(([0, 0, 0, 0], 3000)); tokio::net::TcpListener::bind(&a).await; }",
            &[],
        ),
        ("async fn main() { tokio::net::TcpListener::bind(config.address).await; }", &[]),
        ("async fn metrics_server() { tokio::net::TcpListener::bind(\"127.0.0.1:9100\").await; }", &[]),
        (
            "fn report_metrics() { tokio::spawn(async move { loop { tokio::time::sleep(d).await; m.send(pool.state()); } }); }",
            &[],
        ),
        (
            "struct Scheduler; impl Scheduler { fn run_scheduler(&self) { actix_web::rt::spawn(async move { actix_web::rt::time::interval(d); }); } }",
            &["interval-loop"],
        ),
        ("async fn main() { tokio::net::UdpSocket::bind(\"127.0.0.1:0\").await; }", &[]),
    ]);
}
