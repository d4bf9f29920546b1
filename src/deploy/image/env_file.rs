//! The file of the repository that stands as an env file in an image.

use std::sync::Arc;

use super::content::{Content, absolute};
use super::words::{Text, base_name};
use crate::deploy::Files;
use crate::facts::Place;

const NAME: &str = ".env";

/// The file that lies as `.env` in the image: in the folder that commands run in, or where code was copied to.
pub(super) fn in_image(
    files: &Files<'_>,
    content: &Content,
    workdir: Option<&str>,
) -> Option<(Arc<str>, Place)> {
    let workdir = absolute(workdir, NAME)?;
    let copied = content.targets().rev().filter(|path| base_name(path) == NAME).cloned();
    let paths = std::iter::once(workdir).chain(copied);
    for path in paths {
        let Some((_, Some(file))) = content.read(files, &path) else { continue };
        let Some(place) = content.place_of(&path) else { continue };
        return Some((file, place));
    }
    None
}

/// The file that `cp x .env` and the like put there.
pub(super) fn copied(
    files: &Files<'_>,
    content: &Content,
    workdir: Option<&str>,
    words: &[Text],
) -> Option<Arc<str>> {
    let known: Vec<&str> = words.iter().map(|word| word.as_deref()).collect::<Option<_>>()?;
    let paths: Vec<&str> = known.into_iter().skip(1).filter(|word| !word.starts_with('-')).collect();
    let [from, to] = paths.as_slice() else { return None };
    if base_name(to) != NAME {
        return None;
    }
    let (_, file) = content.read(files, &absolute(workdir, from)?)?;
    file
}
