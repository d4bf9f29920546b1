//! What `config`, `env` and `state` have in common: apps with something for each of their environments.

use serde::Serialize;

use super::wire::pretty;

/// An app and what is shown of each of its environments.
#[derive(Debug)]
pub struct App<S> {
    /// Its folder.
    pub path: String,
    /// One for each environment.
    pub sheets: Vec<S>,
}

#[derive(Serialize)]
struct Report<A> {
    version: u32,
    apps: Vec<A>,
}

#[derive(Serialize)]
struct WireApp<E> {
    path: String,
    environments: Vec<E>,
}

/// Version 1 of a report over apps.
pub fn report<A: Serialize>(apps: Vec<A>) -> String {
    pretty(&Report { version: 1, apps })
}

/// The JSON of apps, each environment as `wire` makes it.
pub fn json<S, E: Serialize>(apps: &[App<S>], wire: impl Fn(&S) -> E) -> String {
    let app = |app: &App<S>| WireApp {
        path: app.path.clone(),
        environments: app.sheets.iter().map(&wire).collect(),
    };
    report(apps.iter().map(app).collect())
}
