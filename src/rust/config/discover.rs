//! Where config files lie: the package's folder and those above it, as far as the tree goes.

use super::Request;

/// The folders from the package's up to the tree's own, which is the empty path.
pub(super) fn upward(folder: &str) -> Vec<String> {
    let folder = folder.trim_start_matches("./").trim_matches('/');
    let mut folders = Vec::new();
    let mut rest = if folder == "." { "" } else { folder };
    loop {
        folders.push(rest.to_owned());
        if rest.is_empty() {
            return folders;
        }
        rest = rest.rsplit_once('/').map_or("", |(parent, _)| parent);
    }
}

/// A path below a folder.
pub(super) fn join(folder: &str, name: &str) -> String {
    let name = name.trim_start_matches("./").trim_end_matches('/');
    match (folder, name) {
        ("", name) => name.to_owned(),
        (folder, "" | ".") => folder.to_owned(),
        (folder, name) => format!("{folder}/{name}"),
    }
}

/// The path of a file that a variable names, in the package's folder or one above it.
pub(super) fn named(request: &Request<'_>, path: &str) -> Option<String> {
    upward(request.folder).iter().map(|folder| join(folder, path)).find(|path| request.tree.is_file(path))
}

/// The nearest folder of this name that holds something wanted.
pub(super) fn folder(
    request: &Request<'_>,
    name: &str,
    wanted: impl Fn(&str) -> bool,
) -> Option<(String, Vec<String>)> {
    upward(request.folder).iter().map(|folder| join(folder, name)).find_map(|folder| {
        let mut names = request.tree.names(&folder);
        names.retain(|name| wanted(name));
        (!names.is_empty()).then_some((folder, names))
    })
}

/// A file's name without its extension, and the extension.
pub(super) fn stem(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or((name, ""))
}
