use std::collections::BTreeMap;
use std::sync::Arc;

use crate::eval::{Array, Kind, Value};
use crate::facts::{
    Concern, Confidence, Fault, Locality, Note, Place, Reason, Severity, State, Step, TrailStep,
};
use crate::laravel::app::App;
use crate::laravel::drivers::{self, Driver};
use crate::laravel::host::lookup;
use crate::laravel::load::Configuration;
use crate::laravel::settings::trail_of;
use crate::text::{Span, mask_urls};

/// Settings followed one from another before giving up: a store that names itself must not loop.
const MAX_FOLLOWED: usize = 12;

/// Where something lives, while it is being followed.
#[derive(Debug, Clone, Default)]
pub struct Lives {
    /// Where; unknown until something says so.
    pub locality: Option<Locality>,
    /// Why it is unknown.
    pub unknown: Option<Reason>,
    /// What is wrong.
    pub fault: Option<Fault>,
    /// The service it hangs on.
    pub backing: Option<Arc<str>>,
    /// A path, a host.
    pub detail: Option<Arc<str>>,
    /// How it came about.
    pub trail: Vec<TrailStep>,
    /// The setting that decides, when it is another than the one that is asked: a url, a host, a store beside the driver.
    pub decided_by: Option<Arc<str>>,
    /// The setting of the driver, which decides when no variable decides the name that led here.
    pub driver_key: Option<Arc<str>>,
    /// Whether it takes only a part of what is written.
    pub partial: bool,
}

/// Follows the settings of one app in one environment.
pub struct Resolver<'a> {
    pub(super) app: &'a App,
    configuration: &'a Configuration,
    states: Vec<State>,
    /// Database and redis connections that some state hangs on, with the keys that led there.
    pub(super) used: BTreeMap<Arc<str>, Vec<TrailStep>>,
    depth: usize,
}

impl<'a> Resolver<'a> {
    /// A resolver over a loaded configuration.
    pub fn new(app: &'a App, configuration: &'a Configuration) -> Self {
        Self { app, configuration, states: Vec::new(), used: BTreeMap::new(), depth: 0 }
    }

    /// The states in the order in which they were added.
    pub fn finish(self) -> Vec<State> {
        self.states
    }

    /// The value of a setting; `null` when it is absent.
    pub fn get(&self, key: &str) -> Value {
        let value = lookup(&self.configuration.root, key).unwrap_or_else(Value::null);
        // A url holds a password by nature, and only its host is ever told.
        if key.ends_with(".url") { value } else { self.without_secrets(value) }
    }

    /// The same value, unknown where it is the value of a variable that holds a secret: it must not become the name of
    /// a store that a report tells.
    fn without_secrets(&self, value: Value) -> Value {
        let hidden = || Reason::new("it is read from a variable that holds a secret");
        match &value.kind {
            Kind::Str(text) if self.is_secret(text, &value) => {
                Value { kind: Kind::Unknown(hidden()), ..value }
            }
            Kind::Array(array) => {
                let is_secret =
                    |entry: &Value| matches!(&entry.kind, Kind::Str(text) if self.is_secret(text, entry));
                if !array.values().any(is_secret) {
                    return value;
                }
                let mut shown = Array::new();
                for (key, entry) in array.iter() {
                    shown.insert(key.clone(), self.without_secrets(entry.clone()));
                }
                Value { kind: Kind::Array(Arc::new(shown)), ..value }
            }
            _ => value,
        }
    }

    fn is_secret(&self, text: &str, value: &Value) -> bool {
        self.configuration.secrets.iter().any(|(name, secret)| {
            (text.contains(secret.as_ref()) || (!text.is_empty() && secret.contains(text)))
                && value
                    .trail
                    .steps()
                    .iter()
                    .any(|step| step.step == Step::Read && step.note == Note::Variable(Arc::clone(name)))
        })
    }

    /// Whether a setting is there at all.
    pub fn has(&self, key: &str) -> bool {
        lookup(&self.configuration.root, key).is_some()
    }

