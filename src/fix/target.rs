//! The file that an edit writes: found through links, read whole, known again later.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::failure::{Refusal, reason};
use crate::discover::show;
use crate::text::escape::clean;

/// A file larger than this is no env file.
pub(super) const MAX_BYTES: u64 = 8 << 20;

/// What tells whether a file is still the one that was read. Systems without these numbers have zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// The file system.
    pub device: u64,
    /// The file in it.
    pub inode: u64,
    /// Its names.
    pub links: u64,
    /// Bytes.
    pub length: u64,
    /// When it was written last.
    pub modified: Option<SystemTime>,
    /// Permission bits.
    pub mode: u32,
    /// The user it belongs to.
    pub owner: u32,
    /// The group it belongs to.
    pub group: u32,
}

impl Identity {
    #[cfg(unix)]
    pub(super) fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            links: metadata.nlink(),
            length: metadata.len(),
            modified: metadata.modified().ok(),
            mode: metadata.mode() & 0o7777,
            owner: metadata.uid(),
            group: metadata.gid(),
        }
    }

    #[cfg(not(unix))]
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self {
            device: 0,
            inode: 0,
            links: 1,
            length: metadata.len(),
            modified: metadata.modified().ok(),
            mode: 0,
            owner: 0,
            group: 0,
        }
    }
}

/// A file as it was read, to be replaced.
#[derive(Clone)]
pub struct Target {
    asked: PathBuf,
    real: PathBuf,
    shown: String,
    bytes: Vec<u8>,
    identity: Identity,
}

/// The bytes are secrets: they are counted, not printed.
impl std::fmt::Debug for Target {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut fields = formatter.debug_struct("Target");
        fields.field("real", &self.real).field("shown", &self.shown).field("bytes", &self.bytes.len());
        fields.field("identity", &self.identity).finish_non_exhaustive()
    }
}

impl Target {
    /// Finds and reads the file at a path. `shown` is the path as people see it.
    ///
    /// A symbolic link stays: what it leads to is the file, as long as that lies in the app.
    ///
    /// # Errors
    /// When the file must not or cannot be edited.
    pub fn open(path: &Path, shown: &str, app_root: &Path) -> Result<Self, Refusal> {
        let shown = clean(shown).into_owned();
        let real = resolve(path, &shown, app_root)?;
        let unreadable =
            |error: io::Error| Refusal::Unreadable { shown: shown.clone(), reason: reason(&error) };
        let metadata = fs::symlink_metadata(&real).map_err(unreadable)?;
        if !metadata.is_file() {
            return Err(Refusal::NoFile(shown));
        }
        let (file, metadata) = open_regular(&real).map_err(unreadable)?;
        let identity = Identity::of(&metadata);
        if identity.links > 1 {
            return Err(Refusal::HardLinks(shown));
        }
        match read_bounded(&file).map_err(unreadable)? {
            Some(bytes) => Ok(Self { asked: path.to_owned(), real, shown, bytes, identity }),
            None => Err(Refusal::TooLarge(shown)),
        }
    }

    /// The file itself, without links.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.real
    }

    /// The path as people see it, safe for a terminal.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// The bytes as they were read.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What tells whether it is still the same file.
    #[must_use]
    pub const fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The file again, opened, when it is still what was read.
    pub(super) fn unchanged(&self) -> io::Result<Option<File>> {
        // A link may lead elsewhere by now: then this is no longer the app's file.
        let same_path = fs::canonicalize(&self.asked).is_ok_and(|real| real == self.real);
        let regular = fs::symlink_metadata(&self.real).is_ok_and(|metadata| metadata.is_file());
        if !same_path || !regular {
            return Ok(None);
        }
        let (file, metadata) = match open_regular(&self.real) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            opened => opened?,
        };
        let same = Identity::of(&metadata) == self.identity
            && read_bounded(&file)?.is_some_and(|bytes| bytes == self.bytes);
        Ok(same.then_some(file))
    }

    /// The same target after its file was replaced.
    pub(super) fn replaced(&self, bytes: Vec<u8>, identity: Identity) -> Self {
        Self {
            asked: self.asked.clone(),
            real: self.real.clone(),
            shown: self.shown.clone(),
            bytes,
            identity,
        }
    }
}

/// Where a path leads, when an edit may follow it.
fn resolve(path: &Path, shown: &str, app_root: &Path) -> Result<PathBuf, Refusal> {
    let unreadable = |shown: String, error: &io::Error| Refusal::Unreadable { shown, reason: reason(error) };
    let root = fs::canonicalize(app_root)
        .map_err(|error| unreadable(clean(&show(app_root)).into_owned(), &error))?;
    let real = fs::canonicalize(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound if path.is_symlink() => Refusal::DanglingLink(shown.to_owned()),
        ErrorKind::NotFound | ErrorKind::NotADirectory => Refusal::Missing(shown.to_owned()),
        _ => unreadable(shown.to_owned(), &error),
    })?;
    if real.starts_with(&root) {
        return Ok(real);
    }
    match has_link(path, app_root) {
        Ok(false) => Ok(real),
        Ok(true) => Err(Refusal::LeavesApp {
            shown: shown.to_owned(),
            real: clean(&real.to_string_lossy()).into_owned(),
        }),
        Err(error) => Err(unreadable(shown.to_owned(), &error)),
    }
}

/// Whether the file or a folder on the way to it is a symbolic link. The way that leads to the app as well is not
/// looked at: a link there does not leave the app.
fn has_link(path: &Path, app_root: &Path) -> io::Result<bool> {
    let (path, root) = (std::path::absolute(path)?, std::path::absolute(app_root)?);
    let shared = path.components().zip(root.components()).take_while(|(a, b)| a == b).count();
    let mut way = PathBuf::new();
    for (index, part) in path.components().enumerate() {
        way.push(part);
        if index >= shared && fs::symlink_metadata(&way)?.is_symlink() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Opens what was a regular file a moment ago: never through a link, never waiting for a pipe.
fn open_regular(path: &Path) -> io::Result<(File, Metadata)> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_file() { Ok((file, metadata)) } else { Err(ErrorKind::InvalidInput.into()) }
}

/// The whole file; `None` when it is too large.
fn read_bounded(file: &File) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= MAX_BYTES).then_some(bytes))
}
