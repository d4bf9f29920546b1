use super::*;

fn kinds(text: &str) -> Vec<ConditionKind> {
    one(text, "cookie-key-generate").context.conditions.into_iter().map(|one| one.kind).collect()
}

#[test]
fn conditions_are_told() {
    let fallback = |name: &str| ConditionKind::Fallback(Some(name.to_owned()));
    let feature = |not| ConditionKind::Feature { name: "dev".to_owned(), not };
    for (body, expected) in [
        ("Key::generate()", vec![]),
        (
            "std::env::var(\"COOKIE_KEY\").map_or_else(|_| Key::generate(), |k| Key::from(k))",
            vec![fallback("COOKIE_KEY")],
        ),
        (
            "settings.cookie_key.as_ref().map(parse).unwrap_or_else(Key::generate)",
            vec![fallback("cookie_key")],
        ),
        (
            "match std::env::var(\"COOKIE_KEY\") { Ok(k) => Key::from(k), Err(_) => Key::generate() }",
            vec![fallback("COOKIE_KEY")],
        ),
        (
            "if let Some(key) = &settings.cookie_key { parse(key) } else { Key::generate() }",
            vec![fallback("cookie_key")],
        ),
        (
            "if settings.cookie_key.is_none() { Key::generate() } else { parse() }",
            vec![fallback("cookie_key")],
        ),
        ("if cfg!(debug_assertions) { Key::generate() } else { parse() }", vec![ConditionKind::DebugOnly]),
        ("if !cfg!(debug_assertions) { parse() } else { Key::generate() }", vec![ConditionKind::DebugOnly]),
        ("if cfg!(debug_assertions) { parse() } else { Key::generate() }", vec![]),
        (
            "match app_env { \"production\" => parse(), _ => Key::generate() }",
            vec![ConditionKind::EnvironmentArm],
        ),
        ("if is_dev_mode() { Key::generate() } else { parse() }", vec![ConditionKind::EnvironmentArm]),
        ("if a { Key::generate() } else { parse() }", vec![ConditionKind::Branch]),
        ("{ #[cfg(feature = \"dev\")] let key = Key::generate(); }", vec![feature(false)]),
        ("{ #[cfg(not(feature = \"dev\"))] let key = Key::generate(); }", vec![feature(true)]),
    ] {
        let text = format!("use cookie::Key; fn f() -> Key {{ {body} }}");
        assert_eq!(kinds(&text), expected, "{body}");
    }
}

#[test]
fn surroundings_are_told() {
    let text = "use moka::sync::Cache; use axum::Json;
        async fn login(b: Json<u8>) { let otp_codes = Cache::builder().time_to_live(d).build(); }";
    let cache = one(text, "moka-cache");
    assert!(cache.context.handler);
    assert_eq!(cache.context.function.as_deref(), Some("login"));
    assert_eq!(cache.context.words, ["login", "otp_codes"]);
    assert_eq!(cache.context.chain, ["time_to_live", "build"]);
    assert_eq!(cache.place.start().line, 2);
    assert_eq!(cache.place.source.slice(cache.place.span), "Cache::builder");

    let text =
        "mod inner { use moka::sync::Cache; static SESSIONS: L<Cache<u8, u8>> = L::new(|| Cache::new(1)); }";
    let cache = one(text, "moka-cache");
    assert_eq!(
        (cache.context.module.as_str(), cache.context.in_static.as_deref()),
        ("inner", Some("SESSIONS"))
    );

    let text = "struct A { key: Key } use cookie::Key; fn f() -> A { A { key: Key::generate() } }";
    assert_eq!(one(text, "cookie-key-generate").context.field.as_deref(), Some("key"));

    let text = "fn f() { tracing_appender::rolling::daily(\"./logs\", \"a\"); }";
    assert_eq!(one(text, "tracing-appender-rolling").context.detail.as_deref(), Some("./logs"));

    let text = "use std::{collections::HashMap, sync::Mutex}; static A: Mutex<HashMap<Token, User>> = x();";
    let state = one(text, "static-container");
    assert_eq!(state.path, "Mutex<HashMap>");
    assert!(state.context.words.contains(&"Token".to_owned()));
}

#[test]
fn what_helps_is_found_too() {
    for (text, id) in [
        ("fn f() { sqlx::query(\"SELECT pg_try_advisory_lock(1)\"); }", "advisory-lock"),
        ("fn f() { sqlx::query!(\"SELECT 1 FOR UPDATE SKIP LOCKED\"); }", "skip-locked"),
        ("use axum::serve; fn f() { serve(a, b).with_graceful_shutdown(c); }", "graceful-shutdown"),
        ("fn f() { tokio::signal::ctrl_c(); }", "graceful-shutdown"),
        ("fn f(p: sqlx::PgPool) {}", "sqlx-postgres"),
        ("fn f() { redis::Client::open(url); }", "redis-client"),
        ("fn f() { is_leader(); }", "leader-election"),
        (
            "use object_store::aws::AmazonS3Builder; fn f() { AmazonS3Builder::from_env(); }",
            "object-store-shared",
        ),
    ] {
        assert_eq!(one(text, id).mark.locality, Locality::Shared, "{text}");
    }
}

#[test]
fn an_address_that_is_asked_for_is_a_fallback() {
    let text = "async fn main() { let addr = std::env::var(\"ADDR\").unwrap_or(\"127.0.0.1:3000\".into());
        tokio::net::TcpListener::bind(addr).await; }";
    let bind = one(text, "loopback-bind");
    assert_eq!(bind.context.conditions[0].kind, ConditionKind::Fallback(Some("ADDR".to_owned())));
    assert_eq!(bind.context.detail.as_deref(), Some("127.0.0.1:3000"));
}
