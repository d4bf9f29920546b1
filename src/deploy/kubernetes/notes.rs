//! What is found by the way while a workload is read: problems, and the files that belong to it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::deploy::Problem;
use crate::facts::Place;

/// Problems and files, each once.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub problems: Vec<Problem>,
    pub files: BTreeSet<Arc<str>>,
}

/// A workload with more problems than this is not read any better by one more.
const MAX_PROBLEMS: usize = 50;

impl Notes {
    pub fn problem(&mut self, message: String, place: Place) {
        let known = self.problems.iter().any(|problem| *problem.message == message && problem.place == place);
        if !known && self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { message: message.into(), place });
        }
    }

    pub fn file(&mut self, place: &Place) {
        self.files.insert(Arc::clone(place.source.path()));
    }
}
