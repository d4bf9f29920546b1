use super::args::{Config, Simple};
use super::exit::{Code, Failure};
use super::{output, select, surveys};
use crate::discover::Skipped;
use crate::report::Secrets;
use crate::report::config::{self, Options, Sheet};
use crate::{laravel, rust};

/// Runs `config`.
pub fn run(arguments: &Config) -> Result<Code, Failure> {
    let selection = select::selection(&arguments.environment)?;
    let (apps, skipped) = surveys::sheets(
        &arguments.paths.paths,
        &selection,
        |app, layout, loaded, skipped| sheet(app, layout, loaded, arguments, skipped),
        |app, loaded| of_rust(app, loaded, arguments),
    );
    let options = Options { show_secrets: arguments.show_secrets, trail: !arguments.keys.is_empty() };
    output::print(&match arguments.format {
        Simple::Text => config::text(&apps, options),
        Simple::Json => config::json(&apps, options),
    })?;
    output::complain(&skipped);
    Ok(if apps.is_empty() || !skipped.is_empty() { Code::Unread } else { Code::Clean })
}

fn sheet(
    app: &laravel::App,
    layout: &laravel::Layout,
    loaded: laravel::LoadedEnvironment,
    arguments: &Config,
    skipped: &mut Vec<Skipped>,
) -> Sheet {
    let configuration = laravel::load(app, layout, &loaded.variables);
    skipped.extend(loaded.errors.iter().map(|error| output::unparsed(&error.place, &error.message)));
    skipped.extend(configuration.unreadable.iter().map(|file| output::unparsed(&file.place, &file.message)));
    let settings = if arguments.keys.is_empty() {
        laravel::flatten(&configuration.root)
    } else {
        arguments.keys.iter().flat_map(|key| laravel::below(&configuration.root, key)).collect()
    };
    Sheet { environment: loaded.environment, settings, secrets: Secrets::of(&loaded.variables) }
}

/// The settings of a Rust app: those below the keys that were asked for, or all.
fn of_rust(app: &rust::App, loaded: rust::Loaded, arguments: &Config) -> Sheet {
    let is_asked = |key: &str| {
        let below = |asked: &String| {
            key == asked || key.strip_prefix(asked.as_str()).is_some_and(|rest| rest.starts_with('.'))
        };
        arguments.keys.is_empty() || arguments.keys.iter().any(below)
    };
    let mut settings = rust::settings(app, &loaded);
    settings.retain(|setting| is_asked(&setting.key));
    Sheet { environment: loaded.environment, settings, secrets: Secrets::of(&loaded.variables) }
}
