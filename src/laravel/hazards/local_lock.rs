//! Locks that only one server sees.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::code::{Code, call_step};
use super::scope::{count, listed, only_in_development, told, weight, word};
use super::stores::{self, Apart};
use crate::deploy::{Role, When};
use crate::facts::{Observation, Place, Severity};
use crate::laravel::deployed::{artisan, has_option};
use crate::laravel::source::Found;
use crate::laravel::version::Version;

const LOCKS: &[&str] = &["lock", "unique-job", "without-overlapping", "isolated-command", "session-block"];

/// One use of a lock.
struct Use {
    place: Place,
    kind: &'static str,
    words: Arc<str>,
    /// A lock that is only taken when someone asks for it.
    offered: bool,
}

/// One finding for each store that locks are taken in.
pub fn look(code: &Code<'_>) -> Vec<Observation> {
    let mut order: Vec<(Apart, Vec<Use>)> = Vec::new();
    let mut index: BTreeMap<Arc<str>, usize> = BTreeMap::new();
    let calls = code.of(LOCKS).filter(|found| !only_in_development(found));
    let found = calls.filter_map(|found| Some((store_of(code, found)?, of_call(found))));
    for (store, one) in found.chain(isolated_commands(code)) {
        // The driver of `onOneServer` and isolated commands falls back to `add()`; `lock()` itself does not.
        if one.kind != "isolated" && !store.has_locks(code.app.version_or_newest()) {
            continue;
        }
        let at = *index.entry(Arc::clone(&store.label)).or_insert_with(|| {
            order.push((store, Vec::new()));
            order.len() - 1
        });
        // Services of one image start with the same script.
        if let Some((_, uses)) = order.get_mut(at)
            && !uses.iter().any(|other| other.place == one.place)
        {
            uses.push(one);
        }
    }
    order.into_iter().filter_map(|(store, uses)| observation(code, &store, &uses)).collect()
}

fn observation(code: &Code<'_>, store: &Apart, uses: &[Use]) -> Option<Observation> {
    let first = uses.first()?;
    let effect = match () {
        () if store.is_null() => "every server is given every lock",
        () if store.keeps_nothing => "each process takes the lock for itself",
        () => "each server takes the lock for itself",
    };
    let words = vec![
        ("store", Arc::clone(&store.label)),
        ("place", Arc::clone(&store.place)),
        ("locks", word(summary(uses))),
        ("effect", word(effect)),
    ];
    let calls: Vec<_> = uses.iter().map(|one| call_step(&one.place, Arc::clone(&one.words))).collect();
    let trail = told(&calls, &store.trail);
    let severity = if uses.iter().all(|one| one.offered) { Severity::Info } else { Severity::Warning };
    let mut observation = Observation::new("local-lock", words, Some(first.place.clone())).led_to_by(trail);
    observation.severity = weight(code, severity);
    observation.confidence = store.confidence;
    Some(observation)
}

/// `` `Cache::lock` in 2 places, 1 unique job ``.
fn summary(uses: &[Use]) -> String {
    let of = |kind: &str| uses.iter().filter(|one| one.kind == kind).count();
    let mut parts = Vec::new();
    for (kind, one) in [
        ("lock", "lock of the cache"),
        ("funnel", "funnel of the cache"),
        ("unique", "unique job"),
        ("overlap", "overlap guard of jobs"),
        ("session", "blocking route"),
        ("isolated", "isolated command"),
    ] {
        let number = of(kind);
        if number == 0 {
            continue;
        }
        parts.push(match (kind, number) {
            ("lock", 1) => "`Cache::lock`".to_owned(),
            ("lock", _) => format!("`Cache::lock` in {number} places"),
            ("funnel", 1) => "a funnel of the cache".to_owned(),
            ("overlap", 1) => "`WithoutOverlapping` of a job".to_owned(),
            ("overlap", _) => format!("`WithoutOverlapping` of jobs in {number} places"),
            _ => count(number, one),
        });
    }
    listed(&parts)
}

/// The store of a lock, when other servers do not see it.
fn store_of(code: &Code<'_>, found: &Found) -> Option<Apart> {
    match found.id {
        "session-block" => stores::by_setting(code, "session.block_store"),
        // A job may name the store of its lock itself (Bus/UniqueLock.php since v8.14.0).
        "unique-job" if found.place.source.text().contains("function uniqueVia") => None,
        "lock" => match found.before(&["store", "driver", "memo"]) {
            Some(call) => match call.arguments.first() {
                Some(argument) => argument.text().and_then(|name| stores::named(code, name)),
                None => stores::default(code),
            },
            None => stores::default(code),
        },
        _ => stores::default(code),
    }
}

fn of_call(found: &Found) -> Use {
    let (kind, words) = match found.id {
        "unique-job" => ("unique", "this job is unique by a lock in the cache".to_owned()),
        "without-overlapping" => ("overlap", "a lock in the cache keeps these jobs apart".to_owned()),
        "isolated-command" => {
            ("isolated", "this command takes a lock in the cache when it is isolated".to_owned())
        }
        "session-block" => ("session", "a lock in the cache keeps requests of one session apart".to_owned()),
        _ if matches!(found.name.to_ascii_lowercase().as_str(), "lock" | "restorelock") => {
            ("lock", "a lock is taken in the cache".to_owned())
        }
        _ => ("funnel", format!("`{}` takes locks in the cache", found.name)),
    };
    Use { place: found.place.clone(), kind, words: words.into(), offered: found.id == "isolated-command" }
}

/// Commands that every replica runs when it starts, and that `--isolated` should keep apart (since v9.38.0).
fn isolated_commands<'c>(code: &'c Code<'_>) -> impl Iterator<Item = (Apart, Use)> + 'c {
    let deployments =
        code.loaded.deployments.iter().filter(|one| !one.replicas.is_one() && one.runs.role != Role::Job);
    deployments
        .flat_map(|one| &one.commands)
        .filter(|command| command.when == When::Start && has_option(command, "--isolated"))
        .filter(|_| code.app.version_or_newest() >= Version::new(9, 38, 0))
        .filter_map(|command| {
            let name = artisan(command)?;
            let words =
                format!("each replica runs `{name} --isolated` when it starts; its lock is in the cache");
            let one =
                Use { place: command.place.clone(), kind: "isolated", words: words.into(), offered: false };
            Some((stores::default(code)?, one))
        })
}
