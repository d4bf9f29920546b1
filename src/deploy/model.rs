use std::sync::Arc;

use crate::facts::{Confidence, Place, Reason, Replicas, Sticky, TrailStep};

/// One thing that runs, as the manifests of the repository describe it.
#[derive(Debug, Clone)]
pub struct Deployment {
    /// What describes it: `docker compose`, `kubernetes`, `elastic beanstalk`.
    pub source: &'static str,
    /// The name of the environment: of an overlay, a values file, a stage; else the name of what describes it.
    pub environment: Arc<str>,
    /// What runs: `web`, `deployment/shop`.
    pub service: Arc<str>,
    /// Where it is described.
    pub place: Place,
    /// The files that describe it, as they are shown.
    pub files: Vec<Arc<str>>,
    /// Which app it runs, and what for.
    pub runs: Runs,
    /// Where its variables come from, the strongest first. All of them win over every env file.
    pub layers: Vec<Layer>,
    /// The file that is put in the place of the app's env file, in the repository: `COPY .env.production .env`.
    pub env_file: Option<(Arc<str>, Place)>,
    /// How many of it run.
    pub replicas: Replicas,
    /// Whether a client stays with one replica; `None` when nothing says so.
    pub sticky: Option<Sticky>,
    /// The line that puts a load balancer, a service or an ingress in front of it.
    pub balanced: Option<Place>,
    /// The line that says how its health is asked; `None` when nothing does.
    pub health: Option<Place>,
    /// What is mounted into it.
    pub mounts: Vec<Mount>,
    /// What is run while it is built and when it starts.
    pub commands: Vec<Command>,
    /// What does not fit together: a reference to something that is not there.
    pub problems: Vec<Problem>,
    /// How sure it is that this is what production runs.
    pub confidence: Confidence,
}

/// What runs, and where its code comes from.
#[derive(Debug, Clone, Default)]
pub struct Runs {
    /// What it is for.
    pub role: Role,
    /// The folder of the repository that it is built from, relative to the repository's root; empty for the root.
    pub folder: Option<Arc<str>>,
    /// The Dockerfile it is built by, relative to the repository's root.
    pub dockerfile: Option<Arc<str>>,
    /// The stage of the Dockerfile.
    pub stage: Option<Arc<str>>,
    /// The image, without its tag.
    pub image: Option<Arc<str>>,
}

/// What something that runs is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// It answers requests.
    Web,
    /// It works on jobs.
    Worker,
    /// It runs the scheduler.
    Scheduler,
    /// It runs once: a release step, a migration.
    Job,
    /// Nothing tells.
    #[default]
    Unknown,
}

/// Variables from one source.
#[derive(Debug, Clone)]
pub struct Layer {
    /// The source as it is shown: a path, or a path and what in it.
    pub origin: Arc<str>,
    /// Its variables, each name once: the last one that counts.
    pub variables: Vec<Given>,
    /// Why there may be more variables than are seen here: a secret store, a file that is not in the repository.
    pub more: Option<Reason>,
}

/// A variable that a manifest sets.
#[derive(Debug, Clone)]
pub struct Given {
    /// Its name.
    pub name: Arc<str>,
    /// Its value.
    pub value: Value,
    /// Where it is set.
    pub place: Place,
    /// What led to the value before it was set here: the line of a ConfigMap, a default of an interpolation.
    pub before: Vec<TrailStep>,
}

/// What a manifest says about a value.
#[derive(Debug, Clone)]
pub enum Value {
    /// It is this.
    Known(Arc<str>),
    /// It is there, and its value is not in the repository.
    Unknown(Reason),
    /// It is taken away again: the variable is not set by any weaker source either.
    Unset,
}

/// Something mounted into what runs.
#[derive(Debug, Clone)]
pub struct Mount {
    /// Where it is seen inside: `/var/www/html/storage`.
    pub path: Arc<str>,
    /// What it is: `named volume storage`, `EFS file system`.
    pub what: Arc<str>,
    /// Who sees the same data.
    pub sharing: Sharing,
    /// The line that mounts it.
    pub place: Place,
}

/// Who sees the data of a volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sharing {
    /// Every replica.
    Shared,
    /// The replicas on one machine only.
    OneServer,
    /// One replica only; it is gone with it when it is not kept elsewhere.
    OneReplica,
    /// It cannot be told.
    Unknown(Reason),
}

/// A command that is run.
#[derive(Debug, Clone)]
pub struct Command {
    /// When.
    pub when: When,
    /// Its words; one that is not known is `None`.
    pub words: Vec<Option<Arc<str>>>,
    /// Where it stands.
    pub place: Place,
    /// The conditions around it, in words: `if [ -z "$APP_KEY" ]`.
    pub guard: Option<Arc<str>>,
}

/// When a command is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// While the image is built.
    Build,
    /// When each replica starts.
    Start,
    /// Once for each release, on one of them.
    Release,
    /// By a clock, on each replica.
    Clock,
}

/// Something that does not fit together.
#[derive(Debug, Clone)]
pub struct Problem {
    /// What is wrong, in words.
    pub message: Arc<str>,
    /// Where.
    pub place: Place,
}

impl Deployment {
    /// A deployment of which only its source and place are known.
    #[must_use]
    pub fn new(source: &'static str, environment: &str, service: &str, place: Place) -> Self {
        Self {
            source,
            environment: environment.into(),
            service: service.into(),
            files: vec![place.source.path().clone()],
            place,
            runs: Runs::default(),
            layers: Vec::new(),
            env_file: None,
            replicas: Replicas::default(),
            sticky: None,
            balanced: None,
            health: None,
            mounts: Vec::new(),
            commands: Vec::new(),
            problems: Vec::new(),
            confidence: Confidence::High,
        }
    }
}
