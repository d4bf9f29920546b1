use super::args::{Env, Simple};
use super::exit::{Code, Failure};
use super::{output, select, surveys};
use crate::laravel;
use crate::report::env::{self, Sheet};

/// Runs `env`.
pub fn run(arguments: &Env) -> Result<Code, Failure> {
    let selection = select::selection(&arguments.environment)?;
    let found = surveys::find(&arguments.paths.paths);
    let mut skipped = found.skipped;
    let mut apps = Vec::new();
    for app in &found.apps {
        let layout = laravel::Layout::of(app);
        match laravel::select(app, &layout, &selection) {
            Ok(environments) => {
                let sheets = environments
                    .into_iter()
                    .map(|loaded| Sheet {
                        environment: loaded.environment,
                        variables: loaded.variables,
                        errors: loaded.errors,
                    })
                    .collect();
                apps.push(env::App { path: app.tree.shown_root().to_owned(), sheets });
            }
            Err(failure) => skipped.push(failure),
        }
        skipped.extend(app.skipped.borrow().iter().cloned());
    }
    let broken = apps.iter().flat_map(|app| &app.sheets).any(|sheet| !sheet.errors.is_empty());
    output::print(&match arguments.format {
        Simple::Text => env::text(&apps, arguments.show_secrets),
        Simple::Json => env::json(&apps, arguments.show_secrets),
    })?;
    output::complain(&skipped);
    Ok(if apps.is_empty() || broken || !skipped.is_empty() { Code::Unread } else { Code::Clean })
}
