//! Why a file is not written, in plain words with what to do. Nothing of the file's text is repeated.

use std::io::{self, ErrorKind};

use crate::discover::io_reason;
use crate::text::escape::clean;

/// Why a file is not edited at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing is there.
    #[error("{0}: not there; name the file with --env-file, or create it first")]
    Missing(String),
    /// A symbolic link whose target does not exist.
    #[error("{0}: a link to nothing; create its target first, or name the file itself with --env-file")]
    DanglingLink(String),
    /// A symbolic link out of the app: other apps and releases may read its target.
    #[error(
        "{shown}: reached through a symbolic link that leaves the app, so others may use the same file; \
         to edit it all the same, name the target itself: --env-file {real}"
    )]
    LeavesApp {
        /// The file as it was asked for.
        shown: String,
        /// Where the link leads.
        real: String,
    },
    /// A folder, a pipe, a socket or a device.
    #[error("{0}: not a regular file (a folder, a pipe, a socket or a device); name the env file itself")]
    NoFile(String),
    /// Larger than any env file.
    #[error("{0}: larger than {MB} MB, so it is no env file; name the right one with --env-file", MB = super::target::MAX_BYTES >> 20)]
    TooLarge(String),
    /// The same file under several names: a new file under one name leaves the old text under the others.
    #[error(
        "{0}: the file has several names (hard links), and the others would keep the old text; \
         make it a file of its own first (copy it, then move the copy over it)"
    )]
    HardLinks(String),
    /// The file or a folder on the way cannot be read.
    #[error("{shown}: could not be read ({reason}); run as a user who may read it")]
    Unreadable {
        /// The file, or the folder of the app.
        shown: String,
        /// The system's answer.
        reason: String,
    },
}

/// Why a file was not written. The old file is whole, except where a message says that the new one is in place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteFailure {
    /// Somebody else wrote the file in the meantime.
    #[error("{0}: changed by someone else since it was read, so it was left alone; run the command again")]
    Changed(String),
    /// The new file would belong to somebody else, and the app could lose access to it.
    #[error(
        "{shown}: not written, as the file could not be given to its owner again (user {owner}, group {group}: {reason}); \
         run as that user or as root"
    )]
    Owner {
        /// The file.
        shown: String,
        /// Its user.
        owner: u32,
        /// Its group.
        group: u32,
        /// The system's answer.
        reason: String,
    },
    /// The new file would lack an access list or a label that the old one has.
    #[error(
        "{shown}: not written, as its attribute {name} could not be kept ({reason}); \
         run as root, or edit the file by hand"
    )]
    Attribute {
        /// The file.
        shown: String,
        /// The attribute, such as `system.posix_acl_access`.
        name: String,
        /// The system's answer.
        reason: String,
    },
    /// A step before the file was replaced failed.
    #[error("{shown}: not written, the file is as it was ({step}: {reason}){advice}")]
    NotWritten {
        /// The file.
        shown: String,
        /// What was tried.
        step: &'static str,
        /// The system's answer.
        reason: String,
        /// What to do, after `; `; may be empty.
        advice: &'static str,
    },
    /// The file was replaced, but the system did not confirm that this outlasts a power cut.
    #[error(
        "{shown}: the new text is in place, but the disk did not confirm it ({reason}); look at the file"
    )]
    Unconfirmed {
        /// The file.
        shown: String,
        /// The system's answer.
        reason: String,
    },
    /// A copy that a killed run left cannot be removed. It holds secrets.
    #[error(
        "{path}: a copy of the env file that an earlier run left when it was killed; it could not be removed \
         ({reason}): remove it by hand"
    )]
    Stray {
        /// The copy.
        path: String,
        /// The system's answer.
        reason: String,
    },
    /// A thousand backups are there.
    #[error(
        "{0}: no backup was made, as all names from .backup to .backup.999 are taken; remove old backups"
    )]
    TooManyBackups(String),
}

impl WriteFailure {
    /// A step before the replacement that failed.
    pub(super) fn step(shown: &str, step: &'static str, error: &io::Error) -> Self {
        Self::NotWritten { shown: shown.to_owned(), step, reason: reason(error), advice: advice(error) }
    }
}

/// The system's answer, safe for a terminal.
pub(super) fn reason(error: &io::Error) -> String {
    clean(&io_reason(error)).into_owned()
}

fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::PermissionDenied => {
            "; run as a user who may write in its folder, and see whether the file is marked immutable"
        }
        ErrorKind::ReadOnlyFilesystem => {
            "; the folder is mounted read-only: edit the file where it comes from"
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "; make room on the disk and run the command again"
        }
        // A single file that is mounted into a container cannot be replaced from inside.
        ErrorKind::ResourceBusy => "; the file is a mount of its own: edit it where it is mounted from",
        _ => "",
    }
}
