//! Writing what was planned, and taking back what did not take effect.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::effect::{self, Before};
use super::plan::{Edited, Edits, Wish, rewrite};
use super::{Target, WriteFailure, write};
use crate::facts::Judged;
use crate::findings::{FixStep, Progress};

/// The files of one app that are open for writing, by path.
pub type Targets = BTreeMap<Arc<str>, Target>;

/// A file that was opened for its edits, or why not.
///
/// # Errors
/// When it is not what was judged, in words.
pub fn check(target: Target, edited: &Edited) -> Result<Target, String> {
    let now = crate::text::Source::from_bytes(edited.source.path(), target.bytes().to_vec());
    if now.text() == edited.source.text() {
        Ok(target)
    } else {
        Err("it was changed by someone else since it was read, so it was left alone".to_owned())
    }
}

/// Leaves out every planned step that edits a file, with the reason.
pub fn leave_out(steps: &mut [FixStep], path: &str, why: &str) {
    for step in steps {
        let planned = matches!(step.progress, Progress::Planned(_));
        if planned && step.fix.edits.iter().any(|edit| edit.source.path().as_ref() == path) {
            step.progress = Progress::Skipped(why.to_owned());
        }
    }
}

/// Writes the edits, each file whole. A file that cannot be written keeps its old text, and its steps are left out.
pub fn write_all(steps: &mut [FixStep], edits: &Edits, targets: &mut Targets) -> Vec<WriteFailure> {
    let mut failures = Vec::new();
    for (path, edited) in edits {
        let Some(target) = targets.get(path) else { continue };
        let Some(bytes) = edited.bytes(target.bytes()) else {
            leave_out(steps, path, "the edit does not fit the file");
            continue;
        };
        match write::replace(target, &bytes) {
            Ok(now) => {
                targets.insert(Arc::clone(path), now);
            }
            Err(failure) => {
                leave_out(steps, path, &failure.to_string());
                failures.push(failure);
            }
        }
    }
    failures
}

/// Looks at the app as it is now on disk: each step has taken effect, or is taken back. `originals` are the bytes of the
/// files before the run.
pub fn verify(
    steps: &mut [FixStep],
    before: &Before,
    now: &[Judged],
    wish: Wish,
    targets: &mut Targets,
    originals: &BTreeMap<Arc<str>, Vec<u8>>,
) -> Vec<WriteFailure> {
    let mut reverted = false;
    for step in steps.iter_mut().filter(|step| matches!(step.progress, Progress::Planned(_))) {
        match effect::of(before, now, step) {
            Ok(effect) => step.progress = Progress::Applied(effect),
            Err(why) => {
                step.progress = Progress::Reverted(why);
                reverted = true;
            }
        }
    }
    if reverted { write_without(steps, wish, targets, originals) } else { Vec::new() }
}

/// Writes the files again with the steps that took effect only.
fn write_without(
    steps: &mut [FixStep],
    wish: Wish,
    targets: &mut Targets,
    originals: &BTreeMap<Arc<str>, Vec<u8>>,
) -> Vec<WriteFailure> {
    let mut failures = Vec::new();
    let edits = rewrite(steps, wish);
    for (path, original) in originals {
        let bytes = edits.get(path).map_or_else(|| Some(original.clone()), |edited| edited.bytes(original));
        let (Some(bytes), Some(target)) = (bytes, targets.get(path)) else { continue };
        if bytes == target.bytes() {
            continue;
        }
        match write::replace(target, &bytes) {
            Ok(now) => {
                targets.insert(Arc::clone(path), now);
            }
            Err(failure) => failures.push(failure),
        }
    }
    failures
}
