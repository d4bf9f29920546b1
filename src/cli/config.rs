use super::args::{Config, Simple};
use super::exit::{Code, Failure};
use super::{output, select, surveys};
use crate::discover::Skipped;
use crate::laravel;
use crate::report::Secrets;
use crate::report::config::{self, Options, Sheet};

/// Runs `config`.
pub fn run(arguments: &Config) -> Result<Code, Failure> {
    let selection = select::selection(&arguments.environment)?;
    let (apps, skipped) =
        surveys::sheets(&arguments.paths.paths, &selection, |app, layout, loaded, skipped| {
            sheet(app, layout, loaded, arguments, skipped)
        });
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
