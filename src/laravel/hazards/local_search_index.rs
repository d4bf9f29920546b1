//! `local-search-index`: an index that Scout keeps in files.

use super::code::Code;
use super::effect::{Use, told};
use super::guarded;
use crate::facts::{Concern, Confidence, Locality, Observation, Severity};
use crate::laravel::state::Lives;

const IDS: &[&str] = &["scout-searchable"];
/// Packages that bring Scout's driver `tntsearch` (teamtnt/laravel-scout-tntsearch-driver README).
const DRIVERS: &[&str] = &["teamtnt/laravel-scout-tntsearch-driver", "teamtnt/tntsearch"];

/// Scout's index in files, when a model is searched.
pub fn look(code: &Code<'_>) -> Vec<Observation> {
    let installed = DRIVERS.iter().any(|package| code.app.composer.has(package));
    if !installed || code.setting("scout.driver").as_str() != Some("tntsearch") {
        return Vec::new();
    }
    let uses: Vec<Use<'_>> =
        code.of(IDS).filter_map(|found| Some(Use { found, sure: guarded::sure(found)? })).collect();
    let Some(first) = uses.first() else { return Vec::new() };
    let resolver = code.resolver();
    let folder = resolver.path_detail("scout.tntsearch.storage").or_else(|| Some("storage".into()));
    let lives = Lives { detail: folder, ..Lives::at(Locality::Disk) };
    let Some(state) = code.kept_here(Concern::Search, "scout.driver", "tntsearch", lives) else {
        return Vec::new();
    };
    let place = state.place.clone().unwrap_or_else(|| first.found.place.clone());
    let words = vec![("where", state.whereabouts().into())];
    let trail = told(&uses, state.trail.clone(), &|_| "this model is in the index".to_owned());
    let found = Observation::new("local-search-index", words, Some(place)).led_to_by(trail);
    vec![code.weighed(found, Severity::Error, Confidence::High.min(state.confidence))]
}
