//! `local-store-call`: code that names a cache store, a log channel or a session driver of the server itself.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::code::Code;
use super::effect::{Use, grouped, in_places, surest, told};
use super::guarded;
use crate::eval::{Kind, Value};
use crate::facts::{Concern, Confidence, Locality, Observation, Severity, State};
use crate::laravel::source::{Argument, Found};
use crate::laravel::state::Lives;

const IDS: &[&str] = &["cache-store", "log-channel", "log-built", "session-driver"];
/// The driver of this store has a rule of its own.
const OCTANE: &str = "octane";

/// Methods of a store that give a lock, and methods of a lock (Cache/Lock.php).
const LOCKS: &[&str] = &["lock", "restoreLock", "funnel", "withoutOverlapping"];
const OF_LOCKS: &[&str] = &["get", "block", "release", "forceRelease", "owner", "isOwnedByCurrentProcess"];

/// What is named: `cache store file`.
#[derive(Clone, PartialEq)]
struct Named {
    kind: &'static str,
    name: Arc<str>,
}

/// Stores, channels and drivers that code names and each server has for itself.
pub fn look(code: &Code<'_>) -> Vec<Observation> {
    let uses = code.of(IDS).filter(|found| !only_locks(found)).filter_map(|found| {
        let sure = guarded::sure(found)?;
        let all = named(found);
        Some(all.into_iter().map(move |(named, known)| (named, Use { found, sure: sure.min(known) })))
    });
    let groups = grouped(uses.flatten());
    groups.into_iter().filter_map(|(named, uses)| observation(code, &named, &uses)).collect()
}

/// Whether a store is only asked for locks: those are another rule's.
fn only_locks(found: &Found) -> bool {
    let is = |names: &[&str], method: &str| names.iter().any(|name| method.eq_ignore_ascii_case(name));
    found.id == "cache-store"
        && found.chain.first().is_some_and(|call| is(LOCKS, &call.method))
        && found.chain.iter().all(|call| is(LOCKS, &call.method) || is(OF_LOCKS, &call.method))
}

fn named(found: &Found) -> Vec<(Named, Confidence)> {
    let kind = match found.id {
        "cache-store" => "cache store",
        "session-driver" => "session driver",
        "log-built" => return built(found).into_iter().collect(),
        _ => "log channel",
    };
    let Some(argument) = found.target() else { return Vec::new() };
    let sure = if known(argument) { Confidence::High } else { Confidence::Medium };
    let names: BTreeSet<Arc<str>> = argument.values.iter().flat_map(names_of).collect();
    names.into_iter().map(|name| (Named { kind, name }, sure)).collect()
}

fn known(argument: &Argument) -> bool {
    argument.unknown.is_none() && argument.values.len() == 1
}

/// `channel('a')`, `stack(['a', 'b'])`.
fn names_of(value: &Value) -> Vec<Arc<str>> {
    match &value.kind {
        Kind::Str(name) => vec![Arc::clone(name)],
        Kind::Array(array) => array.values().filter_map(Value::as_str).map(Arc::from).collect(),
        _ => Vec::new(),
    }
}

/// `Log::build(['driver' => 'daily', 'path' => ..])`
fn built(found: &Found) -> Option<(Named, Confidence)> {
    let array = found.target()?.values.iter().find_map(Value::as_array)?;
    let driver = array.get_text("driver")?.as_str()?;
    matches!(driver, "single" | "daily" | "monthly")
        .then(|| (Named { kind: "log channel built with the driver", name: driver.into() }, Confidence::High))
}

fn observation(code: &Code<'_>, named: &Named, uses: &[Use<'_>]) -> Option<Observation> {
    let name = &named.name;
    let state = match named.kind {
        "cache store" => cache_store(code, name),
        "session driver" => session_driver(code, name),
        "log channel" => log_channel(code, name),
        _ => log_file(code),
    }?;
    let words = vec![
        ("store", format!("{} {name}", named.kind).into()),
        ("where", state.whereabouts().into()),
        ("places", in_places(uses)),
    ];
    let place = uses.first().map(|one| one.found.place.clone());
    let trail = told(uses, state.trail, &|_| format!("the {} {name} is named here", named.kind));
    // What is only read through a store on each server is made again on each: stale at worst.
    let only_read = named.kind == "cache store" && uses.iter().all(|one| only_remembers(one.found));
    let sure = surest(uses).min(state.confidence);
    let sure = if only_read { sure.min(Confidence::Medium) } else { sure };
    let found = Observation::new("local-store-call", words, place).led_to_by(trail);
    Some(code.weighed(found, Severity::Warning, sure))
}

fn only_remembers(found: &Found) -> bool {
    let reads = ["remember", "rememberForever", "sear", "get", "has", "flexible"];
    found.chain.iter().all(|call| reads.iter().any(|name| call.method.eq_ignore_ascii_case(name)))
}

fn cache_store(code: &Code<'_>, name: &Arc<str>) -> Option<State> {
    let driver = code.setting(&format!("cache.stores.{name}.driver"));
    if code.setting("cache.default").as_str() == Some(name) || driver.as_str() == Some(OCTANE) {
        return None;
    }
    let lives = code.store(Some(name));
    code.kept_here(Concern::Cache, &format!("cache.stores.{name}.driver"), name, lives)
}

fn session_driver(code: &Code<'_>, name: &Arc<str>) -> Option<State> {
    let default = code.state(Concern::Session)?;
    if default.locality.is_local() {
        return None;
    }
    let lives = code.resolver().driver("session", "session", &Value::str(&**name));
    code.kept_here(Concern::Session, "session.files", name, lives)
}

/// Whether the log goes where it is read, so that another channel is a loss.
fn log_is_shared(code: &Code<'_>) -> bool {
    code.state(Concern::Log).is_some_and(|state| state.locality == Locality::Shared && state.fault.is_none())
}

fn log_channel(code: &Code<'_>, name: &Arc<str>) -> Option<State> {
    if !log_is_shared(code) || code.setting("logging.default").as_str() == Some(name) {
        return None;
    }
    let lives = code.resolver().channel(name);
    code.kept_here(Concern::Log, &format!("logging.channels.{name}.driver"), name, lives)
}

fn log_file(code: &Code<'_>) -> Option<State> {
    if !log_is_shared(code) {
        return None;
    }
    code.kept_here(Concern::Log, "logging", "built", Lives::at(Locality::Disk))
}
