//! The variables that compose itself puts into its files: those of the env file beside them.
//!
//! docker's documentation, compose/how-tos/environment-variables/variable-interpolation: the shell wins over `.env`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::env_file;
use super::tree::Text;
use crate::deploy::{Files, Given, Value, join};
use crate::facts::{Note, Place, Reason, Step, TrailStep};
use crate::parse::interpolation::{Modifier, ModifierKind, Part, Resolved, Template, parse};

/// What is known where compose is started.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    variables: BTreeMap<Arc<str>, Given>,
}

impl Scope {
    /// The variables of the env file in the folder of a project, when it belongs to the repository.
    pub(super) fn of(files: &Files<'_>, folder: &str) -> Self {
        let mut scope = Self::default();
        let path = join(folder, ".env").filter(|path| env_file::is_ours(files, path));
        let Some(source) = path.and_then(|path| files.read(&path)) else { return scope };
        let read = env_file::read(&source, &|_| None, false);
        for given in read.variables {
            scope.variables.insert(given.name.clone(), given);
        }
        scope
    }

    /// The variable of a name.
    pub(super) fn get(&self, name: &str) -> Option<&Given> {
        self.variables.get(name)
    }

    /// A text with its variables put in.
    pub(super) fn text(&self, raw: &str, place: &Place) -> Text {
        resolve(raw, place, &|name| self.get(name).cloned())
    }
}

/// A text with its variables put in, each as it is looked up.
pub(super) fn resolve(raw: &str, place: &Place, look_up: &dyn Fn(&str) -> Option<Given>) -> Text {
    let mut before = Vec::new();
    let value = value(raw, place, look_up, &mut before);
    Text { value, raw: raw.into(), before }
}

fn value(
    raw: &str,
    place: &Place,
    look_up: &dyn Fn(&str) -> Option<Given>,
    before: &mut Vec<TrailStep>,
) -> Result<Arc<str>, Reason> {
    if !raw.contains('$') {
        return Ok(raw.into());
    }
    let unknown = |text: String| Err(Reason::at(text, place.clone()));
    let Ok(template) = parse(raw) else {
        return unknown(
            "compose refuses how a variable is written here, or its releases read it differently".to_owned(),
        );
    };
    let mut values: BTreeMap<&str, Arc<str>> = BTreeMap::new();
    for name in template.names() {
        if values.contains_key(name) {
            continue;
        }
        let Some(given) = look_up(name) else { continue };
        match &given.value {
            Value::Known(text) => {
                values.insert(name, text.clone());
                before.extend(given.before.iter().cloned());
                before.push(TrailStep {
                    step: Step::Set,
                    place: Some(given.place.clone()),
                    note: Note::Variable(given.name.clone()),
                });
            }
            Value::Unknown(reason) => return Err(reason.clone()),
            Value::Unset => {}
        }
    }
    for name in defaulted(&template, &values) {
        let note = Note::Text(format!("the default when {name} is not set where compose is started").into());
        before.push(TrailStep { step: Step::Default, place: Some(place.clone()), note });
    }
    match template.resolve(&|name| values.get(name).cloned()) {
        Resolved::Text(text) => Ok(text),
        Resolved::Unset(name) | Resolved::Missing(name) => {
            unknown(format!("`{name}` is given where compose is started; its value is not in the repository"))
        }
        Resolved::Unfollowed(name) => unknown(format!("what is done with `{name}` here is not followed")),
    }
}

/// The variables whose default applies.
fn defaulted<'t>(template: &'t Template, values: &BTreeMap<&str, Arc<str>>) -> Vec<&'t str> {
    let mut names = Vec::new();
    let mut open = vec![template];
    while let Some(template) = open.pop() {
        for part in &template.parts {
            let Part::Variable(variable) = part else { continue };
            let Some(Modifier { kind, or_empty, text }) = &variable.modifier else { continue };
            let value = values.get(&*variable.name);
            let is_set = value.is_some_and(|value| !or_empty || !value.is_empty());
            if !is_set && matches!(kind, ModifierKind::Default | ModifierKind::Replacement) {
                names.push(&*variable.name);
                open.extend((*kind == ModifierKind::Default).then_some(text));
            }
        }
    }
    names
}
