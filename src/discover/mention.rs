use walkdir::WalkDir;

use super::tree::{Tree, read_source};

impl Tree {
    /// Whether a PHP file below a folder holds a text, or may hold it because it could not be read.
    /// Used rarely: before something is called unused.
    #[must_use]
    pub fn mentions(&self, folder: &str, text: &str) -> bool {
        let Some(path) = self.path(folder).filter(|path| path.is_dir()) else { return false };
        if !self.is_inside(&path) {
            return true;
        }
        WalkDir::new(path)
            .into_iter()
            .flatten()
            .filter(|entry| entry.file_type().is_file())
            .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "php"))
            .any(|entry| {
                read_source(entry.path(), folder).map_or(true, |source| source.text().contains(text))
            })
    }
}
