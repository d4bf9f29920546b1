use std::sync::Arc;

use super::hosts::Host;
use crate::deploy::Command;
use crate::facts::Place;
use crate::text::Source;

/// What a recipe says.
pub(super) struct Recipe {
    pub source: Arc<Source>,
    pub hosts: Vec<Host>,
    /// Whether there may be more hosts than are seen.
    pub is_open: bool,
    pub deploy_path: Option<Arc<str>>,
    pub shared_dirs: Vec<(Arc<str>, Place)>,
    pub shared_files: Vec<(Arc<str>, Place)>,
    /// The file that is uploaded as the env file.
    pub env_upload: Option<(Arc<str>, Place)>,
    pub commands: Vec<Command>,
}

impl Recipe {
    pub(super) const fn new(source: Arc<Source>) -> Self {
        Self {
            source,
            hosts: Vec::new(),
            is_open: false,
            deploy_path: None,
            shared_dirs: Vec::new(),
            shared_files: Vec::new(),
            env_upload: None,
            commands: Vec::new(),
        }
    }

    /// What recipe/laravel.php sets.
    pub(super) fn of_laravel(&mut self, place: &Place) {
        self.shared_dirs = vec![("storage".into(), place.clone())];
        self.shared_files = vec![(".env".into(), place.clone())];
    }

    /// The line that keeps the env file on the hosts, else the host.
    pub(super) fn env_place(&self, host: &Host) -> Place {
        let shared = self.shared_files.iter().find(|(name, _)| &**name == ".env");
        shared.map_or_else(|| host.place.clone(), |(_, place)| place.clone())
    }
}
