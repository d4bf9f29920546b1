//! `local-upload`: code that names a disk of the server itself, whatever the default disk is.

use std::sync::Arc;

use super::code::Code;
use super::effect::{Use, grouped, in_places, surest, told};
use super::{disks, folders, guarded};
use crate::facts::{Concern, Confidence, Observation, Severity, State};
use crate::laravel::source::Found;

/// Disks that code names and each server has for itself.
pub fn look(code: &Code<'_>) -> Vec<Observation> {
    let uses = code.of(disks::IDS).filter(|found| !is_scratch(found)).filter_map(|found| {
        let missing = found.id == "disk-write" && guarded::makes_what_is_missing(found);
        let sure = guarded::sure(found)?.min(if missing { Confidence::Low } else { Confidence::High });
        let named = disks::named(code, found);
        Some(named.into_iter().map(move |(name, known)| (name, Use { found, sure: sure.min(known) })))
    });
    let groups = grouped(uses.flatten());
    groups.into_iter().filter_map(|(name, uses)| observation(code, &name, &uses)).collect()
}

fn observation(code: &Code<'_>, name: &Arc<str>, uses: &[Use<'_>]) -> Option<Observation> {
    if is_told(code, name) {
        return None;
    }
    let lives = code.resolver().disk(name);
    let key = format!("filesystems.disks.{name}.driver");
    let state = code.kept_here(Concern::Files, &key, name, lives)?;
    if state.detail.as_deref().is_some_and(folders::is_scratch) || folders::is_scratch(name) {
        return None;
    }
    let uploads = uses.iter().any(|one| one.found.id != "disk-write" && one.sure > Confidence::Low);
    let words =
        vec![("disk", Arc::clone(name)), ("where", state.whereabouts().into()), ("places", in_places(uses))];
    let place = uses.first().map(|one| one.found.place.clone());
    let trail = told(uses, state.trail.clone(), &|found| called(found, name));
    let severity = if uploads { Severity::Error } else { Severity::Warning };
    let sure = surest(uses).min(state.confidence);
    Some(code.weighed(Observation::new("local-upload", words, place).led_to_by(trail), severity, sure))
}

/// Whether another finding is about this disk: it is the default one, or a setting names it.
fn is_told(code: &Code<'_>, name: &str) -> bool {
    let id = format!("disk:{name}");
    let about =
        |state: &State| state.concern == Concern::Files && state.service.as_deref() == Some(id.as_str());
    code.states.iter().any(about) || code.setting("filesystems.default").as_str() == Some(name)
}

/// Whether a call writes something that is not kept.
fn is_scratch(found: &Found) -> bool {
    if found.context.deleted_in_function {
        return true;
    }
    if matches!(&*found.name, "makeDirectory") {
        return true;
    }
    let path = if found.id == "disk-write" { found.arguments.first() } else { None };
    path.is_some_and(|path| {
        path.starts.iter().any(|start| folders::is_scratch(start))
            || folders::is_called_scratch(path.place.source.slice(path.place.span))
    })
}

fn called(found: &Found, disk: &str) -> String {
    match found.id {
        "filament-upload" => format!("uploads of this field go to the disk {disk}"),
        "media-library" => format!("media of this model go to the disk {disk}"),
        _ => format!("`{}` writes to the disk {disk} here", found.name),
    }
}
