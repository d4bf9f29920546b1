//! Folders of a server that files are written to, as far as a path tells.

use crate::laravel::paths;
use crate::text::Source;

/// Folders that the framework fills again by itself, and logs, which are a matter of the log channel.
const REBUILT: &[&str] = &[
    "storage/framework",
    "storage/logs",
    "storage/debugbar",
    "bootstrap/cache",
    "public/build",
    "public/hot",
];
/// Parts of paths that say what they hold is only for a while, or can be made again.
const FOR_A_WHILE: &[&str] = &[
    "tmp",
    "temp",
    "temporary",
    "cache",
    "cached",
    "caches",
    "scratch",
    "livewire-tmp",
    "chunks",
    "tests",
    "testing",
    "fixtures",
    "logs",
    "log",
];
/// Names of files, without their end, that say which release a server has: each one's own truth.
const OF_RELEASE: &[&str] = &["version", "versions"];
/// Folders of the app that users' files go to.
const OF_USERS: &[&str] = &["storage", "public"];

/// A folder that something is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Folder {
    /// One below the app: `public/uploads`. Whether it is one for the files of users.
    OfApp(String, bool),
    /// One for a while, or one that is filled again by itself.
    Scratch,
    /// Anything else.
    Unknown,
}

/// The folder of a path of which the start is known. `whole`: the path names the folder itself.
pub fn of(start: &str, whole: bool) -> Folder {
    if start.starts_with("{temp}") {
        return Folder::Scratch;
    }
    let Some(inside) = paths::inside(start) else { return Folder::Unknown };
    if is_scratch(&inside) {
        return Folder::Scratch;
    }
    let open = start.ends_with('/');
    let mut parts: Vec<&str> = inside.split('/').filter(|part| !part.is_empty()).collect();
    let file = if whole || open { None } else { parts.pop() };
    let first = parts.first().copied().unwrap_or_default();
    if file.is_some_and(is_of_release) {
        return Folder::Scratch;
    }
    let of_users = OF_USERS.contains(&first);
    let depth = if first == "storage" { 3 } else { 2 };
    parts.truncate(depth);
    if parts.is_empty() {
        // `base_path('.env')`: a file at the root is told by its own name.
        return file.map_or(Folder::Unknown, |file| Folder::OfApp(file.to_owned(), false));
    }
    Folder::OfApp(parts.join("/"), of_users)
}

/// `version.txt`, `versions.json`: what a server writes about the release that it runs.
fn is_of_release(file: &str) -> bool {
    let stem = file.split('.').next().unwrap_or_default().to_ascii_lowercase();
    OF_RELEASE.contains(&stem.as_str())
}

/// Whether a path below the app, or on a disk, is for a while only.
pub fn is_scratch(path: &str) -> bool {
    let below =
        |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    REBUILT.iter().any(|folder| below(folder))
        || path.split('/').any(|part| {
            let part = part.trim_start_matches('.').to_ascii_lowercase();
            FOR_A_WHILE.iter().any(|word| {
                part == *word
                    || (part.starts_with(word) && part.get(word.len()..).is_some_and(starts_apart))
                    || part.ends_with(&format!("-{word}"))
                    || part.ends_with(&format!("_{word}"))
            })
        })
}

/// `-` and `_` part words; `.` and letters do not: `temp.csv` is scratch, `template` is not.
fn starts_apart(rest: &str) -> bool {
    rest.starts_with(['-', '_', '.'])
}

/// Whether the code calls a path temporary: `$tmpName`, `tempPath($x)`.
pub fn is_called_scratch(code: &str) -> bool {
    let code = code.to_ascii_lowercase();
    // Not `template` or `attempt`.
    let temp = code.split("temp").skip(1).any(|rest| !rest.starts_with(['l', 't']));
    code.contains("tmp") || (temp && !code.contains("attempt"))
}

/// The folder as far as the file that names it spells it: what comes from elsewhere may be a secret.
pub fn spelled(folder: &str, source: &Source) -> String {
    let text = source.text();
    let known = folder.split('/').take_while(|part| text.contains(part));
    known.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::{Folder, is_called_scratch, of};

    #[test]
    fn names_that_say_temporary() {
        for (code, scratch) in [
            ("$tmpName", true),
            ("$this->tempPath", true),
            ("$temporaryFile", true),
            ("$templatePath", false),
            ("$attempts", false),
            ("$path", false),
        ] {
            assert_eq!(is_called_scratch(code), scratch, "{code}");
        }
    }

    #[test]
    fn paths_to_folders() {
        let app = |name: &str, users: bool| Folder::OfApp(name.to_owned(), users);
        for (start, whole, folder) in [
            ("{base}/public/uploads/a.png", false, app("public/uploads", true)),
            ("{base}/public/uploads/", false, app("public/uploads", true)),
            ("{base}/public/uploads", true, app("public/uploads", true)),
            ("{base}/public/uploads/a/b/c.png", false, app("public/uploads", true)),
            ("{base}/storage/app/public/a/b.png", false, app("storage/app/public", true)),
            ("{base}/storage/installed", false, app("storage", true)),
            ("{base}/storage/version.txt", false, Folder::Scratch),
            ("{base}/VERSION", false, Folder::Scratch),
            ("{base}/storage/versions/a.pdf", false, app("storage/versions", true)),
            ("{base}/.env", false, app(".env", false)),
            ("{base}/lang/en.json", false, app("lang", false)),
            ("{base}/", false, Folder::Unknown),
            ("{base}/storage/framework/x", false, Folder::Scratch),
            ("{base}/storage/app/tmp/x", false, Folder::Scratch),
            ("{base}/storage/app/temp-files/x", false, Folder::Scratch),
            ("{base}/storage/app/templates/x", false, app("storage/app/templates", true)),
            ("{temp}/x", false, Folder::Scratch),
            ("php://memory", false, Folder::Unknown),
            ("/srv/x", false, Folder::Unknown),
            ("{base}/../x", false, Folder::Unknown),
        ] {
            assert_eq!(of(start, whole), folder, "{start}");
        }
    }
}
