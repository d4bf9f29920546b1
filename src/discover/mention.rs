use ignore::WalkBuilder;

use super::tree::Tree;

impl Tree {
    /// Whether a PHP file below a folder holds a text. Used rarely: before something is called unused.
    #[must_use]
    pub fn mentions(&self, folder: &str, text: &str) -> bool {
        let Some(path) = self.path(folder).filter(|path| path.is_dir()) else { return false };
        let finder = text.as_bytes();
        WalkBuilder::new(path)
            .standard_filters(false)
            .build()
            .flatten()
            .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
            .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "php"))
            .filter_map(|entry| std::fs::read(entry.path()).ok())
            .any(|bytes| bytes.windows(finder.len().max(1)).any(|window| window == finder))
    }
}
