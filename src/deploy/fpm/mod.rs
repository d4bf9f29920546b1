//! Pools of php-fpm: the variables that they give the app.
//!
//! PHP manual, "FastCGI Process Manager: configuration", section "List of pool directives": `env[NAME] = value` gives a
//! variable, `$NAME` takes it from php-fpm's own environment; `clear_env` (default yes) keeps all other variables of
//! php-fpm's environment from the app. The file is read as php.ini is, where an unquoted `on` is no text.

use std::sync::Arc;

use super::reading::{Collected, Stage, file_name, within};
use super::{Deployment, Files, Given, Layer, Role, Value};
use crate::facts::{Confidence, Place, Reason};
use crate::parse::ini::{self, Entry, Ini};
use crate::text::Source;

/// What describes these deployments.
const SOURCE: &str = "php-fpm";
/// Pools that are read of one file.
const MAX_POOLS: usize = 50;
/// Variables that the packaged pool has as examples; they say nothing of the app.
const EXAMPLES: &[&str] = &["HOSTNAME", "PATH", "TMP", "TMPDIR", "TEMP"];

/// What the pools of php-fpm give the app.
#[must_use]
pub fn read(files: &Files<'_>) -> Vec<Deployment> {
    files.paths().iter().filter(|path| may_be_pool(path)).flat_map(|path| of(files, path)).collect()
}

fn may_be_pool(path: &str) -> bool {
    let name = file_name(path);
    name.strip_suffix(".template").unwrap_or(name).ends_with(".conf")
}

fn of(files: &Files<'_>, path: &str) -> Vec<Deployment> {
    let Some(source) = files.read(path).filter(|source| source.text().contains("env[")) else {
        return Vec::new();
    };
    let environment = match path.rsplit('/').find_map(within) {
        Some(Stage::Developers) => return Vec::new(),
        Some(Stage::Deployed(name)) => name,
        None => SOURCE.into(),
    };
    let ini = ini::read(source.text());
    let mut pools: Vec<Arc<str>> = Vec::new();
    for entry in &ini.entries {
        if &*entry.name == "env"
            && !entry.section.is_empty()
            && pools.len() < MAX_POOLS
            && !pools.contains(&entry.section)
        {
            pools.push(Arc::clone(&entry.section));
        }
    }
    pools.iter().filter_map(|pool| deployment(&source, &ini, pool, &environment)).collect()
}

fn deployment(source: &Arc<Source>, ini: &Ini, pool: &str, environment: &str) -> Option<Deployment> {
    let entries = || ini.entries.iter().filter(|entry| &*entry.section == pool);
    let mut variables = Collected::default();
    for entry in entries() {
        variables.extend(given(source, entry));
    }
    let variables = variables.into_list();
    let own = |given: &&Given| !EXAMPLES.contains(&&*given.name) && !given.name.starts_with("php:");
    let first = variables.iter().find(own)?;
    let mut deployment = Deployment::new(SOURCE, environment, pool, first.place.clone());
    let clear = ini.get(pool, "clear_env").and_then(|entry| entry.value.as_ref());
    let origin = match clear {
        Some(value) => format!("{} ([{pool}], clear_env = {})", source.path(), value.text),
        None => format!("{} ([{pool}])", source.path()),
    };
    deployment.layers = vec![Layer { origin: origin.into(), variables, more: None }];
    deployment.runs.role = Role::Web;
    deployment.confidence = Confidence::Medium;
    Some(deployment)
}

/// `env[NAME]`, and the two settings of PHP's own sessions as `php:session.save_handler`.
fn given(source: &Arc<Source>, entry: &Entry) -> Option<Given> {
    let index = entry.index.as_deref()?;
    let name: Arc<str> = match &*entry.name {
        "env" => index.into(),
        "php_value" | "php_admin_value" if matches!(index, "session.save_handler" | "session.save_path") => {
            format!("php:{index}").into()
        }
        _ => return None,
    };
    let value = entry.value.as_ref()?;
    let place = Place::new(source, value.span);
    let quoted = source.slice(value.span).starts_with(['"', '\'']);
    let why = if value.expands && value.text.contains('$') {
        "it is taken from the environment of php-fpm"
    } else if !quoted && is_special(&value.text) {
        "without quotes this is no plain text in an INI file"
    } else {
        return Some(Given { name, value: Value::Known(Arc::clone(&value.text)), place, before: Vec::new() });
    };
    let value = Value::Unknown(Reason::at(why, place.clone()));
    Some(Given { name, value, place, before: Vec::new() })
}

/// Words that are booleans or null, and signs that compute.
fn is_special(text: &str) -> bool {
    let words = ["true", "false", "on", "off", "yes", "no", "none", "null"];
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
        || text.contains(['|', '&', '!', '~', '^', '(', ')', '{', '"'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deploy::reading::shown;

    #[test]
    fn pools_give_variables() {
        let text = "[global]\nerror_log = /x\n[www]\npm = dynamic\nclear_env = no\nenv[SESSION_DRIVER] = file ; c\nenv[APP_KEY] = $APP_KEY\nenv[CACHE_STORE] = \"redis\"\nenv[SESSION_ENCRYPT] = on\nenv[SESSION_DRIVER] = redis\nphp_value[session.save_handler] = files\nphp_value[memory_limit] = 1G\n[other]\nenv[PATH] = /bin\n";
        assert_eq!(
            shown(&read(&Files::from_texts(&[("docker/production/www.conf", text)]))),
            "php-fpm/production/www Web medium @10 [docker/production/www.conf]
  layer docker/production/www.conf ([www], clear_env = no)
    SESSION_DRIVER=redis @10
    APP_KEY: it is taken from the environment of php-fpm @7
    CACHE_STORE=redis @8
    SESSION_ENCRYPT: without quotes this is no plain text in an INI file @9
    php:session.save_handler=files @11
"
        );
    }

    #[test]
    fn other_files_are_none() {
        for (path, text) in [
            ("docker/dev/www.conf", "[www]\nenv[A] = 1\n"),
            ("www.ini", "[www]\nenv[A] = 1\n"),
            ("www.conf", "env[A] = 1\n"),
            ("www.conf", "[www]\nenv[HOSTNAME] = $HOSTNAME\n"),
            ("www.conf", "[www\nenv[\nenv[] \n = é\n"),
        ] {
            assert_eq!(shown(&read(&Files::from_texts(&[(path, text)]))), "", "{text}");
        }
    }
}