    /// Adds a state decided by the setting `key`.
    pub fn add(&mut self, concern: Concern, key: &str, store: &str, lives: Lives) {
        let decider = lives.decided_by.clone().unwrap_or_else(|| self.named_or_driver(key, &lives));
        let mut trail = self.trail(key);
        let own = self.trail(&decider);
        let is_set = |name: &Arc<str>| {
            own.iter().any(|step| step.step == Step::Set && step.note == Note::Variable(Arc::clone(name)))
        };
        let mut read = own.iter().rev().filter_map(read_variable);
        let variable = read.clone().find(is_set).or_else(|| read.next());
        let place =
            deciding_place(&own).or_else(|| self.get(&decider).place.filter(|place| !place.is_foreign()));
        let place = place.or_else(|| deciding_place(&lives.trail));
        let place = place.or_else(|| self.config_file(&decider, variable.is_some()));
        // A variable that no source we see sets may be set where the app runs.
        let is_default =
            |step: &TrailStep| step.step == Step::Default && matches!(step.note, Note::Variable(_));
        let assumed = own.last().is_some_and(is_default) && !own.iter().any(|step| step.step == Step::Set);
        extend(&mut trail, own);
        extend(&mut trail, lives.trail);
        self.states.push(State {
            concern,
            key: key.into(),
            decided_by: decider,
            variable,
            store: mask_urls(store).into(),
            locality: lives.locality.unwrap_or(Locality::Unknown),
            unknown: lives.unknown,
            fault: lives.fault,
            service: None,
            backing: lives.backing,
            detail: lives.detail.map(|detail| mask_urls(&detail).into()),
            severity: Severity::Error,
            confidence: if assumed { Confidence::Medium } else { Confidence::High },
            trail,
            place,
        });
    }

    /// The setting that names a store, or that store's driver when only that one reads a variable.
    fn named_or_driver(&self, key: &str, lives: &Lives) -> Arc<str> {
        let reads = |key: &str| self.trail(key).iter().any(|step| read_variable(step).is_some());
        match &lives.driver_key {
            Some(driver) if !reads(key) && reads(driver) => Arc::clone(driver),
            _ => key.into(),
        }
    }

    /// Where a key would be written into the app's config, when no variable decides it.
    fn config_file(&self, key: &str, has_variable: bool) -> Option<Place> {
        let file = key.split('.').next().unwrap_or(key);
        let place = self.get(file).place.filter(|place| !place.is_foreign() && !has_variable)?;
        Some(Place { span: Span::new(place.span.start, place.span.start), ..place })
    }

    /// Says the most that a finding about the state added last can weigh.
    pub fn weigh(&mut self, severity: Severity) {
        if let Some(state) = self.states.last_mut() {
            state.severity = severity;
        }
    }

    /// The most that what hangs on a service weighs.
    pub fn weight_on(&self, service: &str) -> Option<Severity> {
        let hanging = self.states.iter().filter(|state| state.backing.as_deref() == Some(service));
        hanging.map(|state| state.severity).max()
    }

    /// The state added last, to say more about it.
    pub fn last(&mut self) -> Option<&mut State> {
        self.states.last_mut()
    }

    /// How the value of a setting came about.
    pub fn trail(&self, key: &str) -> Vec<TrailStep> {
        match lookup(&self.configuration.root, key) {
            Some(value) => trail_of(key, &value).steps(),
            None => Vec::new(),
        }
    }

    /// What a driver of a concern means; `base` is the dot key of the array that holds the driver's options.
    pub fn driver(&mut self, concern: &str, base: &str, driver: &Value) -> Lives {
        let name = match &driver.kind {
            Kind::Str(name) => Arc::clone(name),
            Kind::Unknown(reason) => return Lives::unknown(reason.clone()),
            _ => return Lives::unknown(Reason::new("no driver is set")),
        };
        let Some(known) = drivers::of(concern).get(name.as_ref()) else {
            let reason = format!("`{name}` is a driver of a package or of the app's own");
            return Lives::unknown(at(Reason::new(reason), driver));
        };
        if self.depth >= MAX_FOLLOWED {
            return Lives::unknown(Reason::new("settings name each other in a circle"));
        }
        self.depth += 1;
        let mut lives = self.known_driver(base, known, &name);
        self.depth -= 1;
        if known.discards {
            lives.fault = Some(Fault::Discards);
        }
        lives.partial |= known.partial;
        lives
    }

    fn known_driver(&mut self, base: &str, driver: &Driver, name: &str) -> Lives {
        if let Some(reason) = &driver.unknown {
            return Lives::unknown(Reason::new(reason.clone()));
        }
        if let Some(follow) = driver.follow {
            return self.follow(base, follow, name);
        }
        let mut lives = Lives { locality: driver.locality, ..Lives::default() };
        if let Some(path) = &driver.path {
            lives.detail = self.path_detail(&format!("{base}.{path}"));
        }
        lives
    }

