//! `local-memory-state`: state in the memory of an Octane server.

use super::code::Code;
use super::effect::{Use, grouped, in_places, surest, told};
use super::guarded;
use crate::facts::{Confidence, Observation, Severity};

const IDS: &[&str] = &["octane-table", "cache-store"];

/// Tables and the cache store of Octane.
pub fn look(code: &Code<'_>) -> Vec<Observation> {
    if !code.app.composer.has("laravel/octane") {
        return Vec::new();
    }
    let uses = code.of(IDS).filter_map(|found| {
        let name = found.target()?.text()?;
        let what = match found.id {
            "octane-table" => format!("the Octane table {}", name.split(':').next().unwrap_or(name)),
            _ => {
                let driver = code.setting(&format!("cache.stores.{name}.driver"));
                let default = code.setting("cache.default").as_str() == Some(name);
                (driver.as_str() == Some("octane") && !default).then(|| format!("the cache store {name}"))?
            }
        };
        Some((what, Use { found, sure: guarded::sure(found)?.min(Confidence::Low) }))
    });
    grouped(uses)
        .into_iter()
        .filter_map(|(what, uses)| {
            let place = uses.first()?.found.place.clone();
            let trail = told(&uses, Vec::new(), &|_| format!("{what} is used here"));
            let words = vec![("what", what.as_str().into()), ("places", in_places(&uses))];
            let found = Observation::new("local-memory-state", words, Some(place)).led_to_by(trail);
            Some(code.weighed(found, Severity::Warning, surest(&uses)))
        })
        .collect()
}
