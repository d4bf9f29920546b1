//! Whether a file's text may use the default disk in a way that no shape follows.

use super::found::FileRole;
use super::role;
use crate::discover::SourceFile;

/// Names of what gives disks when it is injected or asked of the container, and Filament's own exports and imports
/// (packages/actions v3), whose files go to the default disk.
const GIVES_DISKS: &[&str] = &[
    "Filesystem\\Factory",
    "FilesystemManager",
    "Contracts\\Filesystem\\Filesystem",
    "Contracts\\Filesystem\\Cloud",
    "('filesystem')",
    "('filesystem.",
    "['filesystem']",
    "['filesystem.",
    "ExportAction::",
    "ImportAction::",
];
/// Methods of `Storage` that are not of a disk.
const OF_NO_DISK: &[&str] = &[
    "class",
    "disk",
    "drive",
    "fake",
    "persistentFake",
    "build",
    "cloud",
    "extend",
    "set",
    "purge",
    "forgetDisk",
    "macro",
    "shouldReceive",
];

/// Whether a file that runs outside of tests takes disks from the container, or calls the default one by `Storage`.
/// Reading counts: something wrote what is read.
pub fn may_be_used(file: &SourceFile) -> bool {
    let aside = [FileRole::Test, FileRole::Seeder, FileRole::Factory, FileRole::Migration];
    let helper = file.relative.starts_with("_ide_helper") || file.relative.starts_with("tests/");
    !helper && !aside.contains(&role::of_file(&file.relative)) && uses(file.source.text())
}

/// Whether a file that cannot be parsed may be one that writes to a disk.
pub fn may_write(text: &str) -> bool {
    ["Storage", "->store", "FileUpload"].iter().any(|name| text.contains(name))
}

fn uses(text: &str) -> bool {
    let calls_it = |rest: &str| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let method = rest.get(..end).unwrap_or_default();
        !OF_NO_DISK.iter().any(|name| name.eq_ignore_ascii_case(method))
    };
    let comments = ["*", "#", "//", "/*"];
    let is_code = |line: &&str| !comments.iter().any(|start| line.trim_start().starts_with(start));
    text.lines().filter(is_code).any(|line| {
        GIVES_DISKS.iter().any(|name| line.contains(name)) || line.split("Storage::").skip(1).any(calls_it)
    })
}

#[cfg(test)]
mod tests {
    use super::uses;

    #[test]
    fn what_uses_the_default_disk() {
        for (text, used) in [
            ("Storage::put('a', 1);", true),
            ("\\Storage::url($path)", true),
            ("Storage::disk('s3')->put('a', 1);", false),
            ("Storage::disk('s3')->put('a', 1); Storage::get('a')", true),
            ("app(Storage::class)", false),
            ("use Illuminate\\Contracts\\Filesystem\\Filesystem;", true),
            ("use Illuminate\\Filesystem\\FilesystemManager;", true),
            ("use Illuminate\\Filesystem\\Filesystem;", false),
            ("/** @var \\Illuminate\\Contracts\\Filesystem\\Filesystem */", false),
            (" * @see Storage::put()", false),
            ("use Illuminate\\Contracts\\Filesystem\\FileNotFoundException;", false),
            ("$this->with('filesystem_integration', 1)", false),
            ("ImportAction::make()", true),
            ("app('filesystem')->put('a', 1)", true),
            ("app('filesystem.disk')->put('a', 1)", true),
            ("Storage::", true),
        ] {
            assert_eq!(uses(text), used, "{text}");
        }
    }
}
