//! actix-settings: `[actix]` is the server's own, `[application]` is the app's (actix/actix-extras actix-settings, 0.8).

use super::super::document;
use super::super::layers::Weight;
use super::super::{Format, Request, discover};
use super::{Found, Stack};
use crate::discover::Skipped;
use crate::facts::Confidence;

pub(super) fn read(request: &Request<'_>, skipped: &mut Vec<Skipped>) -> Vec<Found> {
    for folder in discover::upward(request.folder) {
        for name in ["Server.toml", "Settings.toml", "server.toml", "settings.toml", "actix.toml"] {
            let Some(document) = document::read(request, &discover::join(&folder, name), skipped) else {
                continue;
            };
            if !document.leaves.iter().any(|leaf| leaf.key.starts_with("actix.")) {
                continue;
            }
            let weight =
                Weight { format: Format::ActixSettings, profile: None, confidence: Confidence::High };
            let mut stack = Stack::default();
            let own = |key: &str| key.starts_with("application.").then(|| key.to_owned());
            stack.add(&document, &weight, own);
            return vec![stack.found(None)];
        }
    }
    Vec::new()
}
