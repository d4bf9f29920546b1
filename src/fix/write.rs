//! Replacing a file whole or not at all, and keeping a copy of the old one.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::failure::{WriteFailure, reason};
use super::stage::{self, Staged};
use super::target::{Identity, Target};
use super::{fault, keep};

/// Names for backups before there are too many.
const MOST_BACKUPS: u32 = 1000;
/// Owner only.
const PRIVATE: u32 = 0o600;

/// Replaces a file by a new text: afterwards it is whole, either the old one or the new one, whatever happens.
///
/// # Errors
/// When the file is no longer what was read, or a step fails.
pub fn replace(target: &Target, new: &[u8]) -> Result<Target, WriteFailure> {
    let (folder, name) = place(target)?;
    let step = |step, error: io::Error| WriteFailure::step(target.shown(), step, &error);
    // Before anything is created: with a folder that cannot be opened the end could not be confirmed.
    let directory = directory(folder).map_err(|error| step("opening the folder", error))?;
    sweep(target)?;
    let old = unchanged(target)?;
    let mut staged = None;
    if let Some(mut nameless) = Staged::nameless(folder).map_err(|error| step("creating a copy", error))? {
        fill(target, &old, &nameless.file, new)?;
        unchanged(target)?;
        // Some file systems make nameless files and cannot name them.
        staged = nameless.link(folder, name).is_ok().then_some(nameless);
    }
    let staged = match staged {
        Some(staged) => staged,
        None => {
            let named = Staged::named(folder, name).map_err(|error| step("creating a copy", error))?;
            fill(target, &old, &named.file, new)?;
            unchanged(target)?;
            named
        }
    };
    fault::at("linked").map_err(|error| step("replacing the file", error))?;
    let file = staged.place_over(target.path()).map_err(|error| step("replacing the file", error))?;
    let unconfirmed = |error: io::Error| WriteFailure::Unconfirmed {
        shown: target.shown().to_owned(),
        reason: reason(&error),
    };
    fault::at("renamed").map_err(unconfirmed)?;
    sync(directory.as_ref()).map_err(unconfirmed)?;
    let identity = Identity::of(&file.metadata().map_err(unconfirmed)?);
    Ok(target.replaced(new.to_vec(), identity))
}

/// Removes the copies that runs which were killed left beside the file, and says how many.
///
/// # Errors
/// When a copy cannot be removed: it holds secrets, and somebody must know.
pub fn sweep(target: &Target) -> Result<usize, WriteFailure> {
    let (folder, name) = place(target)?;
    let step = |error: io::Error| WriteFailure::step(target.shown(), "reading the folder", &error);
    let mut removed = 0;
    for entry in fs::read_dir(folder).map_err(step)? {
        let entry = entry.map_err(step)?;
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if !is_file || !stage::is_copy(&entry.file_name(), name) || is_in_use(&entry.path()) {
            continue;
        }
        match fs::remove_file(entry.path()) {
            Ok(()) => removed += 1,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                let path = entry.path().to_string_lossy().into_owned();
                let path = crate::text::escape::clean(&path).into_owned();
                return Err(WriteFailure::Stray { path, reason: reason(&error) });
            }
        }
    }
    Ok(removed)
}

/// Whether a run that is alive holds the copy.
fn is_in_use(copy: &Path) -> bool {
    let lock = File::open(copy).map(|file| file.try_lock());
    matches!(lock, Ok(Err(fs::TryLockError::WouldBlock)))
}

/// Writes the bytes that were read to a new file beside the target, which only its owner may read: `NAME.backup`, or
/// `NAME.backup.1` and so on when that is taken.
///
/// # Errors
/// When a step fails: then there is no backup, not a part of one.
pub fn backup(target: &Target) -> Result<PathBuf, WriteFailure> {
    let (folder, name) = place(target)?;
    let step = |error: io::Error| WriteFailure::step(target.shown(), "making a backup", &error);
    let directory = directory(folder).map_err(step)?;
    let nameless = Staged::nameless(folder).map_err(step)?;
    let path = match nameless {
        Some(mut nameless) => match fill_backup(target, &mut nameless, folder, name)? {
            Ok(path) => path,
            Err(_) => named_backup(target, folder, name)?,
        },
        None => named_backup(target, folder, name)?,
    };
    sync(directory.as_ref()).map_err(step)?;
    Ok(path)
}

fn named_backup(target: &Target, folder: &Path, name: &OsStr) -> Result<PathBuf, WriteFailure> {
    let step = |error: io::Error| WriteFailure::step(target.shown(), "making a backup", &error);
    let mut named = Staged::named(folder, name).map_err(step)?;
    fill_backup(target, &mut named, folder, name)?.map_err(step)
}

/// Writes a backup and gives it the first name that is free. The inner error: it cannot be named.
fn fill_backup(
    target: &Target,
    staged: &mut Staged,
    folder: &Path,
    name: &OsStr,
) -> Result<io::Result<PathBuf>, WriteFailure> {
    let step = |error: io::Error| WriteFailure::step(target.shown(), "making a backup", &error);
    write(&staged.file, target.bytes()).map_err(step)?;
    keep::mode(&staged.file, PRIVATE).map_err(step)?;
    staged.file.sync_all().map_err(step)?;
    for number in 0..MOST_BACKUPS {
        let path = folder.join(backup_name(name, number));
        match staged.place_new(&path) {
            Ok(()) => return Ok(Ok(path)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Ok(Err(error)),
        }
    }
    Err(WriteFailure::TooManyBackups(target.shown().to_owned()))
}

fn backup_name(name: &OsStr, number: u32) -> OsString {
    let mut name = name.to_owned();
    name.push(".backup");
    if number > 0 {
        name.push(format!(".{number}"));
    }
    name
}

/// The folder of the file and its name there.
fn place(target: &Target) -> Result<(&Path, &OsStr), WriteFailure> {
    target.path().parent().zip(target.path().file_name()).ok_or_else(|| {
        WriteFailure::step(target.shown(), "finding the folder", &ErrorKind::InvalidInput.into())
    })
}

fn unchanged(target: &Target) -> Result<File, WriteFailure> {
    let file = target
        .unchanged()
        .map_err(|error| WriteFailure::step(target.shown(), "reading the file again", &error))?;
    file.ok_or_else(|| WriteFailure::Changed(target.shown().to_owned()))
}

/// Writes the new text with all that the old file has besides its text, down to the disk.
fn fill(target: &Target, old: &File, file: &File, new: &[u8]) -> Result<(), WriteFailure> {
    let step = |step, error: io::Error| WriteFailure::step(target.shown(), step, &error);
    fault::at("opened").map_err(|error| step("creating a copy", error))?;
    write(file, new).map_err(|error| step("writing a copy", error))?;
    keep::keep(target, old, file)?;
    fault::at("kept").map_err(|error| step("writing a copy", error))?;
    file.sync_all().map_err(|error| step("writing a copy to the disk", error))?;
    fault::at("synced").map_err(|error| step("writing a copy to the disk", error))
}

fn write(mut file: &File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    fault::at("written")
}

/// The folder, opened to be synced; `None` where folders cannot be.
fn directory(folder: &Path) -> io::Result<Option<File>> {
    if cfg!(unix) { File::open(folder).map(Some) } else { Ok(None) }
}

/// Waits until the names in a folder are on the disk. A file system that has no such thing says so.
fn sync(directory: Option<&File>) -> io::Result<()> {
    match directory.map_or(Ok(()), File::sync_all) {
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        result => result,
    }
}
