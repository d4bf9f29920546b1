//! Which files of the repository lie where in an image.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::words::base_name;
use crate::deploy::Files;
use crate::facts::Place;
use crate::text::{Source, Span};

/// How many copies are followed; what is copied from stage to stage again and again would double each time.
const MAX_RECORDS: usize = 2_000;

/// Where something in the image comes from.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    /// A file or a folder of the repository.
    Repository(Arc<str>),
    /// A text that is written in a file of the repository, and where in it.
    Text(Body),
    /// From elsewhere, or removed: whatever was there before is gone.
    Gone,
}

/// A text with its places.
#[derive(Debug, Clone)]
pub(super) struct Body {
    pub(super) source: Arc<Source>,
    pub(super) text: Arc<str>,
    pub(super) at: At,
}

/// How the places in a [`Body`] are places in its source.
#[derive(Debug, Clone, Copy)]
pub(super) enum At {
    /// So many bytes further on.
    Behind(u32),
    /// All of it is this.
    Here(Span),
}

#[derive(Debug, Clone)]
struct Record {
    /// An absolute path in the image, without a slash at its end.
    target: Arc<str>,
    origin: Origin,
    place: Place,
}

/// What lies in an image, the newest last.
#[derive(Debug, Clone, Default)]
pub(super) struct Content {
    records: Vec<Record>,
    /// Crontabs that were installed while the image was built.
    pub(super) crontabs: Vec<Body>,
}

impl Body {
    pub(super) fn file(source: Arc<Source>) -> Self {
        let text = source.text().into();
        Self { source, text, at: At::Behind(0) }
    }

    pub(super) fn span(&self, span: Span) -> Span {
        match self.at {
            At::Behind(offset) => {
                Span::new(span.start.saturating_add(offset), span.end.saturating_add(offset))
            }
            At::Here(place) => place,
        }
    }
}

/// A path in the image, relative ones from the folder that commands run in.
pub(super) fn absolute(workdir: Option<&str>, path: &str) -> Option<Arc<str>> {
    let folder = if path.starts_with('/') { "" } else { workdir.unwrap_or("/") };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    (!path.is_empty()).then(|| format!("/{}", parts.join("/")).into())
}

/// What is left of `path` behind `folder`, when it lies in it or is it.
pub(super) fn within<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    let folder = folder.trim_end_matches('/');
    let rest = path.strip_prefix(folder)?;
    if rest.is_empty() { Some("") } else { rest.strip_prefix('/') }
}

fn joined(folder: &str, rest: &str) -> Arc<str> {
    let folder = folder.trim_end_matches('/');
    match (folder.is_empty(), rest.is_empty()) {
        (_, true) => folder.into(),
        (true, false) => rest.into(),
        (false, false) => format!("{folder}/{rest}").into(),
    }
}

impl Content {
    pub(super) fn add(&mut self, target: Arc<str>, origin: Origin, place: Place) {
        if self.records.len() < MAX_RECORDS {
            self.records.push(Record { target, origin, place });
        }
    }

    /// Copies what lies at `from` in another image, or in this one, to `to`.
    pub(super) fn add_from(&mut self, other: &Self, from: &str, to: &Arc<str>, place: &Place) {
        for record in &other.records {
            if let Some(rest) = within(&record.target, from) {
                self.add(joined_absolute(to, rest), record.origin.clone(), place.clone());
            } else if let (Some(rest), Origin::Repository(path)) =
                (within(from, &record.target), &record.origin)
            {
                self.add(to.clone(), Origin::Repository(joined(path, rest)), place.clone());
                // It may be the file itself, copied into a folder.
                if rest == base_name(path) {
                    self.add(to.clone(), Origin::Repository(path.clone()), place.clone());
                }
            }
        }
    }

    pub(super) fn copy_within(&mut self, from: &str, to: &Arc<str>, place: &Place) {
        if self.records.len() >= MAX_RECORDS {
            return;
        }
        let before = self.clone();
        self.add_from(&before, from, to, place);
    }

    /// The paths that something was put at, in order.
    pub(super) fn targets(&self) -> impl DoubleEndedIterator<Item = &Arc<str>> {
        self.records.iter().map(|record| &record.target)
    }

    /// What put something at a path last.
    pub(super) fn place_of(&self, path: &str) -> Option<Place> {
        let fits = |record: &&Record| within(path, &record.target).is_some();
        self.records.iter().rev().find(fits).map(|record| record.place.clone())
    }

    /// The text of a file in the image. A path of the repository when it is a file there.
    pub(super) fn read(&self, files: &Files<'_>, path: &str) -> Option<(Body, Option<Arc<str>>)> {
        for record in self.records.iter().rev() {
            let rest = within(path, &record.target);
            match &record.origin {
                Origin::Gone if rest.is_some() => return None,
                Origin::Gone => {}
                Origin::Text(body) if rest == Some("") => return Some((body.clone(), None)),
                Origin::Text(_) => {}
                Origin::Repository(origin) => {
                    let inside = base_name(origin);
                    let candidates = [
                        rest.map(|rest| joined(origin, rest)),
                        rest.filter(|rest| *rest == inside).map(|_| origin.clone()),
                    ];
                    for candidate in candidates.into_iter().flatten() {
                        if is_folder(files, &candidate) || is_private(files, &candidate) {
                            continue;
                        }
                        if let Some(source) = files.read(&candidate) {
                            return Some((Body::file(source), Some(candidate)));
                        }
                    }
                }
            }
        }
        None
    }

