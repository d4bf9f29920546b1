//! `ENV` and `ARG`: what a word comes to, and how.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Build;
use crate::deploy::model::{Given, Layer, Value};
use crate::facts::{Note, Place, Reason, Step, TrailStep};
use crate::parse::dockerfile::{Pair, Word};
use crate::parse::interpolation::{Resolved, Template};
use crate::text::Source;

/// A value with the steps that led to it, the first first.
#[derive(Debug, Clone)]
struct Known {
    value: Value,
    steps: Vec<TrailStep>,
}

/// The variables at a place of a stage.
#[derive(Debug, Clone)]
pub(super) struct Variables {
    env: Vec<Given>,
    args: BTreeMap<Arc<str>, Known>,
    pub(super) more: Option<Reason>,
    origin: Arc<str>,
}

/// The build arguments before the first stage.
#[derive(Debug, Clone, Default)]
pub(super) struct Globals(BTreeMap<Arc<str>, Known>);

impl Globals {
    pub(super) fn add(&mut self, source: &Arc<Source>, build: &Build<'_>, pairs: &[Pair]) {
        for pair in pairs {
            let Some(name) = pair.name.as_literal() else { continue };
            let known = given(build, name).or_else(|| {
                let word = pair.value.as_ref()?;
                let mut known = resolved(source, word, &|name| self.0.get(name).cloned());
                known.steps.push(default_step(source, pair, name));
                Some(known)
            });
            if let Some(known) = known {
                self.0.insert(name.into(), known);
            }
        }
    }

    /// The text of a word of a `FROM`.
    pub(super) fn text(&self, source: &Arc<Source>, word: &Word) -> Option<Arc<str>> {
        match resolved(source, word, &|name| self.0.get(name).cloned()).value {
            Value::Known(text) => Some(text),
            _ => None,
        }
    }
}

fn given(build: &Build<'_>, name: &str) -> Option<Known> {
    let given = build.args.iter().rev().find(|given| &*given.name == name)?;
    let step = TrailStep {
        step: Step::Set,
        place: Some(given.place.clone()),
        note: Note::Variable(given.name.clone()),
    };
    let steps = given.before.iter().cloned().chain([step]).collect();
    Some(Known { value: given.value.clone(), steps })
}

fn default_step(source: &Arc<Source>, pair: &Pair, name: &str) -> TrailStep {
    let note = Note::Text(format!("the default of the build argument {name}").into());
    TrailStep { step: Step::Default, place: Some(Place::new(source, pair.span)), note }
}

fn resolved(source: &Arc<Source>, word: &Word, look_up: &dyn Fn(&str) -> Option<Known>) -> Known {
    let place = || Place::new(source, word.span);
    let unknown = |text: String, steps| Known { value: Value::Unknown(Reason::at(text, place())), steps };
    let Some(template) = &word.value else {
        return unknown("docker refuses this text".to_owned(), Vec::new());
    };
    let mut steps = Vec::new();
    let mut values: BTreeMap<&str, Arc<str>> = BTreeMap::new();
    for name in template.names() {
        if values.contains_key(name) {
            continue;
        }
        let Some(known) = look_up(name) else { continue };
        match known.value {
            Value::Known(text) => {
                values.insert(name, text);
                steps.extend(known.steps);
            }
            Value::Unknown(reason) => return Known { value: Value::Unknown(reason), steps },
            Value::Unset => {}
        }
    }
    match Template::resolve(template, &|name| values.get(name).cloned()) {
        Resolved::Text(text) => Known { value: Value::Known(text), steps },
        Resolved::Unset(name) => unknown(
            format!(
                "`{name}` is a build argument that is given when the image is built, or is set by its base image"
            ),
            steps,
        ),
        Resolved::Missing(name) => unknown(format!("`{name}` must be given when the image is built"), steps),
        Resolved::Unfollowed(name) => {
            unknown(format!("what is done with `{name}` here is not followed"), steps)
        }
    }
}

impl Variables {
    pub(super) fn new(source: &Source, more: Option<Reason>) -> Self {
        Self { env: Vec::new(), args: BTreeMap::new(), more, origin: source.path().clone() }
    }

    /// A stage that is built on another one sees its variables; its arguments are its own.
    pub(super) fn next_stage(&mut self) {
        self.args.clear();
    }

    fn look_up(&self, name: &str) -> Option<Known> {
        let given = self.env.iter().find(|given| &*given.name == name);
        given.map_or_else(
            || self.args.get(name).cloned(),
            |given| {
                let note = Note::Variable(given.name.clone());
                let step = TrailStep { step: Step::Set, place: Some(given.place.clone()), note };
                let steps = given.before.iter().cloned().chain([step]).collect();
                Some(Known { value: given.value.clone(), steps })
            },
        )
    }

    /// The text of a word; `None` when it is not known.
    pub(super) fn text(&self, source: &Arc<Source>, word: &Word) -> Option<Arc<str>> {
        match resolved(source, word, &|name| self.look_up(name)).value {
            Value::Known(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn arg(&mut self, source: &Arc<Source>, build: &Build<'_>, globals: &Globals, pairs: &[Pair]) {
        for pair in pairs {
            let Some(name) = pair.name.as_literal() else { continue };
            let own = || {
                let mut known = resolved(source, pair.value.as_ref()?, &|name| self.look_up(name));
                known.steps.push(default_step(source, pair, name));
                Some(known)
            };
            let known = given(build, name).or_else(own).or_else(|| globals.0.get(name).cloned());
            match known {
                Some(known) => self.args.insert(name.into(), known),
                None => self.args.remove(name),
            };
        }
    }

    /// All pairs of one `ENV` see the variables before it.
    pub(super) fn env(&mut self, source: &Arc<Source>, pairs: &[Pair]) {
        let mut set = Vec::new();
        for pair in pairs {
            let (Some(name), Some(word)) = (self.text(source, &pair.name), &pair.value) else { continue };
            let known = resolved(source, word, &|name| self.look_up(name));
            set.push(Given {
                name,
                value: known.value,
                place: Place::new(source, pair.span),
                before: known.steps,
            });
        }
        for given in set {
            self.env.retain(|other| other.name != given.name);
            self.env.push(given);
        }
    }

    pub(super) fn into_layer(self) -> Layer {
        Layer { origin: self.origin, variables: self.env, more: self.more }
    }
}
