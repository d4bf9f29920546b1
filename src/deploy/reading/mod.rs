//! What the readers of manifests share: a manifest and its places, values, commands, names of environments. No source of
//! deployments is known here.

mod commands;
mod document;
mod environment;
#[cfg(test)]
mod hostile;
mod role;
#[cfg(test)]
mod shown;
mod value;

pub(super) use commands::{command, script, scripts};
pub(super) use document::Document;
pub(super) use environment::{Stage, named, within};
pub(super) use role::role_of;
#[cfg(test)]
pub(super) use shown::{shown, skips};
pub(super) use value::{Collected, MAX_VARIABLES, count, given, map, value};

/// How many services, functions or apps of one manifest are read; no manifest that people write has as many.
pub(super) const MAX_PARTS: usize = 200;

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