    /// The files that lie in a folder of the image, by their path in the image.
    pub(super) fn in_folder(&self, files: &Files<'_>, folder: &str) -> BTreeMap<Arc<str>, Body> {
        let mut found = BTreeMap::new();
        for record in &self.records {
            match &record.origin {
                Origin::Gone => found.retain(|path: &Arc<str>, _| within(path, &record.target).is_none()),
                Origin::Text(body) if within(&record.target, folder).is_some_and(|rest| !rest.is_empty()) => {
                    found.insert(record.target.clone(), body.clone());
                }
                Origin::Text(_) => {}
                Origin::Repository(origin) => {
                    let origin = match within(folder, &record.target) {
                        Some(rest) => joined(origin, rest),
                        None if within(&record.target, folder).is_some() => origin.clone(),
                        None => continue,
                    };
                    let target: Arc<str> = if within(folder, &record.target).is_some() {
                        folder.into()
                    } else {
                        record.target.clone()
                    };
                    add_files(files, &origin, &target, folder, &mut found);
                }
            }
        }
        found
    }

    /// The folders and files of the repository, and where they lie.
    pub(super) fn copies(&self) -> Vec<(Arc<str>, Arc<str>)> {
        let copy = |record: &Record| match &record.origin {
            Origin::Repository(path) => Some((path.clone(), record.target.clone())),
            _ => None,
        };
        self.records.iter().filter_map(copy).collect()
    }
}

fn joined_absolute(folder: &Arc<str>, rest: &str) -> Arc<str> {
    if rest.is_empty() { folder.clone() } else { format!("{}/{rest}", folder.trim_end_matches('/')).into() }
}

/// Whether an env file lies on the disk and does not belong to the repository: it is ignored there.
fn is_private(files: &Files<'_>, path: &str) -> bool {
    base_name(path).starts_with(".env")
        && files.paths().binary_search_by(|known| known.as_str().cmp(path)).is_err()
}

/// Whether files are known in a folder of this name.
pub(super) fn is_folder(files: &Files<'_>, path: &str) -> bool {
    path.is_empty() || under(files, path).next().is_some()
}

/// The known files under a folder of the repository.
fn under<'f>(files: &'f Files<'_>, folder: &str) -> impl Iterator<Item = &'f String> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let first = files.paths().partition_point(|path| **path < *prefix);
    let rest = files.paths().get(first..).unwrap_or_default();
    rest.iter().take_while(move |path| path.starts_with(&prefix))
}

/// The files directly in `folder` that a copy of `origin` to `target` puts there.
fn add_files(
    files: &Files<'_>,
    origin: &str,
    target: &Arc<str>,
    folder: &str,
    found: &mut BTreeMap<Arc<str>, Body>,
) {
    let mut add = |path: &str, at: Arc<str>| {
        let direct = within(&at, folder).is_some_and(|rest| !rest.is_empty() && !rest.contains('/'));
        if let Some(source) = direct.then(|| files.read(path)).flatten() {
            found.insert(at, Body::file(source));
        }
    };
    if is_folder(files, origin) {
        for path in under(files, origin) {
            if let Some(rest) = within(path, origin).or_else(|| origin.is_empty().then_some(path.as_str())) {
                add(path, joined_absolute(target, rest));
            }
        }
    } else if **target == *folder {
        add(origin, joined_absolute(target, base_name(origin)));
    } else {
        add(origin, target.clone());
    }
}

/// The known files of the repository that a pattern in the last part of a path names.
pub(super) fn matching(files: &Files<'_>, pattern: &str) -> Vec<Arc<str>> {
    let folder = crate::deploy::folder(pattern);
    let name = base_name(pattern);
    let found = under(files, folder).filter(|path| {
        within(path, folder)
            .or_else(|| folder.is_empty().then_some(path.as_str()))
            .is_some_and(|rest| !rest.contains('/') && is_match(name, rest))
    });
    found.map(|path| path.as_str().into()).collect()
}

/// Whether a text is what a pattern of `*` and `?` describes.
pub(in crate::deploy) fn is_match(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    let mut star = None;
    while let Some(c) = text.get(t) {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(expected) if *expected == '?' || expected == c => (p, t) = (p + 1, t + 1),
            _ => {
                let Some((at, from)) = star else { return false };
                star = Some((at, from + 1));
                (p, t) = (at + 1, from + 1);
            }
        }
    }
    pattern.get(p..).unwrap_or_default().iter().all(|c| *c == '*')
}
