//! Scheduled tasks as the code declares them, and what keeps them on one server.

use crate::eval::Kind;
use crate::laravel::hazards::code::Code;
use crate::laravel::hazards::scope::{literal, only_in_development};
use crate::laravel::source::{Call, FileRole, Found};

/// What keeps a task on one server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Nothing.
    None,
    /// `onOneServer`.
    OneServer,
    /// `onOneServer` on a closure without a name: a LogicException (Console/Scheduling/CallbackEvent.php since v5.6.0).
    Unnamed,
}

/// A scheduled task.
#[derive(Debug)]
pub struct Event<'a> {
    /// Where it is declared.
    pub found: &'a Found,
    /// What keeps it on one server.
    pub guard: Guard,
    /// Whether it does no harm when it runs twice.
    pub housekeeping: bool,
}

/// Tasks that each server runs for itself by nature: its own cache, its own workers, its own health.
const OF_EACH_SERVER: &[&str] = &[
    "queue:work",
    "queue:listen",
    "queue:restart",
    "pulse:check",
    "short-schedule:run",
    "inspire",
    "cache:clear",
    "view:clear",
    "view:cache",
    "config:cache",
    "config:clear",
    "route:cache",
    "optimize",
    "optimize:clear",
    "cloudflare:reload",
    "geoip:update",
    "disposable:update",
    "storage:link",
    "debugbar:clear",
];
/// Tasks that find nothing left to do when they run a second time.
const HOUSEKEEPING: &[&str] = &[
    "horizon:snapshot",
    "auth:clear-resets",
    "media-library:delete-old-temporary-uploads",
    "queue:flush",
    "queue:monitor",
    "db:monitor",
    "health:check",
    "health:queue-check-heartbeat",
    "health:schedule-check-heartbeat",
    "schedule-monitor:sync",
    "responsecache:clear",
];

/// The tasks that production runs, in the order of files and places.
pub fn of<'a>(code: &Code<'a>) -> Vec<Event<'a>> {
    let found = code.of(&["schedule-event"]).filter(|found| is_event(found) && !only_in_development(found));
    let events = found.filter(|found| is_of_environment(code, found) && !is_of_each_server(found));
    events
        .map(|found| Event {
            found,
            guard: guard(found),
            housekeeping: command(found).is_some_and(is_housekeeping),
        })
        .collect()
}

/// The name of the command that is run, or its class, when the code writes it.
pub fn command(found: &Found) -> Option<&str> {
    if !found.name.eq_ignore_ascii_case("command") {
        return None;
    }
    let target = found.target()?;
    let class = || {
        let written = target.place.source.slice(target.place.span);
        written.strip_suffix("::class")?.rsplit('\\').next()
    };
    literal(target).and_then(|text| text.split_whitespace().next()).or_else(class)
}

fn is_of_each_server(found: &Found) -> bool {
    command(found).is_some_and(|name| OF_EACH_SERVER.contains(&name))
}

/// `model:prune`, `activitylog:clean`, `PruneCommand`.
fn is_housekeeping(name: &str) -> bool {
    let tidies = |part: &str| {
        let part = part.to_ascii_lowercase();
        ["prune", "clean", "purge"].iter().any(|start| part.starts_with(start))
    };
    HOUSEKEEPING.contains(&name) || name.split(':').any(tidies)
}

/// `$schedule` may be anything: a task is declared where tasks are, or says how often it runs.
fn is_event(found: &Found) -> bool {
    let frequency = |calls: &[Call]| calls.iter().any(|call| says_how_often(&call.method));
    let around = |call: &Call| {
        ["withSchedule", "callAfterResolving", "afterResolving", "resolving", "booted"]
            .contains(&&*call.method)
    };
    found.on == Some("Artisan")
        || found.context.role == FileRole::Schedule
        || frequency(&found.chain)
        || frequency(&found.before)
        || found.context.within.iter().any(|calls| frequency(calls) || calls.iter().any(around))
}

/// `daily`, `everyFiveMinutes`, `cron` (Console/Scheduling/ManagesFrequencies.php).
fn says_how_often(method: &str) -> bool {
    [
        "every",
        "hourly",
        "daily",
        "twice",
        "weekly",
        "monthly",
        "quarterly",
        "yearly",
        "weekdays",
        "weekends",
        "lastDay",
    ]
    .iter()
    .any(|start| method.starts_with(start))
        || matches!(method, "cron" | "at")
}

/// Whether a task is for the environment that is judged: `->environments(['local'])` is not.
fn is_of_environment(code: &Code<'_>, found: &Found) -> bool {
    let calls = all_calls(found).filter(|call| call.method.eq_ignore_ascii_case("environments"));
    let own = code.setting("app.env");
    calls.into_iter().all(|call| {
        let mut names: Vec<String> = Vec::new();
        for argument in &call.arguments {
            let [value] = argument.values.as_slice() else { return true };
            match &value.kind {
                Kind::Str(name) if argument.unknown.is_none() => names.push(name.to_string()),
                Kind::Array(array) if argument.unknown.is_none() && array.open().is_none() => {
                    names.extend(array.values().filter_map(|name| name.as_str().map(str::to_owned)));
                }
                _ => return true,
            }
        }
        let only_development = names
            .iter()
            .all(|name| matches!(name.as_str(), "local" | "dev" | "development" | "testing" | "test"));
        match own.as_str() {
            // A developer's file is judged as if it were deployed.
            Some("local" | "dev" | "development" | "testing") | None => !only_development,
            Some(own) => names.iter().any(|name| name == own),
        }
    })
}

fn all_calls(found: &Found) -> impl Iterator<Item = &Call> {
    found.before.iter().chain(&found.chain).chain(found.context.within.iter().flatten())
}

fn guard(found: &Found) -> Guard {
    let is = |call: &Call, name: &str| call.method.eq_ignore_ascii_case(name);
    let names = |call: &Call| is(call, "name") || is(call, "description");
    let mut earlier = found.before.iter().chain(found.context.within.iter().flatten());
    let own = found.chain.iter().position(|call| is(call, "onOneServer"));
    // Attributes of a group are put on the task at once, before its own chain goes on (since v11.32.0).
    let of_group = earlier.clone().any(|call| is(call, "onOneServer"));
    if own.is_none() && !of_group {
        let all = found.place.source.text();
        // `foreach ($schedule->events() as $event) { $event->onOneServer(); }`
        let each = all.contains("->events()") && all.contains("->onOneServer()");
        return if each { Guard::OneServer } else { Guard::None };
    }
    let before_own = if of_group { &[][..] } else { found.chain.get(..own.unwrap_or(0)).unwrap_or_default() };
    let named = earlier.any(names) || before_own.iter().any(names);
    let closure = found.on == Some("Schedule") && is_call(found);
    if closure && !named { Guard::Unnamed } else { Guard::OneServer }
}

fn is_call(found: &Found) -> bool {
    found.name.eq_ignore_ascii_case("call")
}
