//! Rate limits that each server counts for itself.

use std::sync::Arc;

use super::code::{Code, call_step};
use super::scope::{listed, only_in_development, told, weight, word};
use super::stores::{self, Apart};
use crate::facts::{Confidence, Observation, Severity};
use crate::laravel::source::Found;
use crate::laravel::version::Version;

const LIMITS: &[&str] = &["throttle-middleware", "rate-limit", "rate-limited-job"];

/// One finding for the app: all of its limits are in one store.
pub fn look(code: &Code<'_>) -> Vec<Observation> {
    let on_redis = throttles_on_redis(code);
    let counts = |found: &&Found| {
        !only_in_development(found)
            && !is_idle(found)
            && !(found.id == "throttle-middleware" && (on_redis || asks_for_redis(found)))
    };
    let uses: Vec<&Found> = code.of(LIMITS).filter(counts).collect();
    let Some(first) = uses.first() else { return Vec::new() };
    let Some(store) = limiter(code) else { return Vec::new() };
    let effect = if store.keeps_nothing {
        "rate limits are not counted"
    } else {
        "each server counts rate limits for itself"
    };
    let words = vec![
        ("store", Arc::clone(&store.label)),
        ("place", Arc::clone(&store.place)),
        ("limits", word(summary(&uses))),
        ("effect", word(effect)),
    ];
    let calls: Vec<_> = uses.iter().map(|found| call_step(&found.place, words_of(found))).collect();
    let trail = told(&calls, &store.trail);
    let mut observation =
        Observation::new("local-rate-limit", words, Some(first.place.clone())).led_to_by(trail);
    observation.severity = weight(code, Severity::Warning);
    // A limit that is only defined may be used by a package, or by nothing.
    let defined = uses.iter().all(|found| is_definition(found));
    observation.confidence =
        if defined { store.confidence.min(Confidence::Medium) } else { store.confidence };
    vec![observation]
}

/// The store of the limiter (Cache/CacheServiceProvider.php: `cache.limiter` since v8.56.0).
fn limiter(code: &Code<'_>) -> Option<Apart> {
    if code.app.version_or_newest() >= Version::new(8, 56, 0) {
        stores::by_setting(code, "cache.limiter")
    } else {
        stores::default(code)
    }
}

/// Whether the alias `throttle` is the middleware that counts in redis, whatever the cache is.
fn throttles_on_redis(code: &Code<'_>) -> bool {
    ["app/Http/Kernel.php", "bootstrap/app.php"].iter().any(|file| {
        let text = code.app.tree.read(file).ok().flatten();
        text.is_some_and(|source| {
            let lines = source.text().lines().map(str::trim_start);
            let mut code = lines.filter(|line| !line.starts_with("//") && !line.starts_with("use "));
            code.any(|line| line.contains("ThrottleRequestsWithRedis") || line.contains("throttleWithRedis"))
        })
    })
}

/// `->throttleApi(redis: true)`.
fn asks_for_redis(found: &Found) -> bool {
    found.name.eq_ignore_ascii_case("throttleApi")
        && found.arguments.iter().enumerate().any(|(at, argument)| {
            (at == 1 || argument.name.as_deref() == Some("redis"))
                && argument.place.source.slice(argument.place.span).trim() != "false"
        })
}

fn is_definition(found: &Found) -> bool {
    found.id == "rate-limit" && found.name.eq_ignore_ascii_case("for")
}

fn is_trait(found: &Found) -> bool {
    found.id == "rate-limit" && found.on.is_none()
}

/// Whether a class only takes in the trait of limits on logins: nothing asks it before `AuthenticatesUsers` or the class
/// itself does.
fn is_idle(found: &Found) -> bool {
    let text = found.place.source.text();
    found.name.ends_with("ThrottlesLogins")
        && !["Authenticates", "TooManyLoginAttempts", "LoginAttempts(", "LoginThrottle"]
            .iter()
            .any(|name| text.contains(name))
}

/// `` `throttle` in 3 places and `RateLimiter` in 1 place ``.
fn summary(uses: &[&Found]) -> String {
    let of = |fits: &dyn Fn(&Found) -> bool, name: &str| {
        let number = uses.iter().filter(|found| fits(found)).count();
        match number {
            0 => None,
            1 => Some(format!("{name} in 1 place")),
            _ => Some(format!("{name} in {number} places")),
        }
    };
    let parts = [
        of(&|found| found.id == "throttle-middleware", "the middleware `throttle`"),
        of(&|found| found.id == "rate-limit" && !is_trait(found), "`RateLimiter`"),
        of(&is_trait, "limits on logins"),
        of(&|found| found.id == "rate-limited-job", "limits on jobs"),
    ];
    listed(&parts.into_iter().flatten().collect::<Vec<_>>())
}

fn words_of(found: &Found) -> Arc<str> {
    match found.id {
        "throttle-middleware" => "requests are limited here".into(),
        "rate-limited-job" => "these jobs are limited".into(),
        _ if is_trait(found) => "attempts to log in are limited".into(),
        _ if is_definition(found) => "a limit is defined here".into(),
        _ => "attempts are counted here".into(),
    }
}
