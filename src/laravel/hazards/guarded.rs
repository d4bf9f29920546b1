//! How sure it is that replicas run a call in production, by what is around it.

use crate::facts::Confidence;
use crate::laravel::source::{FileRole, Found};

/// Conditions that hold on a developer's machine, in a test or in a console only.
const ASIDE: &[&str] = &[
    "runninginconsole()",
    "runningunittests()",
    "islocal()",
    "app.debug",
    "app_debug",
    "php_sapi==='cli'",
    "php_sapi=='cli'",
    "php_sapi_name()==='cli'",
    "php_sapi_name()=='cli'",
];
/// Names of environments that no user reaches.
const ASIDE_NAMES: &[&str] = &["'local'", "'testing'", "'test'", "'dev'", "'development'"];
/// What asks for the name of the environment.
const ASKS_NAME: &[&str] = &["environment(", "app.env", "app_env"];
/// What a condition compares that chooses the disk or store itself, in a way that is not followed.
const CHOSEN: &[&str] = &["disk", "storage", "driver", "'local'", "'public'"];
/// Words in the names of classes, methods and files that run once, before there is a second replica.
const ONCE: &[&str] =
    &["install", "onboard", "setup", "upgrad", "updater", "migrat", "scaffold", "generator", "fake"];

/// Folders with scripts that somebody runs by hand.
const BY_HAND: &[&str] = &["scripts/", "bin/", "tools/", "dev/", "docker/", "build/", ".github/"];
/// What asks whether a file is there.
const ASKS_FILE: &[&str] = &["file_exists(", "is_file(", "exists("];

/// How sure it is that production runs a call on more than one replica; `None`: it does not.
pub fn sure(found: &Found) -> Option<Confidence> {
    let context = &found.context;
    let by_role = match context.role {
        FileRole::Console | FileRole::Schedule => return None,
        FileRole::Other if BY_HAND.iter().any(|folder| context.file.starts_with(folder)) => return None,
        FileRole::Provider | FileRole::Blade | FileRole::Other => Confidence::Medium,
        _ => Confidence::High,
    };
    if context.guards.iter().any(|guard| is_aside(guard)) {
        return None;
    }
    let words = |name: &str| {
        let name = name.to_ascii_lowercase();
        ONCE.iter().any(|word| name.contains(word))
    };
    let named = [Some(&context.file), context.class.as_ref(), context.method.as_ref()];
    let once = named.into_iter().flatten().any(|name| words(name));
    Some(if once || context.guards.iter().any(|guard| chooses(guard)) { Confidence::Low } else { by_role })
}

/// Whether a condition keeps users' requests away.
pub fn is_aside(guard: &str) -> bool {
    let guard: String = guard.split_whitespace().collect::<String>().to_ascii_lowercase().replace('"', "'");
    match guard.strip_prefix("not(").and_then(|rest| rest.strip_suffix(')')) {
        // not (a || b): neither holds. not (a && b): one of them does not, and we cannot say which.
        Some(inner) => inner.split("||").any(|part| !part.contains("&&") && atom(part, true)),
        None => guard.split("||").all(|part| part.split("&&").any(|one| atom(one, false))),
    }
}

/// Whether a call runs only where a file is missing: then each server makes its own.
pub fn makes_what_is_missing(found: &Found) -> bool {
    found.context.guards.iter().any(|guard| asks_for_missing(guard))
}

fn asks_for_missing(guard: &str) -> bool {
    let guard: String = guard.split_whitespace().collect();
    let negated = guard.strip_prefix("not(").or_else(|| guard.strip_prefix('!'));
    negated.is_some_and(|asked| ASKS_FILE.iter().any(|word| asked.contains(word)) && !asked.contains("&&"))
}

fn atom(condition: &str, negated: bool) -> bool {
    let bare = condition.trim_start_matches(['!', '(']);
    let negated = negated ^ (condition.matches('!').count() % 2 == 1);
    let bare = bare.replace("!==", "===").replace("!=", "==");
    let asks = ASKS_NAME.iter().any(|word| bare.contains(word));
    if negated {
        return bare.contains("isproduction()") || (asks && bare.contains("'production'"));
    }
    ASIDE.iter().any(|word| bare.contains(word))
        || (asks && ASIDE_NAMES.iter().any(|name| bare.contains(name)) && !bare.contains("'production'"))
}

fn chooses(guard: &str) -> bool {
    let guard = guard.to_ascii_lowercase().replace('"', "'");
    let compares = guard.contains("==") || guard.contains(" is ");
    guard.contains("filesystems.")
        || guard.contains("'s3'")
        || (compares && CHOSEN.iter().any(|word| guard.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::{asks_for_missing, is_aside};

    #[test]
    fn conditions_that_a_missing_file_meets() {
        for (guard, missing) in [
            ("! file_exists($path)", true),
            ("not (is_file($path))", true),
            ("!File::exists($path)", true),
            ("not ($x && file_exists($path))", false),
            ("file_exists($path)", false),
            ("! is_dir($folder)", false),
        ] {
            assert_eq!(asks_for_missing(guard), missing, "{guard}");
        }
    }

    #[test]
    fn conditions_that_production_does_not_meet() {
        for (guard, aside) in [
            ("app()->environment('local')", true),
            ("App::environment(['local', \"testing\"])", true),
            ("app()->environment('local', 'production')", false),
            ("! app()->environment('local')", false),
            ("! app()->environment('production')", true),
            ("not (app()->environment('production'))", true),
            ("not (app()->environment('local'))", false),
            ("app()->isLocal() && $x", true),
            ("app()->isLocal() || $x", false),
            ("not ($x || app()->isProduction())", true),
            ("not ($x && app()->isProduction())", false),
            ("config('app.env') !== 'production'", true),
            ("config('app.env') === 'production'", false),
            ("config('app.env') !== 'local'", false),
            ("config('app.debug')", true),
            ("$this->app->runningInConsole()", true),
            ("! $this->app->runningInConsole()", false),
            ("$request->hasFile('avatar')", false),
        ] {
            assert_eq!(is_aside(guard), aside, "{guard}");
        }
    }
}
