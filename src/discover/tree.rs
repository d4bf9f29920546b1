use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::text::Source;

/// A config or env file larger than this is no such file; reading on would only cost memory.
pub(super) const MAX_BYTES: u64 = 8 << 20;

/// Something that was not read, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// The path as it is shown.
    pub path: String,
    /// Why, and what to do.
    pub reason: String,
}

/// A folder that is read, and how its paths are shown.
#[derive(Debug, Clone)]
pub struct Tree {
    root: PathBuf,
    real: PathBuf,
    shown: String,
    /// Where the command was started, when that is inside the tree: `apps/shop`.
    here: Option<String>,
}

impl Tree {
    /// The tree at a folder. Paths are shown as `path` was written.
    ///
    /// # Errors
    /// When the folder cannot be resolved.
    pub fn open(path: &Path) -> Result<Self, Skipped> {
        let shown = show(path);
        let real = fs::canonicalize(path)
            .map_err(|error| Skipped { path: shown.clone(), reason: io_reason(&error) })?;
        let here = || {
            let here = fs::canonicalize(".").ok()?;
            let inside = here.strip_prefix(&real).ok()?.to_string_lossy().replace('\\', "/");
            (!inside.is_empty()).then_some(inside)
        };
        let here = if shown.starts_with("..") { here() } else { None };
        Ok(Self { root: path.to_owned(), real, shown, here })
    }

    /// The tree of a folder inside this one.
    ///
    /// # Errors
    /// When the folder cannot be resolved.
    pub fn inside(&self, relative: &str) -> Result<Self, Skipped> {
        Self::open(&self.root.join(relative))
    }

    /// The folder, as it is shown: `.` for the one where the command was started.
    #[must_use]
    pub fn shown_root(&self) -> &str {
        &self.shown
    }

    /// A path inside the tree as it is shown.
    #[must_use]
    pub fn shown(&self, relative: &str) -> String {
        if self.here.as_deref() == Some(relative) {
            return ".".to_owned();
        }
        // Not `../../apps/shop/.env` for what lies beside us.
        let here =
            self.here.as_ref().and_then(|here| relative.strip_prefix(here.as_str())?.strip_prefix('/'));
        if let Some(beside) = here {
            return beside.to_owned();
        }
        match relative {
            "" => self.shown.clone(),
            _ if self.shown == "." => relative.to_owned(),
            _ => format!("{}/{relative}", self.shown),
        }
    }

    /// The path inside the tree of a path that [`shown`](Self::shown) made.
    #[must_use]
    pub fn relative<'a>(&self, shown: &'a str) -> Option<&'a str> {
        if self.shown == "." { Some(shown) } else { shown.strip_prefix(&self.shown)?.strip_prefix('/') }
    }

    /// Whether a file or folder is there.
    #[must_use]
    pub fn exists(&self, relative: &str) -> bool {
        self.path(relative).is_some_and(|path| path.exists())
    }

    /// Whether a folder is there.
    #[must_use]
    pub fn is_dir(&self, relative: &str) -> bool {
        self.path(relative).is_some_and(|path| path.is_dir())
    }

    /// Whether a file is there.
    #[must_use]
    pub fn is_file(&self, relative: &str) -> bool {
        self.path(relative).is_some_and(|path| path.is_file())
    }

    /// Whether a symbolic link is there.
    #[must_use]
    pub fn is_link(&self, relative: &str) -> bool {
        self.path(relative).is_some_and(|path| path.is_symlink())
    }

    /// Whether something is there that lies in the tree when links are followed.
    #[must_use]
    pub(super) fn is_inside(&self, path: &Path) -> bool {
        fs::canonicalize(path).is_ok_and(|real| real.starts_with(&self.real))
    }

    /// The names in a folder, sorted; empty when it cannot be read.
    #[must_use]
    pub fn names(&self, relative: &str) -> Vec<String> {
        let Some(entries) = self.path(relative).and_then(|path| fs::read_dir(path).ok()) else {
            return Vec::new();
        };
        let mut names: Vec<String> =
            entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort_unstable();
        names
    }

    /// Reads a file as text.
    ///
    /// # Errors
    /// When it is no regular file, too large, out of the tree or not readable. `None`: it is not there.
    pub fn read(&self, relative: &str) -> Result<Option<Arc<Source>>, Skipped> {
        let shown = self.shown(relative);
        let skipped = |reason: String| Skipped { path: shown.clone(), reason };
        let Some(path) = self.path(relative) else {
            return Err(skipped("the path leaves the app".to_owned()));
        };
        let link = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata.is_symlink(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => return Ok(None),
            Err(error) => return Err(skipped(io_reason(&error))),
        };
        // A folder on the way may be a link too.
        let target = fs::canonicalize(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound if link => {
                skipped("a link to nothing: the file is not there".to_owned())
            }
            _ => skipped(io_reason(&error)),
        })?;
        if !target.starts_with(&self.real) {
            let what = if link { "a link" } else { "in a folder that is a link" };
            return Err(skipped(format!(
                "{what} that leaves the app; give the file with --env-file if it is the one in use"
            )));
        }
        read_source(&path, &shown).map(Some)
    }

    /// The path of a relative path on disk; `None` when it climbs out of the tree.
    #[must_use]
    pub fn path(&self, relative: &str) -> Option<PathBuf> {
        let path = Path::new(relative);
        let plain = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        plain.then(|| self.root.join(path))
    }
}

/// Reads any file as text, for a path given on the command line.
///
/// # Errors
/// When it is missing, no regular file, too large or not readable.
pub fn read_source(path: &Path, shown: &str) -> Result<Arc<Source>, Skipped> {
    let skipped = |reason: String| Skipped { path: shown.to_owned(), reason };
    let metadata = fs::metadata(path).map_err(|error| skipped(io_reason(&error)))?;
    if metadata.is_dir() {
        return Err(skipped("a folder stands where a file is expected".to_owned()));
    }
    if !metadata.is_file() {
        return Err(skipped("not a regular file (a pipe, a socket or a device)".to_owned()));
    }
    let too_large = || skipped(format!("larger than {} MB: not a file of settings", MAX_BYTES >> 20));
    if metadata.len() > MAX_BYTES {
        return Err(too_large());
    }
    let file = fs::File::open(path).map_err(|error| skipped(io_reason(&error)))?;
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    // The file may grow while it is read: the bound holds for what is read, not for what was promised.
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| skipped(io_reason(&error)))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_large());
    }
    if bytes.contains(&0) {
        return Err(skipped("a binary file (it holds zero bytes)".to_owned()));
    }
    Ok(Arc::new(Source::from_bytes(shown, bytes)))
}

/// A path for people: no leading `./`, forward slashes, nothing a terminal would act on.
#[must_use]
pub fn show(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = text.strip_prefix("./").unwrap_or(&text).trim_end_matches('/');
    match text {
        "" if path.is_absolute() => "/".to_owned(),
        "" => ".".to_owned(),
        text => text.to_owned(),
    }
}

/// An I/O error in plain words.
#[must_use]
pub fn io_reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "not there".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ if error.raw_os_error() == Some(40) => "a loop of symbolic links".to_owned(),
        _ => error.to_string(),
    }
}
