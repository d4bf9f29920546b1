use std::path::PathBuf;
use std::sync::Arc;

use super::{Concern, Note, Step, Trail, TrailStep, Variable, Variables};

/// What the user asked to judge.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Names of environments.
    pub names: Vec<String>,
    /// Files of variables; each is an environment of its own.
    pub files: Vec<PathBuf>,
    /// Judge the config without any file of variables.
    pub no_env_file: bool,
    /// Variables of the process, the strongest source.
    pub process: Vec<(String, String)>,
    /// Judge the environment of this process, not those of manifests.
    pub here: bool,
    /// Look into the app's code, too.
    pub code: bool,
    /// Where the process variables come from, for the trail: `--set`, the environment.
    pub process_origin: Arc<str>,
    /// What the owner wants states to be kept in, for the fixes.
    pub wanted: Vec<Preference>,
}

impl Selection {
    /// The variables of the process: the strongest source.
    #[must_use]
    pub fn process_variables(&self) -> Variables {
        let mut variables = Variables::new();
        for (name, value) in &self.process {
            let note = Note::Text(format!("{name}, from {}", self.process_origin).into());
            let trail = Trail::start(TrailStep { step: Step::Set, place: None, note });
            let value = Some(value.as_str().into());
            variables.insert(name.as_str().into(), Variable { value, unknown: None, trail, place: None });
        }
        variables
    }
}

/// What the owner of an app wants a state to be kept in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    /// For this concern only; `None`: wherever it can be.
    pub concern: Option<Concern>,
    /// A driver, or the name of a store, disk, channel or connection of the app.
    pub to: Arc<str>,
}