    /// A path for people: below the app's root, or absolute.
    pub fn path_detail(&self, key: &str) -> Option<Arc<str>> {
        let value = self.get(key);
        let path = value.as_str()?;
        let shown = match path.trim_end_matches('/') {
            "{base}" => "the app's own folder",
            path => path.strip_prefix("{base}/").unwrap_or(path),
        };
        (!shown.is_empty() && !shown.contains("://")).then(|| shown.into())
    }

    /// The text of a setting, or why there is none to go by.
    pub fn text(&self, key: &str) -> Result<Option<Arc<str>>, Reason> {
        let value = self.get(key);
        match value.kind {
            Kind::Str(text) => Ok(Some(text)),
            Kind::Null | Kind::Bool(false) => Ok(None),
            Kind::Int(number) => Ok(Some(number.to_string().into())),
            Kind::Unknown(reason) => Err(reason),
            _ => Err(Reason::new("a setting of another type than expected")),
        }
    }
}

impl Lives {
    /// Somewhere that we cannot know.
    pub fn unknown(reason: Reason) -> Self {
        Self { locality: Some(Locality::Unknown), unknown: Some(reason), ..Self::default() }
    }

    /// Here.
    pub fn at(locality: Locality) -> Self {
        Self { locality: Some(locality), ..Self::default() }
    }

    /// Nothing of this name is defined.
    pub fn undefined(what: &'static str, name: &Arc<str>) -> Self {
        Self {
            locality: Some(Locality::Unknown),
            unknown: Some(Reason::new(format!("the {what} `{name}` is not defined"))),
            fault: Some(Fault::Undefined(what, Arc::clone(name))),
            ..Self::default()
        }
    }

    /// The same, decided by the setting `key`, unless something further down decides.
    pub fn by(mut self, key: &str) -> Self {
        self.decided_by.get_or_insert_with(|| key.into());
        self
    }

    /// The same, reached by a driver that this setting names.
    pub fn through(mut self, driver_key: &str) -> Self {
        self.driver_key.get_or_insert_with(|| driver_key.into());
        self
    }

    /// The same, after these steps.
    pub fn after(mut self, mut steps: Vec<TrailStep>) -> Self {
        extend(&mut steps, self.trail);
        self.trail = steps;
        self
    }
}

/// The variable that a step reads.
fn read_variable(step: &TrailStep) -> Option<Arc<str>> {
    match (step.step, &step.note) {
        (Step::Read | Step::Default, Note::Variable(name)) => Some(Arc::clone(name)),
        _ => None,
    }
}

/// Adds steps that are not there yet.
pub fn extend(trail: &mut Vec<TrailStep>, more: Vec<TrailStep>) {
    for step in more {
        if !trail.contains(&step) {
            trail.push(step);
        }
    }
}

/// The line that decides: where a variable is set, else where the config says what applies without it.
pub fn deciding_place(trail: &[TrailStep]) -> Option<Place> {
    let real = |step: &&TrailStep| step.place.as_ref().is_some_and(|place| !place.is_foreign());
    let set = trail.iter().rev().filter(real).find(|step| step.step == Step::Override);
    // Of several variables the last one is the value; those before it are conditions, or parts of it.
    let set = set.or_else(|| trail.iter().rev().filter(real).find(|step| step.step == Step::Set));
    set.or_else(|| trail.iter().rev().find(real)).and_then(|step| step.place.clone())
}

fn at(reason: Reason, value: &Value) -> Reason {
    match value.place.as_ref().filter(|place| !place.is_foreign()) {
        Some(place) => reason.or_at(|| place.clone()),
        None => reason,
    }
}

/// The entries of a list that are names, or why they are not known.
pub fn names(value: &Value) -> Result<Vec<Arc<str>>, Reason> {
    match &value.kind {
        // Since 8.15 a comma list is accepted where an array of channels is (LogManager::createStackDriver).
        Kind::Str(text) => Ok(text.split(',').map(Arc::from).collect()),
        Kind::Array(array) => {
            if let Some(reason) = array.open() {
                return Err(reason.clone());
            }
            array
                .values()
                .map(|entry| match &entry.kind {
                    Kind::Str(name) => Ok(Arc::clone(name)),
                    Kind::Unknown(reason) => Err(reason.clone()),
                    _ => Err(Reason::new("a list with something other than names")),
                })
                .collect()
        }
        Kind::Null => Ok(Vec::new()),
        Kind::Unknown(reason) => Err(reason.clone()),
        _ => Err(Reason::new("a list of another type than expected")),
    }
}
