use super::args::{Env, Simple};
use super::exit::{Code, Failure};
use super::{output, select, surveys};
use crate::report::env::{self, Sheet};

/// Runs `env`.
pub fn run(arguments: &Env) -> Result<Code, Failure> {
    let selection = select::selection(&arguments.environment)?;
    let (apps, skipped) = surveys::sheets(
        &arguments.paths.paths,
        &selection,
        |_, _, loaded, _| Sheet {
            environment: loaded.environment,
            variables: loaded.variables,
            errors: loaded.errors,
        },
        |_, loaded| Sheet {
            environment: loaded.environment,
            variables: loaded.variables,
            errors: loaded.errors,
        },
    );
    let broken = apps.iter().flat_map(|app| &app.sheets).any(|sheet| !sheet.errors.is_empty());
    output::print(&match arguments.format {
        Simple::Text => env::text(&apps, arguments.show_secrets),
        Simple::Json => env::json(&apps, arguments.show_secrets),
    })?;
    output::complain(&skipped);
    Ok(if apps.is_empty() || broken || !skipped.is_empty() { Code::Unread } else { Code::Clean })
}
