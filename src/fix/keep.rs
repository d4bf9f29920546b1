//! A new file gets the owner, the access lists and the mode of the old one: the app must be able to read it, and
//! nobody else.

use std::fs::File;

use super::failure::WriteFailure;
use super::target::Target;

/// Gives a new file what the old one has besides its text.
pub(super) fn keep(target: &Target, old: &File, new: &File) -> Result<(), WriteFailure> {
    owner(target, new)?;
    attributes(target, old, new)?;
    mode(new, target.identity().mode)
        .map_err(|error| WriteFailure::step(target.shown(), "setting the mode", &error))
}

#[cfg(unix)]
fn owner(target: &Target, new: &File) -> Result<(), WriteFailure> {
    use super::target::Identity;
    let Identity { owner, group, .. } = *target.identity();
    let failed = |error: std::io::Error| WriteFailure::Owner {
        shown: target.shown().to_owned(),
        owner,
        group,
        reason: super::failure::reason(&error),
    };
    let now = Identity::of(&new.metadata().map_err(failed)?);
    if (now.owner, now.group) == (owner, group) {
        return Ok(());
    }
    std::os::unix::fs::fchown(new, Some(owner), Some(group)).map_err(failed)
}

#[cfg(unix)]
pub(super) fn mode(file: &File, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn owner(_: &Target, _: &File) -> Result<(), WriteFailure> {
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn mode(_: &File, _: u32) -> std::io::Result<()> {
    Ok(())
}

/// Sums over the text, which the kernel keeps itself.
#[cfg(target_os = "linux")]
const OF_THE_TEXT: &[&str] = &["security.ima", "security.evm"];
/// A folder may give its new files an access list, which lets in whom the old file does not.
#[cfg(target_os = "linux")]
const ACCESS_LIST: &str = "system.posix_acl_access";

#[cfg(target_os = "linux")]
fn attributes(target: &Target, old: &File, new: &File) -> Result<(), WriteFailure> {
    use rustix::fs::{XattrFlags, fremovexattr, fsetxattr};
    let failed = |name: &str, error: rustix::io::Errno| WriteFailure::Attribute {
        shown: target.shown().to_owned(),
        name: crate::text::escape::clean(name).into_owned(),
        reason: super::failure::reason(&error.into()),
    };
    let wanted = linux::names(old).map_err(|error| failed("(all)", error))?;
    let present = linux::names(new).map_err(|error| failed("(all)", error))?;
    if present.iter().any(|name| name == ACCESS_LIST) && !wanted.iter().any(|name| name == ACCESS_LIST) {
        fremovexattr(new, ACCESS_LIST).map_err(|error| failed(ACCESS_LIST, error))?;
    }
    for name in wanted.iter().filter(|name| !OF_THE_TEXT.contains(&name.as_str())) {
        let value = linux::value(old, name).map_err(|error| failed(name, error))?;
        if present.contains(name) && linux::value(new, name).is_ok_and(|own| own == value) {
            continue;
        }
        fsetxattr(new, name.as_str(), &value, XattrFlags::empty()).map_err(|error| failed(name, error))?;
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn attributes(_: &Target, _: &File, _: &File) -> Result<(), WriteFailure> {
    Ok(())
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs::File;

    use rustix::fs::{fgetxattr, flistxattr};
    use rustix::io::Errno;

    /// The kernel's bound for a list of names and for a value (`XATTR_LIST_MAX`, `XATTR_SIZE_MAX`).
    const MOST: usize = 64 << 10;

    /// The names of a file's attributes; none where the file system has no attributes.
    pub(super) fn names(file: &File) -> Result<Vec<String>, Errno> {
        let mut buffer = vec![0; MOST];
        let length = match flistxattr(file, &mut buffer[..]) {
            Err(Errno::NOTSUP | Errno::NOSYS) => 0,
            length => length?,
        };
        let names = buffer.get(..length).unwrap_or_default().split(|byte| *byte == 0);
        let names = names.filter(|name| !name.is_empty());
        names.map(|name| String::from_utf8(name.to_vec()).map_err(|_| Errno::ILSEQ)).collect()
    }

    pub(super) fn value(file: &File, name: &str) -> Result<Vec<u8>, Errno> {
        let mut buffer = vec![0; MOST];
        let length = fgetxattr(file, name, &mut buffer[..])?;
        buffer.truncate(length);
        Ok(buffer)
    }
}
