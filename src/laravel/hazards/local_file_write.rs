//! `local-file-write`: files written below the app's own folder by their path.

use std::sync::Arc;

use super::code::Code;
use super::effect::{Use, grouped, in_places, surest, told};
use super::folders::{self, Folder};
use super::guarded;
use crate::facts::{Concern, Confidence, Locality, Observation, Severity};
use crate::laravel::source::{FileRole, Found};
use crate::laravel::state::Lives;

const IDS: &[&str] = &["local-file-write", "upload-move"];
/// Calls that make a folder or a link: each server makes its own, and nothing is lost with it.
const ONLY_PREPARES: &[&str] =
    &["mkdir", "makedirectory", "ensuredirectoryexists", "symlink", "link", "relativelink"];

/// Files that code writes where only this server has them.
pub fn look(code: &Code<'_>) -> Vec<Observation> {
    let uses = code.of(IDS).filter(|found| !is_scratch(found)).filter_map(|found| {
        let (folder, known) = folder(found)?;
        Some((folder, Use { found, sure: guarded::sure(found)?.min(known) }))
    });
    let mut all: Vec<Observation> =
        grouped(uses).into_iter().filter_map(|(folder, uses)| observation(code, &folder, &uses)).collect();
    all.extend(queued_exports(code));
    all
}

fn observation(code: &Code<'_>, folder: &str, uses: &[Use<'_>]) -> Option<Observation> {
    let lives = Lives { detail: Some(folder.into()), ..Lives::at(Locality::Disk) };
    let state = code.kept_here(Concern::Files, "files", folder, lives)?;
    let words = vec![("folder", folder.into()), ("places", in_places(uses))];
    let place = uses.first().map(|one| one.found.place.clone());
    let trail = told(uses, state.trail, &|found| format!("`{}` writes here", found.name));
    let found = Observation::new("local-file-write", words, place).led_to_by(trail);
    Some(code.weighed(found, Severity::Warning, surest(uses)))
}

fn is_scratch(found: &Found) -> bool {
    let called = found
        .target()
        .is_some_and(|path| folders::is_called_scratch(path.place.source.slice(path.place.span)));
    let makes_own = found.id == "local-file-write" && guarded::makes_what_is_missing(found);
    let prepares = ONLY_PREPARES.contains(&found.name.to_ascii_lowercase().as_str());
    found.context.deleted_in_function || called || makes_own || prepares
}

/// The folder that a call writes to, with how sure it is that users' files go there.
fn folder(found: &Found) -> Option<(String, Confidence)> {
    let target = found.target()?;
    let folders: Vec<Folder> =
        target.starts.iter().map(|start| folders::of(start, found.id == "upload-move")).collect();
    if folders.contains(&Folder::Scratch) {
        return None;
    }
    let (name, of_users) = folders.into_iter().find_map(|folder| match folder {
        Folder::OfApp(name, of_users) => Some((name, of_users)),
        _ => None,
    })?;
    let name = folders::spelled(&name, &found.place.source);
    if name.is_empty() {
        return None;
    }
    let served = matches!(
        found.context.role,
        FileRole::Http | FileRole::Livewire | FileRole::Route | FileRole::Middleware
    );
    // Code that is written by code is mostly a developer's own doing; a setting kept in a file is not.
    let sure = match (of_users, found.id) {
        (true, "upload-move") => Confidence::High,
        (true, _) => Confidence::Medium,
        (false, _) if served => Confidence::Medium,
        (false, _) => Confidence::Low,
    };
    Some((name, sure))
}

/// Queued exports and imports, whose jobs hand over a file (maatwebsite/excel config/excel.php 3.1
/// `temporary_files.remote_disk`).
fn queued_exports(code: &Code<'_>) -> Option<Observation> {
    const EXCEL: &[&str] = &["excel-queue"];
    if !code.app.composer.has("maatwebsite/excel")
        || code.setting("excel.temporary_files.remote_disk").as_str().is_some()
        || code.setting("excel.temporary_files.remote_disk").is_unknown()
        || matches!(code.setting("queue.default").as_str(), None | Some("sync" | "null"))
    {
        return None;
    }
    let uses: Vec<Use<'_>> =
        code.of(EXCEL).filter_map(|found| Some(Use { found, sure: guarded::sure(found)? })).collect();
    let first = uses.first()?;
    let folder = "storage/framework/cache/laravel-excel";
    let lives = Lives { detail: Some(folder.into()), ..Lives::at(Locality::Disk) };
    let state = code.kept_here(Concern::Files, "excel", folder, lives)?;
    let words = vec![("folder", Arc::from(folder)), ("places", in_places(&uses))];
    let note = |_: &Found| "the jobs of a queued export hand over a file of this folder".to_owned();
    let found = Observation::new("local-file-write", words, Some(first.found.place.clone())).led_to_by(told(
        &uses,
        state.trail,
        &note,
    ));
    Some(code.weighed(found, Severity::Warning, Confidence::Medium))
}
