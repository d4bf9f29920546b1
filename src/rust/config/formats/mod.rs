//! The readers, one for each crate that reads config files.

mod actix;
mod cot;
mod free;
mod loco;
mod log4rs;
mod names;
mod rocket;

use std::sync::Arc;

use super::document::Document;
use super::layers::{Layers, Weight};
use super::{Request, Setting};
use crate::discover::Skipped;

/// What one reader found for one profile.
#[derive(Debug)]
pub(super) struct Found {
    /// `None`: it holds for every profile.
    pub profile: Option<Arc<str>>,
    pub settings: Vec<Setting>,
    /// The strongest first.
    pub files: Vec<Arc<str>>,
}

/// What every reader finds.
pub(super) fn all(request: &Request<'_>, skipped: &mut Vec<Skipped>) -> Vec<Found> {
    type Reader = fn(&Request<'_>, &mut Vec<Skipped>) -> Vec<Found>;
    let readers: [(&str, Reader); 6] = [
        ("rocket", rocket::read),
        ("loco-rs", loco::read),
        ("cot", cot::read),
        ("log4rs", log4rs::read),
        ("actix-settings", actix::read),
        ("", free::read),
    ];
    let used = readers.iter().filter(|(name, _)| name.is_empty() || request.depends_on(name));
    used.flat_map(|(_, read)| read(request, skipped)).collect()
}

/// Layers of documents and the files they come from.
#[derive(Default)]
struct Stack {
    layers: Layers,
    files: Vec<Arc<str>>,
}

impl Stack {
    fn add(&mut self, document: &Document, weight: &Weight, pick: impl Fn(&str) -> Option<String>) {
        self.layers.document(document, weight, pick);
        if !self.files.contains(document.source.path()) {
            self.files.insert(0, Arc::clone(document.source.path()));
        }
    }

    fn found(self, profile: Option<Arc<str>>) -> Found {
        Found { profile, settings: self.layers.settings(), files: self.files }
    }
}

/// A leaf counts under its own key.
fn whole(key: &str) -> Option<String> {
    Some(key.to_owned())
}

/// A leaf of this table counts under what is left of its key.
fn table(key: &str, name: &str) -> Option<String> {
    let (first, rest) = key.split_once('.')?;
    first.eq_ignore_ascii_case(name).then(|| rest.to_owned())
}
