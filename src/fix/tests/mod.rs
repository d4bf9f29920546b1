//! What is refused, what is kept, on files in a folder of their own.

mod diff;
mod target;
mod verify;
mod write;

use std::fs;
use std::path::PathBuf;

use super::{Refusal, Target};

struct App(tempfile::TempDir);

impl App {
    /// A folder with `app/` in it.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("app")).unwrap();
        Self(folder)
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.0.path().join(relative)
    }

    fn file(self, relative: &str, text: &str) -> Self {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    #[cfg(unix)]
    fn link(self, target: &str, relative: &str) -> Self {
        std::os::unix::fs::symlink(target, self.path(relative)).unwrap();
        self
    }

    fn open(&self, relative: &str) -> Result<Target, Refusal> {
        Target::open(&self.path(relative), relative, &self.path("app"))
    }

    fn text(&self, relative: &str) -> String {
        fs::read_to_string(self.path(relative)).unwrap()
    }

    fn names(&self, relative: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(relative)).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }
}
