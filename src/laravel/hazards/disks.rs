//! Which disk a call writes to.

use std::sync::Arc;

use super::code::Code;
use super::guarded;
use crate::eval::{Kind, Value};
use crate::facts::Confidence;
use crate::laravel::env_value;
use crate::laravel::source::{Argument, Found};

/// Calls that write to a disk.
pub const IDS: &[&str] =
    &["disk-write", "upload-store", "excel-store", "excel-queue", "filament-upload", "media-library"];

/// The disks that a call names, each with how sure that is. None: the default one, or one that is not known.
pub fn named(code: &Code<'_>, found: &Found) -> Vec<(Arc<str>, Confidence)> {
    match found.id {
        "disk-write" => match found.before(&["disk", "drive"]) {
            Some(call) => call.arguments.first().map(of_argument).unwrap_or_default(),
            None if found.before(&["cloud"]).is_some() => of_value(&code.setting("filesystems.cloud")),
            None => Vec::new(),
        },
        "upload-store" => of_options(found),
        "excel-store" | "excel-queue" => found.target().map(of_argument).unwrap_or_default(),
        "filament-upload" => of_filament(code, found),
        "media-library" => of_media_library(code),
        _ => Vec::new(),
    }
}

/// What may write to the default disk besides.
const MAY_USE: &[&str] = &["disk-named", "livewire-upload"];
/// Packages that keep files on the default disk by themselves.
const USING: &[&str] = &[
    "backpack/crud",
    "dcat/laravel-admin",
    "encore/laravel-admin",
    "laravel/nova",
    "moonshine/moonshine",
    "orchid/platform",
    "statamic/cms",
    "tastyigniter/core",
    "unisharp/laravel-filemanager",
];

/// Whether anything may write to the default disk, as far as the code shows: without, nothing is lost with it.
pub fn default_may_be_used(code: &Code<'_>) -> bool {
    let default = code.setting("filesystems.default");
    let default = default.as_str();
    let is_default = |named: &[(Arc<str>, Confidence)]| {
        named.is_empty()
            || named.iter().any(|(name, sure)| *sure < Confidence::High || Some(&**name) == default)
    };
    let may = |found: &Found| match found.id {
        "disk-named" => is_default(&found.target().map(of_argument).unwrap_or_default()),
        // Livewire's own uploads wait on the default disk.
        "livewire-upload" | "filament-upload" => true,
        _ => is_default(&named(code, found)),
    };
    !code.app.tree.is_dir("app")
        || code.app.calls().default_disk
        || USING.iter().any(|package| code.app.composer.has(package))
        || code.of(MAY_USE).chain(code.of(IDS)).filter(|found| guarded::sure(found).is_some()).any(may)
}

fn of_argument(argument: &Argument) -> Vec<(Arc<str>, Confidence)> {
    let sure = if argument.unknown.is_none() && argument.values.len() == 1 {
        Confidence::High
    } else {
        Confidence::Medium
    };
    argument.values.iter().filter_map(Value::as_str).map(|name| (name.into(), sure)).collect()
}

fn of_value(value: &Value) -> Vec<(Arc<str>, Confidence)> {
    value.as_str().map(|name| (name.into(), Confidence::High)).into_iter().collect()
}

/// `store('avatars', 'public')`, `store('avatars', ['disk' => 'public'])` (Http/UploadedFile.php `parseOptions`).
fn of_options(found: &Found) -> Vec<(Arc<str>, Confidence)> {
    let by_name = || found.arguments.iter().find(|one| one.name.as_deref() == Some("options"));
    let Some(options) = found.target().or_else(by_name) else { return Vec::new() };
    let in_array = options.values.iter().find_map(|value| match &value.kind {
        Kind::Array(array) => array.get_text("disk"),
        _ => None,
    });
    in_array.map_or_else(|| of_argument(options), of_value)
}

/// The disk of a component's own, else Filament's (filamentphp/filament packages/forms/config/forms.php v2,
/// packages/support/config/filament.php v3). Later releases follow the app's default disk.
fn of_filament(code: &Code<'_>, found: &Found) -> Vec<(Arc<str>, Confidence)> {
    let own = found.chain.iter().rev().find(|call| {
        ["disk", "fileAttachmentsDisk"].iter().any(|name| call.method.eq_ignore_ascii_case(name))
    });
    if let Some(call) = own {
        return call.arguments.first().map(of_argument).unwrap_or_default();
    }
    let head = found.place.source.slice(found.place.span);
    if head.starts_with("SpatieMediaLibrary") {
        return of_media_library(code);
    }
    if !head.starts_with("FileUpload") {
        return Vec::new();
    }
    let composer = &code.app.composer;
    let packages = ["filament/filament", "filament/forms"];
    let version = packages.iter().find_map(|package| composer.version(package));
    match version.map(|version| version.major) {
        Some(2) => or_default(code, &["forms.default_filesystem_disk"], "FORMS_FILESYSTEM_DRIVER"),
        Some(3) => or_default(code, &["filament.default_filesystem_disk"], "FILAMENT_FILESYSTEM_DISK"),
        _ => Vec::new(),
    }
}

/// spatie/laravel-medialibrary config/media-library.php; `medialibrary` until 7. A collection may name another disk.
fn of_media_library(code: &Code<'_>) -> Vec<(Arc<str>, Confidence)> {
    let composer = &code.app.composer;
    if !composer.has("spatie/laravel-medialibrary") || code.app.tree.mentions("app", "useDisk(") {
        return Vec::new();
    }
    or_default(code, &["media-library.disk_name", "medialibrary.disk_name"], "MEDIA_DISK")
}

/// A package's setting; without the app's own config file, its variable, else the disk `public`.
fn or_default(code: &Code<'_>, settings: &[&str], variable: &str) -> Vec<(Arc<str>, Confidence)> {
    let resolver = code.resolver();
    if let Some(key) = settings.iter().find(|key| resolver.has(key)) {
        return of_value(&code.setting(key));
    }
    let by_variable = env_value::value_of(code.app, &code.loaded.variables, variable);
    let named = match by_variable {
        Some(value) => of_value(&value),
        None => of_value(&Value::str("public")),
    };
    named.into_iter().map(|(name, _)| (name, Confidence::Medium)).collect()
}
