use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::deploy::Repository;
use crate::discover::{self, Skipped, Tree};
use crate::facts::Selection;
use crate::laravel::{self, App, Layout, LoadedEnvironment};
use crate::report::sheets;

/// The apps below some paths, and what could not be looked at.
#[derive(Debug, Default)]
pub struct Found {
    /// The apps, in order of path, each once.
    pub apps: Vec<App>,
    /// What was not read.
    pub skipped: Vec<Skipped>,
}

/// Looks for apps at and below the paths.
pub fn find(paths: &[PathBuf]) -> Found {
    let mut found = Found::default();
    let mut seen: Vec<PathBuf> = Vec::new();
    let mut repositories: Vec<(PathBuf, Rc<Repository>)> = Vec::new();
    for path in paths {
        let shown = discover::show(path);
        let skip = |reason: &str| Skipped { path: shown.clone(), reason: reason.to_owned() };
        match std::fs::metadata(path) {
            Err(error) => {
                found.skipped.push(skip(&discover::io_reason(&error)));
                continue;
            }
            Ok(metadata) if !metadata.is_dir() => {
                found
                    .skipped
                    .push(skip("not a folder; give the folder of the app (and the file with --env-file)"));
                continue;
            }
            Ok(_) => {}
        }
        let before = found.apps.len();
        let candidates = discover::find(path);
        found.skipped.extend(candidates.skipped);
        for folder in candidates.folders {
            let real = std::fs::canonicalize(&folder).unwrap_or_else(|_| folder.clone());
            if seen.contains(&real) {
                continue;
            }
            match Tree::open(&folder) {
                Ok(tree) => {
                    if let Some(app) = App::open(tree) {
                        seen.push(real);
                        found.apps.push(in_repository(app, &folder, path, &mut repositories));
                    }
                }
                Err(failure) => found.skipped.push(failure),
            }
        }
        if found.apps.len() == before
            && !seen.iter().any(|real| path.canonicalize().is_ok_and(|path| *real == path))
        {
            found.skipped.push(skip(
                "no Laravel app here: no composer.json that requires laravel/framework, and no artisan",
            ));
        }
    }
    found.apps.sort_by(|a, b| a.tree.shown_root().cmp(b.tree.shown_root()));
    found
}

/// An app with the repository that it is in, which it may share with others.
fn in_repository(
    app: App,
    folder: &Path,
    start: &Path,
    repositories: &mut Vec<(PathBuf, Rc<Repository>)>,
) -> App {
    let (root, inside) = discover::repository_of(folder, start);
    let real = std::fs::canonicalize(&root).unwrap_or_else(|_| root.clone());
    let known = repositories.iter().find(|(known, _)| *known == real).map(|(_, one)| Rc::clone(one));
    let repository = known.or_else(|| {
        let opened = Rc::new(Repository::new(Tree::open(&root).ok()?));
        repositories.push((real, Rc::clone(&opened)));
        Some(opened)
    });
    match repository {
        Some(repository) => {
            repository.has_app(&inside);
            app.in_repository(repository, inside)
        }
        None => app,
    }
}

/// Something for each judged environment of each app below some paths, and what was not read on the way.
pub fn sheets<S>(
    paths: &[PathBuf],
    selection: &Selection,
    mut sheet: impl FnMut(&App, &Layout, LoadedEnvironment, &mut Vec<Skipped>) -> S,
) -> (Vec<sheets::App<S>>, Vec<Skipped>) {
    let found = find(paths);
    let mut skipped = found.skipped;
    let mut apps = Vec::new();
    for app in &found.apps {
        let layout = Layout::of(app);
        match laravel::select(app, &layout, selection) {
            Ok(environments) => {
                let make = |loaded| sheet(app, &layout, loaded, &mut skipped);
                let sheets = environments.into_iter().map(make).collect();
                apps.push(sheets::App { path: app.tree.shown_root().to_owned(), sheets });
            }
            Err(failure) => skipped.push(failure),
        }
        skipped.extend(app.skipped.borrow().iter().cloned());
    }
    skipped.sort();
    skipped.dedup();
    (apps, skipped)
}
