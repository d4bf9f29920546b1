//! What the readers of manifests share: a manifest and its places, values, commands, names of environments. No source of
//! deployments is known here.

mod commands;
mod cron;
mod document;
mod environment;
mod file;
#[cfg(test)]
mod hostile;
mod images;
mod role;
mod scalar;
mod script;
#[cfg(test)]
mod shown;
mod target_group;
mod value;

pub(super) use commands::{command, script, scripts};
pub(super) use cron::{crontab, echoed};
pub(super) use document::Document;
pub(super) use environment::{Stage, known, named, within};
pub(super) use file::{at, span, yaml};
pub(super) use images::{
    carries_no_code, is_helper_by_name, is_known_base, is_others, is_web_server, without_tag,
};
pub(super) use role::role_of;
pub(super) use scalar::{literal, number, truth};
pub(super) use script::{command as command_of, commands, lines_of, placed};
#[cfg(test)]
pub(super) use shown::{shown, skips};
pub(super) use target_group::sticky as target_group_sticky;
pub(super) use value::{Collected, MAX_VARIABLES, count, given, map, value};

/// How many services, functions or apps of one manifest are read; no manifest that people write has as many.
pub(super) const MAX_PARTS: usize = 200;

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
