use std::path::{Component, Path, PathBuf};

/// Folders above an app that are looked at for the root of its repository.
const MAX_UP: usize = 12;

/// The root of the repository that holds a folder, and the folder relative to it. The path is written the way `folder`
/// is. Without a `.git` on the way up, it is `start` when that holds the folder, else the folder itself.
#[must_use]
pub fn repository_of(folder: &Path, start: &Path) -> (PathBuf, String) {
    let own = || (folder.to_owned(), String::new());
    let Ok(real) = folder.canonicalize() else { return own() };
    let start = start.canonicalize().unwrap_or_else(|_| real.clone());
    let with_git = real.ancestors().take(MAX_UP).find(|above| above.join(".git").exists());
    let root = with_git.or_else(|| real.ancestors().find(|above| *above == start));
    let Some(inside) = root.and_then(|root| real.strip_prefix(root).ok()) else { return own() };
    let depth = inside.components().count();
    (up(folder, depth), inside.to_string_lossy().replace('\\', "/"))
}

/// The folder so many levels above, written the same way.
fn up(folder: &Path, levels: usize) -> PathBuf {
    let mut path = folder.to_owned();
    for _ in 0..levels {
        let last = path.components().next_back();
        let plain = matches!(last, Some(Component::Normal(_)));
        if !(plain && path.pop()) {
            path.push("..");
        }
        if path.as_os_str().is_empty() {
            path.push(".");
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_written_as_the_folder_is() {
        for (folder, levels, root) in [
            ("apps/shop", 1, "apps"),
            ("apps/shop", 2, "."),
            (".", 1, "./.."),
            ("/srv/shop/app", 2, "/srv"),
            ("shop", 0, "shop"),
            ("../shop", 1, ".."),
        ] {
            assert_eq!(up(Path::new(folder), levels), Path::new(root), "{folder} {levels}");
        }
    }
}
