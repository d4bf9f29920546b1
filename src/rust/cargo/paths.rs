//! Paths in the tree: no disk, forward slashes, no way out.

/// A path that is written in a file of `folder`; `None` when it leaves the tree or is absolute.
pub(super) fn join(folder: &str, path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let is_drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with('/') || is_drive {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The folder of a file.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A file in a folder.
pub(super) fn file_in(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The folders above a folder, the nearest first.
pub(super) fn above(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors((!folder.is_empty()).then(|| folder_of(folder)), |folder| {
        (!folder.is_empty()).then(|| folder_of(folder))
    })
}

/// A folder that lies in `outer`, as seen from there.
pub(super) fn relative<'a>(outer: &str, folder: &'a str) -> Option<&'a str> {
    match folder.strip_prefix(outer)? {
        rest if outer.is_empty() || rest.is_empty() => Some(rest),
        rest => rest.strip_prefix('/'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_tree() {
        for (folder, path, expected) in [
            ("", "a/b", Some("a/b")),
            ("crates/api", "../core/", Some("crates/core")),
            ("crates/api", "../..", Some("")),
            ("crates/api", "..\\core", Some("crates/core")),
            ("crates", "../../x", None),
            ("crates", "/etc", None),
            ("crates", "C:\\x", None),
            ("", ".", Some("")),
        ] {
            assert_eq!(join(folder, path).as_deref(), expected, "{folder} {path}");
        }
        assert_eq!(above("a/b/c").collect::<Vec<_>>(), ["a/b", "a", ""]);
        assert_eq!(above("").count(), 0);
        assert_eq!(relative("a", "a/b"), Some("b"));
        assert_eq!(relative("a", "ab"), None);
        assert_eq!(relative("", "ab"), Some("ab"));
        assert_eq!(relative("a", "a"), Some(""));
    }
}
