//! A new file beside the one that it replaces: nameless where the system can, else named and removed on failure.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::{Builder, TempPath};

/// What stands between a file's own name and the random end of its copy's name.
const INFIX: &str = ".unstick-";
/// Random letters and digits at the end of a copy's name.
const RANDOM: usize = 6;

/// The start of the names of a file's copies.
pub(super) fn prefix(name: &OsStr) -> OsString {
    let mut prefix = name.to_owned();
    prefix.push(INFIX);
    prefix
}

/// Whether a name is one that this program gives the copies of a file.
pub(super) fn is_copy(name: &OsStr, of: &OsStr) -> bool {
    let end = name.as_encoded_bytes().strip_prefix(prefix(of).as_encoded_bytes());
    end.is_some_and(|end| end.len() == RANDOM && end.iter().all(u8::is_ascii_alphanumeric))
}

/// A new file that nobody sees yet. It is gone when it is dropped.
pub(super) struct Staged {
    /// The file. It is locked, so that another run does not take it for a stray.
    pub(super) file: File,
    /// Its name, when it has one.
    path: Option<TempPath>,
}

impl Staged {
    /// An empty file without a name in a folder; `None` where the system has no such thing.
    #[cfg(target_os = "linux")]
    pub(super) fn nameless(folder: &Path) -> io::Result<Option<Self>> {
        use rustix::fs::{Mode, OFlags};
        use rustix::io::Errno;
        if super::fault::is_set("named", "opened") {
            return Ok(None);
        }
        let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
        match rustix::fs::open(folder, flags, Mode::RUSR | Mode::WUSR) {
            Ok(descriptor) => Ok(Some(Self::locked(descriptor.into(), None))),
            Err(Errno::OPNOTSUPP | Errno::ISDIR | Errno::NOENT | Errno::INVAL) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Other systems have no files without a name.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn nameless(_: &Path) -> io::Result<Option<Self>> {
        Ok(None)
    }

    /// An empty file in a folder that only its owner may read, named as a copy of `name`.
    pub(super) fn named(folder: &Path, name: &OsStr) -> io::Result<Self> {
        let (file, path) =
            Builder::new().prefix(&prefix(name)).rand_bytes(RANDOM).tempfile_in(folder)?.into_parts();
        Ok(Self::locked(file, Some(path)))
    }

    fn locked(file: File, path: Option<TempPath>) -> Self {
        // Where files cannot be locked, two runs at once may take each other's copy away: then one of them fails.
        let _ = file.try_lock();
        Self { file, path }
    }

    /// Gives a nameless file the name of a copy of `name`.
    pub(super) fn link(&mut self, folder: &Path, name: &OsStr) -> io::Result<()> {
        if self.path.is_none() {
            let prefix = prefix(name);
            let mut builder = Builder::new();
            let linked = builder.prefix(&prefix).rand_bytes(RANDOM);
            self.path = Some(linked.make_in(folder, |path| link(&self.file, path))?.into_temp_path());
        }
        Ok(())
    }

    /// Moves a file that has a name over another one.
    pub(super) fn place_over(self, to: &Path) -> io::Result<File> {
        match self.path {
            Some(path) => path.persist(to)?,
            None => link(&self.file, to)?,
        }
        Ok(self.file)
    }

    /// Gives the file a name that is free; `AlreadyExists` when it is not.
    pub(super) fn place_new(&mut self, to: &Path) -> io::Result<()> {
        match self.path.take() {
            None => link(&self.file, to),
            Some(path) => path.persist_noclobber(to).map_err(|failed| {
                self.path = Some(failed.path);
                failed.error
            }),
        }
    }
}

/// Gives a nameless file a name. Through /proc, as any user may: the direct way wants a privilege on older kernels.
#[cfg(target_os = "linux")]
fn link(file: &File, to: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use rustix::io::Errno;
    use std::os::fd::AsRawFd;
    let through_proc = format!("/proc/self/fd/{}", file.as_raw_fd());
    match linkat(CWD, through_proc, CWD, to, AtFlags::SYMLINK_FOLLOW) {
        Err(Errno::NOENT) => Ok(linkat(file, "", CWD, to, AtFlags::EMPTY_PATH)?),
        result => Ok(result?),
    }
}

/// Other systems have no files without a name.
#[cfg(not(target_os = "linux"))]
fn link(_: &File, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
