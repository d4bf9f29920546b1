//! What settings mean for the place of an app's state. Data: `rules/rust/config.toml`.

mod data;
mod free;

use std::sync::Arc;

use super::stage::{self, Stage};
use super::url::{Located, of_path, of_url, of_url_or_path};
use super::{Configured, Format, Setting};
use crate::facts::{
    Concern, Confidence, Locality, Note, Place, Reason, Severity, Step, TrailStep, Variables,
};
use data::{Row, data, glob};

/// Something that is no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// Each replica migrates or wipes the database when it starts.
    ReplicaMigrate,
    /// Each replica runs the schedule.
    RepeatedSchedule,
}

impl Fact {
    /// The kind of observation, as rules name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReplicaMigrate => "replica-migrate",
            Self::RepeatedSchedule => "repeated-schedule",
        }
    }
}

/// What one setting, or one variable, says.
#[derive(Debug, Clone)]
pub struct Meaning {
    /// The kind of state; `None` when it is a fact.
    pub concern: Option<Concern>,
    /// The kind of observation; `None` when it is state.
    pub fact: Option<Fact>,
    /// Where the state lives; unknown for a fact.
    pub locality: Locality,
    /// Why the locality is unknown, when it is that of a state.
    pub unknown: Option<Reason>,
    /// What it is, for people: `cache InMem of loco`. Never holds a value that may be a secret.
    pub store: Arc<str>,
    /// A path or a host.
    pub detail: Option<Arc<str>>,
    /// The most it weighs.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// How the value came about.
    pub trail: Vec<TrailStep>,
    /// The line that decides.
    pub place: Option<Place>,
    /// The key of the setting, or the name of the variable.
    pub key: Arc<str>,
}

/// What the settings of a profile say, each once.
#[must_use]
pub fn meanings(configured: &Configured) -> Vec<Meaning> {
    let mut meanings: Vec<Meaning> = Vec::new();
    let for_developers = matches!(stage::of(&configured.profile), Some(Stage::Developers(_)));
    for setting in &configured.settings {
        let lower = setting.key.to_ascii_lowercase();
        let fits = |row: &&Row| row.is_about(setting, &lower) && !row.is_moot(configured);
        let meaning = match data().row.iter().find(fits) {
            Some(row) if row.nothing => None,
            // Developers wipe their own database.
            Some(row) if row.fact.is_some() && for_developers => None,
            Some(row) => by_row(row, setting, &lower, configured),
            None => free::meaning(setting, configured),
        };
        let Some(meaning) = meaning else { continue };
        // One line is enough for a schedule of many jobs.
        let again = meaning.fact == Some(Fact::RepeatedSchedule)
            && meanings.iter().any(|known| known.fact == meaning.fact);
        if !again {
            meanings.push(meaning);
        }
    }
    meanings
}

/// What the variables of the process say that are urls of services by their usual names.
#[must_use]
pub fn of_variables(variables: &Variables) -> Vec<Meaning> {
    let mut meanings = Vec::new();
    for (name, variable) in variables.iter() {
        let fits = |row: &&data::Named| row.name.iter().any(|pattern| glob(pattern, name).is_some());
        let Some(row) = data().variable.iter().find(fits) else { continue };
        let located = variable.value.as_deref().and_then(of_url_or_path);
        let unknown = match (&located, &variable.value) {
            (Some(_), _) => None,
            (None, Some(value)) if value.trim().is_empty() => continue,
            (None, Some(_)) => Some(not_known(name)),
            (None, None) => Some(
                variable
                    .unknown
                    .clone()
                    .unwrap_or_else(|| Reason::new(format!("the value of {name} is kept elsewhere"))),
            ),
        };
        let service = located.as_ref().map_or("a service", |located| located.service);
        meanings.push(Meaning {
            concern: Some(row.concern),
            fact: None,
            locality: located.as_ref().map_or(Locality::Unknown, |located| located.locality),
            unknown,
            store: format!("{service} of {name}").into(),
            detail: located.and_then(|located| located.detail),
            severity: row.severity,
            confidence: Confidence::High,
            trail: variable.trail.steps(),
            place: variable.place.clone(),
            key: Arc::clone(name),
        });
    }
    meanings
}

fn not_known(name: &str) -> Reason {
    Reason::new(format!("{name} does not say where it leads"))
}

fn by_row(row: &Row, setting: &Setting, key: &str, configured: &Configured) -> Option<Meaning> {
    let mut meaning = Meaning {
        concern: row.concern,
        fact: row.fact,
        locality: row.locality.unwrap_or(Locality::Unknown),
        unknown: None,
        store: row.store(setting, key).into(),
        detail: None,
        severity: row.severity,
        confidence: row.confidence.unwrap_or(Confidence::High).min(setting.confidence),
        trail: setting.trail.clone(),
        place: setting.place.clone(),
        key: Arc::clone(&setting.key),
    };
    if setting.format == Format::Log4rs && !free::is_named_by_a_logger(setting, configured) {
        return None;
    }
    if row.url {
        meaning.leads_to(setting, setting.format == Format::Rocket)?;
    } else if let Some(follow) = &row.follow {
        match configured.get(follow) {
            Some(next) => {
                meaning.leads_to(next, false)?;
                for step in &next.trail {
                    if !meaning.trail.contains(step) {
                        meaning.trail.push(step.clone());
                    }
                }
            }
            None => meaning.locality = Locality::Shared,
        }
    } else if meaning.fact.is_none() {
        meaning.detail = row.path_beside(setting, configured);
    }
    Some(meaning)
}

impl Meaning {
    /// Takes over where a url leads. `None`: there is no value at all.
    fn leads_to(&mut self, setting: &Setting, may_be_path: bool) -> Option<()> {
        self.confidence = self.confidence.min(setting.confidence);
        let located = setting.value.as_deref().and_then(|url| {
            // A url of Rocket's SQLite pools is a path.
            if may_be_path { of_url_or_path(url) } else { of_url(url).or_else(|| of_path(url)) }
        });
        match (located, &setting.unknown, &setting.value) {
            (Some(Located { locality, detail, .. }), ..) => {
                self.locality = locality;
                self.detail = detail;
            }
            (None, Some(reason), _) => self.unknown = Some(reason.clone()),
            (None, None, Some(value)) if !value.trim().is_empty() => {
                self.unknown = Some(not_known(&setting.key));
            }
            (None, None, _) => return None,
        }
        // A read of what no one sets ends here; the line is the setting's own.
        if self.trail.is_empty() {
            let note = Note::Setting(Arc::clone(&setting.key));
            self.trail.push(TrailStep { step: Step::Set, place: setting.place.clone(), note });
        }
        Some(())
    }
}
