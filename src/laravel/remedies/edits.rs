//! Where a variable is changed: the env file that the environment loads, or why no edit of it can help.

use std::sync::Arc;

use super::Situation;
use crate::facts::{Action, Basis, Edit, Step};
use crate::parse::dotenv::edit::{self, Change, Refused};
use crate::text::is_secret_name;

/// An edit that sets a variable.
///
/// # Errors
/// Why it cannot be made.
pub fn set(
    situation: Situation<'_>,
    variable: &Arc<str>,
    value: &Arc<str>,
    key: &str,
) -> Result<Edit, String> {
    let kin = kin(situation, key);
    let change = Change::Set { name: variable.to_string(), value: value.to_string(), kin: kin.clone() };
    let action = Action::Set { variable: Arc::clone(variable), value: Arc::clone(value), kin };
    plan(situation, variable, &change, action)
}

/// An edit that renames a variable.
///
/// # Errors
/// Why it cannot be made.
pub fn rename(situation: Situation<'_>, old: &Arc<str>, new: &Arc<str>) -> Result<Edit, String> {
    let change = Change::Rename { old: old.to_string(), new: new.to_string() };
    let action = Action::Rename { old: Arc::clone(old), new: Arc::clone(new) };
    plan(situation, old, &change, action)
}

fn plan(
    situation: Situation<'_>,
    variable: &Arc<str>,
    change: &Change,
    action: Action,
) -> Result<Edit, String> {
    let loaded = situation.loaded;
    if let Some(origin) = outer(situation, variable) {
        return Err(format!("{origin} wins over every env file: change it there"));
    }
    let Some(file) = loaded.files.first() else {
        return Err(format!("no env file was read: set {variable} where the app runs"));
    };
    if loaded.environment.basis != Basis::Asked && situation.app.tree.is_file(CACHED) {
        let path = situation.app.tree.shown(CACHED);
        return Err(format!(
            "{path} froze the configuration, and no env file is read: php artisan config:clear"
        ));
    }
    let expanded: usize = loaded
        .variables
        .values()
        .filter_map(|variable| variable.value.as_ref())
        .map(|value| value.len())
        .sum();
    if expanded > MAX_EXPANDED {
        return Err("its values are too long to be read again for every edit: edit it by hand".to_owned());
    }
    let secrets = &situation.configuration.secrets;
    let is_secret = |text: &str| secrets.values().any(|secret| text.contains(secret.as_ref()));
    match edit::plan(file.source.text(), file.document.version, change) {
        Ok(planned) => Ok(Edit {
            source: Arc::clone(&file.source),
            line: planned.line,
            old: planned.old.filter(|old| !is_secret_name(variable) && may_show(old) && !is_secret(old)),
            action,
        }),
        Err(Refused::AlreadySo) => Err(format!("{variable} has this value already")),
        Err(refused) => Err(refused.to_string()),
    }
}

/// Bytes of all values of a file with what they are made of; an edit is checked by reading all of them again.
const MAX_EXPANDED: usize = 4 << 20;

/// The framework reads no env file when this is there (LoadEnvironmentVariables::bootstrap).
const CACHED: &str = "bootstrap/cache/config.php";

/// A value that is a name, and no secret that was put there.
fn may_show(value: &str) -> bool {
    value.len() <= 40
        && value.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ',' | ' ' | '/'))
}

/// The source outside of every env file that sets a variable, as the beginning of a sentence: the process, a line of a
/// manifest.
fn outer(situation: Situation<'_>, variable: &str) -> Option<Arc<str>> {
    let variable = situation.loaded.variables.get(variable)?;
    let Some(place) = &variable.place else {
        let last = variable.trail.last()?;
        return matches!(last.step, Step::Set | Step::Override)
            .then(|| format!("{},", last.note.text()).into());
    };
    let in_file = situation.loaded.files.iter().any(|file| file.source.path() == place.source.path());
    (!in_file).then(|| format!("it is set in {}:{}, which", place.path(), place.start().line).into())
}

/// The variables that the same part of the config reads: the neighbours of a new one.
fn kin(situation: Situation<'_>, key: &str) -> Vec<String> {
    let file = key.split('.').next().unwrap_or(key);
    let entries = crate::laravel::settings::below(&situation.configuration.root, file);
    let mut kin: Vec<String> = Vec::new();
    for setting in entries {
        for step in setting.trail.steps() {
            if step.step == Step::Read
                && let crate::facts::Note::Variable(name) = &step.note
                && !kin.iter().any(|known| known.as_str() == name.as_ref())
            {
                kin.push(name.to_string());
            }
        }
    }
    // `database` and `app` read half of the env file: kin by name is nearer there.
    if matches!(file, "database" | "app") { Vec::new() } else { kin }
}
