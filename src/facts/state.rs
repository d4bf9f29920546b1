use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Confidence, Locality, Place, Reason, Severity, TrailStep};

/// What kind of state an app keeps between requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are the field's own words")]
pub enum Concern {
    Session,
    Cache,
    Lock,
    RateLimit,
    Files,
    Log,
    Queue,
    FailedJobs,
    JobBatches,
    Schedule,
    Broadcast,
    Maintenance,
    Key,
    Database,
    Redis,
    Search,
}

impl Concern {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Session,
        Self::Cache,
        Self::Lock,
        Self::RateLimit,
        Self::Files,
        Self::Log,
        Self::Queue,
        Self::FailedJobs,
        Self::JobBatches,
        Self::Schedule,
        Self::Broadcast,
        Self::Maintenance,
        Self::Key,
        Self::Database,
        Self::Redis,
        Self::Search,
    ];

    /// The word used in every output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Cache => "cache",
            Self::Lock => "lock",
            Self::RateLimit => "rate-limit",
            Self::Files => "files",
            Self::Log => "log",
            Self::Queue => "queue",
            Self::FailedJobs => "failed-jobs",
            Self::JobBatches => "job-batches",
            Self::Schedule => "schedule",
            Self::Broadcast => "broadcast",
            Self::Maintenance => "maintenance",
            Self::Key => "key",
            Self::Database => "database",
            Self::Redis => "redis",
            Self::Search => "search",
        }
    }
}

/// A piece of state of an app in one environment, followed to where it lives.
#[derive(Debug, Clone)]
pub struct State {
    /// What kind.
    pub concern: Concern,
    /// The setting that decides it, as a dot key: `session.driver`.
    pub key: Arc<str>,
    /// The setting that decides in the end: a store beside the driver, a host, or `key` itself.
    pub decided_by: Arc<str>,
    /// The variable that this app reads for that setting; `None` when the value is written into the config.
    pub variable: Option<Arc<str>>,
    /// What it is kept in, in the app's own words: `database`, `disk local`, `channel single`.
    pub store: Arc<str>,
    /// Where that lives.
    pub locality: Locality,
    /// Why the locality is unknown, when it is.
    pub unknown: Option<Reason>,
    /// Something wrong that is no matter of locality.
    pub fault: Option<Fault>,
    /// What this state is to the others: `database:mysql`, `redis:default`, `disk:local`.
    pub service: Option<Arc<str>>,
    /// The service it hangs on. When that is local, the cause is reported there and this state hangs on it.
    pub backing: Option<Arc<str>>,
    /// Where in detail, for people: a path, a host. Never a secret.
    pub detail: Option<Arc<str>>,
    /// The most a finding about it can weigh.
    pub severity: Severity,
    /// How sure we are.
    pub confidence: Confidence,
    /// How it came about, causes before effects.
    pub trail: Vec<TrailStep>,
    /// The line that decides: where a reader looks first and a fix edits.
    pub place: Option<Place>,
}

impl State {
    /// Where it lives, in words: `on the disk of each server (storage/app)`.
    #[must_use]
    pub fn whereabouts(&self) -> String {
        match (self.locality, self.detail.as_deref()) {
            (Locality::Disk, Some(path)) => format!("on the disk of each server ({path})"),
            (Locality::Disk, None) => "on the disk of each server".to_owned(),
            (Locality::Memory, _) => "in the memory of each server".to_owned(),
            (Locality::Host, Some(host)) => format!("on each server itself ({host})"),
            (Locality::Host, None) => "on each server itself".to_owned(),
            (Locality::None, _) => "kept nowhere".to_owned(),
            (locality, _) => locality.name().to_owned(),
        }
    }
}

/// A fault of configuration that is no matter of locality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A setting names something that is not defined: what kind of thing, and the name.
    Undefined(&'static str, Arc<str>),
    /// The driver throws away what is written to it.
    Discards,
}
