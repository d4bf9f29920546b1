use super::args::{Simple, State};
use super::exit::{Code, Failure};
use super::{output, select, surveys};
use crate::{laravel, report};

/// Runs `state`.
pub fn run(arguments: &State) -> Result<Code, Failure> {
    let selection = select::selection(&arguments.environment);
    let found = surveys::find(&arguments.paths.paths);
    let mut skipped = found.skipped;
    let mut surveys = Vec::new();
    for app in &found.apps {
        match laravel::survey(app, &selection) {
            Ok(survey) => {
                skipped.extend(survey.skipped.iter().cloned());
                surveys.push(survey);
            }
            Err(failure) => skipped.push(failure),
        }
    }
    output::print(&match arguments.format {
        Simple::Text => report::state::text(&surveys, output::wants_colour(arguments.colour)),
        Simple::Json => report::state::json(&surveys),
    })?;
    output::complain(&skipped);
    Ok(if surveys.is_empty() || !skipped.is_empty() { Code::Unread } else { Code::Clean })
}
