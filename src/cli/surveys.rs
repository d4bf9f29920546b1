use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::apps::App;
use crate::deploy::Repository;
use crate::discover::{self, Skipped, Tree};
use crate::facts::Selection;
use crate::laravel::{self, Layout, LoadedEnvironment};
use crate::report::sheets;
use crate::rust;

/// The apps below some paths, and what could not be looked at.
#[derive(Debug, Default)]
pub struct Found {
    /// The apps, in order of path, each once.
    pub apps: Vec<App>,
    /// What was not read.
    pub skipped: Vec<Skipped>,
}

impl Found {
    /// The Laravel apps.
    pub fn laravel(&self) -> impl Iterator<Item = &laravel::App> {
        self.apps.iter().filter_map(|app| match app {
            App::Laravel(app) => Some(app.as_ref()),
            App::Rust(_) => None,
        })
    }
}

/// Looks for apps at and below the paths.
pub fn find(paths: &[PathBuf]) -> Found {
    let mut found = Found::default();
    let mut seen: Vec<PathBuf> = Vec::new();
    let mut repositories = Repositories::new();
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
                    if let Some(app) = laravel::App::open(tree) {
                        seen.push(real);
                        let app = in_repository(app, &folder, path, &mut repositories);
                        found.apps.push(App::Laravel(Box::new(app)));
                    }
                }
                Err(failure) => found.skipped.push(failure),
            }
        }
        for app in rust_apps(&candidates.cargo, path, &mut repositories, &mut found.skipped) {
            let folder = app.workspace.repository.tree().path(&app.package().folder);
            let real = folder.and_then(|folder| std::fs::canonicalize(folder).ok()).unwrap_or_default();
            if !seen.contains(&real.join("Cargo.toml")) {
                seen.push(real.join("Cargo.toml"));
                found.apps.push(App::Rust(Box::new(app)));
            }
        }
        if found.apps.len() == before && !is_below_one(&seen, path) {
            found.skipped.push(skip(NO_APP));
        }
    }
    found.apps.sort_by_key(App::path);
    found
}

/// What is said of a path without any app.
const NO_APP: &str = "no app here: no composer.json that requires laravel/framework, no artisan, and no Cargo package \
                      with a program that serves";

/// Whether a path is the folder of an app that was found already.
fn is_below_one(seen: &[PathBuf], path: &Path) -> bool {
    seen.iter()
        .any(|real| path.canonicalize().is_ok_and(|path| *real == path || *real == path.join("Cargo.toml")))
}

/// The Cargo packages that serve, below a path. Their repositories are read whole: a package may be built from others.
fn rust_apps(
    folders: &[PathBuf],
    start: &Path,
    repositories: &mut Repositories,
    skipped: &mut Vec<Skipped>,
) -> Vec<rust::App> {
    let mut roots: Vec<PathBuf> = Vec::new();
    let mut apps = Vec::new();
    let start_real = std::fs::canonicalize(start).unwrap_or_else(|_| start.to_owned());
    for folder in folders {
        let (root, _) = discover::repository_of(folder, start);
        let real = std::fs::canonicalize(&root).unwrap_or_else(|_| root.clone());
        if roots.contains(&real) {
            continue;
        }
        roots.push(real);
        let Some(repository) = repository_at(&root, repositories) else { continue };
        let workspace = rust::Workspace::open(Rc::clone(&repository));
        skipped.extend(workspace.skipped());
        for app in workspace.apps() {
            let at = repository.tree().path(&app.package().folder);
            if at.and_then(|at| std::fs::canonicalize(at).ok()).is_some_and(|at| at.starts_with(&start_real))
            {
                repository.has_app(&app.package().folder);
                apps.push(app);
            }
        }
    }
    apps
}

type Repositories = Vec<(PathBuf, Rc<Repository>)>;

/// A repository, opened once.
fn repository_at(root: &Path, repositories: &mut Repositories) -> Option<Rc<Repository>> {
    let real = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    if let Some((_, known)) = repositories.iter().find(|(known, _)| *known == real) {
        return Some(Rc::clone(known));
    }
    let opened = Rc::new(Repository::new(Tree::open(root).ok()?));
    repositories.push((real, Rc::clone(&opened)));
    Some(opened)
}

/// An app with the repository that it is in, which it may share with others.
fn in_repository(
    app: laravel::App,
    folder: &Path,
    start: &Path,
    repositories: &mut Repositories,
) -> laravel::App {
    let (root, inside) = discover::repository_of(folder, start);
    match repository_at(&root, repositories) {
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
    mut sheet: impl FnMut(&laravel::App, &Layout, LoadedEnvironment, &mut Vec<Skipped>) -> S,
    mut of_rust: impl FnMut(&rust::App, rust::Loaded) -> S,
) -> (Vec<sheets::App<S>>, Vec<Skipped>) {
    let found = find(paths);
    let mut skipped = found.skipped.clone();
    let mut apps = Vec::new();
    for app in &found.apps {
        let sheets = match app {
            App::Laravel(app) => {
                let layout = Layout::of(app);
                laravel::select(app, &layout, selection).map(|environments| {
                    let make = |loaded| sheet(app, &layout, loaded, &mut skipped);
                    environments.into_iter().map(make).collect()
                })
            }
            App::Rust(app) => rust::select(app, selection)
                .map(|environments| environments.into_iter().map(|loaded| of_rust(app, loaded)).collect()),
        };
        match sheets {
            Ok(sheets) => apps.push(sheets::App { path: app.path(), sheets }),
            Err(failure) => skipped.push(failure),
        }
        skipped.extend(app.skipped());
    }
    skipped.sort();
    skipped.dedup();
    (apps, skipped)
}
